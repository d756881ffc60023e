"""The parts of the CMS menu to which the smaller apps add: what visitors send in, and the lists pages choose from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

HOOK = "register_kb_visitors_menu_item"
LISTS_HOOK = "register_kb_lists_menu_item"

from_visitors = Menu(register_hook_name=HOOK)


def from_visitors_item() -> SubmenuMenuItem:
    """The submenu; Wagtail hides it for who may use none of its items."""
    return SubmenuMenuItem(_("Van bezoekers"), from_visitors, name="from-visitors", icon_name="comment", order=250)
