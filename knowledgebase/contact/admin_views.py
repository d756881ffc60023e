"""The screens on which staff read and answer what visitors sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy

from knowledgebase.cms_lists import VisitorsIndexView, attempt, require

from . import actions
from .forms import CloseForm, staff_form
from .models import OPEN, Kind, Message


class MessageFilters(WagtailFilterSet):
    """By what it is, and by how far staff are."""

    class Meta:
        model = Message
        fields = ("kind", "subject", "state")


class MessageIndexView(VisitorsIndexView):
    """Questions, complaints and notices: what waits stands first."""

    model = Message
    permission_policy = ModelPermissionPolicy(Message)
    page_title = gettext_lazy("Vragen, klachten en meldingen")
    header_icon = "mail"
    index_url_name = "knowledgebase_contact_list"
    index_results_url_name = "knowledgebase_contact_list_results"
    handle_url_name = "knowledgebase_contact_message"
    filterset_class = MessageFilters
    kinds: tuple[str, ...] = (Kind.QUESTION, Kind.NOTICE)

    def get_base_queryset(self) -> QuerySet[Message]:
        waits = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
        return Message.objects.filter(kind__in=self.kinds).select_related("handler").order_by(waits, "due_on", "-pk")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("reference", _("Nummer"), accessor=str),
            Column("subject", label=_("Waarover"), accessor=lambda row: row.get_subject_display() or "–"),
            *self.last_columns(),
        ]

    def last_columns(self) -> list[Any]:
        """What each list ends with: how far it is, and when it must be done."""
        return [
            Column("state", label=_("Stand"), accessor="get_state_display"),
            Column("handler", label=_("Wie"), accessor=lambda row: row.handler or "–"),
            DateColumn("received_at", label=_("Ontvangen")),
            Column("due_on", label=_("Antwoord voor"), accessor=due),
        ]


class InterestFilters(WagtailFilterSet):
    """By who asks, where, and by how far staff are."""

    class Meta:
        model = Message
        fields = ("provider_kind", "region", "state")


class InterestIndexView(MessageIndexView):
    """Institutions that are interested in online group help; staff take the list along as a spreadsheet."""

    page_title = gettext_lazy("Belangstelling van organisaties")
    header_icon = "group"
    index_url_name = "knowledgebase_contact_interest"
    index_results_url_name = "knowledgebase_contact_interest_results"
    filterset_class = InterestFilters
    kinds = (Kind.INTEREST,)
    export_filename = "belangstelling"
    list_export = (
        "reference",
        "received_at",
        "organisation",
        "get_provider_kind_display",
        "get_region_display",
        "for_whom",
        "text",
        "name",
        "email",
        "get_state_display",
    )
    export_headings = {
        "reference": gettext_lazy("Nummer"),
        "received_at": gettext_lazy("Ontvangen"),
        "organisation": gettext_lazy("Organisatie"),
        "get_provider_kind_display": gettext_lazy("Soort"),
        "get_region_display": gettext_lazy("Provincie"),
        "for_whom": gettext_lazy("Voor wie"),
        "text": gettext_lazy("Wat willen ze"),
        "name": gettext_lazy("Contactpersoon"),
        "email": gettext_lazy("E-mail"),
        "get_state_display": gettext_lazy("Stand"),
    }

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("organisation", _("Organisatie")),
            Column("provider_kind", label=_("Soort"), accessor="get_provider_kind_display"),
            Column(
                "region", label=_("Provincie"), accessor=lambda row: row.get_region_display() or _("Heel Nederland")
            ),
            *self.last_columns(),
        ]


def due(message: Message) -> str:
    """By when somebody must answer, and whether that day is over."""
    if not message.is_open:
        return "–"
    day = date_format(message.due_on, "j F Y")
    return _("Te laat: %(day)s") % {"day": day} if message.is_overdue else day


def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: read it, take it, answer it or close it."""
    require(request, actions.HANDLE)
    found = get_object_or_404(Message.objects.select_related("handler"), pk=pk)
    where = InterestIndexView if found.kind == Kind.INTEREST else MessageIndexView
    action = request.POST.get("action", "")
    answering = staff_form(found, request.POST if action == "answer" else None)
    closing = CloseForm(request.POST if action == "close" else None, prefix="close")
    done = False
    if action == "take":
        try:
            actions.take(request.user, found)
            messages.success(request, _("Jij behandelt dit bericht nu."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("knowledgebase_contact_message", pk)
    if action == "answer":
        done = attempt(answering, lambda: actions.answer(request.user, found, **answering.cleaned_data))
    elif action == "close":
        done = attempt(closing, lambda: actions.close(request.user, found, **closing.cleaned_data))
    if done:
        messages.success(request, _("%(message)s is afgehandeld.") % {"message": found})
        return redirect(where.index_url_name)
    context = {
        "message": found,
        "answering": answering,
        "closing": closing,
        "list_url": reverse(where.index_url_name),
        "list_title": where.page_title,
    }
    status = 422 if answering.errors or closing.errors else 200
    return render(request, "knowledgebase/contact/admin/message.html", context, status=status)
