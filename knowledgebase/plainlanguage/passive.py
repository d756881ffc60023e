"""Finds sentences that hide who does it. A rule of thumb: Dutch forms that look alike are told apart by lists."""

from __future__ import annotations

import re
from itertools import pairwise

from .tokens import words


def listed(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


TO_BE = listed("is zijn was waren ben bent")
TO_BECOME = listed("word wordt worden werd werden")
CLAUSE_END = re.compile(
    r"[,:;()–—]|\b(?:als|dan|dat|die|maar|omdat|of|totdat|tot|terwijl|voordat|want|wat|wie|zodat|zodra)\b"
    r"|\ben (?=(?:dan|daar|hij|ik|je|jij|we|wij|ze|zij)\b)",
    re.IGNORECASE,
)
WEAK_PARTICIPLE = re.compile(
    r"(?:(?:aan|achter|af|bij|binnen|buiten|dicht|door|in|klaar|los|mee|na|neer|om|onder|op|over|samen|tegen|terug|thuis"
    r"|toe|uit|vast|vol|voor|weer|weg)?ge\w{2,}|(?:be|er|her|mis|ont|ver)\w{3,})[dt]"
)
GE_PARTICIPLE = re.compile(
    r"(?:aan|achter|af|bij|binnen|dicht|door|in|los|mee|na|neer|om|onder|op|over|samen|tegen|terug|toe|uit|vast|voor|weer"
    r"|weg)?ge\w{2,}en|(?:aan|af|bij|door|in|mee|na|op|over|toe|uit|voor|weg|terug)?(?:gedaan|gezien|ontdaan|gegaan)"
)
PRESENT_PARTICIPLE = re.compile(r"[^e]end$")
#: After these words a form is an adjective: "een verzonnen naam".
NO_VERB_FOLLOWS = listed("de deze die een geen het hun jouw mijn onze")
STRONG_PARTICIPLES = listed(
    "aanbevolen begrepen behouden bekeken benomen beschreven besloten besproken bewezen bezocht geholpen herzien"
    " onderbroken onderhouden ondernomen onderzocht ondervonden ontbonden ontnomen ontslagen ontvangen overdragen"
    " overtroffen verboden verbonden verbroken vergeleken vergeten verkocht verkregen verlaten vermeden verstaan"
    " verstuurd vervangen verzonden verzonnen voorgeschreven voorkomen voltooid weersproken"
)
NO_PARTICIPLES = listed(
    "bereid beschuit bestand bekend bezet belast benieuwd beleid beperkt bericht besluit bewust boven erbij gauw"
    " gebied gebit geboren gebouwen gebruiken gedachten gedicht gedoemd geduld geestelijken geheimen"
    " geld geldt gelden geleden gemeenten gemiddeld gemeend genoegen gerechten gerust geschikt"
    " geslacht gesprekken gevaren gevallen gevecht gevoelens geweest geweld gewend gewicht gewond geworden"
    " gezicht gezichten gezinnen gezond herfst ontbijt verdacht verdriet verdrietig verhaald verhit verkeerd"
    " verliefd verplicht verslaafd verward verwant verzet voorbeeld vertrouwd vermoeid verschillend gewoon"
    " gestrest geduldig gebonden betrokken verbaasd verlegen bedoeld gericht behoeft betekent bestaat begint"
    " vertelt verdient"
)
#: Verbs that make their perfect tense with `zijn`: "is gekomen" is active.
MOVED_BY_ITSELF = listed(
    "aangekomen afgelopen afgegaan begonnen bevallen bezweken binnengekomen doorgegaan gebeurd gebleken gebleven"
    " geboren geëindigd gegaan gegroeid gekomen geland gelukt gelopen genezen gescheiden geslaagd gestart gestegen"
    " gestopt gestorven gevallen gevlucht geweest geworden gezakt gezonken ingegaan ingeslapen meegegaan mislukt"
    " omgekomen ontsnapt ontstaan opgegroeid opgehouden opgestaan overleden teruggekomen toegenomen uitgegaan"
    " verhuisd verschenen verdwenen veranderd verstreken vertrokken verlopen voorbijgegaan vastgelopen weggegaan"
    " weggelopen gebaseerd gekoppeld gesloten geopend gericht geïnteresseerd geweten verbonden verboden bedoeld"
    " opgelucht gewend gespecialiseerd ingelogd uitgelogd verslaafd aangemeld aangesloten afgemeld afhankelijk"
    " toegestaan beschermd bereikbaar bezig"
)


def is_passive(sentence: str) -> bool:
    """Whether a sentence hides who does it: a form of `worden`, or `is`/`was`, with a past participle."""
    for clause in CLAUSE_END.split(sentence):
        here = [word.lower() for word in words(clause)]
        forms = {
            word for before, word in pairwise(["", *here]) if is_participle(word) and before not in NO_VERB_FOLLOWS
        }
        if forms and not TO_BECOME.isdisjoint(here):
            return True
        if forms - MOVED_BY_ITSELF and not TO_BE.isdisjoint(here):
            return True
    return False


def is_participle(word: str) -> bool:
    """Whether a word looks like a past participle."""
    if word in STRONG_PARTICIPLES:
        return True
    if word in NO_PARTICIPLES or PRESENT_PARTICIPLE.search(word):
        return False
    return bool(WEAK_PARTICIPLE.fullmatch(word) or GE_PARTICIPLE.fullmatch(word))
