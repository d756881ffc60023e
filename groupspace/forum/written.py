"""Posts written out in HTML.

Most posts of a page have the same parts, and differ in their words and addresses alone: what they have in common is
rendered once for each set of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from groupspace.forum.models import Reaction
from groupspace.shapes import Shape, gap
from groupspace.templatetags.still import rendered_once

if TYPE_CHECKING:
    from groupspace.forum.reactions import Word
    from groupspace.forum.rows import Row

#: What differs from post to post. Whether it is there at all is part of the shape.
GAPS = (
    "anchor", "stub", "number", "url", "at", "body", "answer_url", "release_url", "fold", "mood", "sign", "name",
    "hue", "initial", "role", "more", "quote_name", "quote_url", "quote_text", "files_html", "words_html",
)  # fmt: skip
#: What a post offers, and what is said of it.
FLAGS = ("edited", "may_edit", "may_delete", "may_warn", "may_undo", "may_react", "first_unread", "held")


def words_html(url: str, words: Sequence[Word], *, may_react: bool) -> SafeString:
    """The words under one post, with who chose them, and the buttons for who may choose.

    Args:
        url: address of the post.
        words: as `words_under` gives them; empty when nobody chose one.
    """
    own = [word["code"] for word in words if word["pressed"] == "true"]
    choices = rendered_once("post-choices", own, partial(_choices, own)).fill({"url": url}) if may_react else ""
    return render_to_string("groupspace/forum/_words.html", {"url": url, "words": words, "choices": choices})


def _choices(own: Sequence[str]) -> Shape:
    context = {"url": gap("url"), "choices": Reaction.Word.choices, "own": own}
    return Shape(render_to_string("groupspace/forum/_choices.html", context))


def write_out(rows: Iterable[Row]) -> None:
    """Put `html` in each of these rows of posts."""
    for row in rows:
        if row.get("words"):
            row["words_html"] = words_html(row["url"], row["words"], may_react=row["may_react"])
        if row.get("files"):
            row["files_html"] = render_to_string("groupspace/forum/_attachments.html", {"files": row["files"]})
        parts = tuple([bool(row.get(name)) for name in (*GAPS, *FLAGS)])
        row["html"] = rendered_once("post", [parts], partial(_shape, row)).fill(row)


def _shape(row: Row) -> Shape:
    """What a post with the parts of this one looks like."""
    post: dict[str, Any] = {name: gap(name) for name in GAPS if row.get(name)}
    post |= {flag: row.get(flag) for flag in FLAGS}
    if row.get("may_react") and "words_html" not in post:
        post["words_html"] = words_html(gap("url"), [], may_react=True)
    return Shape(render_to_string("groupspace/forum/_post.html", {"p": post}))
