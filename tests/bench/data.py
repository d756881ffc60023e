"""Fills the site's database for the bench and prints what to measure; runs in the site's own settings."""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urlencode

import django

from tests.bench import public_pages
from tests.bench.load import PLAIN
from tests.bench.servers import PROXY

FULL = 1.0  # the scale with which the knowledge base is large too
PERSONS = {5: 1, 200: 0}  # who is in so many groups, of the people in `config.bulk`
POSTS_ON_FULL_PAGE = 20
POSTS_BESIDE_OTHERS = 10  # as many as the pages of the programs beside which tests.bench.peers puts ours
READ = 20  # topics that are read in turn
BROWSER = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"  # a view by a person is counted
CSRF_TOKEN = "bench" * 6 + "be"  # Django asks for 32 letters
REPLIES = 4000  # forms that are ready to be sent, each with a ticket of its own
CLIENTS = 16


def fill(scale: float) -> None:
    """Write everything: groups, people and conversations, and one page of psycho-education."""
    from config import bulk

    bulk.load(scale)
    _make_page()
    if scale == FULL:
        public_pages.fill()


def _make_page() -> None:
    """One page of psycho-education, through the same page tree as any other."""
    from wagtail.rich_text import RichText

    from home.setup import ensure_home
    from knowledgebase.models import Domain, Theme, TopicIndexPage, TopicPage

    index = ensure_home().add_child(instance=TopicIndexPage(title="Lees", slug="lees"))
    words = ("text", RichText(f"<p>{'Piekeren is denken in een kringetje. Je kunt het kleiner maken. ' * 5}</p>"))
    page = TopicPage(
        title="Piekeren",
        slug="piekeren",
        summary="Piekeren is denken in een kringetje.",
        theme=Theme.objects.create(name="Piekeren", slug="piekeren", domain=Domain.PSYCHOLOGICAL),
        what=[words, words],
        recognise=[("item", f"Herkenning {number}") for number in range(1, 6)],
        steps=[("step", {"title": f"Stap {number}", "text": "Iets kleins."}) for number in range(1, 4)],
        seek_help=[words],
        sources=[("source", {"title": "Een bron", "publisher": "Een uitgever", "year": "2025", "url": ""})],
    )
    index.add_child(instance=page)


def targets(scale: float) -> list[dict[str, Any]]:
    """Log the accounts in and describe the pages, each with the number of statements it takes."""
    address, browser = "/lees/piekeren/", {"User-Agent": BROWSER}
    public = {"name": "public page", "paths": [address], "headers": browser, "expect": "Piekeren"}
    # With a question behind the address the page is made anew each time.
    uncached = {**public, "name": "public page, made anew", "paths": [f"{address}?anew"], "floor": PLAIN}
    found = [public, uncached, *_pages(5, scale)]
    if scale == FULL:
        found += [*_pages(200, scale), *public_pages.targets(), _reply()]
    return found


def _pages(groups: int, scale: float) -> list[dict[str, Any]]:
    """What somebody in so many groups looks at most; the fullest group is one of them."""
    from django.urls import reverse

    space, client = _space_id(), _log_in(PERSONS[groups])
    read = _topics(space, POSTS_ON_FULL_PAGE)
    # One word and several, common and rare, unfinished, in one group, of one sort.
    words = [
        {"q": word} for word in ("je", "samen", "mensen slapen", "ik kan er niet", "onl", "voorbeeld", "bestaatniet")
    ]
    words += [{"q": topic.title.split()[0]} for topic in read[:5]]
    words += [{"q": "groep", "groep": str(space)}, {"q": "voorbeeld", "soort": "peilingen"}]
    pages = {
        "group home": ([reverse("groupspace:space", args=[space])], "gs-"),
        "topic list": ([reverse("groupspace:gesprekken:list", args=[space])], "gs-list__item"),
        "topic page": _topic_pages(read),
        f"topic page of {POSTS_BESIDE_OTHERS} posts": _topic_pages(_topics(space, POSTS_BESIDE_OTHERS)),
        "stream": ([reverse("groupspace:stream:mine")], "gs-list__item"),
        "private search": ([f"{reverse('groupspace:search')}?{urlencode(asked)}" for asked in words], 'name="q"'),
        "bell": ([reverse("groupspace:notices:list")], "gs-list__item"),
    }
    return [
        {
            "name": f"{name}, {scale:.0%} volume, {groups} groups",
            "paths": paths,
            "headers": {"Cookie": _cookies(client)},
            "expect": expect,
            "clients": CLIENTS,
            "statements": max(_statements(client, path) for path in paths),
        }
        for name, (paths, expect) in pages.items()
    ]


def _topics(space: Any, posts: int) -> list[Any]:
    """Some conversations of this length in one group, neither the first nor the last."""
    from groupspace.forum.models import Topic

    found = list(Topic.objects.filter(space=space, last_number=posts).order_by("pk"))
    middle = len(found) // 2
    return found[max(middle - READ // 2, 0) : middle + READ // 2]


def _topic_pages(topics: list[Any]) -> tuple[list[str], str]:
    from django.urls import reverse

    paths = [reverse("groupspace:gesprekken:topic", args=[topic.space_id, topic.pk]) for topic in topics]
    return paths, f'id="bericht-{topics[0].last_number}"'


def _reply() -> dict[str, Any]:
    """Replies to the newest conversation of the fullest group, each a form that has not been sent before."""
    from django.conf import settings
    from django.urls import reverse

    from groupspace.forum.models import Topic
    from groupspace.text.ticket import Ticket

    writer, client = _person(PERSONS[5]), _log_in(PERSONS[5])
    topic = Topic.objects.filter(space=_space_id()).latest("last_post_at")
    path = reverse("groupspace:gesprekken:reply", args=[topic.space_id, topic.pk])
    tickets = (Ticket(str(writer.pk), path, "reply", str(topic.pk)) for _number in range(REPLIES))
    start = f"csrfmiddlewaretoken={CSRF_TOKEN}&body-format=plain&body=Dank+je+wel%2C+dat+helpt.&gs-ticket="
    return {
        "name": "reply, 100% volume",
        "paths": [path],
        "bodies": [f"{start}{ticket}" for ticket in tickets],
        "headers": {
            "Cookie": _cookies(client),
            "Origin": settings.SITE_URL,
            "Content-Type": "application/x-www-form-urlencoded",
        },
        "expect": "#bericht-",
    }


def _person(number: int) -> Any:
    from django.contrib.auth import get_user_model

    from config.bulk import people

    return get_user_model().objects.get(username=people.username(number))


def _space_id() -> Any:
    """The fullest group: half of all conversations are in it."""
    from django.db.models import Count

    from groupspace.models import Space

    return Space.objects.annotate(size=Count("groupspace_forum_topics")).latest("size").pk


def _log_in(number: int) -> Any:
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", headers=PROXY)
    client.force_login(_person(number))
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF_TOKEN
    return client


def _cookies(client: Any) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _statements(client: Any, url: str) -> int:
    """How many SELECT, INSERT, UPDATE and DELETE a page takes; the first visits warm caches and write marks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _visit in range(2):
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return sum(query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) for query in queries.captured_queries)


def main(what: str, scale: float) -> None:
    """`fill` once per database, `targets` at each run; the tables are there already."""
    django.setup()
    if what == "fill":
        fill(scale)
    else:
        print(json.dumps(targets(scale)))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
