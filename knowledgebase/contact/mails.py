"""The mails to who sent a message and gave an address. They never repeat what was typed."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Message, Step


def send_receipt(message: Message) -> None:
    """Say that the message came in, and how to follow it."""
    with translation.override(settings.LANGUAGE_CODE):
        _send(
            message,
            _("Je bericht %(number)s is aangekomen"),
            _("We hebben je bericht ontvangen op %(date)s.") % {"date": _day(timezone.localdate(message.received_at))},
            _("Je krijgt antwoord voor %(date)s.") % {"date": _day(message.due_on)},
            _follow(message),
            _("Heb je niets gestuurd? Dan hoef je niets te doen. Iemand vulde dan jouw adres in."),
        )


def send_answer(message: Message, step: Step) -> None:
    """Send the answer, or the decision with its reason and what can be done against it."""
    with translation.override(settings.LANGUAGE_CODE):
        decision = step.get_decision_display()
        _send(
            message,
            _("Antwoord op je bericht %(number)s"),
            _("Ons besluit: %(decision)s.") % {"decision": decision} if decision else "",
            step.text,
            step.redress,
            _follow(message),
        )


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _follow(message: Message) -> str:
    address = settings.WAGTAILADMIN_BASE_URL + reverse("knowledgebase_contact:follow")
    return _("Je code is %(code)s. Daarmee lees je hier hoe het gaat: %(address)s") % {
        "code": message.code,
        "address": address,
    }


def _send(message: Message, subject: str, *paragraphs: str) -> None:
    if message.email:
        body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        EmailMessage(subject % {"number": message.reference}, body, to=[message.email]).send()
