"""Where professionals read a draft, say something about it and vote. Others get what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from ..professionals import is_professional
from . import actions
from .forms import JoinForm, SayForm, VoteForm
from .models import Contributor, Remark, Round, TechniquePage
from .sections import DISCUSSED, LABELS, shown


class PrivateView(View):
    """A page for professionals who are logged in; nobody else learns that it exists, and nothing of it is kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.may_enter(**kwargs):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def may_enter(self, **kwargs: Any) -> bool:
        """Whether this person may be here."""
        return is_professional(self.request.user)


class MineView(PrivateView):
    """The themes that this person writes along on, and the place for a code."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(JoinForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = JoinForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        contributor = attempt(form, lambda: actions.become_contributor(request.user, **form.cleaned_data))
        if contributor is None:
            return self.show(form)
        messages.success(request, _("Welkom. Je schrijft nu mee aan dit thema."))
        return redirect("knowledgebase_techniques:draft", theme=contributor.page.translation_key)

    def show(self, form: forms.Form) -> HttpResponse:
        mine = Contributor.objects.of(self.request.user).order_by("page__title")
        open_rounds = set(
            Round.objects.filter(closed_at=None, page__contributors__in=mine).values_list("page_id", flat=True)
        )
        context = {
            "form": form,
            "mine": [(contributor, contributor.page_id in open_rounds) for contributor in mine],
            "breadcrumbs": [(_("Start"), "/"), (_("Meeschrijven"), "")],
        }
        status = 422 if form.errors else 200
        return render(self.request, "knowledgebase/techniques/contributor_home.html", context, status=status)


class DraftView(PrivateView):
    """The newest version of a theme, section by section, with what everyone said."""

    contributor: Contributor

    def may_enter(self, *, theme: UUID, **kwargs: Any) -> bool:
        self.contributor = Contributor.objects.on(self.request.user, theme)
        return self.contributor is not None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, *, said: dict[str, SayForm] | None = None, vote: VoteForm | None = None) -> HttpResponse:
        """Show the draft, with forms that came back with errors in their places."""
        draft: TechniquePage = self.contributor.page.get_latest_revision_as_object()
        current = Round.objects.filter(page_id=draft.pk, closed_at=None).first()
        remarks: dict[str, list[Remark]] = {}
        for remark in Remark.objects.about(draft):
            remarks.setdefault(remark.section, []).append(remark)
        forms_with_errors = said or {}
        context = {
            "draft": draft,
            "theme": self.contributor.page.translation_key,
            "contributor": self.contributor,
            "round": current,
            "parts": [
                {
                    "section": section,
                    "value": shown(draft, section.name),
                    "remarks": remarks.get(section.name, []),
                    "form": forms_with_errors.get(section.name) or SayForm(prefix=section.name),
                }
                for section in DISCUSSED
            ],
            "vote": vote or VoteForm(initial=self.own_vote(current)),
            "breadcrumbs": [
                (_("Start"), "/"),
                (_("Meeschrijven"), reverse("knowledgebase_techniques:mine")),
                (draft.title, ""),
            ],
        }
        status = 422 if said or vote else 200
        return render(self.request, "knowledgebase/techniques/draft.html", context, status=status)

    def own_vote(self, current: Round | None) -> dict[str, str]:
        """What this person voted in this round."""
        ballot = current.votes.filter(contributor=self.contributor).first() if current else None
        return {"content": str(ballot.content), "presentation": str(ballot.presentation)} if ballot else {}

    def back(self, where: str) -> HttpResponseBase:
        """To the draft, at the place where this person was."""
        address = reverse("knowledgebase_techniques:draft", kwargs={"theme": self.contributor.page.translation_key})
        return redirect(f"{address}#{where}")


class SayView(DraftView):
    """A comment on a section, or other words for it."""

    http_method_names = ["post", "options"]

    def may_enter(self, *, section: str, **kwargs: Any) -> bool:
        return section in LABELS and super().may_enter(**kwargs)

    def post(self, request: HttpRequest, *, section: str, **kwargs: Any) -> HttpResponseBase:
        form = SayForm(request.POST, prefix=section)
        if form.is_valid() and attempt(
            form, lambda: actions.say(self.contributor, section=section, **form.cleaned_data)
        ):
            messages.success(request, _("Dank je. Je tekst staat erbij."))
            return self.back(section)
        return self.show(said={section: form})


class VoteView(DraftView):
    """A vote on content and on form; it can be changed until the round ends."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = VoteForm(request.POST)
        if form.is_valid() and attempt(form, lambda: actions.vote(self.contributor, **form.cleaned_data)):
            messages.success(request, _("Dank je. Je stem telt mee. Tot het einde van de ronde kun je hem aanpassen."))
            return self.back("stem")
        return self.show(vote=form)


def attempt(form: forms.Form, action: Callable[[], Any]) -> Any:
    """What the action gives; None when it refuses, with its sentences in the form."""
    try:
        return action()
    except ValidationError as error:
        refused = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for field, sentences in refused.items():
            form.add_error(field if field in form.fields else None, sentences)
        return None
