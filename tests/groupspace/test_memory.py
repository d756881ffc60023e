"""What a member takes along from a space that ends: their own words with dates, and never those of another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from groupspace import actions
from groupspace.comments.actions import add_comment, delete_comment
from groupspace.files import actions as files
from groupspace.files.models import FileComment
from groupspace.forum import actions as forum
from groupspace.forum.reactions import toggle
from groupspace.kinds import kinds_in
from groupspace.links import actions as links
from groupspace.models import Space
from groupspace.notices.telling.about_spaces import tell_due
from groupspace.pages import actions as pages
from groupspace.polls import actions as polls
from groupspace.storage.keeping import take_in
from groupspace.text.sanitiser import from_plain
from tests.cast import Cast, add_member
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db


def url(cast: Cast, query: str = "") -> str:
    return reverse("groupspace:memory", args=[cast.space.pk]) + query


def words(browser: Any, cast: Cast, query: str = "") -> str:
    answer = browser.get(url(cast, query))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


@pytest.mark.parametrize("state", ["open", "closing", "read_only"])
@pytest.mark.parametrize("query", ["", "?bestand"])
def test_it_holds_the_own_words_of_every_kind_and_nobody_elses(cast: Cast, state: str, query: str) -> None:
    kinds = kinds_in(cast.space)
    texts = []
    for kind in kinds:
        mine = kind.make_example(cast.members["ben"], f"Zandloper {kind.slug}")
        texts += kind.texts_of(mine)
        kind.make_example(cast.members["anna"], f"Kraanvogel {kind.slug}")
    Space.objects.filter(pk=cast.space.pk).update(state=state)

    page = words(logged_in(cast.ben), cast, query)

    assert len(kinds) > 4
    for text in texts:
        assert " ".join(text.split()) in " ".join(page.split()), text
    assert "Kraanvogel" not in page
    assert date_format(timezone.localdate(), "j F Y") in page
    assert "Zandloper" not in words(logged_in(cast.anna, verified=True), cast, query)
    assert "Zandloper" not in words(logged_in(cast.ellen), cast, query)


def test_nothing_of_another_comes_along_with_ones_own(cast: Cast) -> None:
    anna, ben = cast.actor("anna"), cast.actor("ben")
    theirs = forum.start_topic(anna, cast.space, title="Kraanvogel 1", body=from_plain("Kraanvogel 2"))
    quoting = "<p>Zandloper 1</p><blockquote><p>Overgetypt.</p></blockquote>"
    forum.reply(ben, theirs.topic, body=quoting, quoted=theirs.pk)
    toggle(ben, theirs, "dank")
    poll = polls.ask(anna, cast.space, question="Kraanvogel 3", options=["2026-12-24", "Kraanvogel 4"])
    polls.vote(ben, poll, options=[poll.options.first().pk])
    text = take_in(ContentFile(b"Hoi", name="Kraanvogel 5.txt"), cast.anna.pk)
    file = files.share_file(anna, cast.space, text, title="Kraanvogel 6")
    add_comment(ben, FileComment, file, body=from_plain("Zandloper 2"))
    page = pages.create_page(anna, cast.space, title="Kraanvogel 7", body=from_plain("Kraanvogel 8"))
    edited = "<p>Kraanvogel 8</p><p>Zandloper 3</p>"
    pages.edit_page(ben, page, title="Kraanvogel 7", body=edited, base=1)
    pages.edit_page(ben, page, title="Kraanvogel 7", body=f"{edited}<p>Zandloper 4</p>", base=2)
    actions.change_space(anna, cast.space, welcome="Kraanvogel 9")

    kept = words(logged_in(cast.ben), cast)

    assert [f"Zandloper {number}" in kept for number in range(1, 5)] == [True] * 4
    assert "“Overgetypt.”" in kept
    assert "Kraanvogel" not in kept
    assert "2026-12-24" not in kept


def test_what_is_taken_away_or_written_elsewhere_is_not_in_it(cast: Cast) -> None:
    add_member(cast.other, cast.ben, "Benno")
    forum.start_topic(cast.actor("ben"), cast.other, title="Beukenhout", body=from_plain("Elders."))
    text = take_in(ContentFile(b"Hoi", name="hoi.txt"), cast.anna.pk)
    file = files.share_file(cast.actor("anna"), cast.space, text)
    comment = add_comment(cast.actor("ben"), FileComment, file, body=from_plain("Sneeuwklok"))
    delete_comment(cast.actor("ben"), comment)

    kept = words(logged_in(cast.ben), cast)

    assert "Beukenhout" not in kept
    assert "Sneeuwklok" not in kept
    assert "Je schreef nog niets" in kept


@pytest.mark.parametrize("who", ["dora", "frank", "removed", "operator"])
def test_it_is_not_there_for_others(cast: Cast, who: str) -> None:
    forum.start_topic(cast.actor("ben"), cast.space, title="Zandloper", body=from_plain("Hoi."))
    browser = logged_in(getattr(cast, who if who != "removed" else "ben"), verified=who in {"frank", "operator"})
    if who == "removed":
        assert "Zandloper" in words(browser, cast)
        actions.remove(cast.actor("anna"), cast.members["ben"])

    for query in ("", "?bestand"):
        answer = browser.get(url(cast, query))
        assert answer.status_code == 404
        assert "Zandloper" not in answer.content.decode()
        assert "Content-Disposition" not in answer


def test_file_stands_by_itself(cast: Cast) -> None:
    text = take_in(ContentFile(b"Hoi", name="Zandloper.txt"), cast.ben.pk)
    files.share_file(cast.actor("ben"), cast.space, text, title="<script>alert(1)</script>")

    answer = logged_in(cast.ben).get(url(cast, "?bestand"))

    assert answer["Content-Disposition"] == 'attachment; filename="herinnering.html"'
    page = BeautifulSoup(answer.content, "html.parser")
    assert not page.select("script, link, img, a, iframe, [style]")
    assert str(cast.space.pk) not in str(page)
    assert cast.space.name not in str(page)
    assert "<script>alert(1)</script>" in page.get_text()


def test_own_files_can_be_taken_along_one_by_one(cast: Cast) -> None:
    text = take_in(ContentFile(b"Hoi van ben", name="brief.txt"), cast.ben.pk)
    files.share_file(cast.actor("ben"), cast.space, text, title="Brief")
    Space.objects.filter(pk=cast.space.pk).update(state="read_only")
    ben = logged_in(cast.ben)

    link = BeautifulSoup(ben.get(url(cast)).content, "html.parser").main.find("a", string="Download brief.txt")["href"]

    assert b"".join(ben.get(link).streaming_content) == b"Hoi van ben"


@pytest.mark.parametrize("query", ["", "?bestand"])
def test_each_day_stands_above_what_was_written_on_it(cast: Cast, query: str) -> None:
    anna, ben, noon = cast.actor("anna"), cast.actor("ben"), datetime(2026, 3, 9, 12, tzinfo=UTC)
    for day in (2, 0):
        with time_machine.travel(noon + timedelta(days=day), tick=False):
            first = forum.start_topic(ben, cast.space, title=f"Dag {day}", body=from_plain("Hoi."))
            links.add_link(ben, cast.space, title=f"Film {day}", url="https://voorbeeld.nl/film")
            forum.reply(anna, first.topic, body=from_plain("Kraanvogel"))

    page = BeautifulSoup(logged_in(cast.ben).get(url(cast, query)).content, "html.parser").main

    days = {day.h2.text: [one.h3.text for one in day.select("article")] for day in page.select("section")}
    assert days == {"Maandag 9 maart 2026": ["Dag 0", "Film 0"], "Woensdag 11 maart 2026": ["Dag 2", "Film 2"]}
    assert list(days) == ["Maandag 9 maart 2026", "Woensdag 11 maart 2026"]


def test_who_is_told_of_the_erasure_finds_it(cast: Cast) -> None:
    actions.go_to(cast.actor("anna"), cast.space, "read_only")
    space = Space.objects.get(pk=cast.space.pk)
    Space.objects.filter(pk=space.pk).update(erase_on=timezone.localdate())
    assert tell_due()
    ben = logged_in(cast.ben)

    page = BeautifulSoup(ben.get(reverse("groupspace:notices:list")).content, "html.parser")
    told = page.find(string=lambda text: "Bewaar eerst je herinnering" in text)

    assert told
    home = ben.get(reverse("groupspace:space", args=[space.pk])).content.decode()
    assert url(cast) in home


def test_it_costs_the_same_for_one_word_and_fifty(cast: Cast) -> None:
    ben, counts = logged_in(cast.ben), []
    for many in (1, 49):
        for number in range(many):
            forum.start_topic(cast.actor("ben"), cast.space, title=f"{many} {number}", body=from_plain("Hoi."))
        ben.get(url(cast))
        with CaptureQueriesContext(connection) as queries:
            ben.get(url(cast))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 40, counts
