"""Every answer tells the browser what the page may do."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from groupspace.headers import CMS, PAGES, PREVIEW
from tests.cast import Cast
from tests.logged_in import logged_in


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/", "/account/login/", "/groep/", "/bestaat-niet/", "/healthz", "/static/groupspace/css/groupspace.css"]
)
def test_every_answer_has_the_strict_policy(url: str) -> None:
    response = Client().get(url)

    assert response["Content-Security-Policy"] == PAGES
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    response.close()


@pytest.mark.django_db
def test_search_engines_are_told_to_leave_every_page_of_groups(cast: Cast) -> None:
    space = reverse("groupspace:space", args=[cast.space.pk])
    member = logged_in(cast.ben)
    pages = [(Client(), reverse("groupspace:mine")), (Client(), reverse("groupspace:forums")), (Client(), space)]
    pages += [(member, url) for url in (space, f"{space}gesprekken/", f"{space}leden/", f"{space}uitnodigingen/")]

    for browser, url in pages[:-1]:
        assert browser.get(url)["X-Robots-Tag"] == "noindex, nofollow", url
    assert member.get(f"{space}uitnodigingen/").status_code == 403
    assert "X-Robots-Tag" not in Client().get("/")


def test_the_policy_allows_nothing_unsafe_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in PAGES
    assert not re.search(r"https?:|\*", PAGES)
    for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in PAGES


def test_the_admin_has_its_own_policy(cast: Cast) -> None:
    response = logged_in(cast.operator, verified=True).get("/cms/")

    assert (response.status_code, response["Content-Security-Policy"]) == (200, CMS)


def test_a_preview_may_stand_in_a_frame_of_the_admin_and_nowhere_else(cast: Cast) -> None:
    page = Page.objects.filter(depth=2).get().specific
    browser = logged_in(cast.operator, verified=True)

    preview = browser.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert (preview.status_code, preview["Content-Security-Policy"]) == (200, PREVIEW)
    assert PREVIEW.count("'self'") == PAGES.count("'self'") + 1
    assert "frame-ancestors 'self'" in PREVIEW
    assert Client().get(page.url)["Content-Security-Policy"] == PAGES
