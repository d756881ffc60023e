"""What each event of the access log is called when people read the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from groupspace.audit.models import Entry

_LABELS = {
    "space.created": _("opende de groep"),
    "space.changed": _("veranderde de instellingen"),
    "space.partners": _("veranderde met welke organisaties de groep samenwerkt"),
    "space.protocol": _("schreef op wat we doen als het misgaat"),
    "space.open": _("startte de groep"),
    "space.recruiting": _("ging terug naar werven"),
    "space.closing": _("begon met afronden"),
    "space.read_only": _("sloot de groep af: alleen nog lezen"),
    "space.erased": _("wiste de groep"),
    "join.requested": _("vroeg om mee te doen"),
    "join.refused": _("wees een aanvraag af"),
    "join.waiting": _("zette een aanvraag op de wachtlijst"),
    "invitation.made": _("maakte een uitnodiging"),
    "invitation.revoked": _("trok een uitnodiging in"),
    "member.joined": _("liet iemand toe"),
    "member.left": _("ging weg"),
    "member.removed": _("verwijderde iemand"),
    "member.role_changed": _("gaf iemand een andere rol"),
    "member.handed_over": _("droeg de leiding over aan iemand"),
    "member.permission_changed": _("veranderde de rechten van iemand"),
    "member.suspended": _("zette iemand op pauze"),
    "member.resumed": _("haalde iemand van pauze"),
    "post.removed": _("haalde een bericht weg"),
    "post.released": _("liet een bericht zien dat wachtte"),
    "prepared.placed": _("plaatste iets dat klaarstond"),
    "prepared.moved": _("veranderde wanneer iets komt dat klaarstaat"),
    "prepared.removed": _("haalde iets weg dat klaarstond"),
    "post.warned": _("zette een waarschuwing bij een bericht"),
    "comment.removed": _("haalde een reactie weg"),
    "page.removed": _("haalde een pagina weg"),
    "page.locked": _("zette een pagina op slot"),
    "page.unlocked": _("haalde een pagina van slot"),
    "link.removed": _("haalde een link weg"),
    "poll.closed": _("sloot een peiling"),
    "poll.removed": _("haalde een peiling weg"),
    "topic.pinned": _("zette een gesprek vast"),
    "topic.unpinned": _("maakte een gesprek weer los"),
    "topic.locked": _("sloot een gesprek"),
    "topic.unlocked": _("opende een gesprek weer"),
}


def label_of(event: str) -> StrOrPromise:
    """The event in words; an event without words shows its own code."""
    return _LABELS.get(event, event)


def sentence(entry: Entry, names: Mapping[str, str]) -> str:
    """What happened, for people in the space.

    Args:
        names: under which name each membership is known, by its id.
    """
    who = names.get(entry.actor.removeprefix("member:"), "")
    whom = names.get(entry.object_id, "") if entry.object_type == "groupspace.membership" else ""
    if entry.event == "member.joined" and not who:  # came in by an open door, a code or an invitation
        return gettext("%(name)s kwam erbij") % {"name": whom or gettext("Iemand")}
    told = f"{who or gettext('Iemand van buiten')} {label_of(entry.event)}"
    return f"{told}: {whom}" if whom and whom != who else told
