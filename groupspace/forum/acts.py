"""What a reader can do with each post, written out in HTML.

Most posts of a page offer the same, and differ by their address alone: what they offer is rendered once and filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from groupspace.forum.reactions import Word, no_words

#: Stand for what differs: addresses and a number. No text of anybody is filled in this way.
MARKS = {
    "url": "URL-OF-THE-POST",
    "number": "NUMBER-OF-THE-POST",
    "answer_url": "URL-TO-ANSWER",
    "release_url": "URL-TO-RELEASE",
}
WORDS = "WORDS-UNDER-THE-POST"
#: On what it depends what a post offers.
FLAGS = ("may_edit", "may_delete", "may_warn", "may_undo", "may_react")


def words_html(url: str, words: Sequence[Word], *, may_react: bool) -> SafeString:
    """The words under one post, with who chose them, and the buttons for who may choose.

    Args:
        url: address of the post.
        words: as `words_under` gives them; empty when nobody chose one.
    """
    shown = [word for word in words if word["count"]]
    context = {"url": url, "words": words or no_words(), "shown": shown, "may_react": may_react}
    return render_to_string("groupspace/forum/_words.html", context)


def write_acts(rows: Iterable[Any]) -> None:
    """Put `menu` and `acts` in each of these rows of posts."""
    made: dict[tuple[bool, ...], dict[str, str]] = {}
    for row in rows:
        if row["stub"]:
            continue
        sort = (*(row[flag] for flag in FLAGS), bool(row["answer_url"]), bool(row["words"]), bool(row["release_url"]))
        if sort not in made:
            made[sort] = _made(row)
        for name, html in made[sort].items():
            for field, mark in MARKS.items():
                html = html.replace(mark, row[field])
            if row["words"]:
                html = html.replace(WORDS, words_html(row["url"], row["words"], may_react=row["may_react"]))
            row[name] = mark_safe(html)  # noqa: S308  rendered by a template, and filled with ids and numbers


def _made(row: Any) -> dict[str, str]:
    """What such a post offers, with marks where another one differs."""
    words = WORDS if row["words"] else ""
    if not words and row["may_react"]:
        words = words_html(MARKS["url"], [], may_react=True)
    marked = {field: mark for field, mark in MARKS.items() if row[field]}
    context = {"p": {**row, **marked}, "words": mark_safe(words)}  # noqa: S308  marks, and what a template rendered
    return {name: render_to_string(f"groupspace/forum/_{name}.html", context) for name in ("menu", "acts")}
