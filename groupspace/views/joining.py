"""Pages for coming in and going out: joining, asking, invitations from the receiving side, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from groupspace import actions, names
from groupspace.care import CARE_VERSION
from groupspace.forms import Form, answers_without_question
from groupspace.forms.attempt import attempt
from groupspace.forms.joining import ComingInForm, JoinRequestForm, RulesForm
from groupspace.forms.names import DisplayNameForm, InvitationCodeForm
from groupspace.kinds import role_of
from groupspace.models import Invitation, JoinRequest, Space
from groupspace.views import QUESTIONS_CHANGED, SIGNED_IN, PolicyView, SpaceView

#: Where an anonymous or signed-in visitor's invitation waits between entering the code and accepting.
_SESSION_KEY = "groupspace_invitation"


class JoinView(SpaceView):
    """Join an open space, or ask to join; by invitation or code one is sent to that page."""

    action = "join"
    writes = "join"
    template_name = "groupspace/join_form.html"

    def check(self) -> None:
        super().check()
        if pause := actions.pause_in(self.actor, self.space):
            raise PermissionDenied(str(pause))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.space.join_policy in (Space.JoinPolicy.INVITATION, Space.JoinPolicy.CODE):
            return redirect("groupspace:invitation")
        return self.ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if answers_without_question(form, "answer_"):
            raise PermissionDenied(QUESTIONS_CHANGED)
        if form.is_valid():
            done: object
            if isinstance(form, JoinRequestForm):
                done = asked = attempt(form, lambda: self.send_request(form))
                text = _("Je aanvraag is verstuurd. Een begeleider leest hem. Je ziet het antwoord hier.")
                if asked and asked.state == JoinRequest.State.WAITING:
                    text = _("Je staat op de wachtlijst. Hier zie je steeds de hoeveelste je bent.")
            else:
                name = form.cleaned_data["display_name"]
                done = attempt(form, lambda: actions.join(self.actor, self.space, display_name=name, told=form.told()))
                text = _("Welkom. Je doet nu mee.")
            if done:
                messages.success(request, text)
                return redirect("groupspace:space", space=self.space.pk)
        return self.ask(form, status=422)

    def send_request(self, form: JoinRequestForm) -> JoinRequest:
        name = form.cleaned_data["display_name"]
        return actions.request_to_join(
            self.actor, self.space, display_name=name, answers=form.answers(), told=form.told()
        )

    def make_form(self, data: Any = None) -> ComingInForm:
        initial = {"display_name": names.suggest()}
        self.has_place = actions.place_for(self.actor, self.space)
        if self.has_place and self.space.join_policy == Space.JoinPolicy.OPEN:
            return ComingInForm(data, space=self.space, way="open", initial=initial)
        return JoinRequestForm(data, space=self.space, way="request", initial=initial)

    def ask(self, form: ComingInForm, status: int = 200) -> HttpResponse:
        home = reverse("groupspace:space", args=[self.space.pk])
        crumbs = [(_("Start"), "/"), (self.space.name, home), (_("Meedoen"), "")]
        return self.show(form=form, has_place=self.has_place, breadcrumbs=crumbs, status=status)


class WithdrawRequestView(PolicyView):
    """Take back one's own request."""

    action = SIGNED_IN

    def post(self, request: HttpRequest, item: UUID) -> HttpResponseBase:
        join_request = JoinRequest.objects.filter(pk=item, user_id=self.actor.user_id).first()
        if join_request is None:
            raise Http404
        actions.withdraw_request(self.actor, join_request)
        messages.success(request, _("Je aanvraag is ingetrokken."))
        return redirect("groupspace:mine")


class InvitationView(PolicyView):
    """Enter a code. Reading this page uses nothing up; the code never stands in an address that a server logs."""

    action = SIGNED_IN
    template_name = "groupspace/invitation_enter.html"

    def check(self) -> None:
        """Everyone may enter a code; an account is asked for when accepting."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(InvitationCodeForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = InvitationCodeForm(request.POST)
        if form.is_valid():
            invitation = actions.find_invitation(form.cleaned_data["code"])
            # Who they are is known after logging in; until then a visitor is not told what the code is for.
            if invitation and (not self.actor.is_authenticated or actions.is_meant_for(self.actor, invitation)):
                request.session[_SESSION_KEY] = str(invitation.pk)
                accept = reverse("groupspace:invitation-accept")
                return redirect(accept) if self.actor.is_authenticated else redirect_to_login(accept)
            form.add_error("code", _("Deze code werkt niet. Kijk of je hem goed hebt, of vraag een nieuwe."))
        return self.ask(form, status=422)

    def ask(self, form: InvitationCodeForm, status: int = 200) -> HttpResponse:
        crumbs = [(_("Start"), "/"), (_("Uitnodiging"), "")]
        return self.show(form=form, breadcrumbs=crumbs, status=status)


class InvitationAcceptView(PolicyView):
    """See which space the invitation is for, choose a name, and come in."""

    action = SIGNED_IN
    template_name = "groupspace/invitation_accept.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        invitation = self.find()
        if invitation is None:
            return self.start_again()
        if invitation.space_id in self.actor.spaces:
            return redirect("groupspace:space", space=invitation.space_id)
        return self.ask(invitation, self.make_form(invitation))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        invitation = self.find()
        if invitation is None:
            return self.start_again()
        form = self.make_form(invitation, request.POST)
        if form.is_valid():
            name = form.cleaned_data["display_name"]
            if attempt(
                form,
                lambda: actions.accept_invitation(self.actor, invitation, display_name=name, told=form.told()),
            ):
                request.session.pop(_SESSION_KEY, None)
                messages.success(request, _("Welkom. Je doet nu mee."))
                return redirect("groupspace:space", space=invitation.space_id)
        return self.ask(invitation, form, status=422)

    def make_form(self, invitation: Invitation, data: Any = None) -> ComingInForm:
        role = role_of(invitation.space.kind, invitation.role)
        initial = {"display_name": names.suggest()}
        return ComingInForm(data, space=invitation.space, way=invitation.way, role=role, initial=initial)

    def find(self) -> Invitation | None:
        pk = self.request.session.get(_SESSION_KEY)
        usable = Invitation.objects.usable().select_related("space__organisation")
        invitation = usable.filter(pk=pk).first() if pk else None
        return invitation if invitation and actions.is_meant_for(self.actor, invitation) else None

    def start_again(self) -> HttpResponseBase:
        self.request.session.pop(_SESSION_KEY, None)
        messages.error(self.request, _("Je uitnodiging is niet meer geldig. Vraag de begeleider om een nieuwe."))
        return redirect("groupspace:invitation")

    def ask(self, invitation: Invitation, form: ComingInForm, status: int = 200) -> HttpResponse:
        pause = actions.pause_in(self.actor, invitation.space)
        crumbs = [(_("Start"), "/"), (_("Uitnodiging"), "")]
        return self.show(form=form, space=invitation.space, pause=pause, breadcrumbs=crumbs, status=status)


class RulesView(SpaceView):
    """The agreements of the space; whoever must say yes to them does so here, and goes on."""

    action = "agree"
    template_name = "groupspace/rules.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form())

    def make_form(self, data: Any = None) -> RulesForm:
        access = self.actor.spaces[self.space.pk]
        stands = {"rules_version": self.space.rules_version, "care_version": CARE_VERSION}
        return RulesForm(data, must_agree=access.must_agree, must_care=access.must_care, initial=stands)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        said = form.cleaned_data
        if "agree" in said:
            actions.agree_to_rules(self.actor, self.space, version=said["rules_version"])
        if "accepts_care" in said:
            actions.accept_care(self.actor, self.space, version=said["care_version"])
        leads = "accepts_care" in said
        messages.success(
            request, _("Dank je. Je kunt nu begeleiden.") if leads else _("Dank je. Je kunt weer schrijven.")
        )
        back = request.POST.get(REDIRECT_FIELD_NAME, "")
        here = {request.get_host()}
        if not url_has_allowed_host_and_scheme(back, allowed_hosts=here, require_https=request.is_secure()):
            back = reverse("groupspace:space", args=[self.space.pk])
        return redirect(back)

    def ask(self, form: RulesForm, status: int = 200) -> HttpResponse:
        back = self.request.POST.get(REDIRECT_FIELD_NAME) or self.request.GET.get(REDIRECT_FIELD_NAME, "")
        access = self.actor.spaces[self.space.pk]
        crumbs = self.crumbs((_("Afspraken"), ""))
        return self.show(
            form=form,
            must_agree=access.must_agree,
            must_care=access.must_care,
            back=back,
            breadcrumbs=crumbs,
            status=status,
        )


class RenameSelfView(SpaceView):
    """Take another name in this space."""

    action = "rename_self"
    template_name = "groupspace/name_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(DisplayNameForm(initial={"display_name": self.actor.name_in(self.space.pk)}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = DisplayNameForm(request.POST)
        if form.is_valid():
            attempt(form, lambda: actions.rename_self(self.actor, self.space, **form.cleaned_data))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("Je heet hier nu %(name)s.") % {"name": form.cleaned_data["display_name"]})
        return redirect("groupspace:space", space=self.space.pk)

    def ask(self, form: DisplayNameForm, status: int = 200) -> HttpResponse:
        return self.show(form=form, breadcrumbs=self.crumbs((_("Andere naam"), "")), status=status)


class LeaveView(SpaceView):
    """Leave a space, after one question."""

    action = "leave"
    template_name = "groupspace/leave_confirm.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(Form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = Form({})
        attempt(form, lambda: actions.leave(self.actor, self.space))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("Je bent uit de groep. Wat je schreef, staat er nog, onder de naam die je had."))
        return redirect("groupspace:mine")

    def ask(self, form: Form, status: int = 200) -> HttpResponse:
        refusals = form.non_field_errors() if form.is_bound else []
        return self.show(refusals=refusals, breadcrumbs=self.crumbs((_("Weggaan"), "")), status=status)
