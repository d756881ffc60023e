"""What somebody wrote and kept under an account, for its owner alone: nobody else has a way to ask for it.

Articles 15 and 20 of the GDPR. There is no command for operators: they host, and do not read.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from groupspace.models import JoinRequest, Membership
from groupspace.personal import name_of, of_account, of_member
from groupspace.text.models import Draft
from knowledgebase import personal

FILE = "mijn-gegevens.json"
NOTED = gettext_lazy("Er is een aantekening van de begeleiders. Vraag hem op bij de organisatie van de groep.")
READABLE = {"ensure_ascii": False, "indent": 2}


def data_of(user: Any) -> dict[str, Any]:
    """The account, what this person wrote in groups or is still writing, and what other parts keep; ready for JSON."""
    memberships = Membership.objects.filter(user=user).select_related("space", "region").order_by("pk")
    return {
        "account": {"inlognaam": user.get_username(), "e-mail": user.email},
        **of_account(user),
        "groepen": [of_member(membership) for membership in memberships],
        "aanvragen": [
            {
                "groep": name_of(request.space, user),
                "naam": request.display_name,
                "antwoorden": request.answers,
                "stand": str(request.get_state_display()),
                "reden": request.reason,
                "leeftijd": str(request.get_age_band_display()),
                "regio": request.region.name if request.region else "",
                # Whoever is responsible for the group weighs what it says of others: docs/decisions/0150.
                **({"aantekening": str(NOTED)} if request.note else {}),
            }
            for request in JoinRequest.objects.filter(user=user).select_related("space", "region")
        ],
        "nog niet geplaatst": [
            {"bewaard": draft.updated_at.isoformat(), "tekst": draft.values}
            for draft in Draft.objects.filter(owner=user).order_by("updated_at")
        ],
        **personal.data_of(user),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Say what there is, and give it as a file to who asks with the button."""
    if request.method == "POST":
        response: HttpResponse = JsonResponse(data_of(request.user), json_dumps_params=READABLE)
        response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    else:
        crumbs = [(_("Account"), reverse("account:settings")), (_("Mijn gegevens"), "")]
        response = render(request, "home/own_data.html", {"title": _("Mijn gegevens"), "breadcrumbs": crumbs})
    patch_cache_control(response, private=True, no_store=True)
    return response
