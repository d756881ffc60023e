"""The screens on which staff hand out codes and read the results of a quick scan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy

from knowledgebase.cms_lists import VisitorsIndexView, require

from . import actions, results
from .admin_forms import CodesForm, FilterForm
from .models import Code, QuickScanPage, Response


class ScanIndexView(VisitorsIndexView):
    """All quick scans, with how many organisations answered."""

    model = QuickScanPage
    permission_policy = ModelPermissionPolicy(Response)
    permission_required = "view"
    page_title = gettext_lazy("Quickscans")
    header_icon = "clipboard-list"
    index_url_name = "knowledgebase_quickscan_list"
    index_results_url_name = "knowledgebase_quickscan_list_results"
    handle_url_name = "knowledgebase_quickscan_scan"

    def get_base_queryset(self) -> QuerySet[QuickScanPage]:
        sent = Response.objects.filter(version__page=OuterRef("pk")).order_by().values("version__page")
        number = Subquery(sent.annotate(number=Count("pk")).values("number"))
        return QuickScanPage.objects.annotate(sent=Coalesce(number, 0)).order_by("-open_until", "title")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("title", _("Quickscan")),
            Column("sent", label=_("Antwoorden")),
            Column("entrance", label=_("Wie mag meedoen?"), accessor="get_entrance_display"),
            Column(
                "open_until",
                label=_("Open tot en met"),
                accessor=lambda row: date_format(row.open_until) if row.open_until else "–",
            ),
        ]


@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one scan, and its codes."""
    require(request, actions.VIEW)
    return show(request, get_object_or_404(QuickScanPage, pk=pk))


def show(request: HttpRequest, page: QuickScanPage, status: int = 200, **more: Any) -> HttpResponse:
    """The screen; with a form that came back, or codes to hand over."""
    responses = results.responses_of(page)
    chosen = FilterForm(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    shown = [one for one in responses if results.is_of(one, **wanted)]
    context = {
        "page": page,
        "total": len(responses),
        "shown": len(shown),
        "tallies": results.count(responses, shown),
        "filters": chosen,
        "is_filtered": any(wanted.values()),
        "codes": Code.objects.filter(page=page) if page.needs_code else [],
        "form": CodesForm(),
        "may_hand_out": may_hand_out(request, page),
        "address": request.build_absolute_uri(reverse("knowledgebase_quickscan:start", args=[page.translation_key])),
        **more,
    }
    response = render(request, "knowledgebase/quickscan/admin/scan.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def may_hand_out(request: HttpRequest, page: QuickScanPage) -> bool:
    """Whether this member of staff may let organisations answer: who may also change the scan, until it closes."""
    return page.needs_code and not page.is_over and page.permissions_for_user(request.user).can_edit()


def page_to_hand_out(request: HttpRequest, pk: int) -> QuickScanPage:
    """The scan for which somebody makes or takes back codes. Raises Http404, PermissionDenied."""
    require(request, actions.VIEW)
    page = get_object_or_404(QuickScanPage, pk=pk)
    if not may_hand_out(request, page):
        raise PermissionDenied
    return page


@require_POST
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Make codes, and show them this once."""
    page = page_to_hand_out(request, pk)
    form = CodesForm(request.POST)
    if not form.is_valid():
        return show(request, page, status=422, form=form)
    return show(request, page, made=actions.hand_out(request.user, page, form.cleaned_data["organisations"]))


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a code that nobody used."""
    require(request, actions.VIEW)
    code = get_object_or_404(Code, pk=pk)
    page = page_to_hand_out(request, code.page_id)
    actions.withdraw(request.user, code)
    messages.success(request, _("De code werkt niet meer."))
    return redirect("knowledgebase_quickscan_scan", page.pk)
