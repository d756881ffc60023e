"""Everything the site runs on is open source, and the list of licences is true."""

from __future__ import annotations

from django.conf import settings

from config.management.commands.licences import HEADER, OPEN_SOURCE, licences


def test_every_package_is_open_source():
    assert [row for row in licences() if not OPEN_SOURCE.search(row[2])] == []


def test_the_list_of_licences_is_up_to_date():
    expected = HEADER + "".join(f"| {' | '.join(row)} |\n" for row in licences())

    assert (settings.REPO_DIR / "docs" / "licences.md").read_text() == expected, "Run `make licences`."
