"""What a browser sends along with a form that several people fill in: the mark of what stood on its page."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.test import Client


def stood(browser: Client, address: str) -> dict[str, str]:
    """The mark on this page; nothing for who gets no form there."""
    mark = BeautifulSoup(browser.get(address).content, "html.parser").select_one("[name=stood]")
    return {"stood": str(mark["value"])} if mark else {}
