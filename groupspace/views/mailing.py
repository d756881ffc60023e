"""Inviting many people at once: a list of addresses is pasted or sent as a file, and each gets a code of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace import actions
from groupspace.actions.invitations import mail_with
from groupspace.coming_in.address_lists import AddressList
from groupspace.forms.attempt import attempt
from groupspace.forms.mailing import MailInvitationsForm
from groupspace.text.once import once
from groupspace.views import SpaceView
from groupspace.views.members import roles_to_give


class MailInvitationsView(SpaceView):
    """Mail invitations to a list. It is no form that survives a lost log-in: the addresses are kept nowhere."""

    action = "manage_members"
    template_name = "groupspace/invitation_mail.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form, status=422)
        found = form.cleaned_data["found"]
        sent = attempt(form, lambda: self.send(form.cleaned_data["key"], found, form.cleaned_data["role"]))
        if form.errors:
            return self.ask(form, status=422)
        if sent is None:  # the same form again, by a second touch or a reload
            return redirect("groupspace:invitations", space=self.space.pk)
        self.template_name = "groupspace/invitation_mailed.html"
        return self.show(sent=sent, found=found, breadcrumbs=self.crumbs(self.above(), (_("Verstuurd"), "")))

    def send(self, key: UUID, found: AddressList, role: str) -> int | None:
        """Mail everybody once; None when this form was sent before."""
        with once(self.request.user, key) as claim:
            if not claim.first:
                return None
            return actions.invite_by_mail(self.actor, self.space, found.addresses, role=role)

    def make_form(self, *data: Any) -> MailInvitationsForm:
        roles = roles_to_give(self.actor, self.space)
        return MailInvitationsForm(*data, roles=roles, initial={"role": roles[0].code, "key": uuid4()})

    def above(self) -> tuple[Any, str]:
        return _("Uitnodigingen"), reverse("groupspace:invitations", args=[self.space.pk])

    def ask(self, form: MailInvitationsForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs(self.above(), (_("Per mail"), ""))
        # The very mail, with dots where each person gets a code of their own.
        return self.show(form=form, mail=mail_with("…"), breadcrumbs=crumbs, status=status)
