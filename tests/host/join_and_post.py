"""What a visitor does in a host: make an account, join an open group, post. Runs inside the host's own environment."""

from __future__ import annotations

import html
import os
import re
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.dev"
django.setup()

# ruff: noqa: E402  (after the set-up)
from django.contrib.auth import get_user_model
from django.test import Client

from groupspace import actions
from groupspace.actor import actor_for
from groupspace.forum.models import Topic
from groupspace.models import Organisation, Professional

WORDS = "vier losse woorden samen genoeg"


def fields(page: str) -> dict[str, str]:
    """The hidden and chosen fields of the form in the middle of a page."""
    form = re.search(r'<form class="gs-form.*?</form>', page, re.DOTALL)
    assert form, page
    values = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "radio" and " checked" not in tag:
            continue
        if "name" in attributes:
            values[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return values


def post(client: Client, address: str, **typed: str) -> str:
    """Open a page, fill in its form, send it, and return the page that follows."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    answer = client.post(address, fields(page.content.decode()) | typed, follow=True)
    assert answer.status_code == 200, (address, answer.status_code, answer.content.decode()[:3000])
    assert answer.redirect_chain, answer.content.decode()[:5000]
    return answer.content.decode()


def open_group():
    """A group that anyone may join, opened by a professional."""
    leader = get_user_model().objects.create_user("een-begeleider", password=WORDS)
    organisation = Organisation.objects.create(name="Organisatie")
    Professional.objects.create(user=leader, organisation=organisation)
    leader.refresh_from_db()
    return actions.create_space(
        actor_for(leader, verified=True),
        organisation=organisation,
        display_name="Noor",
        name="Slecht slapen",
        summary="Voor wie dat wil.",
        visibility="listed",
        join_policy="open",
        state="open",
    )


def main() -> None:
    space = open_group()
    visitor = Client(enforce_csrf_checks=True)
    outsider = Client(enforce_csrf_checks=True)
    group = f"/groep/{space.pk}/"

    home = visitor.get("/").content.decode()
    assert "gs-exit" in home or "/weg/" in home, "quick exit is not on the host's own pages"
    assert "/admin/login/" not in visitor.get("/admin/", follow=True).redirect_chain[-1][0]

    post(visitor, "/account/aanmelden/", password=WORDS)
    account = get_user_model().objects.exclude(username="een-begeleider").get()
    assert account.email == ""
    assert visitor.get("/admin/").status_code == 404

    page = post(visitor, f"{group}meedoen/", display_name="Bo")
    assert "Slecht slapen" in page
    page = post(visitor, f"{group}gesprekken/nieuw/", title="Wakker om vier uur", body="Ik lig elke nacht wakker.")
    assert "Ik lig elke nacht wakker." in page
    assert "Content-Security-Policy" in visitor.get(group).headers
    assert Topic.objects.get().title == "Wakker om vier uur"

    topic = f"{group}gesprekken/{Topic.objects.get().pk}/"
    for address in (topic, f"{group}gesprekken/"):
        answer = outsider.get(address, follow=True)
        assert "wakker" not in answer.content.decode().lower(), address
    sys.stdout.write("joined and posted\n")


if __name__ == "__main__":
    sys.exit(main())
