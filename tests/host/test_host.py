"""A bare Wagtail site, as `wagtail start` makes it, becomes a home for groups by the steps in the README.

It installs the wheel and never sees the source tree.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.host.environments import ROOT, Unreachable, environment, pip

pytestmark = pytest.mark.host

HERE = Path(__file__).parent
PROJECT = HERE / "project"
PACKAGES = ("groupspace", "knowledgebase", "intervision")
SKIP = "the package registry cannot be reached, so the host project has no environment"


def source_files() -> set[str]:
    """What belongs in the wheel: every file of the three packages that is not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PACKAGES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).exists()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: an older build in the work tree must not slip in."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in {*source_files(), "pyproject.toml", "README.md", "LICENSE"}:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    try:
        pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", str(out), str(source))
    except Unreachable:
        pytest.skip(SKIP)
    (found,) = out.glob("*.whl")
    return found


def test_wheel_holds_the_three_packages_whole_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert names == source_files()
    for part in ("/templates/", "/static/", "/migrations/0001_initial.py", "/kind_template/", "groupspace/py.typed"):
        assert any(part in name or name.endswith(part) for name in names), part
    catalogues = {name for name in names if name.endswith(".po")}
    assert {name.removesuffix("po") + "mo" for name in catalogues} <= names, "a translation is not compiled"


def test_wheel_knows_nothing_of_the_site(wheel):
    archive = zipfile.ZipFile(wheel)
    code = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".py", ".py-tpl"))}
    site = re.compile(r"^\s*(?:from|import) (?:config|home|theme|users|tests)\b", re.MULTILINE)
    generated = "/kind_template/tests/"  # `startkind` writes these into the host's own tests

    assert [name for name, text in code.items() if site.search(text) and generated not in name] == []


@pytest.mark.long
@pytest.mark.parametrize("wagtail", ["7.4", "8.0"])
def test_bare_site_gets_groups(wheel, wagtail, tmp_path):
    try:
        python = environment(wagtail, wheel)
    except Unreachable:
        pytest.skip(SKIP)
    project = tmp_path / "mysite"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite3*"))
    shutil.copy(HERE / "join_and_post.py", project)

    def run(*command: str) -> str:
        environ = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        done = subprocess.run([python, *command], cwd=project, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    assert run("-c", "import wagtail; print(wagtail.__version__)").startswith(wagtail)
    assert "site-packages" in run("-c", "import groupspace; print(groupspace.__file__)")
    run("manage.py", "migrate", "-v0")
    assert "no issues" in run("manage.py", "check", "--fail-level", "WARNING")
    assert "No changes" in run("manage.py", "makemigrations", "--check", "--dry-run")
    assert "joined and posted" in run("join_and_post.py")
