"""What must exist before anyone can use the site: a home page, and the staff groups. Runs after each migrate."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import HomePage, SiteIdentity, SiteNavigation
from .staff import ensure_staff_groups


def after_migrate(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    """Make what is missing, if all tables are there: a partial or backward migration is left alone."""
    from django.apps import apps

    needed = {model._meta.db_table for model in apps.get_models() if model._meta.managed and not model._meta.swapped}
    if using != DEFAULT_DB_ALIAS or not needed.issubset(connections[using].introspection.table_names()):
        return
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)  # those of later apps would come too late for the groups
    if Page.objects.filter(depth=1).exists():
        ensure_home()
        name_default_site()
        for site in Site.objects.all():  # so that no visitor's request has to write them
            SiteIdentity.for_site(site)
            SiteNavigation.for_site(site)
        ensure_staff_groups()


def name_default_site() -> None:
    """Give the default site the address in SITE_URL, unless staff named it already.

    Pages, feeds and calendars tell this address; with the one that Wagtail begins with they would lead nowhere.
    """
    where = urlsplit(settings.SITE_URL)
    for site in Site.objects.filter(is_default_site=True, hostname="localhost", port=80):
        site.hostname = where.hostname or site.hostname
        site.port = where.port or (443 if where.scheme == "https" else 80)
        site.save()


def ensure_home() -> HomePage:
    """The home page of the default site; made in the place of Wagtail's welcome page when there is none yet."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        with translation.override("nl"):
            home = root.add_child(
                instance=HomePage(
                    title=_("Je staat er niet alleen voor"),
                    slug="start",
                    intro=_("Lees wat kan helpen, praat met mensen die het herkennen, of vind hulp die bij je past."),
                )
            )
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return home
    welcome, site.root_page = site.root_page, home
    site.save()
    if welcome.specific_class is Page and not welcome.get_children().exists() and welcome.depth > 1:
        welcome.delete()
    return home
