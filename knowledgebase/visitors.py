"""What strangers type on the public site: odd characters, long texts, and a great many of them at once."""

from __future__ import annotations

import logging
import secrets
import unicodedata
from ipaddress import ip_address, ip_network
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
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


def keep_pace(what: str, sender: str) -> None:
    """Count one more form of this kind: from this sender, and from everybody together.

    The first limit is what one person, family or class room sends, so that nobody can close a form for others. The
    second only stops a flood from many places at once. A cache that is away only lets more through.

    Args:
        sender: see `sender_of`; or what names an account. Empty: only the second limit counts.

    Raises ValidationError, with what to do, when more come in than people send.
    """
    try:
        own = conf.get("VISITOR_PACE") if sender else ()
        # The own limit first: what it refuses does not count for the others.
        too_many = any(count(what, sender, seconds) > most for seconds, most in own) or any(
            count(what, "", seconds) > most for seconds, most in conf.get("VISITORS_PACE")
        )
    except Exception:
        logger.exception("The shared cache does not answer: the pace of visitors is not counted.")
        return
    if too_many:
        raise ValidationError(
            _("Er komen nu heel veel berichten binnen. Wacht een kwartier en verstuur het dan nog eens."),
            code="pace",
        )


def count(what: str, sender: str, seconds: int) -> int:
    """Count one more form of this kind in this stretch of time; returns how many there are now.

    In the cache stands a hash with a key that lives as long as the stretch: after it nobody can tell who it was, not
    even with the secrets of the site.
    """
    secret = cache.get_or_set(f"knowledgebase:pace:{seconds}", lambda: secrets.token_hex(16), seconds)
    key = salted_hmac("knowledgebase.visitors.pace", f"{secret}:{what}:{sender}", algorithm="sha256").hexdigest()
    cache.add(key, 0, seconds)
    return cache.incr(key)


def sender_of(request: HttpRequest) -> str:
    """What tells visitors apart for a short while: the network a request comes from. Never store or log it.

    Empty when it tells nothing, as behind a proxy that the settings do not name: then everybody would be one.
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    if not address.is_global:
        return ""
    # Who has an address of version 6 has a network full of them, and often many networks.
    return str(address if address.version == 4 else ip_network((address, 48), strict=False))
