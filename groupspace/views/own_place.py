"""Pages about oneself in a space, and about what a member tells the others."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from groupspace import actions, policy
from groupspace.forms import answers_without_question
from groupspace.forms.attempt import attempt
from groupspace.forms.own_place import OwnPlaceForm
from groupspace.models import Membership, ProfileAnswer
from groupspace.views import QUESTIONS_CHANGED, ItemView, SpaceView


class OwnPlaceView(SpaceView):
    """Whether I stand in the list, whether I take a pause, and what I tell about myself."""

    action = "tell_about_self"
    writes = "own-place"
    template_name = "groupspace/own_place.html"

    @cached_property
    def mine(self) -> Membership:
        return Membership.objects.get(pk=self.actor.membership_in(self.space.pk))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(OwnPlaceForm(membership=self.mine, space=self.space))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = OwnPlaceForm(request.POST, membership=self.mine, space=self.space)
        if answers_without_question(form, "text_"):
            raise PermissionDenied(QUESTIONS_CHANGED)
        if form.is_valid():
            attempt(form, lambda: actions.arrange_own_place(self.actor, self.space, **form.arranged()))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("Bewaard."))
        return redirect("groupspace:own-place", space=self.space.pk)

    def ask(self, form: OwnPlaceForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs((_("Ik in deze groep"), ""))
        return self.show(form=form, membership=self.mine, breadcrumbs=crumbs, status=status)


class ProfileView(ItemView):
    """What one member tells, as far as the reader is among those it is told to."""

    action = "view"
    template_name = "groupspace/profile.html"
    model = Membership
    related: ClassVar[tuple[str, ...]] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answers = ProfileAnswer.objects.filter(membership=self.item).select_related("field").order_by("field__position")
        members = (_("Leden"), reverse("groupspace:members", args=[self.space.pk]))
        return self.show(
            member=self.item,
            role_label=getattr(self.item.role_data, "label", ""),
            answers=policy.visible(self.actor, answers),
            is_me=self.item.pk == self.actor.membership_in(self.space.pk),
            breadcrumbs=self.crumbs(members, (self.item.name, "")),
        )

    def find_item(self) -> Any:
        item = super().find_item()
        if item.state != Membership.State.ACTIVE:
            raise Http404
        return item
