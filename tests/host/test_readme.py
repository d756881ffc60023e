"""The steps in the README and the host project that follows them are the same, so neither can drift."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tests.host.environments import ROOT

PROJECT = Path(__file__).parent / "project" / "mysite"
FILES = [
    "settings/base.py",
    "urls.py",
    "templates/groupspace/layouts/base.html",
    "templates/knowledgebase/layouts/base.html",
    "templates/base.html",
]


def blocks() -> list[str]:
    readme = (ROOT / "README.md").read_text()
    steps = readme.partition("## Add it to your own Wagtail site")[2].partition("\n## ")[0]
    return [textwrap.dedent(block) for block in re.findall(r"```(?:python|django)\n(.*?)```", steps, re.DOTALL)]


@pytest.mark.parametrize(("number", "name"), list(enumerate(FILES)))
def test_readme_shows_what_the_host_project_holds(number, name):
    text = re.sub(r"[ \t]+", " ", (PROJECT / name).read_text())
    block = re.sub(r"[ \t]+", " ", blocks()[number])

    if name == "templates/base.html":  # of this one the README shows the lines that are added
        position = [text.index(line.strip()) for line in block.splitlines()]
        assert position == sorted(position)
    else:
        assert block in text


def test_readme_shows_nothing_else():
    assert len(blocks()) == len(FILES)


def test_readme_shows_all_that_was_added():
    for number, name in ((0, "settings/base.py"), (1, "urls.py")):
        added = (PROJECT / name).read_text().partition("# Kring\n")[2]
        assert blocks()[number] == f"# Kring\n{added}"


def test_links_of_the_readme_lead_somewhere():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text())

    assert "docs/images/home.png" in links
    assert [link for link in links if not (ROOT / link).exists()] == []
