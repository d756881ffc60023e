"""The pages about one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from groupspace.accounts import actions, factors, forms, keep, recovery, session
from groupspace.accounts.landing import next_url
from groupspace.accounts.models import AccountSettings, OneTimeLink, Session
from groupspace.accounts.staff import is_staff
from groupspace.actions import led_alone


class _Page:
    """What all pages here share: a title, which is also the last breadcrumb, and no copy in any cache."""

    title: Any = ""

    @method_decorator([never_cache, sensitive_post_parameters()])
    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        known = self.request.user.is_authenticated
        above = (_("Account"), reverse("account:settings")) if known else (_("Start"), "/")
        context["title"] = self.title
        context["breadcrumbs"] = [above, (self.title, None)]
        context["next"] = next_url(self.request)
        return context


class _OwnPage(LoginRequiredMixin, _Page):
    """A page for who is logged in."""


class _FormPage(_Page, FormView):
    """A page with one form and one button."""

    template_name = "groupspace/accounts/form.html"
    intro: Any = ""
    button: Any = gettext_lazy("Opslaan")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "intro": self.intro, "button": self.button}


class _OwnerForm(LoginRequiredMixin, _FormPage):
    """A form that asks for the password again, and for the code when there is a second step."""

    form_class = forms.AgainForm
    done: Any = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        has_factor = factors.has_second_factor(self.request.user)
        return {**super().get_form_kwargs(), "user": self.request.user, "has_factor": has_factor}

    def form_valid(self, form: Any) -> HttpResponse:
        if not actions.is_owner(self.request, form.cleaned_data["current"], form.cleaned_data.get("code", "")):
            form.add_error("current", self._wrong(form))
            return self.form_invalid(form)
        response = self.act(form)
        if self.done:
            messages.success(self.request, self.done)
        return response or redirect("account:settings")

    def _wrong(self, form: Any) -> str:
        if "code" in form.fields:
            return _("Je wachtwoord of de code klopt niet. Kijk ze na en vul een nieuwe code in.")
        return _("Dit is niet je wachtwoord. Kijk het na en probeer het nog eens.")

    def act(self, form: Any) -> HttpResponse | None:
        raise NotImplementedError


class SignUpView(_Page, FormView):
    """Make an account: choose a suggested name, think of a password."""

    template_name = "groupspace/accounts/signup.html"
    form_class = forms.SignUpForm
    title = gettext_lazy("Account maken")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            return redirect(next_url(request) or resolve_url("account:settings"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            user = actions.sign_up(self.request, form.cleaned_data["username"], form.cleaned_data["password"])
        except actions.NameTaken:
            messages.info(self.request, _("Deze naam kan niet meer. Kies een van deze namen."))
            return self.render_to_response(self.get_context_data(form=forms.SignUpForm()))
        keep.new_codes(self.request, user, next_url(self.request))
        return redirect("account:codes")


class CodesView(_OwnPage, TemplateView):
    """Show new recovery codes until their owner says to have them."""

    template_name = "groupspace/accounts/codes.html"
    title = gettext_lazy("Je herstelcodes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = keep.codes(self.request) or {}
        return {
            **super().get_context_data(**kwargs),
            "codes": kept.get("codes"),
            "left": recovery.left(self.request.user),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        kept = keep.codes(request) or {}
        keep.forget(request)
        return redirect(kept.get("next") or resolve_url("account:settings"))


class CodesNewView(_OwnerForm):
    """Make new recovery codes."""

    title = gettext_lazy("Nieuwe herstelcodes")
    intro = gettext_lazy("Je krijgt acht nieuwe codes. De oude codes werken daarna niet meer.")
    button = gettext_lazy("Maak nieuwe codes")

    def act(self, form: Any) -> HttpResponse:
        keep.new_codes(self.request, self.request.user)
        return redirect("account:codes")


class ProveView(_OwnerForm):
    """Type the password before setting up the second step.

    Who sits down at a session that somebody left would otherwise add a phone of their own, get new recovery codes
    with it, and own the account.
    """

    title = gettext_lazy("Inloggen in twee stappen")
    intro = gettext_lazy("Vul eerst je wachtwoord in. Zo weten we zeker dat jij het bent.")
    button = gettext_lazy("Verder")

    def act(self, form: Any) -> HttpResponse:
        session.mark_fresh(self.request)
        return redirect(self.request.get_full_path())


class FactorRemoveView(_OwnerForm):
    """Switch the second step off."""

    title = gettext_lazy("Twee stappen uitzetten")
    intro = gettext_lazy("Daarna log je in met alleen je wachtwoord. Op andere apparaten word je uitgelogd.")
    button = gettext_lazy("Zet uit")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not factors.has_second_factor(request.user):
            return redirect("account:settings")
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> None:
        actions.remove_second_factor(self.request)
        messages.success(self.request, _("Inloggen in twee stappen staat uit."))


class PasswordView(_OwnerForm):
    """Change the password."""

    form_class = forms.PasswordChangeForm
    title = gettext_lazy("Wachtwoord veranderen")
    intro = gettext_lazy("Daarna ben je op je andere apparaten uitgelogd.")
    done = gettext_lazy("Je hebt een nieuw wachtwoord.")

    def act(self, form: Any) -> None:
        actions.change_password(self.request, form.cleaned_data["password"])


class EmailView(_OwnerForm):
    """Add, change or take away the e-mail address."""

    form_class = forms.EmailForm
    title = gettext_lazy("E-mailadres")
    intro = gettext_lazy(
        "Een e-mailadres hoeft niet. Het is alleen nodig om per mail een nieuw wachtwoord te kunnen vragen. "
        "Niemand in een groep ziet het."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.request.user.email}

    def act(self, form: Any) -> None:
        address = form.cleaned_data["email"]
        actions.ask_email(self.request, address)
        if address:
            messages.info(self.request, _("Kijk in je mailbox en gebruik de link. Daarna is je adres bevestigd."))
        else:
            messages.success(self.request, _("Bij je account hoort nu geen e-mailadres."))


class DeleteView(_OwnerForm):
    """Delete one's own account, after reading what goes and what stays."""

    template_name = "groupspace/accounts/delete.html"
    form_class = forms.DeleteForm
    title = gettext_lazy("Account verwijderen")
    button = gettext_lazy("Verwijder mijn account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        refusal = actions.why_staff_stays(user) if is_staff(user) else ""
        return {**super().get_context_data(**kwargs), "refusal": refusal, "led_alone": led_alone(user)}

    def act(self, form: Any) -> HttpResponse:
        erase = form.cleaned_data["words"] == "erase"
        try:
            actions.delete_account(self.request, erase_words=erase)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        logout(self.request)
        return redirect("account:deleted")


class DeletedView(_Page, TemplateView):
    """The account is gone: what one can do now."""

    template_name = "groupspace/accounts/deleted.html"
    title = gettext_lazy("Je account is verwijderd")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            return redirect("account:settings")
        return super().dispatch(request, *args, **kwargs)


class PreferencesView(LoginRequiredMixin, _FormPage):
    """Choose a language and a time zone."""

    form_class = forms.PreferencesForm
    title = gettext_lazy("Taal en tijd")

    def get_initial(self) -> dict[str, Any]:
        chosen = AccountSettings.objects.filter(user=self.request.user).first()
        return {"language": chosen.language, "time_zone": chosen.time_zone} if chosen else {}

    def form_valid(self, form: Any) -> HttpResponse:
        actions.choose(self.request, form.cleaned_data["language"], form.cleaned_data["time_zone"])
        messages.success(self.request, _("Bewaard."))
        return redirect("account:settings")


class SettingsView(_OwnPage, TemplateView):
    """Everything about the account, in one list."""

    template_name = "groupspace/accounts/settings.html"
    title = gettext_lazy("Account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = session.data(self.request)
        return {
            **super().get_context_data(**kwargs),
            "breadcrumbs": [(_("Start"), "/"), (self.title, None)],
            "has_factor": known["factor"],
            "required": known["required"],
            "codes_left": recovery.left(self.request.user),
            "session_count": Session.objects.filter(user=self.request.user).count(),
        }


class SessionsView(_OwnPage, TemplateView):
    """Where the account is logged in."""

    template_name = "groupspace/accounts/sessions.html"
    title = gettext_lazy("Waar ben je ingelogd")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Session.objects.filter(user=self.request.user).defer("session_data").order_by("-last_seen")
        return {**super().get_context_data(**kwargs), "sessions": rows, "own_key": self.request.session.session_key}


class SessionEndView(LoginRequiredMixin, View):
    """Log out in one place."""

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        row = Session.objects.filter(user=request.user, public_id=public_id).first()
        if row is None:
            raise Http404
        if row.pk == request.session.session_key:
            return _log_out(request)
        row.delete()
        messages.success(request, _("Daar ben je nu uitgelogd."))
        return redirect("account:sessions")


class SessionsEndView(LoginRequiredMixin, View):
    """Log out everywhere, here too."""

    def post(self, request: HttpRequest) -> HttpResponse:
        session.end_all(request.user, but=request.session.session_key)
        return _log_out(request)


class LogoutView(View):
    """Log out: the session is deleted from the database."""

    def post(self, request: HttpRequest) -> HttpResponse:
        return _log_out(request)


def _log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("account:login")


class ResetView(_Page, TemplateView):
    """Forgot the password: by code or by mail."""

    template_name = "groupspace/accounts/reset.html"
    title = gettext_lazy("Wachtwoord vergeten")


class ResetByCodeView(_FormPage):
    """A new password with a recovery code."""

    form_class = forms.CodeResetForm
    title = gettext_lazy("Nieuw wachtwoord met een herstelcode")
    button = gettext_lazy("Kies dit wachtwoord")

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        if not actions.reset_with_code(
            self.request, data["username"], data["recovery"], data["token"], data["password"]
        ):
            wrong = _("Deze gegevens horen niet bij elkaar. Kijk alles rustig na en probeer het nog eens.")
            form.add_error(None, wrong)
            return self.form_invalid(form)
        messages.success(self.request, _("Je hebt een nieuw wachtwoord. Log er nu mee in."))
        return redirect("account:login")


class ResetByMailView(_FormPage):
    """A new password by mail. Says the same for every address."""

    form_class = forms.AddressForm
    title = gettext_lazy("Nieuw wachtwoord per e-mail")
    button = gettext_lazy("Stuur de link")

    def form_valid(self, form: Any) -> HttpResponse:
        actions.ask_reset(self.request, form.cleaned_data["email"])
        messages.info(
            self.request,
            _("Hoort dit adres bij een account? Dan krijg je zo een mail met een link. Kijk ook bij ongewenste mail."),
        )
        return redirect("account:login")


_LINK = "gs_link"


class LinkView(View):
    """Takes the code out of the address. A mail program that opens the link for its user uses nothing up."""

    def get(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(_LINK, None)
        if link := actions.find_link(request.GET.get("c", "")[:100]):
            request.session[_LINK] = str(link.pk)  # not the code: nobody may read that in the database
        response = redirect("account:link-use")
        response["Referrer-Policy"] = "no-referrer"
        return response


class LinkUseView(_Page, FormView):
    """What a link is for: a new password, a confirmed address, a first log-in."""

    template_name = "groupspace/accounts/link.html"
    title = gettext_lazy("Nog één stap")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.link = actions.usable_link(request.session.get(_LINK))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        if self.link is None or self.link.purpose == OneTimeLink.Purpose.EMAIL:
            return forms.Form(**self.get_form_kwargs())
        return forms.NewPasswordForm(user=self.link.user, **self.get_form_kwargs())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = {"link": self.link, "purpose": self.link.purpose if self.link else ""}
        return {**super().get_context_data(**kwargs), **status}

    def form_valid(self, form: Any) -> HttpResponse:
        request, link = self.request, self.link
        if link is None:
            return self.form_invalid(form)
        request.session.pop(_LINK, None)
        if link.purpose == OneTimeLink.Purpose.EMAIL:
            actions.confirm_email(link)
            messages.success(request, _("Je e-mailadres is bevestigd."))
            return redirect("account:settings")
        password = form.cleaned_data["password"]
        if link.purpose == OneTimeLink.Purpose.ACTIVATE:
            return redirect("account:setup" if actions.activate(link, request, password) else "account:login")
        if actions.set_password_by_link(link, password):
            messages.success(request, _("Je hebt een nieuw wachtwoord. Log er nu mee in."))
        return redirect("account:login")
