"""What must be true of the files themselves."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPS = ("groupspace", "knowledgebase", "intervision", "site")


def migrations() -> list[Path]:
    return [path for app in APPS for path in (ROOT / app).glob("**/migrations/*.py")]


def test_site_is_no_package():
    assert not (ROOT / "site" / "__init__.py").exists(), "site/__init__.py would shadow Python's own module `site`."


def test_migrations_work_on_the_oldest_wagtail():
    named = [str(path.relative_to(ROOT)) for path in migrations() if "WAGTAIL_PAGE_MODEL" in path.read_text()]

    assert named == [], "Made with Wagtail 8: Wagtail 7.4 has no such setting. Use `make migrations`."


def test_migrations_of_the_apps_know_no_app_of_the_site():
    named = [
        str(path.relative_to(ROOT))
        for path in migrations()
        if "site" not in path.relative_to(ROOT).parts
        and re.search(r"""['"](config|home|theme|users)(\.\w|['"], ['"]\d{4}_)""", path.read_text())
    ]

    assert named == [], "Django names the user model of this site beside a primary key to it: delete that dependency."


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_no_place_and_have_hashes(name):
    text = (ROOT / name).read_text()

    assert not re.search(r"https?:|--index|--find-links|file:", text)
    assert all("\\" in line for line in text.splitlines() if "==" in line), "a pin without a hash"


def test_every_page_template_has_our_line_endings():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = [ROOT / name for name in tracked.split("\0") if name.endswith((".html", ".py", ".css", ".js", ".md"))]
    wrong = [str(path.relative_to(ROOT)) for path in texts if path.exists() and b"\r\n" in path.read_bytes()]

    assert wrong == []
