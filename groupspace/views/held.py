"""What waits for whoever reads first: of every kind in one list, to let through or take away."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groupspace import actions, held
from groupspace.authors import Authors
from groupspace.moments import spoken
from groupspace.text.fields import RichTextField
from groupspace.text.sanitiser import MemberHTML, from_plain
from groupspace.views import SpaceView

#: On one page; the rest follows when these are done.
MOST = 50


class WaitingView(SpaceView):
    """Everything that waits in this space, the oldest first."""

    action = "moderate"
    template_name = "groupspace/waiting.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.note_opened(self.space, "held")
        authors, now = Authors(self.space), timezone.localtime()
        rows = [
            self.row(SimpleNamespace(**dict(zip(held.COLUMNS, row, strict=True))), authors, now)
            for row in held.waiting(self.actor, self.space)[:MOST]
        ]
        return self.show(rows=rows, breadcrumbs=self.crumbs((_("Te lezen"), "")))

    def row(self, one: Any, authors: Authors, now: Any) -> dict[str, Any]:
        kind, waits = held.sort_of(one.w_sort)
        field = waits.model._meta.get_field(waits.text.rpartition("__")[2])
        url = f"{reverse(f'groupspace:{kind.slug}:list', args=[self.space.pk])}{waits.path}{one.pk}/"
        return {
            "title": one.w_title,
            "kind": capfirst(str(waits.model._meta.verbose_name)),
            "text": MemberHTML(one.w_text if isinstance(field, RichTextField) else from_plain(one.w_text)),
            "files": one.w_files,
            "at": spoken(one.w_since, now),
            "url": url,
            "release_url": reverse("groupspace:release", args=[self.space.pk, one.pk]),
            "remove_url": f"{url}weghalen/",
            **authors.of(one),
        }


class ReleaseView(SpaceView):
    """Let the others read something that waited."""

    action = "release"
    http_method_names = ["post", "options"]

    def check(self) -> None:
        self.space = self.find_space()
        self.judge("view", self.space)
        self.thing = held.find(self.actor, self.space, self.kwargs["item"])
        if self.thing is None:
            raise Http404
        if self.thing.held_at is None:  # somebody else was first, or the button was pressed twice
            self.judge("moderate", self.space)
        else:
            self.judge(self.action, self.thing)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.release(self.actor, self.thing)
        messages.success(request, _("Iedereen in de groep kan het nu lezen."))
        return redirect("groupspace:waiting", space=self.space.pk)
