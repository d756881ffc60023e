"""Whether links within this site lead somewhere. No network is needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from .finding import Link, links_in, links_of
from .models import Problem

HARMLESS = re.compile(r"(mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9-]+|#[^\s]*)", re.IGNORECASE).fullmatch
WEB = ("http", "https")
PAGE_VIEW = "wagtail_serve"
FILE_VIEW = "wagtaildocs_serve"


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere, and why."""

    link: Link
    problem: Problem
    address: str

    @property
    def message(self) -> str:
        """What to tell an editor: what is wrong, and what to do."""
        name = self.link.label or self.address
        if not name:
            return _("Er staat een link zonder bestemming. %(advice)s") % {"advice": self.problem.advice}
        return _("De link “%(name)s” werkt niet: %(problem)s %(advice)s") % {
            "name": name,
            "problem": self.problem.sentence,
            "advice": self.problem.advice,
        }


def broken_links(page: models.Model) -> list[Broken]:
    """The links on this page to pages, files and addresses of this site that lead nowhere."""
    return LinkChecker().check(links_of(page))


def broken_links_in(values: dict[str, Any]) -> list[Broken]:
    """The same for values that are not saved yet, such as those of a form."""
    return LinkChecker().check(links_in(values))


class LinkChecker:
    """Checks links within this site, and remembers what it found for the next page."""

    def __init__(self) -> None:
        self._pages: dict[str, Problem | None] = {}
        self._documents: set[str] | None = None
        self._paths: dict[str, Problem | None] = {}

    def check(self, links: Iterable[Link]) -> list[Broken]:
        """Those of these links that lead nowhere. Links to other sites are not looked at."""
        links = list(links)
        self._load_pages({link.target for link in links if link.kind == "page"})
        found = []
        for link in links:
            if problem := self.problem_of(link):
                found.append(Broken(link, problem, link.target if link.kind == "address" else ""))
        return found

    def problem_of(self, link: Link) -> Problem | None:
        """What is wrong with this link; None when it works, or is not ours to judge."""
        if link.kind == "page":
            return self._pages.get(link.target, Problem.PAGE_GONE)
        if link.kind == "document":
            return None if link.target in self._known_documents else Problem.FILE_GONE
        if HARMLESS(link.target) or self.is_elsewhere(link.target):
            return None
        path = self.own_path(link.target)
        return Problem.NO_ADDRESS if path is None else self._problem_of_path(path)

    def is_elsewhere(self, address: str) -> bool:
        """Whether this is an address on another site."""
        parts = split(address)
        is_web = bool(parts and parts.scheme in WEB and parts.hostname)
        return is_web and parts.hostname not in self._own_names

    def own_path(self, address: str) -> str | None:
        """The path of an address on this site; None for what is no address at all."""
        parts = split(address)
        if parts is None or parts.scheme not in (*WEB, ""):
            return None
        is_path = not parts.netloc and address.startswith("/")
        return unquote(parts.path or "/") if is_path or (parts.netloc and parts.scheme) else None

    def _load_pages(self, keys: set[str]) -> None:
        wanted = {key for key in keys - self._pages.keys() if key.isdigit()}
        if wanted:
            live = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "live"))
            for key in wanted:
                state = live.get(int(key))
                self._pages[key] = None if state else Problem.PAGE_GONE if state is None else Problem.PAGE_OFFLINE

    @cached_property
    def _known_documents(self) -> set[str]:
        return {str(pk) for pk in get_document_model().objects.values_list("pk", flat=True)}

    @cached_property
    def _sites(self) -> list[Site]:
        return list(Site.objects.select_related("root_page"))

    @cached_property
    def _own_names(self) -> set[str]:
        return {site.hostname for site in self._sites}

    def _problem_of_path(self, path: str) -> Problem | None:
        if path not in self._paths:
            self._paths[path] = None if self._exists(path) else Problem.ADDRESS_GONE
        return self._paths[path]

    def _exists(self, path: str) -> bool:
        if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return True
        try:
            match = resolve(path)
        except Resolver404:
            # With APPEND_SLASH the visitor is sent on.
            return not path.endswith("/") and settings.APPEND_SLASH and self._exists(path + "/")
        document = match.kwargs.get("document_id") or (match.args[0] if match.url_name == FILE_VIEW else None)
        if document is not None:  # by Wagtail's own address for files, or a host's in its place
            return str(document) in self._known_documents
        return match.url_name != PAGE_VIEW or self._is_page(path) or self._is_redirected(path)

    def _is_page(self, path: str) -> bool:
        """Whether a page answers here: it is asked itself, as some answer to more than one address."""
        components = [part for part in path.split("/") if part]
        for site in self._sites:
            request = HttpRequest()
            request.method, request.path, request.path_info = "GET", path, path
            request.META.update(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port))
            request._wagtail_site = site
            try:
                site.root_page.specific.route(request, components)
            except (Http404, ObjectDoesNotExist):
                continue
            return True
        return False

    def _is_redirected(self, path: str) -> bool:
        return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


def split(address: str) -> SplitResult | None:
    """The parts of an address; None for what cannot be one."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
