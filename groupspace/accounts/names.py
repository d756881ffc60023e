"""Suggests log-in names: two Dutch words and four digits.

People choose from what we suggest and cannot type a name of their own: a name says nothing about its owner then, and
the form cannot be used to find out which names exist.
"""

from __future__ import annotations

import secrets

from django.contrib.auth import get_user_model
from django.core import signing

SUGGESTIONS = 4
_SALT = "groupspace.accounts.names"
_LIFETIME = 60 * 60 * 24

_ADJECTIVES = """
    blauwe bonte bruine dappere diepe eerlijke frisse gele gladde goede gouden grijze groene grote heldere hoge
    houten jonge kalme kleine klare koele koperen korte lange lenige lichte lome losse malse milde mooie nieuwe
    nuchtere open oranje oude paarse platte prille rechte rijpe rode ronde roze ruige ruime rustige serene slanke
    snelle soepele stevige stille sterke trage trouwe vaste verse vlotte vrije vroege vrolijke warme wijde wijze
    wilde witte zachte zilveren zoete zonnige zwarte zuivere
""".split()  # noqa: SIM905  (a list of 80 quoted words reads worse)
_NOUNS = """
    akker amandel anjer appel beek berk beuk bever boom boot brem brug das den duin eekhoorn egel eik eiland els es
    esdoorn ezel fazant fiets fluit fontein geit gans gras haas hazelaar heide heuvel hinde hop hulst iep ijsvogel
    iris jasmijn kade kajuit kamille karper kastanje kat kers kiezel kievit klaver klimop koekoek kom koning
    korenbloem kraan kwartel laan lamp lariks lavendel leeuwerik lelie lepelaar libel linde lijster maan madelief
    maretak meer mees merel molen mos mus narcis noot oever olijf olm otter paard papaver parel peer plataan pluim
    populier raaf ree reiger rivier roos rots salie schaap schelp ster steen sloep specht spreeuw strand struik tak
    tarwe tijm toren tuin tulp uil veer veld vijver vink vlier vlinder vos wad walnoot weide wilg wolk zalm zee zeil
    zon zwaan zwaluw
""".split()  # noqa: SIM905  (a list of 80 quoted words reads worse)


def suggest(count: int = SUGGESTIONS) -> list[str]:
    """Make log-in names that nobody has."""
    found: list[str] = []
    taken = get_user_model()._default_manager.filter
    while len(found) < count:
        name = f"{secrets.choice(_ADJECTIVES)}-{secrets.choice(_NOUNS)}-{secrets.randbelow(9000) + 1000}"
        if name not in found and not taken(username__iexact=name).exists():
            found.append(name)
    return found


def pack(names: list[str]) -> str:
    """Sign what was suggested, for the form that comes back."""
    return signing.dumps(names, salt=_SALT)


def unpack(packed: str) -> list[str]:
    """Return what was suggested; nothing when somebody changed it or it is too old."""
    try:
        return signing.loads(packed, salt=_SALT, max_age=_LIFETIME)
    except signing.BadSignature:
        return []
