"""Prepares the bare project: tables, an account with a session, a page. Prints the targets as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

WORDS = "Piekeren is denken in een kringetje. Je kunt het kleiner maken. " * 5


def session() -> dict[str, Any]:
    """The bare view, for somebody who is logged in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _created = get_user_model().objects.get_or_create(username="bench")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert client.get("/session/").content == b"hello, bench"
    return {"name": "bare", "paths": ["/session/"], "headers": {"Cookie": cookie}, "expect": "hello, bench"}


def plain_page(length: int) -> dict[str, Any]:
    """A page whose answer has about `length` bytes, as deep in the tree as ours: headings, texts and lists in turn."""
    from django.test import Client
    from wagtail.models import Page, Site
    from wagtail.rich_text import RichText

    from tests.bench.bare.models import PlainPage

    home = Site.objects.get(is_default_site=True).root_page
    home.get_children().delete()
    shelf = Page.objects.get(pk=home.pk).add_child(instance=PlainPage(title="Lees", slug="lees"))
    page = shelf.add_child(instance=PlainPage(title="Piekeren", slug="piekeren"))
    address = page.get_url_parts()[2]
    part = [("heading", "Wat is het?"), ("text", RichText(f"<p>{WORDS}</p>")), ("list", ["Iets kleins."] * 5)]
    client = Client(SERVER_NAME="127.0.0.1")
    while len(client.get(address).content) < length:
        page = Page.objects.get(pk=page.pk).specific
        page.body = [*((block.block_type, block.value) for block in page.body), *part]
        page.save()
    return {"name": "plain", "paths": [address], "headers": {}, "expect": "Piekeren"}


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps([session(), plain_page(int(sys.argv[1]))]))
