"""What happens in a poll, whoever calls it: choosing, changing, ending, erasing, and voters at the same moment."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.utils import timezone

from groupspace.actions import set_exceptions
from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment
from groupspace.models import Space
from groupspace.permissions import Permission
from groupspace.polls import actions
from groupspace.polls.kind import PollKind
from groupspace.polls.models import Poll, PollComment, Vote
from groupspace.search.models import Entry as SearchEntry
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db


def chosen(poll, member):
    return sorted(poll.votes.filter(membership=member).values_list("option__text", flat=True))


def ids(poll, *texts):
    return list(poll.options.filter(text__in=texts).values_list("pk", flat=True))


def happened(poll):
    return list(Happening.objects.filter(item_id=poll.pk).order_by("id").values_list("verb", flat=True))


def voters(poll):
    return Poll.objects.get(pk=poll.pk).voters


def test_vote_changes_until_it_is_taken_back(ask, vote, cast, as_actor):
    poll, ben = ask("anna"), cast.members["ben"]

    vote("ben", poll, "Wandelen")
    vote("ben", poll, "Praten")
    assert (chosen(poll, ben), voters(poll)) == (["Praten"], 1)

    actions.retract(as_actor("ben"), poll)
    actions.retract(as_actor("ben"), poll)
    assert (chosen(poll, ben), voters(poll)) == ([], 0)


def test_single_choice_takes_one_and_several_take_more(ask, vote, cast):
    single, several = ask("anna"), ask("anna", multiple=True)

    with pytest.raises(ValidationError):
        vote("ben", single, "Wandelen", "Praten")
    vote("ben", several, "Wandelen", "Praten")
    vote("ben", several, "Praten", "Slapen")

    assert chosen(single, cast.members["ben"]) == []
    assert (chosen(several, cast.members["ben"]), voters(several)) == (["Praten", "Slapen"], 1)


def test_choice_of_another_poll_is_refused_and_costs_no_vote(ask, vote, as_actor, cast):
    poll, other = ask("anna"), ask("anna", options=["Ja", "Nee"])
    vote("ben", poll, "Praten")

    for options in ([], ids(other, "Ja"), ids(poll, "Slapen") + ids(other, "Ja")):
        with pytest.raises(ValidationError):
            actions.vote(as_actor("ben"), poll, options=options)

    assert chosen(poll, cast.members["ben"]) == ["Praten"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ["een"]},
        {"options": [f"keuze {number}" for number in range(11)]},
        {"options": ["Ja", "ja"]},
        {"options": ["Ja", "n" * 121]},
        {"ends_at": timezone.now() - timedelta(days=1)},
        {"ends_at": timezone.now() + timedelta(days=400)},
    ],
)
def test_poll_that_cannot_be_is_refused(ask, wrong):
    with pytest.raises(ValidationError):
        ask("ben", **wrong)
    assert not Poll.objects.exists()


@pytest.mark.parametrize("who", ["dora", "frank", "pim", "editor", "operator", "anonymous"])
def test_outsiders_can_do_nothing(who, ask, as_actor, cast):
    poll, actor = ask(), as_actor(who)
    closed = ask()
    actions.close_poll(as_actor("anna"), closed)

    for attempt in (
        lambda: actions.ask(actor, cast.space, question="x", options=["a", "b"]),
        lambda: actions.vote(actor, poll, options=ids(poll, "Praten")),
        lambda: actions.retract(actor, poll),
        lambda: actions.close_poll(actor, poll),
        lambda: actions.decide(actor, closed, outcome="<p>x</p>"),
        lambda: actions.delete_poll(actor, poll, reason="x"),
        lambda: add_comment(actor, PollComment, poll, body="<p>x</p>"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_member_who_may_not_write_reads_and_takes_back_only(ask, vote, cast, as_actor):
    poll = ask("anna")
    vote("ben", poll, "Praten")
    set_exceptions(as_actor("anna"), cast.members["ben"], {Permission.POST: False})

    with pytest.raises(PermissionDenied):
        vote("ben", poll, "Slapen")
    actions.retract(as_actor("ben"), poll)

    assert voters(poll) == 0


def test_only_author_and_moderators_end_it_and_only_that_of_another_is_logged(ask, as_actor):
    own, other = ask("ben"), ask("ben")

    with pytest.raises(PermissionDenied):
        actions.close_poll(as_actor("ben"), ask("carla"))
    actions.close_poll(as_actor("ben"), own)
    actions.close_poll(as_actor("carla"), other)

    logged = Entry.objects.filter(event="poll.closed").values_list("object_id", flat=True)
    assert list(logged) == [str(other.pk)]
    assert happened(own) == happened(other) == ["asked", "ended"]


def test_closed_poll_takes_and_gives_back_no_vote(ask, vote, as_actor, cast):
    poll = ask("ben")
    vote("carla", poll, "Praten")
    actions.close_poll(as_actor("ben"), poll)

    for attempt in (
        lambda: vote("anna", poll, "Praten"),
        lambda: vote("carla", poll, "Slapen"),
        lambda: actions.retract(as_actor("carla"), poll),
        lambda: actions.close_poll(as_actor("anna"), poll),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert chosen(poll, cast.members["carla"]) == ["Praten"]


def test_time_is_up_before_the_worker_says_so_and_it_says_so_once(ask, vote):
    poll = ask("ben", ends_at=timezone.now() + timedelta(hours=1))
    open_one = ask("ben")
    assert actions.end_due() == 0

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        with pytest.raises(PermissionDenied):
            vote("anna", poll, "Praten")
        assert (happened(poll), actions.end_due(), actions.end_due()) == (["asked"], 1, 0)

    poll.refresh_from_db()
    assert happened(poll) == ["asked", "ended"]
    assert poll.closed_at == poll.ends_at
    assert happened(open_one) == ["asked"]


def test_poll_in_a_group_at_rest_ends_in_silence(ask, cast):
    poll = ask("ben", ends_at=timezone.now() + timedelta(hours=1))
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        actions.end_due()

    poll.refresh_from_db()
    assert (poll.closed_at, happened(poll)) == (poll.ends_at, ["asked"])


def test_voting_tells_nobody(ask, vote, as_actor):
    poll = ask("ben")
    before = Happening.objects.count(), Entry.objects.count(), Space.objects.get(pk=poll.space_id).last_activity_at

    vote("anna", poll, "Praten")
    vote("anna", poll, "Slapen")
    actions.retract(as_actor("anna"), poll)

    after = Happening.objects.count(), Entry.objects.count(), Space.objects.get(pk=poll.space_id).last_activity_at
    assert before == after


def test_outcome_comes_after_the_end_and_is_told_once(ask, as_actor):
    poll = ask("ben")

    with pytest.raises(PermissionDenied):
        actions.decide(as_actor("ben"), poll, outcome="<p>Te vroeg.</p>")
    actions.close_poll(as_actor("ben"), poll)
    with pytest.raises(PermissionDenied):
        actions.decide(as_actor("ben"), ask("carla"), outcome="<p>Niet van mij.</p>")
    actions.decide(as_actor("ben"), poll, outcome="<p>We gaan wandelen.</p>")
    actions.decide(as_actor("ben"), poll, outcome="<p>We gaan elke week wandelen.</p>")
    with pytest.raises(PermissionDenied):  # whoever moderates can take words away, never change them
        actions.decide(as_actor("anna"), poll, outcome="<p>Niet.</p>")

    poll.refresh_from_db()
    assert poll.outcome == "<p>We gaan elke week wandelen.</p>"
    assert happened(poll) == ["asked", "ended", "decided"]


CHANGED = {"explanation": "", "multiple": False, "hide_until_voted": False, "ends_at": None}


def test_what_was_voted_on_never_changes(ask, vote, as_actor):
    poll = ask("ben")
    new = {"question": "Wat nu?", "options": ["Ja", "Nee"], "anonymous": True, **CHANGED}

    actions.edit_poll(as_actor("ben"), poll, **new)
    vote("anna", poll, "Ja")

    for wrong in (new | {"anonymous": False}, new | {"options": ["Nee", "Ja"]}):
        with pytest.raises(PermissionDenied):
            actions.edit_poll(as_actor("ben"), poll, **wrong)
    with pytest.raises(PermissionDenied):
        actions.edit_poll(as_actor("anna"), ask("ben"), **new)
    poll.refresh_from_db()
    assert (poll.question, poll.anonymous) == ("Wat nu?", True)
    assert list(poll.options.values_list("text", flat=True)) == ["Ja", "Nee"]


def test_poll_of_another_is_taken_away_with_a_reason_and_keeps_what_others_said(ask, vote, as_actor):
    poll = ask("ben")
    vote("ellen", poll, "Praten")
    add_comment(as_actor("carla"), PollComment, poll, body="<p>Goede vraag.</p>")

    with pytest.raises(ValidationError):
        actions.delete_poll(as_actor("anna"), poll)
    actions.delete_poll(as_actor("anna"), poll, reason="Dit past hier niet.")

    poll.refresh_from_db()
    assert (poll.explanation, poll.voters, poll.options.count(), Vote.objects.count()) == ("", 0, 0, 0)
    assert "helpt" not in poll.question
    assert happened(poll) == []
    assert [str(comment.body) for comment in poll.comments.all()] == ["<p>Goede vraag.</p>"]
    assert Entry.objects.filter(event="poll.removed").count() == 1
    for attempt in (
        lambda: vote("ellen", poll),
        lambda: actions.decide(as_actor("ben"), poll, outcome="<p>x</p>"),
        lambda: add_comment(as_actor("ben"), PollComment, poll, body="<p>x</p>"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_erasing_takes_votes_polls_and_outcomes_and_leaves_those_of_others(ask, vote, as_actor, cast):
    hers, his = ask("anna"), ask("ben")
    for name in ("ben", "carla"):
        vote(name, hers, "Praten")
        vote(name, his, "Slapen")
    actions.close_poll(as_actor("anna"), hers)
    actions.decide(as_actor("anna"), hers, outcome="<p>Van anna.</p>")
    kind, ben = PollKind(), cast.members["ben"]

    assert kind.erase(ben) == 3  # two votes and a poll

    hers.refresh_from_db()
    his.refresh_from_db()
    assert not Vote.objects.filter(membership=ben).exists()
    assert (chosen(hers, cast.members["carla"]), hers.voters) == (["Praten"], 1)
    assert str(hers.outcome) == "<p>Van anna.</p>"
    assert his.is_closed()
    assert "helpt" not in his.question
    assert (kind.export(ben), kind.erase(ben)) == ([], 0)

    assert kind.erase(cast.members["anna"]) == 2
    assert not Poll.objects.exclude(outcome="").exists()


def test_export_holds_own_votes_and_never_a_result(ask, vote, cast, as_actor):
    poll = ask("anna", question="Geheime vraag van anna", anonymous=False)
    vote("ben", poll, "Praten")
    vote("carla", poll, "Slapen")
    kind = PollKind()

    (mine,) = kind.export(cast.members["ben"])
    (hers,) = kind.export(cast.members["anna"])

    assert mine == {"peiling": str(poll.pk), "gekozen": "Praten"}
    assert hers["titel"] == "Geheime vraag van anna"
    assert not {"stemmen", "uitslag", "votes", "voters"} & set(hers)
    assert not any(str(pk) in str(hers) for pk in (cast.members["ben"].pk, cast.members["carla"].pk))


def found(poll):
    """What search knows of the poll itself."""
    return list(SearchEntry.objects.filter(part_id=poll.pk).values_list("text", flat=True))


def test_search_knows_the_words_and_never_the_votes(ask, vote, as_actor, cast):
    poll, narrow = ask("ben", anonymous=False), ask("ben", audience="facilitators")
    before = found(poll)
    for name in ("anna", "carla", "ellen"):
        vote(name, poll, "Slapen")
    actions.close_poll(as_actor("ben"), poll)
    assert before == found(poll) == ["Wat helpt jou?\nIk ben benieuwd.\nWandelen\nPraten\nSlapen"]
    assert SearchEntry.objects.get(part_id=narrow.pk).audience == "facilitators"

    actions.decide(as_actor("carla"), poll, outcome="<p>We gaan rusten.</p>")
    assert "We gaan rusten." in found(poll)[0]
    PollKind().erase(cast.members["carla"])
    assert before == found(poll)

    actions.delete_poll(as_actor("anna"), poll, reason="Daarom.")
    assert found(poll) == []
    PollKind().erase(cast.members["ben"])
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
def test_votes_at_the_same_moment_count_once(ask, as_actor):
    poll, errors, together = ask("anna"), [], threading.Barrier(4)
    options = list(poll.options.values_list("pk", flat=True))
    # The same person in two windows, and two others.
    voting = [(as_actor(name), options[turn % 3]) for turn, name in enumerate(("ben", "ben", "carla", "ellen"))]

    def write(actor, option):
        together.wait()
        try:
            for _i in range(5):
                actions.vote(actor, poll, options=[option])
        except Exception as error:  # noqa: BLE001  told by the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=pair) for pair in voting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    poll.refresh_from_db()
    assert errors == []
    assert (poll.voters, poll.votes.count(), poll.votes.values("membership").distinct().count()) == (3, 3, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
def test_poll_that_ends_while_others_vote_keeps_count(ask, as_actor):
    poll, errors, together = ask("anna"), [], threading.Barrier(3)
    (option, *_others) = poll.options.values_list("pk", flat=True)

    def run(action):
        together.wait()
        try:
            action()
        except PermissionDenied:
            pass  # it was closed first
        except Exception as error:  # noqa: BLE001  told by the test
            errors.append(error)
        finally:
            connections.close_all()

    ben, carla, anna = as_actor("ben"), as_actor("carla"), as_actor("anna")
    todo = [
        lambda: actions.vote(ben, poll, options=[option]),
        lambda: actions.vote(carla, poll, options=[option]),
        lambda: actions.close_poll(anna, poll),
    ]
    threads = [threading.Thread(target=run, args=[action]) for action in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    poll.refresh_from_db()
    assert errors == []
    assert poll.closed_at
    assert poll.voters == poll.votes.count()
