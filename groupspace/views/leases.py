"""Pages on which people rent a space: asking, reading the answer, opening it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import actions
from groupspace.forms.attempt import attempt
from groupspace.forms.leases import LeasedSpaceForm, LeaseForm
from groupspace.models import Lease
from groupspace.views import SIGNED_IN, AskToVerify, PolicyView


class LeaseView(PolicyView):
    """Ask for a space, and see what became of it."""

    action = SIGNED_IN
    writes = "lease"
    template_name = "groupspace/lease_form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.note_opened(Lease)
        return self.ask(self.make_form())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if form.is_valid() and attempt(form, lambda: actions.request_lease(self.actor, **form.cleaned_data)):
            messages.success(request, _("Je aanvraag is verstuurd. Het antwoord lees je hier."))
            return redirect("groupspace:lease")
        return self.ask(form, status=422)

    def make_form(self, data: Any = None) -> LeaseForm:
        return LeaseForm(data, may_rent_for_organisation=self.actor.is_professional)

    def ask(self, form: LeaseForm, status: int = 200) -> HttpResponse:
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (_("Huur een groepsruimte"), "")]
        mine = list(Lease.objects.filter(user_id=self.actor.user_id).select_related("space", "organisation"))
        waits = any(lease.state == Lease.State.REQUESTED for lease in mine)
        # Who left no longer learns what the group is called now: the page names only the spaces of the actor.
        return self.show(
            form=None if waits else form, leases=mine, inside=self.actor.spaces, breadcrumbs=crumbs, status=status
        )


class OwnLeaseView(PolicyView):
    """A page about one's own lease."""

    abstract = True

    def find(self, pk: UUID) -> Lease:
        lease = Lease.objects.filter(pk=pk, user_id=self.actor.user_id).select_related("organisation").first()
        if lease is None:
            raise Http404
        return lease


class LeaseWithdrawView(OwnLeaseView):
    """Take back a request."""

    action = SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, item: UUID) -> HttpResponseBase:
        try:
            actions.withdraw_lease(self.actor, self.find(item))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Je aanvraag is ingetrokken."))
        return redirect("groupspace:lease")


class LeaseLongerView(OwnLeaseView):
    """Ask to rent the same space for longer."""

    action = SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, item: UUID) -> HttpResponseBase:
        try:
            actions.ask_for_longer(self.actor, self.find(item))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Je vraag is verstuurd. Het antwoord lees je hier."))
        return redirect("groupspace:lease")


class LeaseOpenView(OwnLeaseView):
    """Open the space to which staff said yes."""

    action = SIGNED_IN
    writes = "lease-open"
    template_name = "groupspace/space_form.html"

    def get(self, request: HttpRequest, item: UUID) -> HttpResponse:
        self.lease = self.find(item)
        self.need_second_step()
        return self.ask(LeasedSpaceForm(kind=self.lease.kind, initial={"theme": self.lease.theme}))

    def post(self, request: HttpRequest, item: UUID) -> HttpResponseBase:
        self.lease = self.find(item)
        self.need_second_step()
        form = LeasedSpaceForm(request.POST, kind=self.lease.kind)
        if form.is_valid():
            space = attempt(form, lambda: actions.open_leased_space(self.actor, self.lease, **form.cleaned_data))
            if space:
                messages.success(request, _("Je groep is er. Nog een paar stappen, dan kan hij beginnen."))
                return redirect("groupspace:phase", space=space.pk)
        return self.ask(form, status=422)

    def need_second_step(self) -> None:
        """Whoever leads a group logs in with two steps, also without being a professional."""
        if not self.actor.verified:
            raise AskToVerify

    def ask(self, form: LeasedSpaceForm, status: int = 200) -> HttpResponse:
        crumbs = [
            (_("Mijn groepen"), reverse("groupspace:mine")),
            (_("Huur een groepsruimte"), reverse("groupspace:lease")),
            (_("Open de groep"), ""),
        ]
        return self.show(
            form=form, title=_("Een nieuwe groep"), button=_("Open de groep"), breadcrumbs=crumbs, status=status
        )
