"""Pages about spaces: mine, one space from inside and outside, opening and changing one."""

from __future__ import annotations

from collections import Counter
from copy import copy
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace import actions, policy
from groupspace.audit.models import Entry
from groupspace.coming_in.admission import for_whom
from groupspace.durations import in_words
from groupspace.events import sentence
from groupspace.forms.attempt import attempt
from groupspace.forms.spaces import SpaceCreateForm, SpaceForm
from groupspace.held import count_waiting
from groupspace.kinds import kinds_in, role_of, roles_in, space_kinds
from groupspace.later import count_prepared
from groupspace.lifetime.phases import note_on
from groupspace.lifetime.silence import silent_for
from groupspace.lifetime.start import checklist
from groupspace.models import JoinRequest, Membership, Space
from groupspace.moments import spoken
from groupspace.permissions import Permission
from groupspace.prepared import Prepared
from groupspace.reading import InSpace
from groupspace.text.composer import Composer
from groupspace.views import NOWHERE, SIGNED_IN, PolicyView, SpaceView
from groupspace.views.first_help import help_in
from groupspace.views.phases import where_to_go_on
from groupspace.views.writing import count_members, member_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor

LOG_PER_PAGE = 50
#: A minute of the log, with what happened in it and how many times.
Moment = tuple[datetime, list[tuple[str, int]]]


class MySpacesView(PolicyView):
    """All spaces the actor is in, and what became of requests."""

    action = SIGNED_IN
    template_name = "groupspace/space_list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.note_opened(JoinRequest)
        spaces = list(Space.objects.visible_to(self.actor).select_related("organisation"))
        for space in spaces:
            access = self.actor.spaces[space.pk]
            space.my_role = role_of(space.kind, access.role)
            space.entrance = entrance_of(space)
            space.last_activity, space.news = spoken(space.last_activity_at), access.news
            space.state_note = note_on(space, prepares=bool(policy.can(self.actor, "facilitate", space)))
        requests = self.my_requests()
        return self.show(
            spaces=spaces,
            requests=requests,
            may_know_of={request.space_id for request in requests if policy.may_name(self.actor, request.space)},
            may_open=policy.may_open(self.actor),
            coordinates=self.actor.is_professional and policy.coordinated_by(self.actor) is not None,
            for_professionals=self.for_professionals(),
            breadcrumbs=[(_("Start"), "/"), (_("Mijn groepen"), "")],
        )

    def my_requests(self) -> list[JoinRequest]:
        """What became of requests: always to be seen by whoever asked, also a word of welcome."""
        found = JoinRequest.objects.filter(user_id=self.actor.user_id).exclude(state="withdrawn")
        requests = list(found.exclude(state="admitted", reason="").select_related("space").with_place())
        for request in requests:
            request.place = request.ahead + 1 if request.state == JoinRequest.State.WAITING else None
        return requests

    def for_professionals(self) -> list[Space]:
        """Spaces for professionals that this actor may know of and is not in; help-seekers never get a query here."""
        if not self.actor.is_professional:
            return []
        kinds = [kind.code for kind in space_kinds() if kind.professionals_only]
        found = Space.objects.listed_to(self.actor).filter(kind__in=kinds)
        return [space for space in found if space.pk not in self.actor.spaces]


class SpaceDetailView(SpaceView):
    """The home of a space for members; for others who may know of it, what it is and how to join."""

    action = "preview"
    template_name = "groupspace/space_home.html"

    def check(self) -> None:
        self.space = self.find_space()
        self.inside = self.space.pk in self.actor.spaces
        self.judge("view" if self.inside else "preview", self.space)
        if self.inside:
            self.write_log()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_inside() if self.inside else self.show_outside()

    def show_inside(self) -> HttpResponse:
        self.note_opened(self.space)
        prepares = bool(policy.can(self.actor, "prepare", self.space))
        facilitators = _facilitators(self.space, self.actor if prepares else None)
        members = facilitators[0].member_count if facilitators else member_count(self.space)
        asked = {"open": 0, "queue": 0}
        if policy.can(self.actor, "manage_members", self.space):
            asked = JoinRequest.objects.visible_to(self.actor).filter(space=self.space).counted()
        return self.show(
            facilitators=facilitators,
            member_count=members,
            waiting=asked["open"],
            queue=asked["queue"],
            to_read=count_waiting(self.actor, self.space),
            may_prepare=prepares,
            ready=facilitators[0].ready if facilitators and prepares else 0,
            free=max(self.space.capacity - members, 0) if self.space.capacity else 0,
            must_agree=self.actor.spaces[self.space.pk].must_agree,
            must_care=self.actor.spaces[self.space.pk].must_care,
            help=help_in(self) if self.actor.spaces[self.space.pk].is_new else None,
            state_note=note_on(self.space, prepares=bool(policy.can(self.actor, "facilitate", self.space))),
            steps_left=self.steps_left(),
            silence=self.silence(),
            **self.panels(),
            breadcrumbs=self.crumbs(),
        )

    def panels(self) -> dict[str, Any]:
        """What each sort of content shows here; those that have nothing to show stand together in one row."""
        found = [(kind, kind.home_panel(self.actor, self.space)) for kind in kinds_in(self.space)]
        quiet = [kind for kind, panel in found if kind.optional and not panel.get("rows", True)]
        return {
            "panels": [(kind, panel) for kind, panel in found if kind not in quiet],
            "quiet": [(kind, reverse(f"groupspace:{kind.slug}:list", args=[self.space.pk])) for kind in quiet],
        }

    def silence(self) -> str:
        """How long nothing happened, for who facilitates; empty when that fits how the group works."""
        if not policy.can(self.actor, "facilitate", self.space):
            return ""
        silence = silent_for(self.space)
        return in_words(timedelta(days=silence.days)) if silence else ""

    def steps_left(self) -> int:
        """How much is left to do before the start; asked for who can start it, and only before."""
        if self.space.state != Space.State.RECRUITING or not policy.can(self.actor, "change", self.space):
            return 0
        return sum(step.required and not step.done for step in checklist(self.space))

    def show_outside(self) -> HttpResponse:
        self.note_opened(self.space)
        my_request = None
        pause = actions.pause_in(self.actor, self.space)
        if self.actor.is_authenticated and not pause:
            found = JoinRequest.objects.filter(space=self.space, user_id=self.actor.user_id)
            my_request = found.exclude(state="withdrawn").order_by("-created_at").first()
        waits = bool(my_request and my_request.state == JoinRequest.State.WAITING)
        has_place = actions.has_place(self.space, my_request if waits else None)
        self.template_name = "groupspace/space_preview.html"
        return self.show(
            facilitators=_facilitators(self.space),
            partners=", ".join(partners_of(self.space)),
            my_request=my_request,
            place=JoinRequest.objects.ahead_of(my_request).count() + 1 if waits else None,
            may_enter=waits and has_place and self.space.join_policy == Space.JoinPolicy.OPEN,
            has_place=has_place,
            for_whom=for_whom(self.space),
            pause=pause,
            breadcrumbs=[(_("Start"), "/"), (self.space.name, "")],
        )


class SpaceCreateView(PolicyView):
    """A professional opens a space."""

    action = SIGNED_IN
    writes = "space-create"
    template_name = "groupspace/space_form.html"

    def check(self) -> None:
        super().check()
        verdict = policy.may_open(self.actor)
        if not verdict:
            raise PermissionDenied(str(verdict.reason))

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(SpaceCreateForm(user_id=self.actor.user_id))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = SpaceCreateForm(request.POST, user_id=self.actor.user_id)
        if form.is_valid():
            address = attempt(form, lambda: self.open_once(form.cleaned_data))
            if address:
                return redirect(address)
        return self.ask(form, status=422)

    def open_once(self, fields: dict[str, Any]) -> str:
        """Open the space, once however often the button is pressed; the address to go to."""
        with Composer(self.request, self.writes, NOWHERE).once() as claim:
            if claim.first:
                space = actions.create_space(self.actor, **fields)
                recruits = space.state == Space.State.RECRUITING
                told = _("Je groep is open. Nodig nu de eerste mensen uit.")
                if recruits:
                    told = _("Je groep is er. Nog een paar stappen, dan kan hij beginnen.")
                messages.success(self.request, told)
                page = "groupspace:phase" if recruits else "groupspace:space"
                claim.url = reverse(page, args=[space.pk])
            elif not self.leads_to(claim.url, fields["name"]):
                told = _("Met dit formulier opende je deze groep al. Voor nog een groep: ga naar Mijn groepen.")
                messages.warning(self.request, told)
        return claim.url

    def leads_to(self, address: str, name: str) -> bool:
        """Whether that is the address of a space of this name; what was typed after Back opened nothing."""
        named = Space.objects.filter(pk__in=self.actor.spaces, name=name).values_list("pk", flat=True)
        return any(str(pk) in address for pk in named)

    def ask(self, form: SpaceCreateForm, status: int = 200) -> HttpResponse:
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (_("Nieuwe groep"), "")]
        return self.show(
            form=form, title=_("Een nieuwe groep"), button=_("Open de groep"), breadcrumbs=crumbs, status=status
        )


class SpaceChangeView(SpaceView):
    """A facilitator changes what the space says about itself."""

    action = "change"
    writes = "space"
    template_name = "groupspace/space_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(SpaceForm(instance=self.space, initial=SpaceForm.initial_of(self.space)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        # A copy takes the form's values, so that a refused change does not show in the head of the page.
        form = SpaceForm(request.POST, instance=copy(self.space), initial=SpaceForm.initial_of(self.space))
        if form.is_valid() and attempt(form, lambda: actions.change_space(self.actor, self.space, **form.values())):
            messages.success(request, _("Bewaard."))
            return redirect(where_to_go_on(self.actor, self.space), space=self.space.pk)
        return self.ask(form, status=422)

    def ask(self, form: SpaceForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs((_("Instellingen"), ""))
        return self.show(form=form, title=_("Instellingen"), button=_("Bewaar"), breadcrumbs=crumbs, status=status)


class SpaceLogView(SpaceView):
    """What happened in this space: who came, went, or got another role."""

    action = "see_log"
    template_name = "groupspace/space_log.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        entries = Entry.objects.filter(chain=str(self.space.pk)).order_by("-number")
        before = request.GET.get("voor", "")
        if before.isascii() and before.isdigit() and len(before) < 10:
            entries = entries.filter(number__lt=int(before))
        found = list(entries[: LOG_PER_PAGE + 1])
        entries = found[:LOG_PER_PAGE]
        names = {
            str(membership.pk): membership.name
            for membership in Membership.objects.visible_to(self.actor).filter(space=self.space)
        }
        older = entries[-1].number if len(found) > len(entries) else None
        return self.show(
            entries=entries,
            days=by_day(entries, names),
            older=older,
            before=before,
            breadcrumbs=self.crumbs((_("Logboek"), "")),
        )


def by_day(entries: Iterable[Entry], names: Mapping[str, str]) -> list[tuple[date, list[Moment]]]:
    """The entries of a log, day by day and minute by minute, in the order in which they come.

    Args:
        names: under which name each membership is known, by its id.
    """
    told = [
        (timezone.localtime(entry.at).replace(second=0, microsecond=0), sentence(entry, names)) for entry in entries
    ]
    moments = [(at, list(Counter(act for _at, act in acts).items())) for at, acts in groupby(told, key=itemgetter(0))]
    return [(day, list(found)) for day, found in groupby(moments, key=lambda moment: moment[0].date())]


def _facilitators(space: Space, preparing: Actor | None = None) -> list[Any]:
    """Whoever facilitates, each with `member_count` of the space. One statement.

    Shown to everyone who may know of the space, since people want to know who is there.

    Args:
        preparing: a member; then each says by `ready` how much waits for its moment, as far as they may see it.
    """
    at = timezone.now()
    if preparing is None:
        return list(_leading(space.kind).objects(space.pk, at))
    return list(_leading_and_ready(space.kind).objects(preparing, space.pk, at))


@cache
def _leading(kind_code: str) -> Prepared:
    return Prepared(_ask_leading(kind_code))


@cache
def _leading_and_ready(kind_code: str) -> InSpace:
    ask = _ask_leading(kind_code)
    return InSpace(lambda reader, space, at: ask(space, at).annotate(ready=count_prepared(reader, space)))


def _ask_leading(kind_code: str) -> Callable[[UUID, datetime], QuerySet[Any]]:
    roles = [role.code for role in roles_in(kind_code) if Permission.FACILITATE in role.permissions]

    def ask(space: UUID, at: datetime) -> QuerySet[Any]:
        members = count_members(OuterRef("space"), at).values("count")
        found = Membership.objects.active(at).filter(space=space, role__in=roles).order_by("since")
        return found.annotate(member_count=Subquery(members))

    return ask


def partners_of(space: Space) -> list[str]:
    """The names of the organisations that run a space with the one that is responsible."""
    return list(space.partners.values_list("name", flat=True))


def entrance_of(space: Space) -> str:
    """Where members come in: the sort of content that the facilitators chose, or the home of the space."""
    if space.landing in {kind.slug for kind in kinds_in(space)}:
        return reverse(f"groupspace:{space.landing}:list", args=[space.pk])
    return reverse("groupspace:space", args=[space.pk])
