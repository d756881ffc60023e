"""A newsletter with an issue that names a public page, a page of nobody, a date and a poll."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from home.setup import ensure_home
from home.staff import BEHEER, REDACTIE
from knowledgebase.models import TopicPage
from knowledgebase.newsletter.models import IssuePage, NewsletterPage, Subscriber
from tests.groupspace.notify.conftest import mail_server, outbox, unused_port
from tests.home.conftest import make_staff
from tests.knowledgebase.pages import make_index, make_topic

__all__ = ["mail_server", "outbox", "unused_port"]


def make_issue(
    newsletter: NewsletterPage, items: list[Any], title: str = "Nieuwsbrief mei", **changes: Any
) -> IssuePage:
    """An issue as it stands on the site after two people approved it."""
    issue = IssuePage(title=title, summary="Drie dingen van deze maand.", items=items, **changes)
    newsletter.add_child(instance=issue)
    revision = issue.save_revision()
    revision.publish()
    issue.refresh_from_db()
    return issue


def make_subscribers(number: int, domain: str = "example.org") -> list[Subscriber]:
    """So many people who confirmed their address."""
    rows = [
        Subscriber(email=f"lezer-{one}@{domain}", state=Subscriber.State.CONFIRMED, confirmed_on=timezone.localdate())
        for one in range(number)
    ]
    return Subscriber.objects.bulk_create(rows)


def form_data(address: str = "lezer@example.org", **changes: Any) -> dict[str, Any]:
    """What the sign-up form posts."""
    return {"email": address, "ticket": str(uuid4()), "website": "", **changes}


@pytest.fixture
def newsletter(db: None) -> NewsletterPage:
    page = NewsletterPage(title="Nieuwsbrief", slug="nieuwsbrief", summary="Elke maand drie dingen om te lezen.")
    return ensure_home().add_child(instance=page)


@pytest.fixture
def topic(db: None) -> TopicPage:
    return make_topic(make_index())


@pytest.fixture
def issue(newsletter: NewsletterPage, topic: TopicPage) -> IssuePage:
    hidden = make_topic(topic.get_parent().specific, title="Geheim concept", live=False)
    items = [
        ("page", {"page": Page.objects.get(pk=topic.pk), "lead": "Hier vragen veel mensen naar."}),
        ("page", {"page": Page.objects.get(pk=hidden.pk), "lead": "Dit mag niemand lezen."}),
        ("date", {"title": "Open avond", "starts": start(), "place": "Online", "page": None}),
        ("poll", {"question": "Voor wie een groep?", "page": Page.objects.get(pk=topic.pk), "label": "Vertel je idee"}),
        ("text", {"title": "En verder", "text": RichText('<p>Lees <a href="/lees/">alles</a> &amp; meer.</p>')}),
    ]
    return make_issue(newsletter, items)


def start() -> datetime:
    return timezone.make_aware(datetime(2026, 5, 12, 19, 30))


@pytest.fixture
def redactie(db: None) -> Client:
    return make_staff("redacteur", REDACTIE, email="redacteur@example.org")


@pytest.fixture
def beheer(db: None) -> Client:
    return make_staff("beheerder", BEHEER)
