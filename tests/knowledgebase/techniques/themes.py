"""Makes themes for tests: complete, with as little to say as a theme may have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from home.setup import ensure_home
from knowledgebase.techniques.models import SocialWorkGoal, TechniqueIndexPage, TechniquePage


def example(number: int = 1, **changes: Any) -> tuple[str, dict[str, Any]]:
    return "example", {
        "title": f"Voorbeeld {number}",
        "place": "Welzijn Overal (fictief), Utrecht",
        "text": "Er was een chatuur op dinsdag.",
        "result": "Mensen kwamen terug.",
        "outcome": "promising",
        "evidence": [("evidence", {"kind": "practice", "source": "Verslag van het team", "year": "2025", "url": ""})],
        **changes,
    }


def examples(number: int) -> list[tuple[str, dict[str, Any]]]:
    return [example(count) for count in range(1, number + 1)]


def track(word: str) -> list[tuple[str, dict[str, str]]]:
    return [("step", {"title": f"{word} {count}", "text": "Doe iets.", "choice": ""}) for count in range(1, 4)]


def theme_fields(**changes: Any) -> dict[str, Any]:
    """All that a theme needs besides its title and its goals."""
    return {
        "summary": "Praten via een scherm. Zo kies je hoe.",
        "purpose": "<p>Mensen bereiken die niet langskomen.</p>",
        "for_whom": "<p>Voor wie liever typt.</p>",
        "content_track": track("Inhoud"),
        "process_track": track("Proces"),
        "success_factors": [("factor", "Je antwoordt op tijd."), ("factor", "De deelnemer kiest.")],
        "embedding": "<p>Zet het in de werkwijze.</p>",
        "examples": examples(5),
        "checked_on": date(2026, 11, 1),
        **changes,
    }


def make_goal(name: str = "Mensen doen mee") -> SocialWorkGoal:
    return SocialWorkGoal.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_index(parent: Page | None = None) -> TechniqueIndexPage:
    page = TechniqueIndexPage(title="Digitale sociale technieken", slug="technieken", summary="Acht thema's.")
    return (parent or ensure_home()).add_child(instance=page)


def make_theme(
    index: TechniqueIndexPage, title: str = "Online communiceren", *, live: bool = True, **changes: Any
) -> TechniquePage:
    """A theme with a revision, as the CMS leaves it; also one that could never be published, when it is not live."""
    page = TechniquePage(title=title, slug=slugify(title), live=False, **theme_fields(**changes))
    index.add_child(instance=page)
    page.goals = [make_goal()]
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    return TechniquePage.objects.get(pk=page.pk)
