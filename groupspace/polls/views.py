"""Pages of polls. They fetch through the policy, validate, call an action and show."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.authors import Authors
from groupspace.comments.forms import RemovalForm
from groupspace.comments.rows import stub
from groupspace.comments.views import Commented
from groupspace.forms.attempt import attempt
from groupspace.moments import spoken
from groupspace.polls import actions, results
from groupspace.polls.forms import OutcomeForm, PollForm, VoteForm
from groupspace.polls.models import Poll, PollComment
from groupspace.polls.rows import end_in_words, poll_rows, poll_tags
from groupspace.polls.starters import STARTERS
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.views.writing import WritingView

PER_PAGE = 20


class Place(WritingView):
    """What every page of polls has: addresses, and the path to it."""

    abstract = True

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:peilingen:{name}", args=[self.space.pk, *args])

    def path(self, *tail: tuple[str, str]) -> list[Any]:
        return self.crumbs((_("Peilingen"), self.url("list") if tail else ""), *tail)


class PollListView(Place):
    """The newest first; older ones follow by id, so that no page is slower than the first."""

    action = "view"
    template_name = "groupspace/polls/poll_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = self.actor.membership_in(self.space.pk)
        polls = Poll.objects.visible_to(self.actor).filter(space=self.space).listed_for(mine)
        polls = polls.with_author().with_voted(mine).order_by("-id")
        after = request.GET.get("na")
        if after is not None:
            polls = polls.filter(id__lt=_uuid(after))
        found = list(polls[: PER_PAGE + 1])
        return self.show(
            rows=poll_rows(self.space, found[:PER_PAGE]),
            older=found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
            is_first=after is None,
            may_write=policy.can(self.actor, "post", self.space),
            breadcrumbs=self.path(),
        )


class WritePage(Place):
    """A form in which people write: kept while typing, restored after a lost log-in, carried out once."""

    abstract = True
    form_class: ClassVar[type[Form]] = PollForm
    template_name = "groupspace/polls/poll_form.html"

    @property
    def heading(self) -> str:
        raise NotImplementedError

    @property
    def button(self) -> str:
        raise NotImplementedError

    def form(self, *args: Any, **kwargs: Any) -> Form:
        return self.form_class(*args, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {}

    def composer(self) -> Composer:
        raise NotImplementedError

    def write(self, **fields: Any) -> Poll:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = self.form(initial=self.initial()), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = self.form(request.POST), self.composer()
        if form.is_valid() and (address := attempt(form, lambda: self.write_once(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write_once(self, form: Form, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                claim.url = self.url("poll", self.write(**form.cleaned_data).pk)
        return claim.url

    def ask(self, form: Form, composer: Composer, **context: Any) -> HttpResponse:
        item = getattr(self, "item", None)
        tail = [(item.question, self.url("poll", item.pk))] if item else []
        crumbs = self.path(*tail, (self.heading, ""))
        about = {"audience": item.audience} if item else {}
        return self.show_form(
            form, composer, heading=self.heading, button=self.button, breadcrumbs=crumbs, **about, **context
        )


class PollCreateView(WritePage):
    """Ask the group something, from nothing or from an example."""

    action = "post"

    @property
    def heading(self) -> str:
        return _("Nieuwe peiling")

    @property
    def button(self) -> str:
        return _("Plaats peiling")

    def form(self, *args: Any, **kwargs: Any) -> Form:
        return self.with_later(super().form(*args, **kwargs))

    def initial(self) -> dict[str, Any]:
        starter = STARTERS.get(self.request.GET.get("voorbeeld", ""))
        return starter.initial() if starter else {}

    def composer(self) -> Composer:
        return Composer(self.request, "poll", self.space.pk, path=self.url("poll-create"))

    def write(self, **fields: Any) -> Poll:
        return actions.ask(self.actor, self.space, **fields)

    def ask(self, form: Form, composer: Composer, **context: Any) -> HttpResponse:
        # An example never takes the place of what somebody wrote.
        fresh = not form.is_bound and not composer.note
        return super().ask(form, composer, starters=STARTERS if fresh else {}, **context)


class PollPage(Place, ItemView):
    """A page about one poll."""

    abstract = True
    model = Poll
    related = ("author", "outcome_by")

    def back(self) -> HttpResponseBase:
        return redirect(self.url("poll", self.item.pk))

    def confirm(self, heading: str, **context: Any) -> HttpResponse:
        crumbs = self.path((self.item.question, self.url("poll", self.item.pk)), (heading, ""))
        return self.show(poll=self.item, heading=heading, breadcrumbs=crumbs, **context)


class ShowsPoll(Commented, PollPage):
    """The poll with its choices, or its result."""

    abstract = True
    comments = PollComment
    template_name = "groupspace/polls/poll_detail.html"

    @cached_property
    def choices(self) -> list[Any]:
        return list(self.item.options.counted_for(self.actor.membership_in(self.space.pk)))

    def vote_form(self, data: Any = None) -> VoteForm:
        choices = [(str(option.pk), option.text) for option in self.choices]
        mine = [str(option.pk) for option in self.choices if option.mine]
        return VoteForm(data, poll=self.item, choices=choices, mine=mine)

    def show_poll(self, form: VoteForm | None = None) -> HttpResponse:
        poll: Poll = self.item
        now, mine = timezone.localtime(), self.actor.membership_in(self.space.pk)
        voted = any(option.mine for option in self.choices)
        over = results.is_over(poll)
        hidden = results.why_hidden(poll, voted=voted)
        rows = [] if hidden else results.rows_of(poll, self.choices)
        may_vote = policy.can(self.actor, "vote", poll)
        return self.show(
            status=422 if form else 200,
            poll=poll,
            author=_shown(self.space, poll.author),
            at=spoken(poll.created_at, now),
            stub=stub(poll, mine) if poll.deleted_at else "",
            tags=poll_tags(poll),
            until=end_in_words(poll, now),
            over=over,
            voted=voted,
            hidden=hidden,
            rows=rows,
            table=_table(rows, named=not poll.anonymous),
            told=results.voters_in_words(poll) if hidden else results.in_words(poll, rows),
            # Without a vote every choice is still to be read, also by who may not choose.
            choices=[] if may_vote or rows else [option.text for option in self.choices],
            form=form or (self.vote_form() if may_vote else None),
            may_vote=may_vote,
            may={name: policy.can(self.actor, name, poll) for name in ("edit", "close", "decide", "delete")},
            my_name_here=self.actor.name_in(self.space.pk),
            decided_by=_shown(self.space, poll.outcome_by) if poll.outcome_by else None,
            decided_at=spoken(poll.outcome_at, now) if poll.outcome_at else "",
            breadcrumbs=self.path((poll.question, "")),
            **self.comments_context(),
        )


class PollDetailView(ShowsPoll):
    """Read a poll, vote, see what others think."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_poll()


class PollVoteView(ShowsPoll):
    """Vote, or choose something else. Whoever had to log in first comes back to the poll."""

    action = "vote"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.vote_form(request.POST)
        if form.is_valid() and attempt(form, lambda: self.write(form)):
            messages.success(request, _("Je stem telt mee."))
            return self.back()
        return self.show_poll(form)

    def write(self, form: VoteForm) -> bool:
        actions.vote(self.actor, self.item, options=[UUID(pk) for pk in form.chosen])
        return True


class PollRetractView(PollPage):
    """Take one's own vote back."""

    action = "retract"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.retract(self.actor, self.item)
        messages.success(request, _("Je stem is weg. Je kunt opnieuw kiezen."))
        return self.back()


class PollEditView(WritePage, PollPage):
    """Change one's own poll, as long as nobody has voted."""

    action = "edit"

    @property
    def heading(self) -> str:
        return _("Verander je peiling")

    @property
    def button(self) -> str:
        return _("Bewaar")

    def initial(self) -> dict[str, Any]:
        poll = self.item
        return {
            "question": poll.question,
            "options": "\n".join(option.text for option in poll.options.all()),
            "multiple": poll.multiple,
            "anonymous": "1" if poll.anonymous else "0",
            "hide_until_voted": poll.hide_until_voted,
            "ends_at": timezone.localdate(poll.ends_at) if poll.ends_at else None,
            "explanation": str(poll.explanation),
        }

    def composer(self) -> Composer:
        return Composer(self.request, "poll-edit", self.item.pk)

    def write(self, **fields: Any) -> Poll:
        return actions.edit_poll(self.actor, self.item, **fields)


class PollCloseView(PollPage):
    """End the voting for good, after one question."""

    action = "close"
    template_name = "groupspace/polls/poll_close.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.confirm(_("Sluit peiling"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.close_poll(self.actor, self.item)
        messages.success(request, _("De peiling is gesloten. Vertel de groep wat jullie ermee doen."))
        return self.back()


class PollDecideView(WritePage, PollPage):
    """Write what is done with the result."""

    action = "decide"
    form_class = OutcomeForm

    @property
    def heading(self) -> str:
        return _("Wat doen jullie met de uitslag?")

    @property
    def button(self) -> str:
        return _("Plaats uitkomst")

    def initial(self) -> dict[str, Any]:
        return {"outcome": str(self.item.outcome)}

    def composer(self) -> Composer:
        return Composer(self.request, "poll-outcome", self.item.pk)

    def write(self, **fields: Any) -> Poll:
        actions.decide(self.actor, self.item, **fields)
        return self.item


class PollDeleteView(PollPage):
    """Take a poll away: one's own without a word, another's with a reason."""

    action = "delete"
    writes = "removal"
    template_name = "groupspace/polls/poll_delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.confirm(self.heading, form=None if self.is_mine else RemovalForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.is_mine:
            return self.remove()
        form = RemovalForm(request.POST)
        removed = form.is_valid() and attempt(form, lambda: self.remove(**form.cleaned_data))
        return removed or self.confirm(self.heading, form=form, status=422)

    def remove(self, reason: str = "") -> HttpResponseBase:
        actions.delete_poll(self.actor, self.item, reason=reason)
        messages.success(self.request, _("De peiling is weg."))
        return redirect(self.url("list"))

    @property
    def heading(self) -> str:
        return _("Haal peiling weg")

    @property
    def is_mine(self) -> bool:
        return bool(self.item.author_id == self.actor.membership_in(self.space.pk))


def _shown(space: Any, membership: Any) -> Any:
    """A member as the author of something, without a question to the database."""
    membership.author_id, membership.author_name = membership.pk, membership.display_name
    membership.author_role, membership.author_user = membership.role, membership.user_id
    return Authors(space).of(membership)


def _table(rows: list[results.Row], *, named: bool) -> dict[str, Any]:
    """The same result, for who reads a table more easily than bars."""
    columns = [_("Keuze"), _("Stemmen"), _("Deel van wie stemde"), *([_("Wie")] if named else [])]
    cells = [
        [row["text"], str(row["count"]), row["percent"], *([row["names"] or "–"] if named else [])] for row in rows
    ]
    return {"columns": columns, "rows": cells}


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        raise Http404 from None
