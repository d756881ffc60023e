"""Names a browser as its owner would, and no more precisely than that."""

from __future__ import annotations

from django.utils.translation import gettext as _

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def label_of(user_agent: str) -> str:
    """Return a label such as "Firefox op Android", in the language of the request."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("Een browser"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return _("%(browser)s op %(system)s") % {"browser": browser, "system": system} if system else browser
