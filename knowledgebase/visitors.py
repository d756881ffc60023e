"""What strangers type on the public site: odd characters, long texts, and a great many of them at once."""

from __future__ import annotations

import logging
import time
import unicodedata
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import conf

logger = logging.getLogger(__name__)

#: Signs that turn the direction of the text after them, so that it reads as something else than it is.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(text: str) -> str:
    """The text as people see it: one kind of line end, and no signs that are invisible or that a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in text
        if sign == "\n" or (sign not in TURNING and unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    ).strip()


class TypedField(forms.CharField):
    """Plain text of a visitor. A text that is too long is refused with all of it kept.

    The browser is not told the limit: it would cut off, without a word, what somebody pastes.

    Args:
        rows: the height of the text box; None for one line.
    """

    def __init__(self, *, rows: int | None = None, **kwargs: Any) -> None:
        self.rows = rows
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = tidy(super().to_python(value) or "")
        if not self.rows:
            text = " ".join(text.split())
        return text if any(sign.isprintable() and not sign.isspace() for sign in text) else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def keep_pace(what: str) -> None:
    """Count one more form of this kind, from anyone: no address is looked at or kept.

    It stops a script from filling the list of staff. A cache that is away only lets more through.

    Raises ValidationError, with what to do, when more come in than people send.
    """
    for seconds, most in conf.get("VISITORS_PACE"):
        key = f"knowledgebase:pace:{what}:{seconds}:{time.time() // seconds:.0f}"
        try:
            cache.add(key, 0, seconds)
            count = cache.incr(key)
        except Exception:
            logger.exception("The shared cache does not answer: the pace of visitors is not counted.")
            return
        if count > most:
            raise ValidationError(
                _("Er komen nu heel veel berichten binnen. Wacht een kwartier en verstuur het dan nog eens."),
                code="pace",
            )
