"""Lets the demo's professionals write along on a theme of the demo. It all goes when the page goes."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.db import transaction

from . import actions
from .models import Contributor, TechniquePage


@transaction.atomic
def load(data: dict[str, Any]) -> None:
    """Start a round with what contributors say, on each theme where there was none yet.

    Args:
        data: `together`, a list of themes by the slug of their `page`, each with its `question` and `contributors`.
    """
    for content in data["together"]:
        page = TechniquePage.objects.filter(slug=content["page"], rounds=None).first()
        if page is None:
            continue
        actions.open_round(None, page, question=content["question"])
        for person in content["contributors"]:
            write_along(page, person)


def write_along(page: TechniquePage, person: dict[str, Any]) -> None:
    """One contributor with what he or she says and votes; nobody when the account is not there."""
    user = get_user_model()._default_manager.filter(username=person["account"]).first()
    if user is None:
        return
    contributor = Contributor.objects.create(
        page=page, user=user, organisation=person["organisation"], name=person["name"]
    )
    for number, remark in enumerate(person["remarks"]):
        ticket = uuid5(NAMESPACE_URL, f"{page.pk}/{person['account']}/{number}")
        actions.say(contributor, ticket=ticket, **remark)
    content, presentation = person["votes"]
    actions.vote(contributor, content=content, presentation=presentation)


def purge(data: dict[str, Any]) -> None:
    """Take away what was said in the demo, where staff keep the page."""
    for content in data["together"]:
        names = [person["name"] for person in content["contributors"]]
        Contributor.objects.filter(page__slug=content["page"], name__in=names).delete()
