"""Quick scans for tests: a short one with all kinds of questions and a skip."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.setup import ensure_home
from knowledgebase.quickscan.models import Entry, QuickScanPage, Response, ScanVersion

APP = "knowledgebase_quickscan"
ORGANISATION = {"soort-organisatie": "welfare", "provincie": "utrecht"}


def question(kind: str, name: str, *options: str | tuple[str, str], **fields: Any) -> tuple[str, dict[str, Any]]:
    """A question; each option is an answer, or (answer, jump)."""
    pairs = [option if isinstance(option, tuple) else (option, "") for option in options]
    rows = [("option", {"label": label, "target": target}) for label, target in pairs]
    given = {"name": name, "question": f"Wat bij {name}?", "hint": "", "key": "", "required": True, "target": ""}
    if kind == "scale":
        given |= {"low": "weinig", "high": "veel", "skips": []}
    if kind in ("choice", "choices", "needs"):
        given["options"] = rows
    return kind, {**given, **fields}


def skip(number: str, target: str) -> tuple[str, dict[str, str]]:
    return "skip", {"number": number, "target": target}


QUESTIONS = [
    question("choice", "Hulp", "Ja", ("Nee", "Waarom")),
    question("choices", "Vormen", "Chat", "Bellen", "Forum", target="Steun"),
    question("text", "Waarom", required=False),
    question("needs", "Steun", "Geld", "Scholing", "Techniek"),
    question("scale", "Klaar", skips=[skip("5", "Einde")]),
    question("text", "Slot", required=False),
]


def scan_fields(**changes: Any) -> dict[str, Any]:
    """All that a quick scan needs besides its title."""
    given = {
        "summary": "Vertel wat je nodig hebt.",
        "checked_on": dt.date(2026, 11, 1),
        "open_until": timezone.localdate() + dt.timedelta(days=30),
        "entrance": "open",
        "questions": QUESTIONS,
    }
    return {**given, **changes}


def make_scan(title: str = "Wat heb je nodig?", *, slug: str = "scan", live: bool = True, **changes: Any) -> Any:
    page = QuickScanPage(title=title, slug=slug, live=live, **scan_fields(**changes))
    return ensure_home().add_child(instance=page)


def address(name: str, *args: Any) -> str:
    return reverse(f"{APP}:{name}", args=args)


def begin(client: Client, page: QuickScanPage, **data: Any) -> Entry:
    """Begin as a visitor does: open the page, press the button."""
    url = address("start", page.translation_key)
    ticket = soup(client.get(url)).find("input", {"name": "ticket"})["value"]
    response = client.post(url, {"ticket": ticket, **data})
    assert response.status_code == 302, response.content.decode()
    return Entry.objects.get(pk=response["Location"].split("/")[-2])


def answer(client: Client, entry: Entry, key: str, given: Any = None, go: str = "verder") -> Any:
    """Send one question."""
    return client.post(address("question", entry.pk, key), {"go": go, **({} if given is None else {"answer": given})})


def answer_all(client: Client, entry: Entry, **changes: Any) -> None:
    """Go all the way by the branch of who offers help, with "_" for "-" in changes."""
    given = {
        **ORGANISATION,
        "hulp": "ja",
        "vormen": ["chat", "forum"],
        "steun": ["geld"],
        "klaar": "3",
        "slot": "Dank.",
        **{key.replace("_", "-"): value for key, value in changes.items()},
    }
    for key, value in given.items():
        assert answer(client, entry, key, value).status_code == 302, key


def respond(page: QuickScanPage, *answers: dict[str, Any]) -> None:
    """Answers as if they were sent."""
    scan = page.scan
    version, _made = ScanVersion.objects.get_or_create(
        page=page, fingerprint=scan.fingerprint, defaults={"content": scan.dump()}
    )
    month = timezone.localdate().replace(day=1)
    Response.objects.bulk_create(Response(version=version, answers=given, month=month) for given in answers)


def given(**changes: Any) -> dict[str, Any]:
    """The answers of one organisation, as they are kept."""
    answers = {
        "soort-organisatie": ["welfare"],
        "provincie": ["utrecht"],
        "hulp": ["ja"],
        "vormen": ["chat"],
        "steun": ["geld"],
        "klaar": ["3"],
        "slot": "",
        **{key.replace("_", "-"): value for key, value in changes.items()},
    }
    return {key: value for key, value in answers.items() if value is not None}


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    """The text of a page in one line."""
    return " ".join(soup(response).get_text(" ").split())
