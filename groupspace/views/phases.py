"""Pages about the way of a space: what must be ready before the start, and going from one state to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groupspace import actions, policy
from groupspace.actions.phases import erasure_day
from groupspace.forms import Form
from groupspace.forms.attempt import attempt
from groupspace.forms.phases import CrisisProtocolForm
from groupspace.lifetime.phases import note_on, read_only_from
from groupspace.lifetime.start import Step, checklist, has_begun
from groupspace.models import CrisisProtocol, Space
from groupspace.views import SpaceView

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Actor

State = Space.State


@dataclass(frozen=True)
class Way:
    """A button to another state, with what happens then."""

    state: str
    label: str
    effect: str
    is_main: bool = False


class PhaseView(SpaceView):
    """Where the space stands, what comes next, and the button to go there."""

    action = "change"
    template_name = "groupspace/phase.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(Form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        state = request.POST.get("naar", "")
        if state not in {way.state for way in self.ways()}:
            raise Http404
        form = Form({})
        attempt(form, lambda: actions.go_to(self.actor, self.space, state))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, self.done(state))
        return redirect("groupspace:space", space=self.space.pk)

    def ask(self, form: Form, status: int = 200) -> HttpResponse:
        recruiting = self.space.state == State.RECRUITING
        steps = [self.for_reader(step) for step in checklist(self.space)] if recruiting else []
        ready = all(step.done for step in steps if step.required)
        return self.show(
            refusals=form.non_field_errors() if form.is_bound else [],
            steps=steps,
            ready=ready,
            states=self.states(),
            note=note_on(self.space, prepares=bool(policy.can(self.actor, "facilitate", self.space))),
            ways=[way for way in self.ways() if ready or way.state != State.OPEN],
            breadcrumbs=self.crumbs((_("Verloop"), "")),
            status=status,
        )

    def for_reader(self, step: Step) -> Step:
        """A step that another does, such as a facilitator for an organiser, has no link and says who."""
        if step.done or policy.can(self.actor, step.asks, self.space):
            return step
        return replace(step, url="", why=_("Dit doet een begeleider van de groep."))

    def states(self) -> list[dict[str, Any]]:
        """The way from recruiting to reading only, with where the space stands."""
        order = [State.RECRUITING, State.OPEN, State.CLOSING, State.READ_ONLY]
        labels = [_("Werven"), _("Loopt"), _("Afronden"), _("Alleen lezen")]
        here = order.index(State(self.space.state)) if self.space.state in order else len(order)
        return [{"label": label, "done": n < here, "current": n == here} for n, label in enumerate(labels)]

    def ways(self) -> list[Way]:
        """Where the space can go from here."""
        gone = date_format(erasure_day(), "j F Y")
        end = Way(
            State.READ_ONLY,
            _("Sluit af: alleen nog lezen"),
            _("Sluit je af? Dan kan niemand meer schrijven. Op %(day)s wordt alles gewist. Leden zien die datum.")
            % {"day": gone},
        )
        round_off = Way(
            State.CLOSING,
            _("Begin met afronden"),
            _(
                "Rond je af? Dan kunnen leden nog schrijven en terugkijken. Er komt niemand meer bij. "
                "Vanaf %(day)s kan iedereen alleen nog lezen."
            )
            % {"day": date_format(read_only_from(self.space), "j F Y")},
        )
        go_on = Way(State.OPEN, _("Ga weer verder"), _("Iedereen kan weer schrijven. Er kunnen weer mensen bij."))
        back = Way(
            State.RECRUITING,
            _("Ga terug naar werven"),
            _("De groep is nog niet begonnen. Bij werven zie je hier wat er moet gebeuren voor de start."),
            is_main=True,
        )
        start = Way(
            State.OPEN, _("Start de groep"), _("Start je de groep? Dan kan iedereen erin schrijven."), is_main=True
        )
        return {
            State.RECRUITING: [start, end],
            State.OPEN: [round_off, end],
            State.CLOSING: [go_on, end],
            State.READ_ONLY: [go_on if has_begun(self.space) else back],
        }.get(State(self.space.state), [])

    def done(self, state: str) -> str:
        """What is said after it worked."""
        return {
            State.RECRUITING: _("De groep is terug bij werven. Kijk bij Verloop wat er moet gebeuren voor de start."),
            State.OPEN: _("De groep loopt. Iedereen kan nu schrijven."),
            State.CLOSING: _("De groep rondt af. Vanaf %(day)s is hij alleen nog te lezen.")
            % {"day": date_format(read_only_from(self.space), "j F Y")},
            State.READ_ONLY: _("De groep is afgesloten. Iedereen kan nog lezen."),
        }[State(state)]


def where_to_go_on(actor: Actor, space: Space) -> str:
    """The name of the page after one thing is arranged: what else must be ready, as long as the space has not begun."""
    before_start = space.state == State.RECRUITING and policy.can(actor, "change", space)
    return "groupspace:phase" if before_start else "groupspace:space"


class CrisisProtocolView(SpaceView):
    """What to do when somebody is in danger: read by whoever moderates, written by whoever facilitates."""

    action = "read_protocol"
    writes = "crisis-protocol"
    template_name = "groupspace/crisis_protocol.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        protocol = CrisisProtocol.objects.filter(space=self.space).first()
        if not policy.can(self.actor, "facilitate", self.space):
            return self.show(protocol=protocol, breadcrumbs=self.crumbs((_("Als het misgaat"), "")))
        return self.ask(CrisisProtocolForm(instance=protocol))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        verdict = policy.can(self.actor, "facilitate", self.space)
        if not verdict:
            raise PermissionDenied(str(verdict.reason))
        protocol = CrisisProtocol.objects.filter(space=self.space).first()
        form = CrisisProtocolForm(request.POST, instance=protocol)
        if form.is_valid() and attempt(
            form, lambda: actions.write_crisis_protocol(self.actor, self.space, **form.cleaned_data)
        ):
            messages.success(request, _("Bewaard. Alleen de begeleiders lezen dit."))
            return redirect(where_to_go_on(self.actor, self.space), space=self.space.pk)
        return self.ask(form, status=422)

    def ask(self, form: CrisisProtocolForm, status: int = 200) -> HttpResponse:
        title: StrOrPromise = _("Als het misgaat")
        return self.show(form=form, breadcrumbs=self.crumbs((title, "")), status=status)
