"""The reactions that somebody wrote, as data to take along."""

from __future__ import annotations

from typing import Any

from .models import Reaction


def reactions(user: Any) -> list[dict[str, Any]]:
    """All that this person sent in, whatever was decided about it."""
    return [
        {
            "pagina": reaction.page.title,
            "naam": reaction.name,
            "tekst": reaction.text,
            "ingestuurd": reaction.sent_at.isoformat(),
            "stand": str(reaction.get_state_display()),
            "reden": reaction.reason,
        }
        for reaction in Reaction.objects.of(user).select_related("page")
    ]
