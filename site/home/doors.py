"""Where a reader goes on about a theme on this site: groups about it, and help."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Site

from groupspace.listing.models import GroupIndexPage
from knowledgebase.doors import Door
from knowledgebase.models import Theme
from knowledgebase.public_cache import remember


def doors(request: HttpRequest, theme: Theme) -> list[Door]:
    """The list of groups with this theme filled in, when staff made that page."""
    site = Site.find_for_request(request)
    url = remember(f"list of groups:{site.pk}", lambda: _list_of_groups(site)) if site else None
    if not url:
        return []
    return [
        Door(
            label=_("Praat mee over %(theme)s") % {"theme": theme.name.lower()},
            text=_("Bekijk de groepen over dit thema."),
            url=f"{url}?{urlencode({'thema': theme.name})}",
        )
    ]


def _list_of_groups(site: Site) -> str | None:
    page = GroupIndexPage.objects.live().public().descendant_of(site.root_page).first()
    return page.get_url(current_site=site) if page else None
