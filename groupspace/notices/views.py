"""Pages of notices: the list behind the bell, and how much one wants to hear."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from groupspace import policy
from groupspace.accounts.models import AccountSettings
from groupspace.forms.attempt import attempt
from groupspace.kinds import all_kinds, kinds_in
from groupspace.models import Audience
from groupspace.notices import actions, questions
from groupspace.notices.forms import AnnounceForm, DeliveryForm, WishForm
from groupspace.notices.models import Delivery, Level
from groupspace.notices.rows import notice_rows
from groupspace.notices.sending import mailing
from groupspace.notices.sending.hours import zone_of
from groupspace.notices.sending.refusals import is_refused
from groupspace.notices.telling import answers
from groupspace.push import actions as push
from groupspace.push import keys
from groupspace.stream.questions import newest, place
from groupspace.stream.rows import lines_of
from groupspace.views import SIGNED_IN, PolicyView, SpaceView


class NoticeListView(PolicyView):
    """What waits, and what was read lately."""

    action = SIGNED_IN
    template_name = "groupspace/notices/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, gone = notice_rows(self.actor, questions.mine(self.actor))
        if gone:
            actions.drop(gone)
            self.told = sum(notice.read_at is None for notice in gone)
        return self.show(
            unread=[*answers.rows_for(self.actor), *(row for row in rows if row["unread"])],
            read=[row for row in rows if not row["unread"]],
            shown_at=timezone.now().isoformat(),
            breadcrumbs=[(_("Mijn groepen"), reverse("groupspace:mine")), (_("Meldingen"), "")],
        )


class ReadAllView(PolicyView):
    """Everything counts as read."""

    action = SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        actions.mark_all_read(self.actor, until=_moment(request.POST.get("tot", "")))
        messages.success(request, _("Alles telt nu als gelezen."))
        return redirect("groupspace:notices:list")


class DeliveryView(PolicyView):
    """How one is told outside the site."""

    action = SIGNED_IN
    template_name = "groupspace/notices/delivery.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(self.form())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        actions.set_delivery(self.actor, **form.cleaned_data)
        messages.success(request, _("Bewaard."))
        return redirect("groupspace:notices:delivery")

    def form(self, data: Any = None) -> DeliveryForm:
        found = Delivery.objects.filter(user=self.actor.user_id).first() or Delivery(user_id=self.actor.user_id)
        return DeliveryForm(data, instance=found, has_address=bool(self.request.user.email))

    def ask(self, form: DeliveryForm, status: int = 200) -> HttpResponse:
        chosen = AccountSettings.objects.filter(user=self.actor.user_id).first()
        return self.show(
            form=form,
            status=status,
            address=self.request.user.email,
            refused=is_refused(self.actor.user_id, self.request.user.email),
            now=timezone.now().astimezone(zone_of(chosen.time_zone if chosen else "")),
            push_key=keys.public(),
            breadcrumbs=[(_("Account"), reverse("account:settings")), (_("Meldingen"), "")],
        )


class DeviceView(PolicyView):
    """Switch signs on or off for the browser that asks."""

    action = SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        turn, endpoint = request.POST.get("turn", ""), request.POST.get("endpoint", "")
        if turn == "off" and endpoint:
            push.switch_off(self.actor.user_id, endpoint=endpoint)
            return JsonResponse({"on": False})
        if turn != "on":
            return JsonResponse({"error": "turn"}, status=422)
        given = {name: request.POST.get(name, "") for name in ("endpoint", "public_key", "secret")}
        try:
            push.switch_on(self.actor.user_id, **given)
        except ValidationError as error:
            return JsonResponse({"error": error.messages[0]}, status=422)
        return JsonResponse({"on": True})


class WishView(SpaceView):
    """How much one wants to hear of a space."""

    action = "view"
    template_name = "groupspace/notices/wishes.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = self.actor.spaces[self.space.pk].membership_id
        said, rhythms = actions.wishes_of(mine), actions.rhythms_of(mine)
        initial = {f"kind-{slug}": level for slug, level in said.items()} | {"space": said.get("", Level.MINE)}
        initial |= {f"mail-{slug}" if slug else "mail": rhythm for slug, rhythm in rhythms.items()}
        return self.ask(self.form(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        actions.set_wishes(self.actor, self.space, form.wishes(), form.rhythms())
        messages.success(request, _("Bewaard."))
        return redirect("groupspace:notices:wishes", space=self.space.pk)

    def form(self, *args: Any, **kwargs: Any) -> WishForm:
        has_address = bool(self.request.user.email)
        return WishForm(*args, kinds=kinds_in(self.space), has_address=has_address, **kwargs)

    def ask(self, form: WishForm, status: int = 200) -> HttpResponse:
        return self.show(form=form, status=status, breadcrumbs=self.crumbs((_("Meldingen"), "")))


class AnnounceView(SpaceView):
    """Ask everybody's attention for something that stands in the space."""

    action = "facilitate"
    template_name = "groupspace/notices/announce.html"
    CHOICES = 20

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(AnnounceForm(choices=self.choices()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = AnnounceForm(request.POST, choices=self.choices())
        if form.is_valid():
            item = self.find(form.cleaned_data["item"])
            attempt(form, lambda: actions.announce(self.actor, self.space, item))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("Iedereen in deze groep krijgt een melding."))
        return redirect("groupspace:stream:space", space=self.space.pk)

    def choices(self) -> list[tuple[str, str]]:
        """What happened last in the space and is there for all members."""
        found = [row for row in newest(self.actor, [place(self.space)]) if row.audience == Audience.SPACE]
        items = list(dict.fromkeys((row.kind, row.item_id) for row in found))[: self.CHOICES]
        lines = lines_of(self.actor, set(items))
        return [(f"{kind}:{pk}", lines[pk].title) for kind, pk in items if pk in lines]

    def find(self, chosen: str) -> Any:
        slug, _colon, pk = chosen.partition(":")
        kind = next(kind for kind in all_kinds() if kind.slug == slug)
        item = policy.visible(self.actor, kind.model._default_manager.filter(pk=UUID(pk), space=self.space)).first()
        if item is None:
            raise Http404
        item.space = self.space
        return item

    def ask(self, form: AnnounceForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs((_("Mededeling aan iedereen"), ""))
        return self.show(form=form, choices=form.fields["item"].choices, status=status, breadcrumbs=crumbs)


# Mail programs post here themselves when someone presses their button (RFC 8058): they have no cookie and so no CSRF
# token. It is safe without: nothing but the signed code in the address counts, and this view reads no cookie, so a
# foreign page can do no more than whoever holds the link. See docs/decisions/0100.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button, and end all mail of an account when it is pressed. Nobody has to log in for it."""
    if request.method == "POST":
        step = "done" if mailing.stop_mail(token) else "bad"
    else:
        step = "ask" if mailing.is_ours(token) else "bad"
    context = {"step": step, "neutral_title": True, "breadcrumbs": [(_("Start"), "/"), (_("Berichten"), "")]}
    response = render(request, "groupspace/notices/off.html", context, status=400 if step == "bad" else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _moment(text: str) -> datetime | None:
    """When the page was shown; None for anything that is no moment."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if settings.USE_TZ and moment.tzinfo else None
