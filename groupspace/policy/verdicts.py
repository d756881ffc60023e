"""What the rules answer: a verdict, and the verdicts that have a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from groupspace.permissions import PROFESSIONAL, TALKING, Permission

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this actor do this?". True when allowed.

    Attributes:
        allowed: the answer.
        reason: why not, in a sentence for the person who asked.
        hide: the person must not learn that the thing exists: answer 404, not 403.
        verify: it would be allowed after the second step of the log-in.
        agree: it would be allowed after reading the agreements of the space.
    """

    allowed: bool
    reason: StrOrPromise = ""
    hide: bool = False
    verify: bool = False
    agree: bool = False

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)
HIDDEN = Verdict(False, _("Deze pagina bestaat niet, of je kunt er niet bij."), hide=True)
VERIFY = Verdict(False, _("Log eerst in met je tweede stap."), verify=True)
LOG_IN = Verdict(False, _("Log eerst in."))
READ_ONLY = Verdict(False, _("Deze groep is alleen nog te lezen. Schrijven kan niet meer."))
NOT_STARTED = Verdict(False, _("De groep is nog niet begonnen. Je kunt al lezen. Schrijven kan na de start."))
READ_FIRST = _(
    "In deze groep leest een begeleider eerst mee. Daarom kun je dit niet meer veranderen. Vraag het een begeleider."
)
NOT_HELD = _("Dit is al te lezen.")
NOT_YET = _("Dit staat klaar voor later. Dit kan pas als het in de groep staat.")
AGREE_FIRST = Verdict(
    False, _("De afspraken van de groep zijn veranderd. Lees ze eerst, dan kun je verder."), agree=True
)
CARE_FIRST = Verdict(
    False, _("Je begeleidt deze groep. Lees eerst wat dat van je vraagt, en zeg ja. Dan kun je verder."), agree=True
)
NOT_YOURS = Verdict(False, _("Dit mag alleen wie het schreef, of een begeleider."))
ONLY_AUTHOR = Verdict(False, _("Alleen wie dit schreef, kan het veranderen."))
NO_MESSAGES = Verdict(False, _("Jullie kunnen elkaar hier geen eigen bericht sturen."))
NO_PROFESSIONAL = Verdict(False, _("Een groep openen kan alleen een professional van een organisatie die meedoet."))
NOT_ALLOWED = Verdict(False, _("Dat kan niet met jouw rol in deze groep. Vraag het je begeleider."))


def care_first(access: Access, need: str) -> bool:
    """Whether the yes to the duty of care is what is missing: before the start, writing asks it too."""
    return access.must_care and (need in PROFESSIONAL or (need in TALKING and waits_for_start(access)))


def waits_for_start(access: Access) -> bool:
    """Whether the start of the space is what is missing: until then only who gets it ready writes."""
    return access.state == "recruiting" and Permission.POST not in access.permissions
