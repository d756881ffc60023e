"""Screens of the newsletter in the CMS. Staff see numbers; an address only when somebody names it to them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from . import actions, previews, sending
from .forms import AddressForm, SendForm, TrialForm
from .models import IssuePage, Mailing, Subscriber

NEWEST = 24


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """How many subscribers there are, which issues went out, and a way to take one address off the list."""
    may_manage = request.user.has_perm(actions.MAY_MANAGE)
    if not may_manage and not request.user.has_perm(sending.MAY_SEND):
        raise PermissionDenied
    form = AddressForm(request.POST or None)
    found: bool | None = None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if "remove" in request.POST:
            if actions.remove(request.user, address):
                messages.success(request, _("Dit adres is gewist. Het krijgt geen nieuwsbrief meer."))
            else:
                messages.warning(request, _("Dit adres stond niet op de lijst."))
            return redirect("knowledgebase_newsletter_overview")
        found = actions.is_known(request.user, address)
    State = Subscriber.State  # noqa: N806  a class
    numbers = Subscriber.objects.aggregate(
        confirmed=Count("pk", filter=Q(state=State.CONFIRMED)), asked=Count("pk", filter=Q(state=State.ASKED))
    )
    context = {"numbers": numbers, "issues": _issues(), "form": form, "found": found, "may_manage": may_manage}
    return render(request, "knowledgebase/newsletter/admin/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, issue_id: int) -> HttpResponse:
    """First a trial mail, then the question whether it may go to everybody. Raises PermissionDenied, Http404."""
    issue = _issue(request, issue_id)
    trial = TrialForm(request.POST if "trial" in request.POST else None, initial={"email": request.user.email})
    confirm = SendForm(request.POST if "send" in request.POST else None)
    try:
        if trial.is_bound and trial.is_valid():
            sending.try_out(request.user, issue, trial.cleaned_data["email"])
            messages.success(request, _("De proefmail is onderweg. Lees hem, en kom dan hier terug."))
            return redirect("knowledgebase_newsletter_send", issue.pk)
        if confirm.is_bound and confirm.is_valid():
            mailing = sending.start(request.user, issue)
            number = mailing.recipients
            messages.success(request, _("De nieuwsbrief gaat nu naar %(number)d adressen.") % {"number": number})
            return redirect("knowledgebase_newsletter_overview")
    except sending.NotReady:
        messages.error(request, _("Dat kan nu niet. De nieuwsbrief is al verstuurd, of er ging geen proefmail uit."))
        return redirect("knowledgebase_newsletter_send", issue.pk)
    newsletter = sending.newsletter_of(issue)
    context = {
        "issue": issue,
        "newsletter": newsletter,
        "sender": sending.mail.sender(newsletter),
        "mailing": _mailings().filter(issue=issue).exclude(started_at=None).first(),
        "was_tried": sending.was_tried(issue),
        "recipients": Subscriber.objects.filter(state=Subscriber.State.CONFIRMED).count(),
        "trial": trial,
        "confirm": confirm,
    }
    return render(request, "knowledgebase/newsletter/admin/send.html", context)


@require_safe
def show_mail(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The mail, for in the frame on the screen above. Raises PermissionDenied, Http404."""
    return previews.mail_response(_issue(request, issue_id))


@require_safe
def show_text(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The mail as plain text. Raises PermissionDenied, Http404."""
    return previews.text_response(_issue(request, issue_id))


def _issue(request: HttpRequest, issue_id: int) -> IssuePage:
    """The issue as it is on the site."""
    issue = get_object_or_404(IssuePage.objects.live(), pk=issue_id)
    if not sending.may_send(request.user, issue):
        raise PermissionDenied
    return issue


def _mailings() -> Any:
    return Mailing.objects.annotate(sent=Count("deliveries", filter=~Q(deliveries__sent_at=None)))


def _issues() -> list[IssuePage]:
    """The newest issues, each with its sending if there is one."""
    issues = list(IssuePage.objects.order_by("-latest_revision_created_at", "-pk")[:NEWEST])
    mailings = {mailing.issue_id: mailing for mailing in _mailings().filter(issue__in=issues).exclude(started_at=None)}
    for issue in issues:
        issue.sending = mailings.get(issue.pk)
    return issues
