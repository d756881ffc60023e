"""The mails about an account. They name nobody and nothing: only what to do, and a link."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

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
        _("De link werkt twee uur, en één keer. Heb je hier niet om gevraagd? Dan hoef je niets te doen."),
    )


def confirm_address(address: str, code: str) -> None:
    """To a new address."""
    _send(
        address,
        _("Bevestig je e-mailadres met deze link:"),
        link_to(code),
        _("De link werkt een dag, en één keer. Heb je hier niet om gevraagd? Dan hoef je niets te doen."),
    )


def activation(address: str, code: str) -> None:
    """To a new member of staff."""
    _send(
        address,
        _("Er staat een account voor je klaar. Neem het in gebruik met deze link:"),
        link_to(code),
        _("De link werkt drie dagen, en één keer."),
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


def _was_it_you() -> str:
    return _("Deed jij dit niet? Kies dan meteen een nieuw wachtwoord:") + "\n" + _page("account:reset")


def _page(name: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name)}"


def _send(address: str, *paragraphs: str) -> None:
    send_text(address, _("Over je account"), "\n\n".join(paragraphs) + "\n")
