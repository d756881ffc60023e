"""The screen in the CMS where staff see a draft and what contributors say about it, side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from . import actions
from .forms import InviteForm, RoundForm
from .models import Contributor, Invitation, Remark, Round, TechniquePage
from .sections import DISCUSSED, shown


def as_theme(page: Page) -> TechniquePage | None:
    """The theme that this page is; None for another page."""
    if page.specific_class is not TechniquePage or not page.pk:
        return None
    return page if isinstance(page, TechniquePage) else TechniquePage.objects.filter(pk=page.pk).first()


def theme_for(user: Any, page_id: int) -> TechniquePage:
    """The theme that this member of staff may edit. Raises Http404, PermissionDenied."""
    page = get_object_or_404(TechniquePage, pk=page_id)
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page


@require_safe
def contributors(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything about writing one theme together."""
    return show(request, theme_for(request.user, page_id))


def show(request: HttpRequest, page: TechniquePage, status: int = 200, **more: Any) -> HttpResponse:
    """The screen; with a form that came back, or a code to hand over."""
    draft = page.get_latest_revision_as_object()
    remarks: dict[str, list[Remark]] = {}
    for remark in Remark.objects.about(page):
        remarks.setdefault(remark.section, []).append(remark)
    rounds = page.rounds.annotate(
        content=Avg("votes__content"), presentation=Avg("votes__presentation"), voters=Count("votes")
    )
    context = {
        "page": page,
        "draft": draft,
        "parts": [(section, shown(draft, section.name), remarks.get(section.name, [])) for section in DISCUSSED],
        "rounds": rounds,
        "open_round": next((found for found in rounds if found.closed_at is None), None),
        "contributors": Contributor.objects.filter(page=page).active(),
        "invitations": Invitation.objects.filter(page=page).usable(),
        "invite_form": InviteForm(),
        "round_form": RoundForm(),
        **more,
    }
    response = render(request, "knowledgebase/techniques/admin/contributors.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def invite(request: HttpRequest, page_id: int) -> HttpResponse:
    """Make a code for an organisation, and show it this once."""
    page = theme_for(request.user, page_id)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show(request, page, status=422, invite_form=form)
    invitation, code = actions.invite(request.user, page, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("knowledgebase_techniques:mine"))
    return show(request, page, code=code, invitation=invitation, address=address)


@require_POST
def change_round(request: HttpRequest, page_id: int) -> HttpResponse:
    """Start the next round, or end this one."""
    page = theme_for(request.user, page_id)
    if "close" in request.POST:
        actions.close_round(request.user, page)
        messages.success(request, _("De ronde is gesloten."))
        return back(page)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return show(request, page, status=422, round_form=form)
    started: Round = actions.open_round(request.user, page, **form.cleaned_data)
    messages.success(request, _("Ronde %(number)d is open.") % {"number": started.number})
    return back(page)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a code that nobody used."""
    invitation = get_object_or_404(Invitation, pk=pk)
    page = theme_for(request.user, invitation.page_id)
    actions.withdraw_invitation(request.user, invitation)
    messages.success(request, _("De code werkt niet meer."))
    return back(page)


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody write along no longer."""
    contributor = get_object_or_404(Contributor, pk=pk)
    page = theme_for(request.user, contributor.page_id)
    actions.end(request.user, contributor)
    messages.success(request, _("Deze persoon schrijft niet meer mee. De reacties blijven staan."))
    return back(page)


@require_POST
def handle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a remark away as dealt with."""
    remark, page = remark_for(request.user, pk)
    actions.handle(request.user, remark)
    return back(page, remark.section)


@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put proposed words in the draft."""
    remark, page = remark_for(request.user, pk)
    try:
        actions.take_over(request.user, remark)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("De tekst staat in het concept. Een collega keurt hem goed."))
    return back(page, remark.section)


def remark_for(user: Any, pk: UUID) -> tuple[Remark, TechniquePage]:
    """A remark and its theme. Raises Http404, PermissionDenied."""
    remark = get_object_or_404(Remark.objects.select_related("round"), pk=pk)
    return remark, theme_for(user, remark.round.page_id)


def back(page: TechniquePage, section: str = "") -> HttpResponse:
    """To the screen of this theme, at a section."""
    address = reverse("knowledgebase_techniques_contributors", args=[page.pk])
    return redirect(f"{address}#{section}" if section else address)
