"""What this site changes in the CMS: fewer choices that staff should not meet, and a way to take a page offline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import VERSION, hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from . import admin_views, bulk, dashboard, examples, moving


@hooks.register("register_admin_viewset")
def page_views() -> list[Any]:
    """Wagtail's own page editor, which also says why someone may not approve."""
    if VERSION < (8,):  # no site runs on it, but `make migrations` loads this one
        return []
    from .editor_views import SitePageViewSet

    return [SitePageViewSet()]


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    """The addresses behind the buttons and the menu item below."""
    return [
        path("pages/<int:page_id>/offline/", admin_views.take_offline, name="home_take_offline"),
        path("pages/<int:page_id>/verplaatsen/", moving.move, name="home_move"),
        path("handleiding/", admin_views.manual, name="home_manual"),
    ]


@hooks.register("insert_global_admin_css")
def own_look() -> SafeString:
    """Name, mark and colour of the site in the place of Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("home/brand.css"))


@hooks.register("register_page_header_buttons")
def offline_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """For who may not publish: taking a page offline is allowed alone, because it cannot harm a reader."""
    if admin_views.may_take_offline(user, page) and not page.permissions_for_user(user).can_unpublish():
        yield Button(
            _("Haal van de site"), reverse("home_take_offline", args=[page.pk]), icon_name="download", priority=60
        )


@hooks.register("register_page_header_buttons")
def move_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Wagtail lets only who may publish move a page that is on the site."""
    if moving.may_move(user, page) and not page.permissions_for_user(user).can_move():
        yield Button(_("Verplaats"), reverse("home_move", args=[page.pk]), icon_name="arrow-right-full", priority=55)


# After those of Wagtail, in whose places they come.
hooks.register("register_bulk_action", bulk.SendInBulkAction, order=1)
hooks.register("register_bulk_action", bulk.TakeOfflineBulkAction, order=1)


@hooks.register("before_create_page")
def offer_example(request: HttpRequest, parent: Page, model: type[Page]) -> None:
    """Nobody has to begin with an empty form."""
    if request.method == "GET" and examples.ASKED not in request.GET and examples.has_example(model):
        address = f"{request.path}?{examples.ASKED}=1"
        messages.info(
            request,
            _("Begin je liever met een voorbeeld? Dan vullen we de velden alvast in."),
            buttons=[messages.button(address, _("Vul het voorbeeld in"))],
        )


@hooks.register("insert_editor_js")
def saving_script() -> SafeString:
    """Pressing a button does not cross the saving that the CMS does by itself."""
    return format_html('<script type="module" src="{}"></script>', static("home/saving.js"))


@hooks.register("construct_main_menu")
def own_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help points at English pages of others; the staff manual is our own."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
    menu_items.append(MenuItem(_("Handleiding"), reverse("home_manual"), name="manual", icon_name="help", order=900))


@hooks.register("construct_homepage_panels")
def first_screen(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this member of staff, and what needs care."""
    dashboard.arrange(request, panels)
