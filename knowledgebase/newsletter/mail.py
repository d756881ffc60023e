"""Composing the mails: neutral in what a bystander sees, and nothing in them that tells us who reads what."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .conf import newsletter_conf
from .links import confirm_link, leave_link, on_site
from .rendering import LEAVE_LINK, as_html, as_text

if TYPE_CHECKING:
    from .models import IssuePage, Mailing, NewsletterPage, Subscriber


def sender(page: NewsletterPage) -> str:
    """What stands behind "Van:" in every mail."""
    return formataddr((page.sender_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def send_confirmation(page: NewsletterPage, subscriber: Subscriber) -> None:
    """Ask the owner of the address whether it was they who signed up."""
    _send(
        page, subscriber, "confirm", {"link": confirm_link(subscriber), "days": newsletter_conf().CONFIRM_WITHIN.days}
    )


def send_already(page: NewsletterPage, subscriber: Subscriber) -> None:
    """Tell a subscriber, and only them, that they have the newsletter already."""
    _send(page, subscriber, "already", {})


def _send(page: NewsletterPage, subscriber: Subscriber, name: str, context: dict[str, object]) -> None:
    with translation.override(page.locale.language_code):
        link = leave_link(subscriber)
        text = render_to_string(f"knowledgebase/newsletter/mail/{name}.txt", {**context, "leave_link": link})
        EmailMessage(page.mail_subject, text, sender(page), [subscriber.email], headers=leave_headers(link)).send()


def trial(page: NewsletterPage, issue: IssuePage, to: str) -> EmailMultiAlternatives:
    """The mail as subscribers will get it, to one member of staff. Its link to leave ends nobody's subscription."""
    with translation.override(page.locale.language_code):
        subject = _("Proef: %(subject)s") % {"subject": page.mail_subject}
    link = on_site(reverse("knowledgebase_newsletter:leave"))
    message = EmailMultiAlternatives(subject, as_text(issue).replace(LEAVE_LINK, link), sender(page), [to])
    message.attach_alternative(as_html(issue).replace(LEAVE_LINK, link), "text/html")
    return message


def compose(mailing: Mailing, subscriber: Subscriber) -> EmailMultiAlternatives:
    """The mail of an issue to one subscriber. Only their own link to leave differs."""
    link = leave_link(subscriber)
    message = EmailMultiAlternatives(
        mailing.subject,
        mailing.text.replace(LEAVE_LINK, link),
        mailing.sender,
        [subscriber.email],
        headers=leave_headers(link),
    )
    message.attach_alternative(mailing.html.replace(LEAVE_LINK, link), "text/html")
    return message


def leave_headers(link: str) -> dict[str, str]:
    """What mail programs make a button of that ends the subscription at once (RFC 2369 and RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
