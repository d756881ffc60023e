"""Fills the knowledge base for the bench: pages with words as unevenly spread as in real language, and what to search.

Rows are written past the page tree's own saving, which would take minutes, and then put in the index as always.
"""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

PAGES = 5000
THEMES = 12
GROUPS_OF_SYNONYMS = 100
CLIENTS = (1, 4)
# Of the words by how common they are: the first stands on nearly every page, the 1000th on a few.
COMMON, USUAL, RARE = 0, 60, 1000


def made_up_words() -> list[str]:
    """8,000 words that could be Dutch, the same in every run, the most common first."""
    dice = random.Random(3)  # noqa: S311  only words to measure with
    found: dict[str, None] = {}
    while len(found) < 8000:
        syllables = (
            dice.choice("bdfghklmnprstvwz")
            + dice.choice(["a", "e", "i", "o", "u", "ie", "oe"])
            + dice.choice("klmnrst")
            for _number in range(dice.randint(1, 4))
        )
        found["".join(syllables) + dice.choice(["", "en", "e", "ing", "heid"])] = None
    return list(found)


def fill(count: int = PAGES) -> None:
    """Write `count` articles with themes, audiences and ages, and a glossary; make the index."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page
    from wagtail.rich_text import RichText

    from home.setup import ensure_home
    from knowledgebase.models import AgeBand, ArticlePage, Audience, Domain, KnowledgeIndexPage, PublicPage, Theme
    from knowledgebase.plainlanguage.models import GlossaryTerm
    from knowledgebase.search.actions import rebuild

    vocabulary, dice = made_up_words(), random.Random(4)  # noqa: S311  likewise
    spread = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(vocabulary))))

    def text(length: int) -> str:
        return " ".join(dice.choices(vocabulary, cum_weights=spread, k=length))

    themes = [
        Theme.objects.create(name=f"Thema {number}", slug=f"thema-{number}", domain=Domain.values[number % 3])
        for number in range(THEMES)
    ]
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(term=first, slug=f"woord-{first}", synonyms="\n".join(others))
        for first, *others in zip(*[iter(vocabulary[100 : 100 + 3 * GROUPS_OF_SYNONYMS])] * 3, strict=True)
    )
    shelf = ensure_home().add_child(instance=KnowledgeIndexPage(title="Kennis", slug="kennis", summary="Alles."))
    kind = ContentType.objects.get_for_model(ArticlePage)
    rows = Page.objects.bulk_create(
        Page(
            path=Page._get_path(shelf.path, shelf.depth + 1, number + 1),
            depth=shelf.depth + 1,
            title=(title := text(4).capitalize()),
            draft_title=title,
            slug=f"artikel-{number}",
            url_path=f"{shelf.url_path}artikel-{number}/",
            content_type=kind,
            locale=shelf.locale,
            translation_key=uuid4(),
            live=True,
        )
        for number in range(count)
    )
    Page.objects.filter(pk=shelf.pk).update(numchild=count)
    for number, row in enumerate(rows):
        page = PublicPage(
            page_ptr=row,
            summary=text(25),
            theme=themes[number % THEMES],
            audience=Audience.values[number % 5],
            age_band=["", *AgeBand.values][number % 5],
            checked_on=date(2026, 1, 1),
        )
        page.save_base(raw=True)
        article = ArticlePage(publicpage_ptr=page, body=[("text", RichText(f"<p>{text(200)}</p>"))])
        article.__dict__.update({name: value for name, value in page.__dict__.items() if name != "_state"})
        article.save_base(raw=True)
    rebuild()


def targets() -> list[dict[str, Any]]:
    """Searches of all sorts: one word and several, common and rare, mistyped, by synonym, narrowed."""
    from django.urls import reverse

    words = made_up_words()
    questions = [{"q": words[rank]} for rank in (COMMON, 3, 10, 30, USUAL, 101, 104, 200, 400, RARE, 2000, 5000)]
    questions += [{"q": f"{words[COMMON]} {words[USUAL]}"}, {"q": f"{words[5]} {words[20]} {words[80]}"}]
    questions += [{"q": " ".join(words[rank] for rank in (1, 4, 9, 16, 25, 36, 49, 64))}]
    questions += [{"q": f"{words[70][:-1]}q{words[70][-1]}"}, {"q": f"{words[90]}x {words[40]}"}, {"q": "bestaatniet"}]
    questions += [{"q": words[2], "thema": "thema-3"}, {"q": words[7], "voor": "close_ones", "leeftijd": "16_25"}]
    questions += [{"thema": "thema-5"}, {"q": words[COMMON], "page": "40"}]
    paths = [f"{reverse('knowledgebase:search')}?{urlencode(question)}" for question in questions]
    return [
        {
            "name": f"search, {PAGES} pages, {clients} at a time",
            "paths": paths,
            "headers": {},
            "expect": 'id="kb-search"',
            "clients": clients,
        }
        for clients in CLIENTS
    ]
