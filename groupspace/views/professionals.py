"""The page on which a person becomes a professional with the code of an organisation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace.actions import professionals
from groupspace.forms import Form
from groupspace.forms.attempt import attempt
from groupspace.forms.names import InvitationCodeForm
from groupspace.models import ProfessionalInvitation
from groupspace.views import SIGNED_IN, PolicyView

#: Where the invitation waits between entering the code and accepting.
_SESSION_KEY = "groupspace_professional_invitation"


class ProfessionalView(PolicyView):
    """Enter the code. Who has no second step yet sets it up first, and then comes back here."""

    action = SIGNED_IN
    template_name = "groupspace/professional_form.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.ask(InvitationCodeForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = InvitationCodeForm(request.POST)
        if form.is_valid():
            invitation = professionals.find_invitation(form.cleaned_data["code"])
            if invitation:
                request.session[_SESSION_KEY] = str(invitation.pk)
                return redirect("groupspace:professional-accept")
            form.add_error("code", _("Deze code werkt niet. Kijk of je hem goed hebt, of vraag een nieuwe."))
        return self.ask(form)

    def ask(self, form: InvitationCodeForm) -> HttpResponse:
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (_("Professional worden"), "")]
        return self.show(form=form, breadcrumbs=crumbs, status=422 if form.errors else 200)


class ProfessionalAcceptView(PolicyView):
    """See which organisation invites, and say yes."""

    action = SIGNED_IN
    template_name = "groupspace/professional_accept.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        invitation = self.find()
        if invitation is None:
            return self.start_again()
        if not self.actor.verified:
            return self.second_step()
        return self.ask(invitation, Form())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        invitation = self.find()
        if invitation is None:
            return self.start_again()
        if not self.actor.verified:
            return self.second_step()
        form = Form({})
        if form.is_valid() and attempt(form, lambda: professionals.redeem(self.actor, invitation)):
            request.session.pop(_SESSION_KEY, None)
            messages.success(request, _("Je bent nu professional. Je kunt een groep openen."))
            return redirect("groupspace:mine")
        return self.ask(invitation, form)

    def find(self) -> ProfessionalInvitation | None:
        pk = self.request.session.get(_SESSION_KEY)
        found = ProfessionalInvitation.objects.usable().filter(pk=pk).select_related("organisation")
        return found.first() if pk else None

    def second_step(self) -> HttpResponseBase:
        """A log-in without the second step is one of an account that has none yet."""
        messages.info(self.request, _("Een professional logt in met twee stappen. Stel dat eerst in."))
        address = urlencode({"next": reverse("groupspace:professional-accept")})
        return redirect(f"{reverse('account:setup')}?{address}")

    def start_again(self) -> HttpResponseBase:
        self.request.session.pop(_SESSION_KEY, None)
        messages.error(self.request, _("Je code is niet meer geldig. Vraag een nieuwe."))
        return redirect("groupspace:professional")

    def ask(self, invitation: ProfessionalInvitation, form: Form) -> HttpResponse:
        crumbs = [(_("Mijn groepen"), reverse("groupspace:mine")), (_("Professional worden"), "")]
        return self.show(
            form=form,
            organisation=invitation.organisation,
            breadcrumbs=crumbs,
            status=422 if form.errors else 200,
        )
