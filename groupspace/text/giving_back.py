"""What somebody typed, shown to them again when the place for which they typed it is gone or closed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from . import ticket
from .sanitiser import strip_control, to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

#: Of a form whose ticket does not say where the words stand: everything but these.
_NOT_TYPED = {"csrfmiddlewaretoken", ticket.FIELD, "gs-version"}


def is_own_form(request: HttpRequest) -> bool:
    """Whether somebody sends a form that was made for them."""
    sent = ticket.read(request.POST) if request.method == "POST" else None
    return sent is not None and sent.belongs_to(request.user)


def typed_words(request: HttpRequest) -> str:
    """The words in a form that was made for whoever sends it; empty when it is another's form, or holds none."""
    sent = ticket.read(request.POST) if is_own_form(request) else None
    if sent is None:
        return ""
    words = request.POST if sent.words is None else sent.words
    names = [name for name in words if name not in _NOT_TYPED and not name.startswith(ticket.UNKEPT)]
    texts = [_text(request.POST, name) for name in names if not name.endswith("-format")]
    return "\n\n".join(text for text in texts if text)


def give_back(
    request: HttpRequest,
    words: str,
    *,
    status: int,
    files: Sequence[str] = (),
    reason: str = "",
    way_back: object = (),
) -> HttpResponse:
    """A page with nothing on it but these words and why they were not taken.

    files: names of the files that came with them, and cannot be given back.
    reason: as the policy gave it; empty where the answer must tell no more than that there is nothing.
    """
    context = {"words": words, "files": files, "reason": reason, "breadcrumbs": way_back}
    return render(request, "groupspace/text/given_back.html", context, status=status)


def _text(data: QueryDict, name: str) -> str:
    text = data.get(name, "")
    return (to_plain(text) if data.get(f"{name}-format") == "html" else strip_control(text)).strip()
