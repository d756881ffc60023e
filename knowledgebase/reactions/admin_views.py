"""The screens of the CMS for reactions: read, place or refuse. Who wrote them stands on none."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy

from knowledgebase.cms_lists import VisitorsIndexView, attempt, require

from . import actions
from .forms import EmptyForm, RefuseForm
from .models import Reaction, State

policy = ModelPermissionPolicy(Reaction)


class ReactionFilters(WagtailFilterSet):
    """By how far they are."""

    class Meta:
        model = Reaction
        fields = ("state",)


class ReactionIndexView(VisitorsIndexView):
    """What visitors sent in: first what waits, the oldest on top."""

    model = Reaction
    permission_policy = policy
    page_title = gettext_lazy("Reacties")
    header_icon = "comment"
    index_url_name = "knowledgebase_reactions_list"
    index_results_url_name = "knowledgebase_reactions_list_results"
    handle_url_name = "knowledgebase_reactions_reaction"
    filterset_class = ReactionFilters

    def get_base_queryset(self) -> QuerySet[Reaction]:
        is_waiting = Case(When(state=State.WAITING, then=Value(0)), default=Value(1))
        oldest_waiting = Case(When(state=State.WAITING, then="sent_at"))
        return (
            Reaction.objects.select_related("page")
            .defer("text", "writer")
            .order_by(is_waiting, oldest_waiting, "-sent_at", "-pk")
        )

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("reaction", _("Reactie"), accessor=str),
            Column("page", label=_("Pagina"), accessor="page.title"),
            Column("state", label=_("Stand"), accessor="get_state_display"),
            DateColumn("sent_at", label=_("Ingestuurd")),
        ]


@require_http_methods(["GET", "POST"])
def reaction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One reaction: place it, or refuse it with a reason."""
    require(request, actions.HANDLE)
    found = Reaction.objects.select_related("page", "decided_by").filter(pk=pk).first()
    if found is None:
        messages.warning(request, _("Deze reactie is er niet meer. De schrijver heeft haar ingetrokken."))
        return redirect(ReactionIndexView.index_url_name)
    action = request.POST.get("action")
    approving = EmptyForm(request.POST if action == "approve" else None)
    refusing = RefuseForm(request.POST if action == "refuse" else None)
    steps = {
        "approve": (approving, lambda: actions.approve(request.user, found)),
        "refuse": (refusing, lambda: actions.refuse(request.user, found, refusing.cleaned_data["reason"])),
    }
    done = {
        "approve": _("De reactie staat op de site."),
        "refuse": _("De reactie staat niet op de site. De schrijver kan je reden lezen."),
    }
    if action in steps and attempt(*steps[action]):
        messages.success(request, done[action])
        return redirect(ReactionIndexView.index_url_name)
    context = {"reaction": found, "approving": approving, "refusing": refusing}
    status = 422 if any(form.is_bound and form.errors for form in (approving, refusing)) else 200
    return render(request, "knowledgebase/reactions/admin/reaction.html", context, status=status)
