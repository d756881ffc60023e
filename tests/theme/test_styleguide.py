"""The style guide in a real browser: no fault of accessibility, nothing that does not fit."""

from __future__ import annotations

import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_styleguide_is_closed_unless_asked_for(client, settings):
    settings.STYLE_GUIDE = False

    assert client.get(reverse("theme:styleguide")).status_code == 404


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_may_be_emptied")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_styleguide_has_no_axe_violation_and_fits(page, settings, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    settings.STYLE_GUIDE = True
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(reverse("theme:styleguide"))

    found = Axe().run(page).response["violations"]

    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
