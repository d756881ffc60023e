"""The mails about an account. They name nobody and nothing: only what to do, and a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace.accounts.conf import accounts_conf
from groupspace.durations import in_words
from groupspace.notify.mail import send_text


def link_to(code: str) -> str:
    """The full address of a one-time link. The code is in the query string, which is never logged."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('account:link')}?{urlencode({'c': code})}"


def reset_link(user: Any, code: str) -> None:
    """To who forgot the password."""
    _send(
        user.email,
        _("Kies een nieuw wachtwoord met deze link:"),
        link_to(code),
        _works_for(accounts_conf().RESET_LIFETIME),
        _not_you(),
    )


def confirm_address(address: str, code: str) -> None:
    """To a new address."""
    _send(
        address,
        _("Bevestig je e-mailadres met deze link:"),
        link_to(code),
        _works_for(accounts_conf().EMAIL_LIFETIME),
        _not_you(),
    )


def activation(address: str, code: str) -> None:
    """To a new member of staff."""
    _send(
        address,
        _("Er staat een account voor je klaar. Neem het in gebruik met deze link:"),
        link_to(code),
        _works_for(accounts_conf().INVITATION_LIFETIME),
    )


def password_changed(address: str) -> None:
    """After a new password."""
    _send(address, _("Je wachtwoord is veranderd."), _was_it_you())


def factor_removed(address: str) -> None:
    """After the second step was taken away."""
    _send(address, _("Inloggen in twee stappen staat uit."), _was_it_you())


def address_changed(address: str) -> None:
    """To the old address, after a new one was confirmed."""
    _send(address, _("Bij je account hoort nu een ander e-mailadres."), _was_it_you())


def address_removed(address: str) -> None:
    """To the address that was taken away."""
    _send(address, _("Dit e-mailadres hoort niet meer bij je account."), _was_it_you())


def account_deleted(address: str) -> None:
    """To the address of an account that is gone. Nothing can be undone, so there is nothing to do."""
    _send(address, _("Je account is verwijderd. Over je account komt hier geen mail meer."))


def _works_for(lifetime: timedelta) -> str:
    return _("De link werkt %(time)s, en één keer.") % {"time": in_words(lifetime)}


def _not_you() -> str:
    return _("Heb je hier niet om gevraagd? Dan hoef je niets te doen.")


def _was_it_you() -> str:
    return _("Deed jij dit niet? Kies dan meteen een nieuw wachtwoord:") + "\n" + _page("account:reset")


def _page(name: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name)}"


def _send(address: str, *paragraphs: str) -> None:
    send_text(address, _("Over je account"), "\n\n".join(paragraphs) + "\n")
