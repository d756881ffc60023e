"""The pages and lists of the demo, from `fixtures/demo`: `snippets/*.json`, `pages/*.json` and `site.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from groupspace.models import FirstHelp

from .content.filler import Filler
from .content.markdown import blocks_of, title_of
from .models import HomePage, SiteNavigation
from .setup import ensure_home

DEMO = Path("fixtures") / "demo"
#: What an entry says about itself; the rest are fields.
ABOUT = {"parent", "type", "slug", "live", "text_from"}

#: Where each reader of the first explanation reads on.
MANUALS = {"facilitator_url": "handleiding-begeleider", "coordinator_url": "handleiding-coordinator"}


def read(folder: str) -> list[dict[str, Any]]:
    """All entries of one kind, in the order of the names of their files."""
    files = sorted((settings.REPO_DIR / DEMO / folder).glob("*.json"))
    return [entry for file in files for entry in json.loads(file.read_text(encoding="utf-8"))]


def read_site() -> dict[str, Any]:
    """What stands on the front page, in the menu and in the footer."""
    return json.loads((settings.REPO_DIR / DEMO / "site.json").read_text(encoding="utf-8"))


@transaction.atomic
def load_public() -> list[Page]:
    """Make the lists and pages that are not there yet, and the menu and footer if they are empty.

    Returns the pages that were made. Raises LookupError when an entry points at what does not exist.
    """
    home = ensure_home()
    pages: dict[str, Page] = {page.slug: page for page in home.get_descendants().specific()} | {"home": home}
    filler = Filler(pages)
    load_snippets(filler)
    fresh = []
    for entry in read("pages"):
        if entry["slug"] not in pages:
            page = apps.get_model(entry["type"])(slug=entry["slug"], live=False)
            filler.fill(page, fields(entry), text_too=False)
            pages[entry["slug"]] = pages[entry["parent"]].add_child(instance=page)
            fresh.append(entry)
    # Only now that every page has an address can they point at each other.
    for entry in fresh:
        page = pages[entry["slug"]]
        filler.fill(page, fields(entry))
        save(page, live=entry.get("live", True))
    load_front(home, filler)
    load_first_help(pages)
    return [pages[entry["slug"]] for entry in fresh]


def fields(entry: dict[str, Any]) -> dict[str, Any]:
    """The fields of a page; `text_from` names a manual of ours that is its text."""
    found = {name: value for name, value in entry.items() if name not in ABOUT}
    if manual := entry.get("text_from"):
        text = (settings.REPO_DIR / manual).read_text(encoding="utf-8")
        found |= {"title": title_of(text), "body": blocks_of(text)}
    return found


def save(page: Page, *, live: bool = True) -> None:
    """Save a page as a revision and publish it, as an editor would."""
    page.draft_title = page.title
    revision = page.save_revision()
    if live:
        revision.publish()


def load_snippets(filler: Filler) -> None:
    """Make the rows of the lists that are not there yet."""
    for entry in read("snippets"):
        model = apps.get_model(entry["type"])
        if not of_entry(model, entry).exists():
            row = model()
            filler.fill(row, {name: value for name, value in entry.items() if name != "type"})
            row.save()


def of_entry(model: type[models.Model], entry: dict[str, Any]) -> models.QuerySet:
    """The row of a list that an entry speaks of, if it is there."""
    key = next(name for name in ("slug", "name", "provider") if name in entry)
    return model._default_manager.filter(**{key: entry[key]})


def load_front(home: HomePage, filler: Filler) -> None:
    """Fill the front page, the menu and the footer, unless staff did so already."""
    site = read_site()
    if not home.doors:
        filler.fill(home, site["home"])
        save(home)
    navigation = SiteNavigation.for_site(Site.objects.get(is_default_site=True))
    empty = [name for name in ("menu", "buttons", "footer") if not getattr(navigation, name)]
    filler.fill(navigation, {name: site[name] for name in empty})
    navigation.save()


def load_first_help(pages: dict[str, Page]) -> None:
    """Let the first explanation lead to the manuals, unless staff wrote one already."""
    if not FirstHelp.objects.exists():
        FirstHelp.objects.create(**{field: pages[slug].url for field, slug in MANUALS.items()})


@transaction.atomic
def purge_public() -> None:
    """Take away the demo's pages, lists and files, and what it wrote on the front page and in menu and footer.

    A page of the demo under which somebody put a page of their own stays, and so does a row that is in use.
    """
    home = ensure_home()
    entries = read("pages")
    slugs = {entry["slug"] for entry in entries}
    for page in home.get_descendants().filter(slug__in=slugs).order_by("-depth"):
        if not page.get_children().exists():
            page.specific.delete()
    home = HomePage.objects.get(pk=home.pk)
    home.doors, home.trust = [], []
    save(home)
    SiteNavigation.objects.filter(site__root_page=home).delete()
    FirstHelp.objects.filter(**{f"{field}__endswith": f"/{slug}/" for field, slug in MANUALS.items()}).delete()
    for entry in reversed(read("snippets")):
        for row in of_entry(apps.get_model(entry["type"]), entry):
            delete_unused(row)
    words = {tag for entry in entries for tag in entry.get("tags", ())}
    Tag.objects.filter(name__in=words, knowledgebase_publicpagetag_items=None, taggit_taggeditem_items=None).delete()
    for model in (get_image_model(), get_document_model()):
        model.objects.filter(title__startswith="Voorbeeld: ").delete()


def delete_unused(row: models.Model) -> None:
    """Delete a row, unless something that is not of the demo still needs it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return
