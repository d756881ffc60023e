"""The mails about an idea: they say that there is news and where, never what the idea is about."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Address, Idea

SALT = "knowledgebase.ideas.stop"


def send_news(address: Address, idea: Idea) -> None:
    """Say that there is news about an idea that somebody sent."""
    with translation.override(settings.LANGUAGE_CODE):
        news = _("Je vroeg om bericht. Er staat iets nieuws voor je: %(address)s") % {
            "address": settings.WAGTAILADMIN_BASE_URL + idea.get_absolute_url()
        }
        last = _("Dit is de laatste mail. We hebben je adres gewist.")
        _send(address, news, last if idea.is_final else stop(address))


def send_answer(address: Address, answer: str) -> None:
    """Send what staff answer to who sent something else than an idea."""
    with translation.override(settings.LANGUAGE_CODE):
        _send(address, answer, _("Dit is de laatste mail. We hebben je adres gewist."))


def stop(address: Address) -> str:
    """The line with which somebody ends these mails."""
    token = signing.dumps(address.pk, salt=SALT)
    where = settings.WAGTAILADMIN_BASE_URL + reverse("knowledgebase_ideas:stop", args=[token])
    return _("Geen mail meer? Wis je adres hier: %(address)s") % {"address": where}


def address_of(token: str) -> Address | None:
    """The address of such a line; None when it is already gone or the line is broken."""
    try:
        return Address.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def _send(address: Address, *paragraphs: str) -> None:
    EmailMessage(_("Er is iets nieuws"), "\n\n".join(paragraphs), to=[address.email]).send()
