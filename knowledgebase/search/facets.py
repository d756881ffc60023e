"""What visitors can narrow their results by. A page type gets one by an `index.FilterField` in its `search_fields`.

Every filter that a page type adds to those of Wagtail is a facet when it has choices, is a yes or no, or leads to
another model, such as a theme. Its label is the name of the field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models
from wagtail.search import index

from ..kinds import kind_label

if TYPE_CHECKING:
    from .shelf import Shelf

KIND = "soort"
PLAIN_KIND = "pagina"
# In addresses, where the name of the field would be English. Others are called like their field.
PARAMETERS = {
    "age_band": "leeftijd",
    "audience": "voor",
    "group_wise": "samen",
    "outcome": "uitkomst",
    "provider_kind": "organisatie",
    "region": "regio",
    "theme": "thema",
    "theme.domain": "domein",
}
# No choice means here: fits everyone, everywhere. Such a page stays, whatever a visitor chooses.
FITS_ALL = frozenset({"leeftijd", "regio"})


@dataclass(frozen=True)
class Facet:
    """Something to choose by.

    Attributes:
        name: in the address.
        path: of the field, from the page.
        field: of the model; None for the kind of page.
    """

    name: str
    label: Any
    path: str = ""
    field: models.Field | None = None

    def values(self, page: Page) -> list[str] | None:
        """What this page has; None when pages of its type have no such field."""
        target: Any = page
        for step in self.path.split("."):
            if target is None:
                return []
            if not hasattr(target, step):
                return None
            target = getattr(target, step)
        found = target.all() if hasattr(target, "all") else [target]
        return [_as_value(one) for one in found if one not in (None, "")]

    def labels(self) -> dict[str, Any]:
        """What to show for each value, in the order in which to show them."""
        if self.field is None:
            return kinds()
        if self.field.is_relation:
            return {_as_value(row): str(row) for row in self.field.related_model._default_manager.all()}
        if isinstance(self.field, models.BooleanField):
            return {"ja": _("Ja"), "nee": _("Nee")}
        return {str(value): label for value, label in self.field.flatchoices if value != ""}


def _as_value(found: Any) -> str:
    if isinstance(found, bool):
        return "ja" if found else "nee"
    if isinstance(found, models.Model):
        return str(getattr(found, "slug", found.pk))
    return str(found)


@cache
def all_facets() -> tuple[Facet, ...]:
    """The kind of page, and what the page types of this site declare."""
    found = {KIND: Facet(KIND, _("Soort pagina"))}
    for model in get_page_models():
        for path, declared in _filters(model, model.search_fields):
            name = PARAMETERS.get(path, path.replace(".", "-"))
            if declared.is_relation or declared.flatchoices or isinstance(declared, models.BooleanField):
                found.setdefault(name, Facet(name, capfirst(declared.verbose_name), path, declared))
    return tuple(found.values())


def _filters(model: type[models.Model], declared: Iterable[Any], above: str = "") -> Iterator[tuple[str, models.Field]]:
    """(path, field) of the filters that a model adds to Wagtail's own."""
    wagtails = {one.field_name for one in Page.search_fields}
    for one in declared:
        path = above + one.field_name
        if isinstance(one, index.RelatedFields):
            related = one.get_field(model).related_model
            if related is not None:
                yield from _filters(related, one.fields, f"{path}.")
        elif isinstance(one, index.FilterField) and (above or one.field_name not in wagtails):
            yield path, one.get_field(model)


def kind_of(page: Page) -> str:
    """The kind of this page, as the address says it."""
    return page._meta.model_name if kind_label(type(page)) else PLAIN_KIND


@cache
def kinds() -> dict[str, Any]:
    """The kinds of pages there are, and what visitors call them."""
    named = {model._meta.model_name: label for model in get_page_models() if (label := kind_label(model))}
    return {**dict(sorted(named.items(), key=lambda pair: str(pair[1]))), PLAIN_KIND: _("Andere pagina")}


Profile = dict[str, list[str]]
Chosen = dict[str, list[str]]


class Option(NamedTuple):
    """One value of a facet, and how many results it leaves."""

    value: str
    label: Any
    count: int
    chosen: bool


class Group(NamedTuple):
    """A facet with what there is to choose now."""

    facet: Facet
    options: list[Option]


def chosen_in(asked: QueryDict, labels: dict[str, dict[str, Any]]) -> Chosen:
    """The choices in an address; what is no choice of ours is left out."""
    found = {facet: [value for value in known if value in asked.getlist(facet)] for facet, known in labels.items()}
    return {facet: values for facet, values in found.items() if values}


def narrow(pages: Iterable[int], shelf: Shelf, chosen: Chosen) -> tuple[list[int], list[Group]]:
    """The pages that fit all choices, and what there is to choose: each option with what it would leave.

    Within a facet one choice is enough. So the options of a facet are counted among pages that fit the other facets.
    """
    profile_of = {page: shelf.cards[page].profile for page in pages}
    fitting: set[int] = set()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    anywhere: Counter[str] = Counter()
    for number, times in Counter(profile_of.values()).items():
        profile = shelf.profiles[number]
        misses = [facet for facet, values in chosen.items() if not _fits(facet, profile.get(facet), values)]
        if not misses:
            fitting.add(number)
        for facet in (misses if misses else profile) if len(misses) < 2 else ():
            found = profile.get(facet)
            for value in found or ():
                counts[facet][value] += times
            if found == [] and facet in FITS_ALL:
                anywhere[facet] += times
    return (
        [page for page, number in profile_of.items() if number in fitting],
        [group for facet in all_facets() if (group := _group(facet, shelf, counts, anywhere, chosen))],
    )


def _group(
    facet: Facet, shelf: Shelf, counts: dict[str, Counter[str]], anywhere: Counter[str], chosen: Chosen
) -> Group | None:
    """What there is to choose by a facet; None when there is no choice."""
    picked, counted = chosen.get(facet.name, ()), counts[facet.name]
    options = [
        Option(value, label, counted[value] + anywhere[facet.name], value in picked)
        for value, label in shelf.labels[facet.name].items()
        if counted[value] or value in picked
    ]
    return Group(facet, options) if len(options) > 1 or picked else None


def _fits(facet: str, found: list[str] | None, values: list[str]) -> bool:
    if not found:
        return facet in FITS_ALL and found is not None
    return not set(values).isdisjoint(found)
