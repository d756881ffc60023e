"""What somebody chose about notices, and which wait: for "Mijn gegevens", and for who goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groupspace.notices.models import Answer, Delivery, Notice, Wish

if TYPE_CHECKING:
    from groupspace.models import Membership


def of_member(membership: Membership) -> list[dict[str, Any]]:
    """The wishes of a member, and their notices."""
    wishes = Wish.objects.filter(membership=membership).order_by("kind")
    notices = Notice.objects.filter(membership=membership).order_by("first_at")
    return [
        *(
            {
                "wat ik wil horen": str(wish.get_level_display()) or None,
                "mail": str(wish.get_mail_display()) or None,
                "over": wish.kind or "alles",
            }
            for wish in wishes
        ),
        *(
            {
                "melding": str(notice.get_reason_display()),
                "keer": notice.count,
                "sinds": notice.first_at.isoformat(),
                "gelezen": notice.read_at.isoformat() if notice.read_at else None,
            }
            for notice in notices
        ),
    ]


def of_account(user: Any) -> list[dict[str, Any]]:
    """How an account is told outside the site."""
    return [
        {
            "mail": str(one.get_mail_display()),
            "berichten op je toestel": one.push,
            "stil vanaf": one.quiet_from,
            "stil tot": one.quiet_to,
            "laatste mail": one.mailed_at.isoformat() if one.mailed_at else None,
            "adres werkt niet": bool(one.refused),
        }
        for one in Delivery.objects.filter(user=user)
    ]


def answers_of_account(user: Any) -> list[dict[str, Any]]:
    """That there is an answer to what an account asked; the answer itself stands with the request."""
    return [
        {
            "melding": str(answer.get_about_display()),
            "sinds": answer.at.isoformat(),
            "gelezen": answer.read_at.isoformat() if answer.read_at else None,
        }
        for answer in Answer.objects.filter(user=user).order_by("at")
    ]


def forget(membership: Membership) -> None:
    """Take all of it away."""
    Wish.objects.filter(membership=membership).delete()
    Notice.objects.filter(membership=membership).delete()
