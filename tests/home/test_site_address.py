"""The address that pages, feeds and calendars tell is the one that people type."""

from __future__ import annotations

import pytest
from django.test import override_settings
from wagtail.models import Site

from home.setup import name_default_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://praat.example.org", "https://praat.example.org"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_default_site_gets_the_address_in_the_settings(given: str, told: str) -> None:
    with override_settings(SITE_URL=given):
        name_default_site()

    assert Site.objects.get(is_default_site=True).root_url == told


@override_settings(SITE_URL="https://praat.example.org")
def test_name_that_staff_gave_stays() -> None:
    Site.objects.filter(is_default_site=True).update(hostname="kring.example.org", port=443)

    name_default_site()

    assert Site.objects.get(is_default_site=True).root_url == "https://kring.example.org"
