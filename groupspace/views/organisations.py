"""The page on which a coordinator sees how the groups of the organisation are doing: numbers and dates, no words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.actions import professionals
from groupspace.first_help import COORDINATOR, help_for
from groupspace.kinds import space_kinds
from groupspace.lifetime.silence import silent_for
from groupspace.models import Organisation, Professional, Space
from groupspace.querysets import active_membership
from groupspace.views import SIGNED_IN, PolicyView


class OrganisationView(PolicyView):
    """All groups of one organisation, also those it runs with others, and the hidden ones."""

    action = SIGNED_IN
    template_name = "groupspace/organisation.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        organisation = self.organisation()
        rows = [self.row(space, organisation) for space in spaces_of(organisation)]
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (organisation.name, "")]
        is_new = Professional.objects.filter(user_id=self.actor.user_id, introduced_at=None).exists()
        help_ = help_for(COORDINATOR)
        return self.show(organisation=organisation, rows=rows, help=help_, is_new=is_new, breadcrumbs=crumbs)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """The explanation was read."""
        self.organisation()
        professionals.finish_introduction(self.actor)
        return redirect("groupspace:organisation")

    def organisation(self) -> Organisation:
        """Whose groups these are. Raises PermissionDenied for who coordinates none."""
        found = policy.coordinated_by(self.actor)
        if found is None:
            raise PermissionDenied(_("Dit ziet alleen wie coördinator is van een organisatie."))
        return found

    def row(self, space: Any, organisation: Organisation) -> dict[str, str]:
        """What a coordinator reads of one group."""
        last = timezone.localtime(space.counted_at)
        involved = [space.organisation, *space.partners.all()]
        others = [one.name for one in involved if one and one != organisation]
        return {
            "name": space.name,
            "theme": space.theme,
            "together": _("samen met %(names)s") % {"names": ", ".join(others)} if others else "",
            "state": space.state_in_short,
            "members": str(space.member_count),
            "leaders": str(space.leader_count),
            "last": date_format(last, "j F Y"),
            "silent": _("stil") if silent_for(space) else "",
            "end": date_format(space.ends_on, "j F Y") if space.ends_on else _("doorlopend"),
        }


def spaces_of(organisation: Organisation) -> QuerySet[Space]:
    """The spaces of an organisation with how many take part and lead; one statement, and no text of members."""
    leading = {code for kind in space_kinds() for code in kind.leading_roles}
    active = active_membership("memberships__")
    found = Space.objects.filter(Q(organisation=organisation) | Q(partners=organisation)).exclude(state="erased")
    return (
        found.defer("about", "welcome", "house_rules")
        .annotate(
            member_count=Count("memberships", filter=active, distinct=True),
            leader_count=Count("memberships", filter=active & Q(memberships__role__in=leading), distinct=True),
        )
        .select_related("organisation")
        .prefetch_related("partners")
        .order_by("name", "pk")
        .distinct()
    )
