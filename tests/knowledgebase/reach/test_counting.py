"""Counting: who counts and who does not, that nothing of a visitor stays, and that no page suffers from it."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from knowledgebase.models import Theme, TopicPage
from knowledgebase.reach import counting
from knowledgebase.reach.actions import add_views
from knowledgebase.reach.counting import ViewCounter, counter
from knowledgebase.reach.middleware import ReachMiddleware
from knowledgebase.reach.models import DayCount

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PEOPLE = [
    FIREFOX,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 12; TECNO PHANTOM X) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
]
PROGRAMS = [
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
    "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20.0",
    "curl/8.5.0",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "UptimeRobot/2.0",
    "Feedly/1.0",
]


@pytest.fixture(autouse=True)
def _no_counts() -> Iterator[None]:
    counter.start_over()
    yield
    counter.start_over()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"User-Agent": FIREFOX})


def staff_client() -> Client:
    user = get_user_model().objects.create_user("redacteur")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(headers={"User-Agent": FIREFOX})
    client.force_login(user, backend="groupspace.accounts.backends.AccountBackend")
    return client


def test_first_and_kept_page_count_without_a_query(
    reader: Client, topic: TopicPage, django_assert_num_queries: Any
) -> None:
    reader.get(topic.url)
    with django_assert_num_queries(0):
        reader.get(topic.url)

    assert counter.pending() == 2


def test_browser_that_has_the_page_already_counts(reader: Client, topic: TopicPage) -> None:
    etag = reader.get(topic.url)["ETag"]

    assert reader.get(topic.url, headers={"If-None-Match": etag}).status_code == 304

    assert counter.pending() == 2


def test_counts_reach_the_database_with_page_theme_and_day(reader: Client, topic: TopicPage) -> None:
    theme, _made = Theme.objects.get_or_create(slug="slaap", defaults={"name": "Slapen", "domain": "psychological"})
    TopicPage.objects.filter(pk=topic.pk).update(theme=theme)
    for _number in range(3):
        reader.get(topic.url)
    reader.get("/")

    counter.write()

    today = timezone.localdate()
    row = DayCount.objects.get(page_id=topic.pk)
    assert (row.theme, row.day, row.views) == (theme, today, 3)
    assert DayCount.objects.get(theme=None).views == 1
    assert counter.pending() == 0


@pytest.mark.parametrize("browser", PEOPLE)
def test_people_count(topic: TopicPage, browser: str) -> None:
    Client(headers={"User-Agent": browser}).get(topic.url)

    assert counter.pending() == 1


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_do_not_count(topic: TopicPage, program: str) -> None:
    client = Client(headers={"User-Agent": program})
    client.get(topic.url)
    client.get(topic.url)

    assert counter.pending() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
        {"HX-Request": "true"},
    ],
)
def test_page_that_is_loaded_ahead_does_not_count(reader: Client, topic: TopicPage, headers: dict[str, str]) -> None:
    reader.get(topic.url, headers=headers)
    reader.get(topic.url, headers=headers)

    assert counter.pending() == 0


@pytest.mark.parametrize("method", ["head", "options", "post"])
def test_other_methods_do_not_count(reader: Client, topic: TopicPage, method: str) -> None:
    getattr(reader, method)(topic.url)

    assert counter.pending() == 0


def test_what_is_not_a_page_does_not_count(reader: Client, topic: TopicPage) -> None:
    for path in ("/weg/", "/robots.txt", "/bestaat-niet/", "/account/login/", "/healthz"):
        reader.get(path)

    assert counter.pending() == 0


def test_leafing_within_a_page_counts_once(reader: Client, topic: TopicPage) -> None:
    reader.get(topic.url + "?fbclid=x", headers={"Referer": "https://elders.example/"})
    reader.get(topic.url + "?page=2", headers={"Referer": f"http://testserver{topic.url}"})

    assert counter.pending() == 1


def test_member_counts_and_staff_does_not(topic: TopicPage) -> None:
    member = Client(headers={"User-Agent": FIREFOX})
    member.force_login(
        get_user_model().objects.create_user("lid"), backend="groupspace.accounts.backends.AccountBackend"
    )
    member.get(topic.url)
    assert counter.pending() == 1

    staff_client().get(topic.url)

    assert counter.pending() == 1


def test_preview_does_not_count(topic: TopicPage) -> None:
    topic.make_preview_request()

    assert counter.pending() == 0


def test_page_behind_a_password_counts_only_when_it_opens(reader: Client, topic: TopicPage) -> None:
    PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)

    reader.get(topic.url)

    assert counter.pending() == 0


def test_nothing_of_a_visitor_is_held_or_kept(topic: TopicPage) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 Geheimzinnig/1", "Referer": "https://geheim.example/"})
    client.get(topic.url + "?naam=geheim", REMOTE_ADDR="203.0.113.9")

    held = vars(counter)["_views"]
    assert dict(held) == {(topic.pk, timezone.localdate()): 1}
    counter.write()
    assert {field.name for field in DayCount._meta.get_fields()} == {"id", "page", "theme", "day", "views"}
    assert not client.cookies


def test_day_is_the_day_of_this_country(topic: TopicPage) -> None:
    own = ViewCounter(0, 500)
    with time_machine.travel(dt.datetime(2026, 6, 1, 22, 30, tzinfo=dt.UTC), tick=False), timezone.override("UTC"):
        own.add(topic.pk)

    own.write()

    assert DayCount.objects.get().day == dt.date(2026, 6, 2)


def test_writing_costs_the_same_for_each_further_page_one_query(
    topic: TopicPage, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()
    with django_assert_num_queries(7):  # savepoint, themes, there, insert, there, one update, release
        add_views({(topic.pk, today): 2})
    with django_assert_num_queries(8):  # savepoint, themes, there, insert, there, two updates, release
        add_views({(topic.pk, today): 2, (topic.pk, today - dt.timedelta(days=1)): 1})
    with django_assert_num_queries(5):  # savepoint, themes, there, update, release
        add_views({(topic.pk, today): 2})


def test_views_of_a_page_that_is_gone_are_dropped_and_others_stay(topic: TopicPage) -> None:
    today = timezone.localdate()

    add_views({(topic.pk, today): 2, (topic.pk + 1000, today): 5})

    assert list(DayCount.objects.values_list("page_id", "views")) == [(topic.pk, 2)]


def test_count_outlives_its_page_and_its_theme(topic: TopicPage) -> None:
    theme = Theme.objects.create(name="Ooit", slug="ooit", domain="social")
    today = timezone.localdate()
    for other in (theme, None, None):
        DayCount.objects.create(page_id=topic.pk, theme=other, day=today, views=4)

    theme.delete()
    topic.delete()

    assert DayCount.objects.total() == 12


def test_page_with_another_theme_gets_another_row(topic: TopicPage) -> None:
    today = timezone.localdate()
    themes = [Theme.objects.create(name=name, slug=name, domain="social") for name in ("een", "twee")]
    for theme in (*themes, None, themes[0]):
        TopicPage.objects.filter(pk=topic.pk).update(theme=theme)
        add_views({(topic.pk, today): 1})

    counts = dict(DayCount.objects.values_list("theme__name", "views"))
    assert counts == {"een": 2, "twee": 1, None: 1}


def test_two_rows_without_theme_are_added_to_once(topic: TopicPage) -> None:
    today = timezone.localdate()
    TopicPage.objects.filter(pk=topic.pk).update(theme=None)
    DayCount.objects.bulk_create(DayCount(page_id=topic.pk, day=today) for _number in range(2))

    add_views({(topic.pk, today): 3})

    assert sorted(DayCount.objects.values_list("views", flat=True)) == [0, 3]


def test_numbers_wait_when_the_database_refuses(topic: TopicPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(views: Any) -> None:
        raise OperationalError("database is locked")

    own = ViewCounter(0, 500)
    own.add(topic.pk)
    monkeypatch.setattr(counting.actions, "add_views", refuse)
    with pytest.raises(OperationalError):
        own.write()
    own.add(topic.pk)
    monkeypatch.undo()

    own.write()

    assert DayCount.objects.get().views == 2


def test_many_threads_lose_nothing(topic: TopicPage) -> None:
    own = ViewCounter(0, 10**9)
    threads = [threading.Thread(target=lambda: [own.add(topic.pk) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    own.write()

    assert DayCount.objects.get().views == 4000


@pytest.fixture
def bare_page(transactional_db: None, _log_may_be_emptied: None) -> Page:
    """A page in a database that other tests may have emptied."""
    locale, _made = Locale.objects.get_or_create(language_code="nl")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)


def test_page_stays_quick_while_the_database_is_locked_and_counts_arrive_later(
    bare_page: Page, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("Lees dit.")
        response.public_page_id = bare_page.pk
        return response

    own = ViewCounter(0.05, 3)
    monkeypatch.setattr("knowledgebase.reach.middleware.counter", own)
    monkeypatch.setattr(counting, "PATIENCE_MS", 50)
    reader = ReachMiddleware(answer)
    try:
        with transaction.atomic():
            DayCount.objects.create(day=timezone.localdate())  # holds the one writer of SQLite
            began = time.perf_counter()
            for _number in range(10):
                assert reader(rf.get("/lees/", headers={"User-Agent": FIREFOX})).status_code == 200
            assert time.perf_counter() - began < 1
            if connection.vendor == "sqlite":
                time.sleep(0.3)
                assert own.pending() == 10
        until = time.monotonic() + 10
        while DayCount.objects.total() < 10 and time.monotonic() < until:
            time.sleep(0.05)
        assert DayCount.objects.total() == 10
    finally:
        own.end()


def test_process_that_ends_in_order_writes_first(bare_page: Page) -> None:
    own = ViewCounter(3600, 500)
    own.add(bare_page.pk)

    own.end()

    assert DayCount.objects.get().views == 1
    assert not own._thread.is_alive()
