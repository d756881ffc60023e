"""Everything django-two-factor-auth is to this project: replacing it means changing this file.

Its wizards carry log-in and set-up. What they store is ours: an encrypted secret, hashed recovery codes, and one
answer to "does this account have a second factor?" (traps A2, A8, A10, A11).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import django_otp
import qrcode
import qrcode.image.svg
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from two_factor.plugins.registry import GeneratorMethod, registry
from two_factor.views import LoginView as WizardLoginView
from two_factor.views import SetupView as WizardSetupView
from two_factor.views.utils import LoginStorage as WizardLoginStorage

from groupspace.accounts import factors, keep, seal, session
from groupspace.accounts.forms import LoginForm, RecoveryForm, SetupForm, TokenForm
from groupspace.accounts.landing import landing_page, next_url
from groupspace.accounts.models import Authenticator
from groupspace.accounts.views import ProveView

_SETUP = "gs_setup"


class AuthenticatorMethod(GeneratorMethod):
    """Tells two_factor about our devices and forms."""

    def get_devices(self, user: Any) -> Any:
        return Authenticator.objects.filter(user=user, confirmed=True)

    def recognize_device(self, device: Any) -> bool:
        return isinstance(device, Authenticator)

    def get_setup_forms(self, *args: Any) -> dict[str, Any]:
        return {"generator": SetupForm}

    def get_token_form_class(self) -> Any:
        return TokenForm


registry.unregister(GeneratorMethod.code)
registry.register(AuthenticatorMethod())


class LoginStorage(WizardLoginStorage):
    """What the log-in remembers between its steps: in the session, but only once the password was right.

    Until then there is nothing to remember, and each look at the page or wrong try would leave a row for a day.
    """

    _before: Any = None

    @property
    def data(self) -> Any:
        if self.prefix in self.request.session:
            self.request.session.modified = True
            return self.request.session[self.prefix]
        return self._before

    @data.setter
    def data(self, value: Any) -> None:
        self._before = value

    def reset(self) -> None:
        self.request.session.pop(self.prefix, None)
        self.init_data()

    def _password_was_right(self, user: Any) -> None:
        self.request.session[self.prefix] = self._before
        self._set_authenticated_user(user)

    authenticated_user = property(WizardLoginStorage._get_authenticated_user, _password_was_right)


class LoginView(WizardLoginView):
    """Log in: name and password, then the code for who has a second factor."""

    storage_name = "groupspace.accounts.twofactor.LoginStorage"
    template_name = "groupspace/accounts/login.html"
    form_list = (
        (WizardLoginView.AUTH_STEP, LoginForm),
        (WizardLoginView.TOKEN_STEP, TokenForm),
        (WizardLoginView.BACKUP_STEP, RecoveryForm),
    )
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        url = next_url(self.request)
        return "" if url.partition("?")[0] == self.request.path else url

    def get_success_url(self) -> str:
        user = self.request.user if self.request.user.is_authenticated else self.get_user()
        return self.get_redirect_url() or landing_page(user)

    def process_step(self, form: Any) -> Any:
        is_first = self.steps.current == self.AUTH_STEP
        step = super().process_step(form)
        if is_first:
            self.storage.data["shared"] = form.cleaned_data["shared"]
        return step

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        user = self.get_user()
        device = getattr(user, "otp_device", None)
        if device is None and factors.has_second_factor(user):
            raise PermissionDenied
        shared = self.storage.data.get("shared")
        next_url = self.get_success_url()
        self.request.session.pop("gs_why", None)
        login(self.request, user)
        if shared:
            session.mark_shared(self.request)
        return redirect(next_url)

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(form, **kwargs)
        context["breadcrumbs"] = [(_("Start"), "/"), (_("Inloggen"), None)]
        context["why"] = self.request.session.get("gs_why")
        context["next"] = self.get_redirect_url()
        return context


@method_decorator(never_cache, name="dispatch")
class SetupView(WizardSetupView):
    """Set up the second step. Refused to who has one, by whatever method it is asked (trap A2)."""

    template_name = "groupspace/accounts/setup.html"
    form_list: Any = (("method", SetupForm),)  # the wizard puts the only method's own form in its place

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and factors.has_second_factor(request.user):
            return redirect("account:settings")
        if request.user.is_authenticated and not session.is_fresh(request):
            return ProveView.as_view()(request)
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self) -> str:
        return next_url(self.request)

    def get_key(self, step: str) -> str:
        return setup_secret(self.request, make=True)

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        # The wizard's own context would leave the secret readable in the session.
        context = super(WizardSetupView, self).get_context_data(form, **kwargs)
        secret = setup_secret(self.request, make=True)
        context["secret"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        context["required"] = session.data(self.request)["required"]
        context["breadcrumbs"] = [(_("Account"), reverse("account:settings")), (_("Inloggen in twee stappen"), None)]
        return context

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        (form,) = (form for form in form_list if isinstance(form, SetupForm))
        user = self.request.user
        device = factors.add_totp(user, form.secret, last_step=form.step, keep_session=self.request.session.session_key)
        self.request.session.pop(_SETUP, None)
        django_otp.login(self.request, device)
        session.refresh(self.request)
        self.request.session.cycle_key()  # trap A8
        keep.new_codes(self.request, user, self.get_redirect_url())
        return redirect("account:codes")


def setup_secret(request: HttpRequest, *, make: bool = False) -> str:
    """The secret that is being set up, kept sealed in the session. Empty when there is none and none is made."""
    context = f"setup:{request.user.pk}"
    if _SETUP in request.session:
        return seal.unseal(request.session[_SETUP], context)
    if not make:
        return ""
    secret = factors.new_secret()
    request.session[_SETUP] = seal.seal(secret, context)
    return secret


@never_cache
def qr(request: HttpRequest) -> HttpResponse:
    """The QR code of the secret that is being set up, as a picture."""
    secret = setup_secret(request) if request.user.is_authenticated else ""
    if not secret or factors.has_second_factor(request.user):
        raise Http404
    picture = BytesIO()
    uri = factors.otpauth_uri(request.user, secret)
    qrcode.make(uri, image_factory=qrcode.image.svg.SvgPathFillImage, box_size=12).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
