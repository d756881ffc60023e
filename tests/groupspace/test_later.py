"""What is prepared for later, of every kind in one list: it comes as promised, or both hear why it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from groupspace import actions, held, later, policy
from groupspace.actor import actor_for
from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment
from groupspace.files import actions as files
from groupspace.files.models import File
from groupspace.forum import scheduled
from groupspace.kinds import all_kinds
from groupspace.lifetime.start import fill_level
from groupspace.links import actions as links
from groupspace.links.models import Link, LinkComment
from groupspace.models import Space
from groupspace.notices.models import Notice
from groupspace.permissions import Permission
from groupspace.polls import actions as polls
from groupspace.polls.models import Poll
from groupspace.storage.keeping import take_in
from groupspace.storage.models import Upload
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
SECRET = "Zevenmijlslaars"
DAY = timedelta(days=1)


@pytest.fixture
def browser(cast):
    return lambda name: logged_in(getattr(cast, name), verified=name in {"anna", "carla", "frank", "operator"})


@pytest.fixture
def link(cast):
    """`link("carla")`: a film that she prepared for tomorrow."""

    def link(name="anna", at=DAY):
        return links.add_link(
            cast.actor(name), cast.space, title=SECRET, url="https://voorbeeld.nl/film", later=timezone.now() + at
        )

    return link


def place(cast, one=None, act=""):
    return f"/groep/{cast.space.pk}/klaar/" + (f"{one.pk}/" if one else "") + act


def kind_of(slug):
    return next(kind for kind in all_kinds() if kind.slug == slug)


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def new(kind, cast):
    name = {"links": "link-create", "peilingen": "poll-create", "bestanden": "upload"}[kind]
    return reverse(f"groupspace:{kind}:{name}", args=[cast.space.pk])


VALUES = {
    "links": {"url": "https://voorbeeld.nl", "title": SECRET, "description": f"{SECRET} waarom"},
    "peilingen": {"question": SECRET, "options": "ja\nnee", "anonymous": "1", "explanation": f"{SECRET} waarom"},
    "bestanden": {"description": f"{SECRET} waarom", "audience": "space"},
}


@pytest.mark.parametrize("kind", ["links", "peilingen", "bestanden"])
def test_form_prepares_for_who_may_and_refuses_a_moment_that_is_past(kind, cast, browser):
    anna, address, model = browser("anna"), new(kind, cast), kind_of(kind).model

    def sent(**more):
        files = {"files": ContentFile(b"Hallo", name="hallo.txt")} if kind == "bestanden" else {}
        return VALUES[kind] | files | more

    assert soup(anna.get(address)).select_one("[name=later]")["type"] == "datetime-local"
    refused = anna.post(address, sent(later="2020-01-01T10:00"))
    assert refused.status_code == 422
    assert "Dit moment is al voorbij. Kies een later moment." in refused.content.decode()
    assert f"{SECRET} waarom" in refused.content.decode()
    assert not model.objects.exists()

    for far in ("2126-01-01T10:00", "9999-12-31T23:30+00:00", "9999-12-31T23:30-12:00"):
        refused = anna.post(address, sent(later=far))
        assert refused.status_code == 422, far
        assert "Dit moment is te ver weg. Kies een moment binnen een jaar." in refused.content.decode()
    assert not model.objects.exists()

    moment = timezone.localtime() + 300 * DAY
    answer = anna.post(address, sent(later=f"{moment:%Y-%m-%dT10:00}"))
    item = model.objects.get()
    assert timezone.localtime(item.prepared_for).isoformat()[:16] == f"{moment:%Y-%m-%dT10:00}"
    page = soup(anna.get(answer.url)).text
    assert f"Dit staat klaar voor {date_format(moment, 'j F Y')}, 10.00 uur. Tot die tijd ziet de groep er niet" in page
    assert "wacht op een begeleider" not in page

    ben = browser("ben")
    assert not soup(ben.get(address)).select("[name=later]")
    ticket = soup(ben.get(address)).select_one("[name=gs-ticket]")["value"]
    refused = ben.post(address, sent(later=f"{moment:%Y-%m-%dT10:00}") | {"gs-ticket": ticket})
    assert refused.status_code == 403  # who may not prepare any more does not share it at once by mistake
    assert f"{SECRET} waarom" in refused.content.decode()
    assert not model.objects.filter(author=cast.members["ben"]).exists()


def test_action_refuses_who_may_not_prepare_and_a_past_moment(cast, link):
    with pytest.raises(PermissionDenied):
        link("ben")
    with pytest.raises(ValidationError, match="al voorbij"):
        link("anna", at=-DAY)
    assert not Link.objects.exists()


def test_change_the_moment_place_now_and_take_away(cast, link, browser):
    anna, first, second = browser("anna"), link("carla"), link("anna", at=2 * DAY)

    page = soup(anna.get(place(cast)))
    rows = [a["href"] for a in page.select("a.gs-list__title")]
    assert rows == [place(cast, first), place(cast, second)]
    refused = anna.post(place(cast, first), {"later": "2020-01-01T10:00"})
    assert refused.status_code == 422
    assert "al voorbij" in refused.content.decode()
    moment = timezone.localtime() + 200 * DAY
    assert anna.post(place(cast, first), {"later": f"{moment:%Y-%m-%dT10:00}"}).status_code == 302
    first.refresh_from_db()
    assert timezone.localtime(first.prepared_for).date() == moment.date()
    assert Entry.objects.filter(event="prepared.moved").count() == 1  # of another: it is in the log

    assert anna.post(place(cast, second, "weghalen/")).status_code == 302
    assert list(Link.objects.all()) == [first]
    assert anna.post(place(cast, first, "plaats/")).status_code == 302
    assert anna.post(place(cast, first, "plaats/")).status_code == 404  # pressed twice
    there = Link.objects.get()
    assert (there.author, there.prepared_for, there.held_at) == (cast.members["carla"], None, None)
    assert Happening.objects.get().author == cast.members["carla"]
    assert "Er staat niets klaar" in soup(anna.get(place(cast))).text
    assert not policy.can(cast.actor("carla"), "prepare", there)


def test_list_costs_the_same_for_one_and_many(cast, link, browser):
    anna = browser("anna")
    link()
    anna.get(place(cast))
    with CaptureQueriesContext(connection) as few:
        anna.get(place(cast))
    for _number in range(20):
        link("carla")
    with CaptureQueriesContext(connection) as many:
        anna.get(place(cast))
    assert len(few) == len(many) == 6


def test_what_is_for_its_author_alone_is_in_no_other_list(cast, browser):
    words = take_in(ContentFile(b"Hallo", name="hallo.txt"), cast.anna.pk)
    files.share_file(cast.actor("anna"), cast.space, words, title=SECRET, audience="self", later=timezone.now() + DAY)
    assert SECRET in browser("anna").get(place(cast)).content.decode()
    assert SECRET not in browser("carla").get(place(cast)).content.decode()


@pytest.mark.parametrize("how", ["removed", "no account", "role", "agree", "paused", "read only", "off"])
def test_it_stays_and_both_hear_why_when_its_author_may_not(how, cast, link, browser):
    link("carla")
    anna, hers = cast.actor("anna"), cast.members["carla"]
    if how == "removed":
        actions.remove(anna, hers)
    elif how == "no account":
        cast.carla.delete()
    elif how == "role":
        actions.set_role(anna, hers, role="participant")
    elif how == "agree":
        actions.change_space(anna, cast.space, house_rules="Nieuwe afspraken", ask_again=True)
        actions.agree_to_rules(anna, cast.space, version=Space.objects.get(pk=cast.space.pk).rules_version)
    elif how == "paused":
        actions.suspend(anna, hers)
    elif how == "off":
        Space.objects.filter(pk=cast.space.pk).update(kinds_off=["links"])
    else:
        Space.objects.filter(pk=cast.space.pk).update(state="read_only")

    with time_machine.travel(timezone.now() + 2 * DAY):
        assert (actions.place_due(), actions.place_due()) == (0, 0)
        stuck = Link.objects.get()
        gone = {"removed": "gone", "no account": "gone", "read only": "shut"}
        assert stuck.stuck == gone.get(how, how)
        assert stuck.prepared_for
        assert not Happening.objects.exists()
        told = Notice.objects.filter(reason="stuck", item_id=stuck.pk)
        assert cast.members["anna"] in {notice.membership for notice in told}
        assert cast.members["ben"] not in {notice.membership for notice in told}
        if how not in ("read only", "off"):
            page = soup(browser("anna").get(place(cast)))
            assert f"Dit is niet geplaatst. {stuck.get_stuck_display()}" in page.text
            line = soup(browser("anna").get(reverse("groupspace:notices:list"))).select_one(f"a[href*='{stuck.pk}']")
            assert stuck.get_stuck_display() in line.text
            assert browser("anna").post(place(cast, stuck, "plaats/")).url == place(cast, stuck)
            assert not Happening.objects.exists()


def test_it_comes_when_what_stood_in_its_way_has_passed_and_not_after_two_weeks(cast, link):
    link("carla")
    too_late = link("carla", at=DAY / 2)
    actions.suspend(cast.actor("anna"), cast.members["carla"])
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actions.place_due() == 0
    Link.objects.filter(pk=too_late.pk).update(prepared_for=timezone.now() - 20 * DAY)
    actions.resume(cast.actor("anna"), cast.members["carla"])
    with time_machine.travel(timezone.now() + 3 * DAY):
        assert actions.place_due() == 1
        assert Link.objects.get(prepared_for__isnull=False) == too_late
        actions.place_now(cast.actor("anna"), kind_of("links"), too_late)
    assert Link.objects.filter(prepared_for=None, stuck="").count() == 2
    assert not Notice.objects.filter(reason="stuck").exists()


def test_where_a_facilitator_reads_first_it_waits_for_one_after_its_moment(cast, link):
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    actions.set_exceptions(cast.actor("anna"), cast.members["ben"], {Permission.PREPARE: True})
    link("ben")
    assert not held.waiting(cast.actor("anna"), cast.space)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actions.place_due() == 1
    there = Link.objects.get()
    assert there.held_at
    assert there.prepared_for is None
    assert [row[1] for row in held.waiting(cast.actor("anna"), cast.space)] == [there.pk]
    assert not Happening.objects.exists()


def test_one_who_prepares_sees_their_own_and_moderating_alone_shows_nothing(cast, link):
    actions.set_exceptions(cast.actor("anna"), cast.members["ben"], {Permission.PREPARE: True})
    expert = cast.members["ellen"]
    actions.set_role(cast.actor("anna"), expert, role="experience_expert")
    hers, his = link("anna"), link("ben")
    assert Permission.MODERATE in actor_for(cast.ellen, verified=True).permissions_in(cast.space.pk)

    def seen(actor):
        in_list = {row.pk for row in later.prepared_in(actor, cast.space)}
        assert in_list == {one.pk for one in (hers, his) if policy.can(actor, "view", one)}
        return in_list

    assert seen(actor_for(cast.ellen, verified=True)) == set()
    assert seen(cast.actor("ben")) == {his.pk}
    assert seen(cast.actor("carla")) == {hers.pk, his.pk}


def test_nobody_talks_under_or_votes_in_what_is_not_there_yet(cast, link):
    anna, one = cast.actor("anna"), link()
    with pytest.raises(PermissionDenied, match="klaar voor later"):
        add_comment(anna, LinkComment, one, body="<p>Ja</p>")
    with pytest.raises(PermissionDenied):
        actions.release(anna, one)
    poll = polls.ask(anna, cast.space, question=SECRET, options=["ja", "nee"], later=timezone.now() + DAY)
    for act in (polls.close_poll, lambda actor, poll: polls.vote(actor, poll, options=[poll.options.first().pk])):
        with pytest.raises(PermissionDenied, match="klaar voor later"):
            act(anna, poll)


def test_words_can_be_changed_before_and_do_not_count_as_changed(cast, link):
    links.change_link(cast.actor("anna"), link(), title="Anders", url="https://voorbeeld.nl")
    assert not Happening.objects.exists()
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actions.place_due() == 1
    assert (Link.objects.get().title, Link.objects.get().edited_at) == ("Anders", None)


def test_poll_that_would_be_over_is_refused_and_never_ends_before_it_came(cast):
    anna, now = cast.actor("anna"), timezone.now()
    ask = {"question": SECRET, "options": ["ja", "nee"], "ends_at": now + 2 * DAY}
    with pytest.raises(ValidationError):
        polls.ask(anna, cast.space, **ask, later=now + 3 * DAY)
    poll = polls.ask(anna, cast.space, **ask, later=now + DAY)
    with pytest.raises(ValidationError, match="al voorbij"):
        actions.change_moment(anna, kind_of("peilingen"), poll, at=now + 3 * DAY)
    with time_machine.travel(now + 4 * DAY):
        assert polls.end_due() == 0
        assert actions.place_due() == 0
        assert Poll.objects.get().stuck == "over"
        with pytest.raises(PermissionDenied, match="klaar voor later"):
            polls.delete_poll(anna, poll)  # what nobody saw leaves no empty place: it is taken away
        more = {"explanation": "", "multiple": False, "anonymous": True, "hide_until_voted": False}
        again = {"question": SECRET, "options": ["ja", "nee"], **more}
        with pytest.raises(ValidationError):
            polls.edit_poll(anna, poll, **again, ends_at=now + 3.5 * DAY)
        polls.edit_poll(anna, poll, **again, ends_at=now + 9 * DAY)
        assert not Notice.objects.filter(reason="stuck").exists()
        assert actions.place_due() == 1
    assert Poll.objects.get().prepared_for is None


def test_place_now_that_is_refused_leaves_the_moment_as_it_was(cast, link):
    one = link("carla", at=7 * DAY)
    actions.suspend(cast.actor("anna"), cast.members["carla"])
    assert "pauze" in actions.place_now(cast.actor("anna"), kind_of("links"), one)
    actions.resume(cast.actor("anna"), cast.members["carla"])

    assert actions.place_due() == 0
    left = Link.objects.get()
    assert (left.prepared_for, left.stuck) == (one.prepared_for, "")
    assert not Notice.objects.filter(reason="stuck").exists()
    with time_machine.travel(timezone.now() + 8 * DAY):
        assert actions.place_due() == 1


def test_who_may_no_longer_prepare_reads_why_and_takes_it_away(cast, link, browser):
    one = link("carla")
    actions.set_role(cast.actor("anna"), cast.members["carla"], role="participant")
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actions.place_due() == 0
        carla = browser("carla")
        page = soup(carla.get(place(cast, one)))
        assert "Wie dit klaarzette, mag dat hier niet meer. Haal het weg." in page.main.text
        assert not page.main.select("[name=later]")
        assert carla.post(place(cast, one), {"later": "2026-12-31T10:00"}).status_code == 403
        assert carla.post(place(cast, one, "plaats/")).status_code == 403
        answer = carla.post(place(cast, one, "weghalen/"))
        assert carla.get(answer.url).status_code == 200
    assert not Link.objects.exists()


def test_who_leads_reads_a_prepared_conversation_and_changes_no_word_of_it(cast, browser):
    anna, carla = cast.actor("anna"), browser("carla")
    fields = {"title": SECRET, "body": from_plain(f"{SECRET} van anna"), "sort": "conversation", "audience": "space"}
    waiting = scheduled.prepare(anna, cast.space, **fields, at=timezone.now() + DAY)
    address = kind_of("gesprekken").url_of_prepared(waiting)

    page = soup(carla.get(address))
    assert f"{SECRET} van anna" in page.main.text
    assert not page.main.select("textarea")
    assert "verander de tekst" not in soup(carla.get(place(cast, waiting))).main.text
    moment = f"{timezone.localtime() + DAY:%Y-%m-%dT10:00}"
    sent = {**fields, "body": "Woorden van carla", "body-format": "plain", "at": moment}
    refused = carla.post(address, sent)
    assert refused.status_code == 403
    waiting.refresh_from_db()
    assert "carla" not in str(waiting.body)
    assert soup(browser("anna").get(address)).main.select("textarea")


def test_what_nobody_sees_does_not_fill_a_group_before_its_start(cast, link):
    anna = cast.actor("anna")
    link()
    words = take_in(ContentFile(b"Hallo", name="hallo.txt"), cast.anna.pk)
    files.share_file(anna, cast.space, words, audience="self")
    assert fill_level(cast.space) == 0
    links.add_link(anna, cast.space, title=SECRET, url="https://voorbeeld.nl")
    assert fill_level(cast.space) == 1


def test_prepared_poll_comes_with_its_choices(cast):
    polls.ask(cast.actor("anna"), cast.space, question=SECRET, options=["ja", "nee"], later=timezone.now() + DAY)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actions.place_due() == 1
        poll = Poll.objects.get()
        polls.vote(cast.actor("ben"), poll, options=[poll.options.get(text="ja").pk])
    assert poll.votes.count() == 1


def test_file_that_is_prepared_gives_nothing_away_and_leaves_no_bytes(cast, browser):
    words = take_in(ContentFile(SECRET.encode(), name=f"{SECRET}.txt"), cast.anna.pk)
    file = files.share_file(cast.actor("anna"), cast.space, words, later=timezone.now() + DAY)
    version = file.versions.get()
    addresses = [f"{kind_of('bestanden').url_of(file)}bestand/"]
    addresses.append(reverse("groupspace:bestanden:version", args=[cast.space.pk, version.pk]))
    for name in ("ben", "ellen", "operator", "frank"):
        assert {browser(name).get(address).status_code for address in addresses} == {404}
    assert browser("anna").get(addresses[0]).status_code == 200

    moment = timezone.now() + 2 * DAY
    with time_machine.travel(moment, tick=False):
        assert actions.place_due() == 1
        there = File.objects.get()
        assert there.changed_at == there.versions.get().at == there.created_at == moment
        assert browser("ben").get(f"{kind_of('bestanden').url_of(there)}bestand/").status_code == 200

    files.delete_file(cast.actor("anna"), there)
    words = take_in(ContentFile(b"Weg", name="weg.txt"), cast.anna.pk)
    file = files.share_file(cast.actor("anna"), cast.space, words, later=timezone.now() + DAY)
    actions.take_away(cast.actor("carla"), kind_of("bestanden"), file)
    assert not Upload.objects.exists()


def test_one_press_does_not_throw_away_what_was_prepared(cast, link, browser):
    one = link("anna")
    fold = soup(browser("anna").get(place(cast, one))).main.select_one("details")
    assert not fold.has_attr("open")
    form = fold.select_one("form")
    assert form["action"] == place(cast, one, "weghalen/")
    assert "ook voor jou" in form.text
    assert form.find_next("form", action=place(cast, one, "weghalen/")) is None


def test_page_for_a_new_conversation_leads_on_who_may_prepare(cast, browser):
    address = reverse("groupspace:gesprekken:topic-create", args=[cast.space.pk])
    on = reverse("groupspace:gesprekken:scheduled-create", args=[cast.space.pk])
    assert soup(browser("anna").get(address)).main.select_one(f"a[href='{on}']")
    assert not soup(browser("ben").get(address)).main.select(f"a[href='{on}']")
