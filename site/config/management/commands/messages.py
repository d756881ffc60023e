"""Collects the texts to translate and compiles the translations, or checks that both are up to date."""

from __future__ import annotations

import contextlib
import gettext
import io
import os
import re
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

# Dutch stands in the code. Each of these has one catalogue for all that lies below it.
PACKAGES = ["groupspace", "knowledgebase", "intervision", "site/config", "site/home", "site/theme", "site/users"]
LANGUAGES = ["en"]
VOLATILE = re.compile(r'^"(POT-Creation-Date|X-Generator|PO-Revision-Date):.*\n', re.MULTILINE)


class Command(BaseCommand):
    help = "Collects texts from code and templates into locale/*/LC_MESSAGES and compiles them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a catalogue is out of date")
        parser.add_argument("--complete", action="store_true", help="also fail when a text has no translation")

    def handle(self, *args: Any, check: bool, complete: bool, **options: Any) -> None:
        if not check:
            collect(settings.REPO_DIR)
            self.stdout.write("The catalogues are up to date. Look for empty and fuzzy entries.")
            return
        problems = list(differences(settings.REPO_DIR))
        if complete:
            problems += untranslated(settings.REPO_DIR)
        if problems:
            raise CommandError("\n".join([*problems, "Run `make messages` and commit the result."]))


def collect(root: Path) -> None:
    """Write and compile all catalogues below a folder."""
    for package in PACKAGES:
        if (root / package).is_dir():
            (root / package / "locale").mkdir(exist_ok=True)
    with contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()):
        call_command(
            "makemessages",
            locale=LANGUAGES,
            extensions=["html", "txt", "py"],
            ignore_patterns=["tests/*", "var/*", ".venv/*", "build/*", "manage.py", "*/elgg/*"],
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
        for path in sorted(root.glob("**/locale/*/LC_MESSAGES/django.po")):
            if ".venv" in path.parts:
                continue
            # Nothing in it that changes by itself.
            path.write_text(VOLATILE.sub("", path.read_text()))
        call_command("compilemessages", locale=LANGUAGES, ignore_patterns=[".venv", "var"], verbosity=0)


def catalogues(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of each catalogue below a folder."""
    for package in PACKAGES:
        for language in LANGUAGES:
            name = f"{package}/locale/{language}/LC_MESSAGES/django.po"
            yield name, root / name


def differences(root: Path) -> Iterator[str]:
    """Make the catalogues again in a copy and yield one sentence for each that differs."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for package in PACKAGES:
            if (root / package).is_dir():
                ignore = shutil.ignore_patterns("__pycache__", "*.pyc", "static")
                shutil.copytree(root / package, copy / package, ignore=ignore, dirs_exist_ok=True)
        collect(copy)
        for (name, fresh), (_, present) in zip(catalogues(copy), catalogues(root), strict=True):
            if texts(fresh) != texts(present):
                yield f"{name} is out of date."
            elif compiled(fresh) != compiled(present):
                yield f"{name.replace('.po', '.mo')} is out of date."


def texts(path: Path) -> list[str]:
    """Return what counts in a catalogue, without places and dates, in a fixed order."""
    if not path.exists():
        return []
    lines = VOLATILE.sub("", path.read_text()).splitlines()
    entries = "\n".join(line for line in lines if not line.startswith("#") or line.startswith("#,")).split("\n\n")
    return sorted(entry.strip() for entry in entries if entry.strip())


def compiled(path: Path) -> dict[Any, str]:
    """Return the translations in the compiled catalogue beside a .po file."""
    binary = path.with_suffix(".mo")
    if not binary.exists():
        return {}
    with binary.open("rb") as file:
        catalogue = dict(gettext.GNUTranslations(file)._catalog)
    catalogue.pop("", None)
    return catalogue


def untranslated(root: Path) -> list[str]:
    """Return one sentence for each catalogue in which a text has no translation."""
    found = []
    for name, path in catalogues(root):
        if path.exists():
            command = f"msgattrib --untranslated --no-obsolete {path}; msgattrib --only-fuzzy --no-obsolete {path}"
            with os.popen(command) as output:  # noqa: S605  our own file names
                count = len(re.findall(r"^msgid ", output.read(), re.MULTILINE))
            if count > 1:
                found.append(f"{name}: texts without a good translation.")
    return found
