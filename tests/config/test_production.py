"""The production settings refuse what is not safe, each with one sentence, and are clean otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3J9-x7Qm2Lw8Zr5Tb1Vn6Yc4Hd0Gs-fPaEuWiOoKjMqRtUvXz",
    "ALLOWED_HOSTS": "praat.example.org",
    "SITE_URL": "https://praat.example.org",
    "DATABASE_URL": "postgres://kring@127.0.0.1:1/kring",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def manage(*arguments, tmp_path, **changes):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, **GOOD, "KRING_VAR": str(tmp_path), **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing, too short"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://praat.example.org"}, "SITE_URL is not an https address"),
        ({"DATABASE_URL": None}, "The database is SQLite"),
        ({"EMAIL_URL": None}, "EMAIL_URL is missing"),
    ],
)
def test_production_refuses_with_one_sentence(tmp_path, changes, sentence):
    done = manage("check", tmp_path=tmp_path, **changes)

    assert done.returncode != 0
    assert sentence in done.stderr.strip().splitlines()[-1]


def test_sqlite_is_allowed_when_told_so(tmp_path):
    assert manage("check", tmp_path=tmp_path, DATABASE_URL=None, ALLOW_SQLITE="1").returncode == 0
