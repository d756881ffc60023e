"""Fills the site's database for the bench and prints what to measure; runs in the site's own settings.

Rows are written in bulk, past the actions, and obey the same rules: grants follow from roles, numbers of posts have no
gap, and a topic knows its last post.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

from tests.bench import public_pages
from tests.bench.load import PLAIN
from tests.bench.servers import PROXY

POSTS = 10
POSTS_ON_FULL_PAGE = 20
GROUPS = 200
READ = 20  # topics that are read in turn
LARGE = 1000  # from so many topics the knowledge base is large too
BROWSER = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"  # a view by a person is counted
CSRF_TOKEN = "bench" * 6 + "be"  # Django asks for 32 letters
REPLIES = 4000  # forms that are ready to be sent, each with a ticket of its own
WORDS = (
    "<p>Gisteren ging het beter dan ik had verwacht. Ik heb een half uur gewandeld en daarna "
    "<strong>eindelijk</strong> geslapen.</p><p>Vannacht kwam het piekeren terug, maar korter dan eerst. Wat "
    "jij schreef over het piekeruur helpt mij echt. Morgen probeer ik het opnieuw, en ik laat weten hoe "
    "het ging.</p>"
)


def fill(topics: int) -> None:
    """Write everything: one group with `topics` conversations, and an account that is in 200 groups."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission as StoredPermission
    from django.utils import timezone

    from groupspace.forum.models import Post, Topic
    from groupspace.models import Membership, Organisation, Space, SpaceGrant
    from groupspace.permissions import FACILITATOR, PARTICIPANT

    user_model = get_user_model()
    now = timezone.now() - timedelta(days=2)
    names = ["one-group", "many-groups", *(f"author-{number}" for number in range(10))]
    users = [user_model.objects.create_user(name) for name in names]
    organisation = Organisation.objects.create(name="Bench")
    spaces = Space.objects.bulk_create(
        Space(name=f"Groep {number}", summary="Een groep.", organisation=organisation) for number in range(GROUPS)
    )
    members: dict[Any, list[Membership]] = {
        space.pk: [
            Membership(space=space, user=user, display_name=f"Lid {i}", since=now, role=PARTICIPANT.code)
            for i, user in enumerate(users)
            if space is spaces[0] or i in (1, 2, 3)
        ]
        for space in spaces
    }
    for found in members.values():
        found[-1].role = FACILITATOR.code
    flat = [membership for found in members.values() for membership in found]
    Membership.objects.bulk_create(flat, batch_size=500)
    stored = StoredPermission.objects.filter(content_type__app_label="groupspace", content_type__model="space")
    permissions = {permission.codename: permission for permission in stored}
    SpaceGrant.objects.bulk_create(
        (
            SpaceGrant(user_id=m.user_id, content_object_id=m.space_id, permission=permissions[codename])
            for m in flat
            for codename in (m.role_data.permissions if m.role_data else ())
        ),
        batch_size=500,
    )

    def topic_in(space: Space, number: int, last: int) -> Topic:
        author = members[space.pk][number % len(members[space.pk])]
        at = now + timedelta(seconds=number)
        return Topic(
            space=space,
            author=author,
            title=f"Gesprek {number} over slapen",
            created_at=at,
            last_post_at=at,
            last_number=last,
        )

    def posts_of(topic: Topic) -> Iterator[Post]:
        authors = members[topic.space_id]
        for number in range(1, topic.last_number + 1):
            yield Post(
                topic=topic,
                number=number,
                author=authors[number % len(authors)],
                body=WORDS,
                created_at=topic.created_at,
            )

    middle = range(max(topics // 2 - READ // 2, 0), topics // 2 + READ // 2)
    made = [topic_in(spaces[0], n, POSTS_ON_FULL_PAGE if n in middle else POSTS) for n in range(topics)]
    made += [topic_in(space, n, 3) for space in spaces[1:] for n in range(5)]
    for start in range(0, len(made), 1000):
        some = Topic.objects.bulk_create(made[start : start + 1000], batch_size=500)
        Post.objects.bulk_create((post for topic in some for post in posts_of(topic)), batch_size=500)
    _make_page()
    if topics >= LARGE:
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


def targets(topics: int) -> list[dict[str, Any]]:
    """Log both accounts in and describe the pages, each with the number of statements it takes."""
    address, browser = "/lees/piekeren/", {"User-Agent": BROWSER}
    public = {"name": "public page", "paths": [address], "headers": browser, "expect": "Piekeren"}
    # With a question behind the address the page is made anew each time.
    uncached = {**public, "name": "public page, made anew", "paths": [f"{address}?anew"], "floor": PLAIN}
    one = _pages("one-group", f"{topics} topics, 1 group")
    many = _pages("many-groups", f"{topics} topics, {GROUPS} groups")
    searches = public_pages.targets() if topics >= LARGE else []
    return [public, uncached, *one, *many, *searches, _reply("one-group", f"{topics} topics, 1 group")]


def _pages(username: str, label: str) -> list[dict[str, Any]]:
    """The list and the full pages of one account."""
    from django.urls import reverse

    from groupspace.forum.models import Topic

    space_id = _space_id()
    client = _log_in(username)
    list_url = reverse("groupspace:gesprekken:list", args=[space_id])
    full = Topic.objects.filter(space=space_id, last_number=POSTS_ON_FULL_PAGE).order_by("pk")[:READ]
    topic_urls = [reverse("groupspace:gesprekken:topic", args=[space_id, topic.pk]) for topic in full]
    headers = {"Cookie": _cookies(client)}
    client.get(list_url)  # caches are warm, as on any site that people visit
    # Twice: the first time the mark is written too.
    counts = [_statements(client, url) for url in (*topic_urls[:2], *topic_urls[:2])]
    return [
        {
            "name": f"topic list, {label}",
            "paths": [list_url],
            "headers": headers,
            "expect": "gs-list__item",
            "statements": _statements(client, list_url),
        },
        {
            "name": f"topic page, {label}",
            "paths": topic_urls,
            "headers": headers,
            "expect": f'id="bericht-{POSTS_ON_FULL_PAGE}"',
            "statements": max(counts),
        },
    ]


def _reply(username: str, label: str) -> dict[str, Any]:
    """Replies to the newest conversation, each a form of its own that has not been sent before."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.urls import reverse

    from groupspace.forum.models import Topic
    from groupspace.text.ticket import Ticket

    topic = Topic.objects.filter(space=_space_id()).latest("last_post_at")
    path = reverse("groupspace:gesprekken:reply", args=[topic.space_id, topic.pk])
    writer = str(get_user_model().objects.get(username=username).pk)
    tickets = (Ticket(writer, path, "reply", str(topic.pk)) for _number in range(REPLIES))
    start = f"csrfmiddlewaretoken={CSRF_TOKEN}&body-format=plain&body=Dank+je+wel%2C+dat+helpt.&gs-ticket="
    return {
        "name": f"reply, {label}",
        "paths": [path],
        "bodies": [f"{start}{ticket}" for ticket in tickets],
        "headers": {
            "Cookie": _cookies(_log_in(username)),
            "Origin": settings.SITE_URL,
            "Content-Type": "application/x-www-form-urlencoded",
        },
        "expect": "#bericht-",
    }


def _space_id() -> Any:
    from groupspace.models import Space

    return Space.objects.get(name="Groep 0").pk


def _log_in(username: str) -> Any:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", headers=PROXY)
    client.force_login(get_user_model().objects.get(username=username))
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF_TOKEN
    return client


def _cookies(client: Any) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _statements(client: Any, url: str) -> int:
    """How many SELECT, INSERT, UPDATE and DELETE a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return sum(query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) for query in queries.captured_queries)


def main(what: str, topics: int) -> None:
    """`fill` once per database, `targets` at each run; the tables are there already."""
    django.setup()
    if what == "fill":
        fill(topics)
    else:
        print(json.dumps(targets(topics)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
