"""What was prepared for later: of every kind in one list, to give another moment, place now or take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groupspace import actions, later, policy
from groupspace.authors import Authors
from groupspace.forms.attempt import attempt
from groupspace.forms.later import MomentForm
from groupspace.kinds import Kind, kinds_in
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.views import SpaceView


class LaterView(SpaceView):
    """What waits for its moment: one's own, and for who leads everything."""

    action = "prepare"
    template_name = "groupspace/later.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        authors, now = Authors(self.space), timezone.localtime()
        rows = [
            {
                "url": reverse("groupspace:later-item", args=[self.space.pk, one.pk]),
                "title": one.p_title,
                "kind": capfirst(str(one.kind.label)),
                "at": spoken(one.p_for, now),
                "why": one.why,
                **authors.of(one),
            }
            for one in later.prepared_in(self.actor, self.space)
        ]
        return self.show(rows=rows, starts=self.starts(), breadcrumbs=self.crumbs((_("Klaargezet voor later"), "")))

    def starts(self) -> list[tuple[str, str]]:
        """Where one prepares something new, for each kind."""
        return [
            (capfirst(str(kind.label)), reverse(f"groupspace:{kind.slug}:{kind.prepare_at}", args=[self.space.pk]))
            for kind in kinds_in(self.space)
            if kind.prepares
        ]


class PreparedPage(SpaceView):
    """A page about one thing that was prepared. For whoever may not see it, it does not exist."""

    abstract = True
    kind: Kind
    item: Any

    def check(self) -> None:
        self.space = self.find_space()
        self.judge("view", self.space)
        found = later.find(self.actor, self.space, self.kwargs["item"])
        if found is None:
            raise Http404
        self.kind, self.item = found
        self.judge(self.action, self.item)
        self.write_log()

    def back(self, sentence: str) -> HttpResponseBase:
        messages.success(self.request, sentence)
        prepares = policy.can(self.actor, "prepare", self.space)
        return redirect("groupspace:later" if prepares else "groupspace:space", space=self.space.pk)


class LaterItemView(PreparedPage):
    """Its moment, to change, and what else can be done with it; for who may no longer prepare, that it is there."""

    action = "view"
    template_name = "groupspace/later_item.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if policy.can(self.actor, "prepare", self.item).agree:  # then it comes by itself
            self.judge("prepare", self.item)
        self.note_opened(self.item)
        return self.ask(MomentForm(initial={"later": self.item.prepared_for}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.judge("prepare", self.item)
        form = MomentForm(request.POST)
        if form.is_valid() and attempt(form, lambda: self.change(form.cleaned_data["later"])):
            return self.back(_("Het moment is veranderd."))
        return self.ask(form)

    def change(self, at: Any) -> bool:
        actions.change_moment(self.actor, self.kind, self.item, at=at)
        return True

    def ask(self, form: MomentForm) -> HttpResponse:
        title = self.kind.title_of(self.item)
        around = (_("Klaargezet voor later"), reverse("groupspace:later", args=[self.space.pk]))
        return self.show(
            form=form,
            item=self.item,
            may_prepare=policy.can(self.actor, "prepare", self.item),
            may_take_away=policy.can(self.actor, "take_away", self.item),
            may_edit=policy.can(self.actor, "edit", self.item),
            title=title,
            kind=capfirst(str(self.kind.label)),
            at=spoken(self.item.prepared_for),
            by=shown_name(self.item.author.display_name, self.item.author.user_id),
            look_url=self.kind.url_of_prepared(self.item),
            breadcrumbs=self.crumbs(around, (title, "")),
            status=422 if form.errors else 200,
        )


class PlaceNowView(PreparedPage):
    """Let it come now."""

    action = "prepare"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        why_not = actions.place_now(self.actor, self.kind, self.item)
        if not why_not:
            if self.space.approve_first:
                return self.back(_("Geplaatst. Leest een begeleider hier eerst mee? Dan ziet de groep het daarna."))
            return self.back(_("Het staat nu in de groep."))
        messages.error(request, _("Dit is niet geplaatst.") + f" {why_not}")
        return redirect("groupspace:later-item", space=self.space.pk, item=self.item.pk)


class TakeAwayView(PreparedPage):
    """Throw it away."""

    action = "take_away"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.take_away(self.actor, self.kind, self.item)
        return self.back(_("Weggehaald. De groep heeft er niets van gezien."))
