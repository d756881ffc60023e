"""What somebody said while writing along on a theme, as data to take along."""

from __future__ import annotations

from typing import Any

from .models import Contributor


def contributions(user: Any) -> list[dict[str, Any]]:
    """Each theme that this person wrote along on, also where that ended."""
    mine = Contributor.objects.filter(user_id=user.pk).select_related("page").order_by("since", "pk")
    return [
        {
            "thema": contributor.page.title,
            "organisatie": contributor.organisation,
            "naam": contributor.name,
            "sinds": contributor.since.isoformat(),
            "tot": contributor.ended_at.isoformat() if contributor.ended_at else "",
            "reacties": [
                {
                    "ronde": remark.round.number,
                    "onderdeel": str(remark.section_label),
                    "soort": str(remark.get_kind_display()),
                    "tekst": remark.text,
                    "geschreven": remark.made_at.isoformat(),
                }
                for remark in contributor.remarks.select_related("round").order_by("made_at", "pk")
            ],
            "stemmen": [
                {"ronde": vote.round.number, "inhoud": vote.content, "vorm": vote.presentation}
                for vote in contributor.votes.select_related("round").order_by("round__number")
            ],
        }
        for contributor in mine
    ]
