"""Where the list of groups is, for templates of the site."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Site

from groupspace.coming_in.admission import for_whom
from groupspace.listing.models import GroupIndexPage

register = template.Library()
register.simple_tag(for_whom)


@register.simple_tag(takes_context=True)
def group_index_url(context: dict[str, Any]) -> str:
    """Address of the first public list of groups on this site; nothing when staff made none."""
    site = Site.find_for_request(context["request"])
    pages = GroupIndexPage.objects.live().public()
    page = pages.descendant_of(site.root_page).first() if site else None
    return page.get_url(context["request"]) or "" if page else ""
