"""Step plans for tests: a short one with one choice moment, two branches and both outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from home.setup import ensure_home
from knowledgebase.stepplans.models import StepPlanPage, Walk

APP = "knowledgebase_stepplans"


def text(words: str) -> RichText:
    return RichText(f"<p>{words}</p>")


def step(name: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A step without a choice."""
    return "step", {"name": name, "track": "process", "text": text(f"Uitleg bij {name}."), **fields}


def choice(name: str, *options: tuple[str, str], **fields: Any) -> tuple[str, dict[str, Any]]:
    """A choice moment; each option is (answer, jump)."""
    rows = [
        ("option", {"label": label, "consequence": f"Gevolg van {label}.", "target": target})
        for label, target in options
    ]
    given = {"name": name, "track": "content", "text": text(f"Uitleg bij {name}."), "question": f"Wat bij {name}?"}
    return "choice", {**given, "options": rows, **fields}


def end(name: str, outcome: str = "promising") -> tuple[str, dict[str, Any]]:
    return "end", {"name": name, "outcome": outcome, "text": text(f"Over {name}.")}


STEPS = [
    step("Noem het doel", prompt="Welk doel heb je?"),
    choice(
        "Kies een manier", ("Beeldbellen", "Regel de techniek"), ("Chatten", "Maak afspraken"), ("Niets", "Stoppen")
    ),
    step("Regel de techniek", target="Maak afspraken"),
    step("Maak afspraken", target="Beginnen"),
]
ENDS = [end("Beginnen"), end("Stoppen", "not_promising")]
FACTORS = [("factor", f"Factor {number}") for number in range(1, 4)]


def plan_fields(**changes: Any) -> dict[str, Any]:
    """All that a step plan needs besides its title."""
    given = {"summary": "Zo begin je een groep.", "checked_on": dt.date(2026, 11, 1)}
    return {**given, "steps": STEPS, "ends": ENDS, "factors": FACTORS, **changes}


def make_plan(
    title: str = "Start een groep", *, live: bool = True, slug: str = "start", **changes: Any
) -> StepPlanPage:
    page = StepPlanPage(title=title, slug=slug, live=live, **plan_fields(**changes))
    return ensure_home().add_child(instance=page)


def address(name: str, *args: Any) -> str:
    return reverse(f"{APP}:{name}", args=args)


def begin(client: Client, page: StepPlanPage) -> Walk:
    """Begin as a visitor does: open the page, press the button."""
    url = address("start", page.translation_key)
    ticket = soup(client.get(url)).find("input", {"name": "ticket"})["value"]
    response = client.post(url, {"ticket": ticket})
    assert response.status_code == 302, response.content.decode()
    return Walk.objects.get(ticket=ticket)


def answer(client: Client, walk: Walk, key: str, go: str = "verder", **data: Any) -> Any:
    """Send one step."""
    return client.post(address("step", walk.pk, key), {"go": go, **data})


def walk_to_end(client: Client, walk: Walk, option: str = "2", reason: str = "Dat past bij ons.") -> None:
    """Go all the way: 1 is video, 2 is chat, 3 is nothing."""
    answer(client, walk, "noem-het-doel", reason="Samen eten.")
    answer(client, walk, "kies-een-manier", option=option, judgement="promising", reason=reason)
    if option == "1":
        answer(client, walk, "regel-de-techniek")
    if option in "12":
        answer(client, walk, "maak-afspraken", reason="Elke dinsdag.")


def finish(client: Client, walk: Walk, **changes: Any) -> Any:
    """Fill in the last screen."""
    data = {"name": "Plan Zuid", "responsible": "De teamleider", "planned_on": "2026-11-23", "review_on": "2027-02-22"}
    return client.post(address("plan", walk.pk), {"go": "verder", "ticked": ["1"], **data, **changes})


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    """The text of a page in one line."""
    return " ".join(soup(response).get_text(" ").split())
