"""The part of the CMS menu where staff find what visitors send in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

HOOK = "register_kb_visitors_menu_item"

from_visitors = Menu(register_hook_name=HOOK)


def from_visitors_item() -> SubmenuMenuItem:
    """The submenu; Wagtail hides it for who may use none of its items."""
    return SubmenuMenuItem(_("Van bezoekers"), from_visitors, name="from-visitors", icon_name="comment", order=250)
