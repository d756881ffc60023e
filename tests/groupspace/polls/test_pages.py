"""Polls through the browser's eyes: who sees which result when, forms, lists, and what a page costs."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace.actions import set_exceptions
from groupspace.comments.actions import add_comment
from groupspace.kinds import kind_of
from groupspace.models import Audience, Space
from groupspace.permissions import Permission
from groupspace.polls import actions
from groupspace.polls.models import Option, Poll, PollComment, Vote
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def results(response):
    """Words and number of votes of each bar; empty when there is none to see."""
    assert response.status_code == 200
    bars = soup(response).select("progress")
    return {bar.find_previous("label").contents[0].strip(): int(bar["value"]) for bar in bars}


def form_of(response, select="main form.gs-form"):
    form = soup(response).select_one(select)
    values = {i["name"]: i.get("value", "") for i in form.select("input[name]:not([type=radio]):not([type=checkbox])")}
    values |= {i["name"]: i.get("value", "on") for i in form.select("input[checked]")}
    return values | {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea[name]")}


def statements(run):
    with CaptureQueriesContext(connection) as queries:
        run()
    return sum(bool(re.match(r"(SELECT|INSERT|UPDATE|DELETE)", q["sql"])) for q in queries.captured_queries)


def everywhere(client, poll):
    """All pages on which something of a poll can stand, as one text."""
    home = reverse("groupspace:space", args=[poll.space_id])
    base = reverse("groupspace:peilingen:list", args=[poll.space_id])
    pages = [home, base, f"{base}{poll.pk}/", f"{base}{poll.pk}/reactie/"]
    return "".join(client.get(page).content.decode() for page in pages)


# Who sees which result.


def test_result_that_is_hidden_until_voted_is_nowhere(ask, vote, log_in, url):
    """Votes are given names and numbers that occur nowhere else, so that any trace would show."""
    poll = ask("anna", anonymous=False, hide_until_voted=True)
    for name in ("anna", "carla", "ellen"):
        vote(name, poll, "Slapen")
    ben = log_in("ben")

    for _look in range(2):
        page = ben.get(url(poll))
        assert results(page) == {}
        assert "zelf hebt gestemd" in page.content.decode()
        assert not re.search(r"\b(100%|3 van de 3|De meeste stemmen)", everywhere(ben, poll))
        assert "Ellen" not in page.content.decode()
        flat = [context for part in page.context for context in part.dicts]
        assert not [one["rows"] for one in flat if one.get("rows")]
    vote("ben", poll, "Praten")
    assert results(ben.get(url(poll))) == {"Wandelen": 0, "Praten": 1, "Slapen": 3}
    assert "Anna, Carla, Ellen" in ben.get(url(poll)).content.decode()

    ben.post(url(poll, "neem-stem-terug/"))
    assert results(ben.get(url(poll))) == {}


def test_who_asked_and_who_leads_must_vote_too_before_they_see(ask, vote, log_in, url):
    poll = ask("carla", hide_until_voted=True)
    for name in ("ben", "ellen"):
        vote(name, poll, "Slapen")
    vote("anna", poll, "Praten")

    assert results(log_in("carla").get(url(poll))) == {}
    assert results(log_in("anna").get(url(poll)))["Slapen"] == 2


def test_wrong_vote_shows_no_hidden_result(ask, vote, log_in, url):
    poll = ask("anna", hide_until_voted=True)
    for name in ("anna", "carla", "ellen"):
        vote(name, poll, "Slapen")

    for data in ({}, {"choice": "onzin"}, {"choice": str(poll.pk)}):
        response = log_in("ben").post(url(poll, "stem/"), data)
        assert response.status_code == 422
        assert soup(response).select_one("main [role=alert]")
        assert not soup(response).select("progress")


def test_anonymous_poll_with_few_votes_never_shows_a_split(ask, vote, log_in, url, as_actor):
    poll, client = ask("anna"), log_in("ben")
    vote("ben", poll, "Praten")
    vote("carla", poll, "Slapen")

    page = client.get(url(poll))
    assert results(page) == {}
    assert "minder dan 3 stemmen" in soup(page).select_one("section[aria-labelledby=uitslag]").text
    assert "2 mensen stemden" in page.content.decode()

    vote("ellen", poll, "Slapen")
    assert results(client.get(url(poll))) == {"Wandelen": 0, "Praten": 1, "Slapen": 2}

    actions.retract(as_actor("ellen"), poll)
    assert results(client.get(url(poll))) == {}

    actions.close_poll(as_actor("anna"), poll)  # else whoever asked would close it early to learn more
    assert results(client.get(url(poll))) == {}


@pytest.mark.parametrize("closed", [False, True])
def test_anonymous_poll_never_names_a_voter(ask, vote, log_in, url, as_actor, closed):
    poll = ask("anna", options=["Wel", "Niet"])
    for name, choice in (("ben", "Wel"), ("carla", "Niet"), ("ellen", "Niet")):
        vote(name, poll, choice)
    if closed:
        actions.close_poll(as_actor("anna"), poll)

    for who in ("anna", "carla"):
        main = soup(log_in(who).get(url(poll))).select_one("main").text
        assert "Beer" not in main
        assert "Ellen" not in main
    (mine,) = soup(log_in("ben").get(url(poll))).select("li.gs-meter .gs-tag")
    assert mine.find_parent("label").contents[0].strip() == "Wel"


def test_voter_reads_beside_the_button_who_will_see_it(ask, log_in, url):
    secret, named = ask("anna"), ask("anna", anonymous=False)
    client = log_in("ben")

    secret, named = (soup(client.get(url(poll))).select_one("#stem .gs-who-reads").text for poll in (secret, named))

    assert "Niemand in de groep ziet wat jij kiest" in secret
    assert "de 4 leden van Rust in je hoofd" in named
    assert "met jouw naam Beer" in named


def test_result_shows_when_time_is_up_also_before_the_worker_came(ask, vote, log_in, url):
    poll = ask("anna", ends_at=timezone.now() + timedelta(hours=1), hide_until_voted=True)
    for voter in ("anna", "carla", "ellen"):
        vote(voter, poll, "Slapen")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        page = log_in("ben").get(url(poll))
        assert results(page)["Slapen"] == 3
        assert not soup(page).select("#stem")


def test_group_that_can_only_be_read_shows_the_result(ask, vote, log_in, url, cast):
    poll = ask("anna", hide_until_voted=True)
    for voter in ("anna", "carla", "ellen"):
        vote(voter, poll, "Slapen")
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")

    page = log_in("ben").get(url(poll))

    assert results(page)["Slapen"] == 3
    assert log_in("ben").post(url(poll, "stem/")).status_code == 403


def test_member_who_may_not_vote_reads_the_choices_and_why(ask, vote, log_in, url, cast, as_actor):
    poll = ask("anna", hide_until_voted=True)
    vote("carla", poll, "Slapen")
    set_exceptions(as_actor("anna"), cast.members["ben"], {Permission.POST: False})

    main = soup(log_in("ben").get(url(poll))).select_one("main")

    assert [item.text for item in main.select("ul > li")][:3] == ["Wandelen", "Praten", "Slapen"]
    assert "Dat kan niet met jouw rol" in main.text
    assert not main.select("progress, #stem")


def test_narrower_poll_leaks_nowhere(ask, vote, log_in, url):
    poll = ask("ben", question="Alleen voor begeleiders", audience=Audience.FACILITATORS)
    assert kind_of(Poll).lines(as_nobody(), [poll.pk]) == {}

    for who, sees in (("anna", True), ("ben", True), ("ellen", False), ("dora", False), ("operator", False)):
        client = log_in(who)
        assert ("Alleen voor begeleiders" in everywhere(client, poll)) is sees, who
        data = {"choice": str(poll.options.first().pk)}
        assert (client.post(url(poll, "stem/"), data).status_code == 302) is sees, who
    assert set(Happening.objects.filter(item_id=poll.pk).values_list("audience", flat=True)) == {"facilitators"}
    assert set(Vote.objects.values_list("membership__display_name", flat=True)) == {"Anna", "Beer"}


def as_nobody():
    from groupspace.actor import NOBODY

    return NOBODY


def test_result_in_words_bars_and_table_says_the_same(ask, vote, log_in, url, as_actor):
    poll = ask("anna", multiple=True, anonymous=False)
    for name in ("ben", "carla", "ellen"):
        vote(name, poll, "Slapen", *(["Praten"] if name == "ben" else []))

    page = soup(log_in("anna").get(url(poll)))

    assert "“Slapen”: 3 van de 3" in page.select_one("section[aria-labelledby=uitslag]").text
    table = [[cell.text for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert table == [
        ["Wandelen", "0", "0%", "–"],
        ["Praten", "1", "33%", "Beer"],
        ["Slapen", "3", "100%", "Beer, Carla, Ellen"],
    ]


# Voting and asking.


def test_vote_from_door_to_door(ask, log_in, url, cast):
    poll, client = ask("anna"), log_in("ben")
    choice = str(poll.options.get(text="Praten").pk)

    first = client.post(url(poll, "stem/"), {"choice": choice}, follow=True)
    second = client.post(url(poll, "stem/"), {"choice": choice}, follow=True)

    assert first.redirect_chain == second.redirect_chain == [(url(poll), 302)]
    assert Vote.objects.count() == 1
    assert soup(second).select_one("#stem input[checked]")["value"] == choice
    assert client.get(url(poll, "stem/")).url == url(poll)


def test_poll_from_door_to_door(log_in, url):
    client = log_in("ben")
    form = form_of(client.get(url("nieuw/")))
    data = {"question": " Gaan we  wandelen? ", "options": "Ja\r\n\r\n  Nee \nMisschien", "explanation": "Of niet."}

    made = client.post(url("nieuw/"), form | data | {"anonymous": "0", "ends_at": "2999-01-01"})
    assert made.status_code == 422
    day = timezone.localdate() + timedelta(days=3)
    made = client.post(url("nieuw/"), form | data | {"anonymous": "0", "ends_at": day.strftime("%d-%m-%Y")})
    twice = client.post(url("nieuw/"), form | data | {"anonymous": "0", "ends_at": ""})

    poll = Poll.objects.get()
    assert made.url == twice.url == url(poll)
    assert (poll.question, poll.anonymous, poll.multiple) == ("Gaan we wandelen?", False, False)
    assert list(poll.options.values_list("text", flat=True)) == ["Ja", "Nee", "Misschien"]
    assert timezone.localtime(poll.ends_at).date() == day


def test_poll_is_anonymous_unless_one_chooses_otherwise(log_in, url):
    client = log_in("ben")

    client.post(url("nieuw/"), form_of(client.get(url("nieuw/"))) | {"question": "Goed?", "options": "Ja\nNee"})

    assert Poll.objects.get().anonymous


ODD = [
    "",
    "  ",
    "\x00",
    "\u202e\u2066",
    "a" * 200_000,
    "<script>alert(1)</script>",
    "9999-12-31",
    "0001-01-01",
    "\n" * 50,
]


@pytest.mark.parametrize("field", ["question", "options", "explanation", "anonymous", "ends_at", "multiple"])
@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_refused_or_harmless(log_in, url, field, odd):
    client = log_in("ben")
    data = form_of(client.get(url("nieuw/"))) | {"question": "Goed?", "options": "Ja\nNee"}

    response = client.post(url("nieuw/"), data | {field: odd}, follow=True)

    assert response.status_code in {200, 422}
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("word", ["wat-werkt", "wat-anders"])
def test_example_fills_the_form_and_can_be_sent(log_in, url, word):
    client = log_in("anna")
    assert f"?voorbeeld={word}" in client.get(url("nieuw/")).content.decode()

    client.post(url("nieuw/"), form_of(client.get(url(f"nieuw/?voorbeeld={word}"))))

    poll = Poll.objects.get()
    assert poll.options.count() == 6
    assert (poll.multiple, poll.anonymous, poll.hide_until_voted) == (True, True, True)


def test_outcome_stands_above_the_result(ask, vote, log_in, url):
    poll, client = ask("ben"), log_in("ben")
    vote("carla", poll, "Praten")

    assert client.post(url(poll, "sluiten/")).url == url(poll)
    client.post(url(poll, "uitkomst/"), form_of(client.get(url(poll, "uitkomst/"))) | {"outcome": "We praten meer."})

    text = soup(log_in("ellen").get(url(poll))).select_one("main").text
    assert text.index("We praten meer.") < text.index("De uitslag")


def test_words_come_back_when_somebody_voted_meanwhile(ask, vote, log_in, url):
    poll, client = ask("ben"), log_in("ben")
    form = form_of(client.get(url(poll, "bewerk/")))
    assert form["options"] == "Wandelen\nPraten\nSlapen"
    vote("carla", poll, "Praten")

    response = client.post(url(poll, "bewerk/"), form | {"question": "Mijn nieuwe vraag"})

    assert response.status_code == 403
    assert "Mijn nieuwe vraag" in response.content.decode()
    assert Poll.objects.get().question == "Wat helpt jou?"


def test_removed_poll_tells_its_author_why_and_leaves_the_lists_of_others(ask, log_in, url):
    poll, anna = ask("ben", question="Wie komt er mee?"), log_in("anna")

    assert anna.post(url(poll, "weghalen/")).status_code == 422
    form = form_of(anna.get(url(poll, "weghalen/")))
    assert anna.post(url(poll, "weghalen/"), form | {"reason": "Dit past hier niet."}).url == url()

    assert "Dit past hier niet." in log_in("ben").get(url(poll)).content.decode()
    assert soup(log_in("ben").get(url())).select(".gs-list__item")
    for who in ("carla", "ellen"):
        assert not soup(log_in(who).get(url())).select(".gs-list__item")
        assert "Dit past hier niet." not in log_in(who).get(url(poll)).content.decode()
    assert "Wie komt er mee?" not in everywhere(log_in("anna"), poll)


# Lists, and what a page costs.


def test_home_shows_what_one_can_still_vote_on(ask, vote, log_in, as_actor, cast):
    voted, closed, waiting = ask("anna", "Gestemd?"), ask("anna", "Gesloten?"), ask("anna", "Open?")
    vote("ben", voted, "Praten")
    actions.close_poll(as_actor("anna"), closed)
    home = reverse("groupspace:space", args=[cast.space.pk])

    titles = [a.text for a in soup(log_in("ben").get(home)).select(".gs-list__title")]

    assert waiting.question in titles
    assert not {"Gestemd?", "Gesloten?"} & set(titles)


def test_older_polls_follow(ask, log_in, url):
    polls = [ask("anna", f"Vraag {number}?") for number in range(23)]
    client = log_in("ben")

    first = soup(client.get(url()))
    second = soup(client.get(url() + first.select_one("a[rel=next]")["href"]))

    assert [a.text for a in first.select(".gs-list__title")] == [poll.question for poll in polls[:2:-1]]
    assert [a.text for a in second.select(".gs-list__title")] == ["Vraag 2?", "Vraag 1?", "Vraag 0?"]
    assert client.get(url("?na=onzin")).status_code == 404


@pytest.mark.parametrize(("who", "of_list", "of_poll"), [("ben", 5, 11), ("carla", 6, 12)])
def test_pages_cost_the_same_in_every_size(ask, vote, as_actor, log_in, url, cast, who, of_list, of_poll):
    poll, client = ask("anna", options=["Ja", "Nee"], anonymous=False), log_in(who)
    vote("anna", poll, "Ja")
    pages = [url(), url(poll)]
    for page in pages:
        client.get(page)
    Happening.objects.update(spread_at=timezone.now())
    small = [statements(lambda page=page: client.get(page)) for page in pages]

    Option.objects.bulk_create(Option(poll=poll, text=f"Keuze {at}", position=at) for at in range(3, 11))
    for name in ("ben", "carla", "ellen"):
        vote(name, poll, "Nee")
        for _number in range(10):
            add_comment(as_actor(name), PollComment, poll, body="<p>Ja.</p>")
    for number in range(50):
        ask("anna", f"Vraag {number}?")
    Happening.objects.update(spread_at=timezone.now())  # the worker told of it
    large = [statements(lambda page=page: client.get(page)) for page in pages]

    assert small == large == [of_list, of_poll]
