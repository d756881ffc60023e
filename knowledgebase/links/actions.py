"""Looks through all live pages and menus, tries addresses elsewhere bit by bit, and keeps the list of links to mend."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page

from .. import conf
from .checking import LinkChecker
from .finding import Link, links_in, links_of, values_of
from .models import LONGEST, BrokenLink, OutsideLink, Problem
from .probing import probe

#: What another site does wrong may be over in an hour: an editor hears of it when it happens twice.
SURE_AT_ONCE = frozenset({Problem.NOT_FOUND, Problem.REFUSED})
FAILED_AGAIN = dt.timedelta(hours=6)
PAUSE_FOR_SAME_SITE = 1.0  # second
LONGEST_RUN = 120  # seconds

#: The page, and the name of the settings when it stands around the pages of the site with this root.
Where = tuple[int, str]
Row = tuple[str, str, str]


def check_links(probe: Callable[[str], Problem | None] = probe, pause: float = PAUSE_FOR_SAME_SITE) -> int:
    """Check the links of all live pages, menus and footers; return how many lead nowhere.

    Links within the site are all checked. Of the addresses elsewhere, those are tried whose turn it is.
    """
    found: dict[Where, list[Link]] = {(page.pk, ""): links_of(page) for page in live_pages()}
    found.update(around_pages())
    checker = LinkChecker()
    outside = {link.target for links in found.values() for link in links if is_outside(checker, link)}
    remember(outside)
    try_outside(probe, pause)
    failing = {link.address: link.problem for link in OutsideLink.objects.exclude(problem="") if is_certain(link)}
    wanted = {where: dict.fromkeys(rows(checker, links, failing)) for where, links in found.items()}
    keep({where: list(broken) for where, broken in wanted.items()})
    return sum(map(len, wanted.values()))


def check_page(page: Page) -> None:
    """Look again at the links of one page, without the network: its editor has just mended them."""
    check_again((page.pk, ""), links_of(page) if page.live else [])


def check_settings(settings: BaseSiteSetting) -> None:
    """The same for a menu or a footer."""
    check_again(place_of(settings), links_in(values_of(settings)))


def check_again(where: Where, links: list[Link]) -> None:
    """Make the list of broken links true for one place; addresses elsewhere are as we found them last."""
    addresses = {link.target for link in links if link.kind == "address"}
    known = OutsideLink.objects.exclude(problem="").filter(address__in=addresses)
    failing = {link.address: link.problem for link in known if is_certain(link)}
    keep({where: list(dict.fromkeys(rows(LinkChecker(), links, failing)))}, only=where)


def live_pages() -> Iterator[Page]:
    """All live pages, each as its own type."""
    return Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=100)


def around_pages() -> Iterator[tuple[Where, list[Link]]]:
    """The links in the settings of each site, such as its menu and its footer."""
    for model in registry:
        if issubclass(model, BaseSiteSetting):
            for settings in model._default_manager.select_related("site"):
                yield place_of(settings), links_in(values_of(settings))


def place_of(settings: BaseSiteSetting) -> Where:
    """Where these settings are told of."""
    return settings.site.root_page_id, settings._meta.label_lower


def is_outside(checker: LinkChecker, link: Link) -> bool:
    """Whether this is an address on another site that we can try."""
    return link.kind == "address" and len(link.target) <= LONGEST and checker.is_elsewhere(link.target)


def rows(checker: LinkChecker, links: list[Link], failing: dict[str, str]) -> Iterator[Row]:
    """(address, label, problem) of the links that lead nowhere."""
    for broken in checker.check(links):
        yield broken.address[:LONGEST], broken.link.label[:255], broken.problem.value
    for link in links:
        if link.kind == "address" and link.target in failing:
            yield link.target, link.label[:255], failing[link.target]


def keep(wanted: dict[Where, list[Row]], only: Where | None = None) -> None:
    """Make the list what it should be. A link that was on it already keeps the day on which we saw it first."""
    with transaction.atomic():
        there = BrokenLink.objects.filter(page_id=only[0], settings=only[1]) if only else BrokenLink.objects.all()
        known = {(row.page_id, row.settings, row.address, row.label, row.problem): row.pk for row in there}
        now = {(*where, *row) for where, broken in wanted.items() for row in broken}
        BrokenLink.objects.filter(pk__in=[pk for key, pk in known.items() if key not in now]).delete()
        pages = set(Page.objects.filter(pk__in={page for page, _settings in wanted}).values_list("pk", flat=True))
        BrokenLink.objects.bulk_create(
            [
                BrokenLink(page_id=page, settings=settings, address=address, label=label, problem=problem)
                for page, settings, address, label, problem in sorted(now - known.keys())
                if page in pages
            ],
            ignore_conflicts=True,
        )


def remember(addresses: set[str]) -> None:
    """Keep which addresses elsewhere there are; forget those that no page links to any more."""
    known = dict(OutsideLink.objects.values_list("address", "pk"))
    OutsideLink.objects.filter(pk__in=[pk for address, pk in known.items() if address not in addresses]).delete()
    new = [OutsideLink(address=address) for address in sorted(addresses - known.keys())]
    OutsideLink.objects.bulk_create(new, ignore_conflicts=True)


def try_outside(probe: Callable[[str], Problem | None], pause: float) -> None:
    """Try the addresses whose turn it is: new ones, those that failed, then those that were tried longest ago."""
    until = time.monotonic() + LONGEST_RUN
    before = ""
    for link in due():
        if time.monotonic() > until:
            return
        site = urlsplit(link.address).netloc
        if site == before:
            time.sleep(pause)
        before = site
        problem = probe(link.address)
        link.checked_at = timezone.now()
        link.problem = problem.value if problem else ""
        link.failures = min(link.failures + 1, 1000) if problem else 0
        link.save(update_fields=["checked_at", "problem", "failures"])


def due() -> list[OutsideLink]:
    """The addresses whose turn it is, those of one site after each other."""
    now = timezone.now()
    again = now - dt.timedelta(days=conf.get("LINKS_AGAIN_DAYS"))
    new = OutsideLink.objects.filter(checked_at=None)
    failed = OutsideLink.objects.exclude(problem="").filter(checked_at__lt=now - FAILED_AGAIN)
    old = OutsideLink.objects.filter(problem="", checked_at__lt=again)
    most = conf.get("LINKS_PER_RUN")
    turn = [*new.order_by("pk")[:most], *failed.order_by("checked_at")[:most], *old.order_by("checked_at")[:most]]
    return sorted(turn[:most], key=lambda link: urlsplit(link.address).netloc)


def is_certain(link: OutsideLink) -> bool:
    """Whether an editor should hear of it."""
    return link.problem in SURE_AT_ONCE or link.failures > 1
