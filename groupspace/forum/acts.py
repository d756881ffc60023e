"""What a reader can do with each post, written out in HTML.

Most posts of a page offer the same, and differ by their address alone: what they offer is rendered once and filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from groupspace.forum.models import Reaction
from groupspace.forum.reactions import Word
from groupspace.templatetags.still import rendered_once

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
    own = [word["code"] for word in words if word["pressed"] == "true"]
    choices = rendered_once("post-choices", own, lambda: _choices(own)) if may_react else ""
    context = {"url": url, "words": words, "choices": mark_safe(choices.replace(MARKS["url"], url))}  # noqa: S308  ids
    return render_to_string("groupspace/forum/_words.html", context)


def _choices(own: Sequence[str]) -> str:
    context = {"url": MARKS["url"], "choices": Reaction.Word.choices, "own": own}
    return render_to_string("groupspace/forum/_choices.html", context)


def write_acts(rows: Iterable[Any]) -> None:
    """Put `menu` and `acts` in each of these rows of posts."""
    made: dict[tuple[bool, ...], tuple[str, str]] = {}
    for row in rows:
        if row["stub"]:
            continue
        offers = (*(row[flag] for flag in FLAGS), bool(row["answer_url"]), bool(row["words"]), bool(row["release_url"]))
        if offers not in made:
            menu, acts = (rendered_once(f"post-{name}", offers, partial(_made, name, row)) for name in ("menu", "acts"))
            made[offers] = menu, acts
        menu, acts = made[offers]
        acts = acts.replace(MARKS["answer_url"], row["answer_url"]).replace(MARKS["release_url"], row["release_url"])
        acts = acts.replace(MARKS["url"], row["url"])
        if row["words"]:
            acts = acts.replace(WORDS, words_html(row["url"], row["words"], may_react=row["may_react"]))
        row["acts"] = mark_safe(acts)  # noqa: S308  rendered by a template, and filled with ids and numbers
        menu = menu.replace(MARKS["url"], row["url"]).replace(MARKS["number"], row["number"])
        row["menu"] = mark_safe(menu)  # noqa: S308  likewise


def _made(name: str, row: Any) -> str:
    """What such a post offers, with marks where another one differs."""
    words = WORDS if row["words"] else ""
    if not words and row["may_react"]:
        words = words_html(MARKS["url"], [], may_react=True)
    marked = {field: mark for field, mark in MARKS.items() if row[field]}
    flags = {flag: row[flag] for flag in FLAGS}
    context = {"p": {**flags, **marked}, "words": mark_safe(words)}  # noqa: S308  marks, and what a template rendered
    return render_to_string(f"groupspace/forum/_{name}.html", context)
