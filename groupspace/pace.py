"""How often one person may do what reaches others: counted in the cache, asked by the actions.

It stops a script, not a person: the limits lie far above what anyone types, also in a crisis. Counting wrong tries
is another matter, with a row in the database each (`groupspace.accounts.throttle`): posting pays for no extra
statement here, and a cache that is away or emptied only lets more through.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groupspace.conf import Pace, conf
from groupspace.durations import in_words

if TYPE_CHECKING:
    from groupspace.actor import Actor

logger = logging.getLogger(__name__)

KEY = "groupspace:pace"


def keep_pace(actor: Actor, what: str) -> None:
    """Count one more of `what` for this person, in all spaces together.

    Args:
        what: the setting that holds the limit, such as "POSTS".

    Raises ValidationError, with how long to wait, when it was done too often.
    """
    pace: Pace = getattr(conf, what)
    seconds = pace.within.total_seconds()
    turn, passed = divmod(time.time(), seconds)
    key = f"{KEY}:{what}:{actor.user_id}:{turn:.0f}"
    try:
        done = cache.get(key, 0)
        if done < pace.times:
            cache.set(key, done + 1, seconds)
    except Exception:
        logger.exception("The shared cache does not answer: nobody's pace is counted.")
        return
    if done >= pace.times:
        raise ValidationError(_too_fast(seconds - passed), code="pace")


def _too_fast(seconds: float) -> str:
    text = _("Dat is heel veel in korte tijd. Wacht %(wait)s en probeer het dan weer. Je tekst blijft hier staan.")
    return text % {"wait": in_words(timedelta(seconds=seconds))}
