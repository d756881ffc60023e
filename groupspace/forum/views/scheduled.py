"""Pages for whoever prepares conversations: a new one, and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.forum import scheduled
from groupspace.forum.forms import ScheduledForm
from groupspace.forum.models import Scheduled
from groupspace.forum.views.place import Place
from groupspace.later import PREPARED
from groupspace.text.composer import Composer


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
        messages.success(request, PREPARED)
        return redirect("groupspace:later", space=self.space.pk)

    def composer(self) -> Composer:
        return Composer(self.request, "scheduled", self.kwargs.get("item") or self.space.pk)

    def keep(self, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def ask(self, form: ScheduledForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Zet een gesprek klaar")
        crumbs = self.crumbs(
            (_("Klaargezet voor later"), reverse("groupspace:later", args=[self.space.pk])), (heading, "")
        )
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


class ScheduledEditView(_Preparing):
    """Change what waits, or read it for who leads. For whoever may not see it, it does not exist."""

    action = "view"
    scheduled: Scheduled

    def check(self) -> None:
        super().check()
        found = policy.prepared(self.actor, Scheduled.objects.filter(space=self.space, pk=self.kwargs["item"]))
        one = found.first()
        if one is None:
            raise Http404
        one.space = self.space
        self.scheduled = one

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        one = self.scheduled
        if not policy.can(self.actor, "edit", one):
            around = (_("Klaargezet voor later"), reverse("groupspace:later", args=[self.space.pk]))
            self.template_name = "groupspace/forum/scheduled_detail.html"
            return self.show(one=one, breadcrumbs=self.crumbs(around, (one.title, "")))
        values = {
            "title": one.title,
            "body": str(one.body),
            "sort": one.sort,
            "audience": one.audience,
            "at": one.prepared_for,
        }
        form, composer = ScheduledForm(initial=values), self.composer()
        composer.fill(form)
        self.note_opened(one)
        return self.ask(form, composer, one=one)

    def keep(self, values: dict[str, Any]) -> None:
        scheduled.change_prepared(self.actor, self.scheduled, **values)
