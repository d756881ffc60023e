"""Pages about members: who is here, and what facilitators do about it. All of it works on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace import actions, policy
from groupspace.coming_in import admission
from groupspace.coming_in.letters import letters_of
from groupspace.forms.attempt import attempt
from groupspace.forms.members import HandOverForm, InvitationForm, LetterForm, NoteForm, PermissionsForm, RoleForm
from groupspace.kinds import roles_in
from groupspace.models import Invitation, JoinRequest, Membership
from groupspace.text.composer import Composer
from groupspace.views import ItemView, SpaceView

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Space
    from groupspace.permissions import Role


def roles_to_give(actor: Actor, space: Space) -> list[Role]:
    """The roles that this actor may give to others here."""
    return [role for role in roles_in(space.kind) if policy.may_give(actor, role, space)]


class MemberListView(SpaceView):
    """Everyone who is in the space now."""

    action = "see_members"
    template_name = "groupspace/member_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = Membership.objects.visible_to(self.actor).filter(space=self.space, state__in=["active", "suspended"])
        members = list(found.order_by("display_name"))
        for member in members:
            member.space = self.space
            member.role_label = getattr(member.role_data, "label", "")
            member.is_managed = policy.can(self.actor, "change", member)
        return self.show(
            members=members,
            mine=self.actor.membership_in(self.space.pk),
            may_manage=policy.can(self.actor, "manage_members", self.space),
            unlisted=not self.space.members_listed,
            involved=self.involved(),
            breadcrumbs=self.crumbs((_("Leden"), "")),
        )

    def involved(self) -> str:
        """The organisations whose coordinators see numbers and dates of this space."""
        responsible = self.space.organisation
        names = [*([responsible.name] if responsible else []), *self.space.partners.values_list("name", flat=True)]
        return " · ".join(names)


class MemberView(ItemView):
    """One member, as whoever manages members sees it."""

    action = "change"
    template_name = "groupspace/member_form.html"
    model = Membership
    related: ClassVar[tuple[str, ...]] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form(initial={"role": self.item.role}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if form.is_valid():
            attempt(form, lambda: actions.set_role(self.actor, self.item, **form.cleaned_data))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("%(name)s heeft nu een andere rol.") % {"name": self.item.name})
        return redirect("groupspace:members", space=self.space.pk)

    def make_form(self, *args: Any, **kwargs: Any) -> RoleForm:
        return RoleForm(*args, roles=roles_to_give(self.actor, self.space), **kwargs)

    def ask(self, form: RoleForm, status: int = 200) -> HttpResponse:
        members = (_("Leden"), reverse("groupspace:members", args=[self.space.pk]))
        return self.show(
            form=form, member=self.item, breadcrumbs=self.crumbs(members, (self.item.name, "")), status=status
        )


class MemberPermissionsView(ItemView):
    """One extra permission for one member, or one less."""

    action = "set_permissions"
    template_name = "groupspace/member_permissions.html"
    model = Membership
    related: ClassVar[tuple[str, ...]] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(PermissionsForm(member=self.item))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = PermissionsForm(request.POST, member=self.item)
        if form.is_valid():
            attempt(form, lambda: actions.set_exceptions(self.actor, self.item, form.changes()))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("Bewaard. Het geldt vanaf nu."))
        return redirect("groupspace:member", space=self.space.pk, item=self.item.pk)

    def ask(self, form: PermissionsForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs(
            (_("Leden"), reverse("groupspace:members", args=[self.space.pk])),
            (self.item.name, reverse("groupspace:member", args=[self.space.pk, self.item.pk])),
            (_("Rechten"), ""),
        )
        role = getattr(self.item.role_data, "label", "")
        return self.show(form=form, member=self.item, role=role, breadcrumbs=crumbs, status=status)


class MemberVerbView(ItemView):
    """A button that does one thing to a member: remove, suspend, resume."""

    abstract = True
    action = "change"
    model = Membership
    related: ClassVar[tuple[str, ...]] = ()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            self.act()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, self.done())
        return redirect("groupspace:members", space=self.space.pk)

    def act(self) -> None:
        raise NotImplementedError

    def done(self) -> str:
        raise NotImplementedError


class MemberRemoveView(MemberVerbView):
    """Take somebody out of the space."""

    def act(self) -> None:
        actions.remove(self.actor, self.item)

    def done(self) -> str:
        return _("%(name)s zit niet meer in de groep.") % {"name": self.item.name}


class MemberSuspendView(MemberVerbView):
    """Keep a member out for a while."""

    def act(self) -> None:
        actions.suspend(self.actor, self.item)

    def done(self) -> str:
        return _("%(name)s staat op pauze en kan er nu niet in.") % {"name": self.item.name}


class MemberResumeView(MemberVerbView):
    """Let a member in again."""

    def act(self) -> None:
        actions.resume(self.actor, self.item)

    def done(self) -> str:
        return _("%(name)s kan weer meedoen.") % {"name": self.item.name}


class RequestListView(SpaceView):
    """Who asks to join, and who waits for a place."""

    action = "manage_members"
    template_name = "groupspace/request_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.note_opened(self.space, "requests")
        found = JoinRequest.objects.visible_to(self.actor).filter(space=self.space)
        waiting = list(found.waiting())
        return self.show(
            requests=found.open(),
            waiting=waiting,
            free=self.space.free_places() if waiting else None,
            breadcrumbs=self.crumbs((_("Aanvragen"), "")),
        )


class RequestView(ItemView):
    """One request: read it, and answer with a letter: you are in, you are on the waiting list, or no."""

    action = "decide"
    template_name = "groupspace/request_detail.html"
    model = JoinRequest
    related: ClassVar[tuple[str, ...]] = ("region",)
    #: The answers, as they stand in the address and in the form.
    DECISIONS: ClassVar[dict[str, str]] = {"admit": "admitted", "wait": "waiting", "refuse": "refused"}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(request.GET.get("besluit", ""))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        decision = request.POST.get("decision", "")
        decision = decision if decision in self.DECISIONS else "refuse"
        form = self.make_form(decision, request.POST)
        if form.is_valid():
            attempt(form, lambda: self.decide(decision, form.cleaned_data))
        if form.errors:
            return self.ask(decision, form, status=422)
        told = {
            "admit": _("%(name)s doet nu mee."),
            "wait": _("%(name)s staat op de wachtlijst."),
            "refuse": _("Je antwoord staat klaar voor %(name)s."),
        }
        messages.success(request, told[decision] % {"name": self.item.display_name})
        return redirect("groupspace:requests", space=self.space.pk)

    def make_form(self, decision: str, *args: Any, **kwargs: Any) -> LetterForm:
        asks_parents = decision == "admit" and admission.needs_parents(self.space, self.item.age_band)
        return LetterForm(*args, required=decision == "refuse", asks_parents=asks_parents, **kwargs)

    def make_note(self, data: Any = None) -> NoteForm:
        return NoteForm(data, initial={"note": self.item.note})

    def decide(self, decision: str, answer: dict[str, Any]) -> None:
        letter = answer["reason"]
        if decision == "admit":
            agree = answer.get("parents_agree", False)
            actions.admit(self.actor, self.item, letter=letter, parents_agree=agree)
        elif decision == "wait":
            actions.put_on_waiting_list(self.actor, self.item, letter=letter)
        else:
            actions.refuse(self.actor, self.item, reason=letter)

    def ask(
        self, decision: str, form: LetterForm | None = None, notes: NoteForm | None = None, status: int = 200
    ) -> HttpResponse:
        page = reverse("groupspace:request", args=[self.space.pk, self.item.pk])
        composer = Composer(self.request, "letter", self.item.pk, path=page)
        note_composer = Composer(self.request, "note", self.item.pk, path=page)
        unsent = [bound[name].value() for bound, name in ((form, "reason"), (notes, "note")) if bound]
        if form is None:
            decision, form = self.letter(decision, composer)
        if notes is None:
            notes = self.make_note()
            note_composer.fill(notes)
        if note_composer.is_restored:
            composer.note = ""
        requests = (_("Aanvragen"), reverse("groupspace:requests", args=[self.space.pk]))
        pending = self.item.state in {JoinRequest.State.OPEN, JoinRequest.State.WAITING}
        return self.show(
            form=form,
            composer=composer,
            decision=decision,
            join_request=self.item,
            pending=pending,
            note_form=notes,
            note_composer=note_composer,
            unsent=unsent,
            full=pending and self.space.is_full(),
            place=JoinRequest.objects.ahead_of(self.item).count() + 1 if self.item.state == "waiting" else None,
            breadcrumbs=self.crumbs(requests, (self.item.display_name, "")),
            status=status,
        )

    def letter(self, chosen: str, composer: Composer) -> tuple[str, LetterForm]:
        """The decision to show and its letter: what was kept of one that is being written, unless another is chosen."""
        kept = LetterForm(initial={"decision": ""}, required=True)
        composer.fill(kept)
        begun = kept.initial["decision"]
        if begun in self.DECISIONS and chosen in {"", begun}:
            return begun, self.make_form(begun, initial=kept.initial)
        if begun:
            composer.note = ""
        decision = chosen if chosen in self.DECISIONS else "admit"
        letter = letters_of(self.space)[self.DECISIONS[decision]]
        return decision, self.make_form(decision, initial={"reason": letter})


class RequestNoteView(RequestView):
    """Write down for the other facilitators what a decision hangs on."""

    action = "decide"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_note(request.POST)
        if form.is_valid():
            attempt(form, lambda: actions.note_request(self.actor, self.item, **form.cleaned_data))
        if form.errors:
            return self.ask("", notes=form, status=422)
        messages.success(request, _("Bewaard. Alleen de begeleiders lezen dit."))
        return redirect("groupspace:request", space=self.space.pk, item=self.item.pk)


class HandOverView(ItemView):
    """Make this member the leader, and step back oneself."""

    action = "hand_over"
    template_name = "groupspace/hand_over.html"
    model = Membership
    related: ClassVar[tuple[str, ...]] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if form.is_valid():
            attempt(form, lambda: actions.hand_over(self.actor, self.item, **form.cleaned_data))
        if form.errors:
            return self.ask(form, status=422)
        messages.success(request, _("%(name)s leidt nu de groep.") % {"name": self.item.name})
        return redirect("groupspace:space", space=self.space.pk)

    def make_form(self, data: Any = None) -> HandOverForm:
        return HandOverForm(data, roles=[role for role in roles_in(self.space.kind) if not role.leads])

    def ask(self, form: HandOverForm, status: int = 200) -> HttpResponse:
        crumbs = self.crumbs(
            (_("Leden"), reverse("groupspace:members", args=[self.space.pk])),
            (self.item.name, reverse("groupspace:member", args=[self.space.pk, self.item.pk])),
            (_("Overdragen"), ""),
        )
        return self.show(form=form, member=self.item, breadcrumbs=crumbs, status=status)


class InvitationListView(SpaceView):
    """Invitations that can still be used, and the form for a new one."""

    action = "manage_members"
    writes = "invitation"
    template_name = "groupspace/invitation_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if form.is_valid():
            made = attempt(form, lambda: actions.invite(self.actor, self.space, **form.cleaned_data))
            if made:
                invitation, code = made
                self.template_name = "groupspace/invitation_made.html"
                address = request.build_absolute_uri(reverse("groupspace:invitation"))
                crumbs = self.crumbs((_("Uitnodigingen"), reverse("groupspace:invitations", args=[self.space.pk])))
                return self.show(
                    invitation=invitation,
                    code=code,
                    address=f"{address}#{code}",
                    plain_address=address,
                    breadcrumbs=crumbs,
                )
        return self.ask(form, status=422)

    def make_form(self, data: Any = None) -> InvitationForm:
        roles = roles_to_give(self.actor, self.space)
        initial = {"role": roles[0].code, "for_group": "0"}
        return InvitationForm(data, roles=roles, asks_parents=self.space.asks_parents, initial=initial)

    def ask(self, form: InvitationForm, status: int = 200) -> HttpResponse:
        usable = Invitation.objects.visible_to(self.actor).usable().filter(space=self.space)
        return self.show(
            form=form, invitations=usable, breadcrumbs=self.crumbs((_("Uitnodigingen"), "")), status=status
        )


class InvitationRevokeView(ItemView):
    """Make an invitation useless."""

    action = "decide"
    model = Invitation
    related: ClassVar[tuple[str, ...]] = ()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.revoke(self.actor, self.item)
        messages.success(request, _("De uitnodiging werkt niet meer."))
        return redirect("groupspace:invitations", space=self.space.pk)
