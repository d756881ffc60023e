"""The forms of accounts: they only check what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from groupspace.accounts import factors, names, zones
from groupspace.forms import Form, FormStyle

#: Long enough for every password manager, short enough to hash without harm.
_MAX_PASSWORD = 1000
_REVEAL = {"data-gs-reveal": _("Laat zien"), "spellcheck": "false", "autocapitalize": "none"}


def _password_field(label: Any, *, new: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password", **_REVEAL})
    return forms.CharField(label=label, strip=False, widget=widget, max_length=_MAX_PASSWORD, help_text=help_text)


def _new_password_field(label: Any = "") -> forms.CharField:
    """A field for a new password: one time, with a button to show it."""
    help_text = _("Minstens 15 tekens. Tip: vier woorden die niet bij elkaar horen, met een spatie ertussen.")
    return _password_field(label or _("Nieuw wachtwoord"), new=True, help_text=help_text)


def _check_with_name(form: forms.Form) -> None:
    """Check a new password together with the typed log-in name, whether there is such an account or not."""
    if password := form.cleaned_data.get("password"):
        try:
            validate_password(password, get_user_model()(username=form.cleaned_data.get("username", "")))
        except forms.ValidationError as error:
            form.add_error("password", error)


def _code_field(label: Any, *, digits: bool, help_text: Any = "") -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "spellcheck": "false"} if digits else {"autocomplete": "off"}
    if digits:
        attrs |= {"inputmode": "numeric", "pattern": "[0-9 ]*"}
    else:
        attrs |= {"spellcheck": "false", "autocapitalize": "characters"}
    return forms.CharField(label=label, max_length=60, widget=forms.TextInput(attrs=attrs), help_text=help_text)


class LoginForm(FormStyle, AuthenticationForm):
    """Log-in name and password: the first step."""

    error_messages = {
        "invalid_login": _(
            "Deze inlognaam en dit wachtwoord horen niet bij elkaar. Kijk ze na en probeer het nog eens."
        ),
        "inactive": _("Deze inlognaam en dit wachtwoord horen niet bij elkaar. Kijk ze na en probeer het nog eens."),
    }

    password = _password_field(_("Wachtwoord"))
    shared = forms.BooleanField(
        label=_("Dit is een gedeelde computer"),
        required=False,
        help_text=_("Dan log je vanzelf uit als je een kwartier niets doet en bewaart deze browser niets."),
    )

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Inlognaam")
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}


class _StepForm(FormStyle, forms.Form):
    """A second step of the log-in. Checking uses the code up, so the wizard must not check it again."""

    idempotent = False
    wrong: Any = ""

    def __init__(self, user: Any, initial_device: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        self.fields["otp_token"].widget.attrs["autofocus"] = True  # the only thing to do on its page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if code := data.get("otp_token"):
            device = self.check(code)
            if device is None:
                self.add_error("otp_token", self.wrong)
            else:
                # django-otp and two_factor take the verified device from here.
                self.user.otp_device = device
        return data

    def check(self, code: str) -> Any:
        raise NotImplementedError


class TokenForm(_StepForm):
    """The code from the app."""

    otp_token = _code_field(
        _("Code uit je app"), digits=True, help_text=_("Zes cijfers. De code verandert elke 30 seconden.")
    )
    wrong = _("Deze code klopt niet. Wacht op de volgende code in je app en vul die in.")

    def check(self, code: str) -> Any:
        return factors.verify(self.user, code)


class RecoveryForm(_StepForm):
    """A recovery code in place of the app."""

    otp_token = _code_field(
        _("Herstelcode"), digits=False, help_text=_("Met of zonder streepjes. Elke code werkt één keer.")
    )
    wrong = _("Deze herstelcode klopt niet of is al gebruikt. Kijk hem na, of neem een andere code.")

    def check(self, code: str) -> Any:
        return factors.verify_recovery(self.user, code)


class SetupForm(FormStyle, forms.Form):
    """Proves that the app has the secret. `step`: the time step of the code, once it is checked."""

    token = _code_field(_("Code uit je app"), digits=True, help_text=_("Zes cijfers."))

    def __init__(self, key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.secret = key
        self.step: int = -1

    def clean_token(self) -> str:
        step = factors.matching_step(self.secret, self.cleaned_data["token"])
        if step is None:
            raise forms.ValidationError(
                _("Deze code klopt niet. Kijk of de klok van je telefoon goed staat en vul de volgende code in.")
            )
        self.step = step
        return self.cleaned_data["token"]


class NewPasswordForm(Form):
    """A new password, checked for its account."""

    password = _new_password_field()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class SignUpForm(Form):
    """A suggested name and a password, and nothing else."""

    username = forms.ChoiceField(
        label=_("Kies je inlognaam"),
        widget=forms.RadioSelect,
        help_text=_("Alleen jij ziet deze naam. In een groep kies je een andere naam."),
        error_messages={"invalid_choice": _("Deze naam kan niet meer. Kies een van deze namen.")},
    )
    password = _new_password_field(_("Bedenk een wachtwoord"))
    suggested = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        suggested = [] if data is None else names.unpack(data.get("suggested", ""))
        self.names = suggested or names.suggest()
        if data is not None and not suggested:
            data = data.copy()
            data["suggested"] = names.pack(self.names)
        super().__init__(data, *args, **kwargs)
        self.fields["username"].choices = [(name, name) for name in self.names]
        self.initial.setdefault("username", self.names[0])
        self.initial["suggested"] = names.pack(self.names)

    def clean(self) -> dict[str, Any]:
        super().clean()
        _check_with_name(self)
        return self.cleaned_data


class AgainForm(Form):
    """Shows that it is really the owner: the password, and the code when there is a second step (trap A9)."""

    current = _password_field(_("Je wachtwoord"))
    code = _code_field(_("Code uit je app"), digits=True)

    def __init__(self, *args: Any, user: Any, has_factor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not has_factor:
            del self.fields["code"]


class PasswordChangeForm(AgainForm):
    """The old and the new password."""

    password = _new_password_field()
    field_order = ["current", "code", "password"]

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class EmailForm(AgainForm):
    """A new e-mail address; empty takes it away."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Laat leeg om je adres weg te halen."),
    )
    field_order = ["email", "current", "code"]


class DeleteForm(AgainForm):
    """What happens to the words of who goes, and that it is really the owner."""

    words = forms.ChoiceField(
        label=_("Wat doen we met wat je in groepen schreef?"),
        choices=[("keep", _("Laat het staan, zonder mijn naam")), ("erase", _("Haal ook mijn woorden weg"))],
        initial="keep",
        help_text=_("Wat anderen schreven, blijft in beide gevallen staan."),
        widget=forms.RadioSelect,
    )
    field_order = ["words", "current", "code"]


class AddressForm(Form):
    """An address to send a reset link to."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class CodeResetForm(Form):
    """A new password with log-in name and recovery code."""

    username = forms.CharField(
        label=_("Inlognaam"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    recovery = _code_field(
        _("Herstelcode"), digits=False, help_text=_("Met of zonder streepjes. Elke code werkt één keer.")
    )
    token = _code_field(
        _("Code uit je app"), digits=True, help_text=_("Alleen als je inlogt in twee stappen. Anders laat je dit leeg.")
    )
    password = _new_password_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        _check_with_name(self)
        return self.cleaned_data


class PreferencesForm(Form):
    """Language and time zone."""

    language = forms.ChoiceField(label=_("Taal"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Tijdzone"),
        required=False,
        help_text=_(
            "Kies waar je bent, dan kloppen de tijden die je hier ziet. Staat je land er niet bij? Kies een stad."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Zoals de site")), *settings.LANGUAGES]
        self.fields["time_zone"].choices = [("", _("Zoals de site")), *zones.groups()]
