"""Pages for whoever prepares conversations: what waits, a new one, changing it, throwing it away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.authors import Authors
from groupspace.forum import scheduled
from groupspace.forum.forms import ScheduledForm
from groupspace.forum.models import Scheduled
from groupspace.forum.views.place import Place
from groupspace.moments import spoken
from groupspace.text.composer import Composer


class ScheduledListView(Place):
    """What waits for its moment: one's own, and for a facilitator everything."""

    action = "prepare"
    template_name = "groupspace/forum/scheduled_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = policy.visible(self.actor, Scheduled.objects.filter(space=self.space)).with_author()
        authors, now = Authors(self.space), timezone.localtime()
        rows = [
            {
                "url": self.url("scheduled-edit", one.pk),
                "title": one.title,
                "sort": one.sort,
                "at": spoken(one.at, now),
                "stuck": one.get_stuck_display(),
                **authors.of(one),
            }
            for one in found.order_by("at")
        ]
        return self.show(rows=rows, breadcrumbs=self.crumbs((_("Klaargezet"), "")))


class _Preparing(Place):
    """A form for a conversation for later."""

    abstract = True
    template_name = "groupspace/forum/scheduled_form.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = ScheduledForm(request.POST), self.composer()
        if not form.is_valid():
            return self.ask(form, composer)
        with composer.once() as claim:
            if claim.first:
                self.keep(form.cleaned_data)
        messages.success(request, _("Het staat klaar. Tot dat moment ziet de groep er niets van."))
        return redirect(self.url("scheduled"))

    def composer(self) -> Composer:
        return Composer(self.request, "scheduled", self.kwargs.get("item") or self.space.pk)

    def keep(self, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def ask(self, form: ScheduledForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Zet een gesprek klaar")
        crumbs = self.crumbs((_("Klaargezet"), self.url("scheduled")), (heading, ""))
        return self.show_form(form, composer, heading=heading, button=_("Zet klaar"), breadcrumbs=crumbs, **context)


class ScheduledCreateView(_Preparing):
    """Prepare a conversation."""

    action = "prepare"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = ScheduledForm(), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def keep(self, values: dict[str, Any]) -> None:
        scheduled.prepare(self.actor, self.space, **values)


class _OfOne(Place):
    """A page about one prepared conversation. For whoever may not see it, it does not exist."""

    abstract = True
    asks: ClassVar[str]
    scheduled: Scheduled

    def check(self) -> None:
        super().check()
        found = policy.visible(self.actor, Scheduled.objects.filter(space=self.space, pk=self.kwargs["item"]))
        one = found.first()
        if one is None:
            raise Http404
        one.space = self.space
        self.judge(self.asks, one)
        self.scheduled = one


class ScheduledEditView(_Preparing, _OfOne):
    """Change what waits."""

    action = "view"
    asks = "edit"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        one = self.scheduled
        values = {"title": one.title, "body": str(one.body), "sort": one.sort, "audience": one.audience, "at": one.at}
        form, composer = ScheduledForm(initial=values), self.composer()
        composer.fill(form)
        self.note_opened(one)
        return self.ask(form, composer, one=one)

    def keep(self, values: dict[str, Any]) -> None:
        scheduled.change_prepared(self.actor, self.scheduled, **values)


class ScheduledDeleteView(_OfOne):
    """Throw away what waits."""

    action = "view"
    asks = "delete"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        scheduled.drop_prepared(self.actor, self.scheduled)
        messages.success(request, _("Weggehaald. De groep heeft er niets van gezien."))
        return redirect(self.url("scheduled"))
