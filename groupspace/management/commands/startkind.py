"""Makes the folder of a new kind of content, which keeps the promises of the contract test from its first minute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.templates import TemplateCommand

import groupspace

TEMPLATE = Path(groupspace.__file__).parent / "kind_template"


class Command(TemplateCommand):
    help = "Makes a new kind of content: a folder with a Django app that members of a space can use at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help='Name of the folder, a plural: "notes".')
        parser.add_argument("directory", nargs="?", help='Where it goes, such as "groupspace/notes". Default: here.')
        parser.add_argument("--model", help='Name of the model. Default: the name of the folder without its "s".')

    def handle(self, *, name: str, directory: str | None, model: str | None, **options: Any) -> None:
        """Copy the template. Raises CommandError when the name is no identifier, is taken, or a file is in the way."""
        folder = Path(directory or name)
        if directory:
            self.app_or_project, self.a_or_an = "app", "an"
            self.validate_name(name)
            folder.mkdir(parents=True, exist_ok=True)
        model = model or "".join(part.title() for part in name.removesuffix("s").split("_"))
        item = "".join(f"_{c.lower()}" if c.isupper() else c for c in model).lstrip("_")
        package = _package_of(folder)
        super().handle(
            "app",
            name,
            directory,
            **{**options, "template": str(TEMPLATE), "extensions": ["py"], "files": []},
            model=model,
            item=item,
            package=package,
        )
        # Django renders only Python files: in a page, its tags are meant for later.
        for path in folder.rglob("*.html"):
            text = path.read_text().replace("app_name", name).replace("item_name", item)
            path.rename(path.with_name(path.name.replace("item_name", item))).write_text(text)
        self.stdout.write(
            f"{folder} is ready. Add {package!r} to INSTALLED_APPS and run: manage.py makemigrations groupspace_{name}"
        )


def _package_of(folder: Path) -> str:
    """The dotted path by which Python finds the folder, seen from the folder one works in."""
    absolute = folder.resolve()
    parts = absolute.relative_to(Path.cwd()).parts if absolute.is_relative_to(Path.cwd()) else (absolute.name,)
    return ".".join(parts)
