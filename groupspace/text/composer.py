"""What a view needs for one form in which people write: restore, keep, post once. Used by every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.forms import BaseForm, Textarea, TextInput, URLInput
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import drafts, sealed
from .once import Claim, once
from .ticket import FIELD, Ticket, read

VERSION_FIELD = "gs-version"
#: Where people type words of their own; what they choose is no loss.
_TYPED = (TextInput, Textarea, URLInput)


def read_version(data: Mapping[str, str]) -> int:
    """Return which version of the draft a window has; 0 for none and for nonsense."""
    version = data.get(VERSION_FIELD, "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


class Composer:
    """The life of one form: filled again after a break, saved while typing, carried out once.

    kind, object_id: what is written, such as ("reply", the topic's id); the key of the draft.
    Templates print `groupspace/text/note.html` and `groupspace/text/envelope.html` inside the form, and
    `groupspace/text/scripts.html` at the end of the page.
    """

    def __init__(self, request: HttpRequest, kind: str, object_id: Any, *, path: str = "") -> None:
        self.request = request
        self.version = 0
        self.note = ""
        #: What was typed under fields that the form no longer has.
        self.left_over = ""
        self.is_restored = False
        match = request.resolver_match
        # From the address, so that no form in a space can forget to say where it stands.
        place = str(match.kwargs.get("space", "")) if match else ""
        self.ticket = Ticket(str(request.user.pk), path or request.path, kind, str(object_id), place)
        if request.method == "POST":
            sent = read(request.POST)
            if sent and (sent.user, sent.kind, sent.object_id) == (self.ticket.user, kind, str(object_id)):
                self.ticket = sent
            self.version = read_version(request.POST)

    def fill(self, form: BaseForm) -> None:
        """Put back into an unbound `form` what its writer had typed: after a lost log-in, or as a draft."""
        typed = [form.add_prefix(name) for name, field in form.fields.items() if isinstance(field.widget, _TYPED)]
        ticket = self.ticket = replace(self.ticket, words=typed)
        draft = drafts.load(self.request.user, ticket.kind, ticket.object_id)
        self.version = draft.version if draft else 0
        values = draft.values if draft else {}
        if draft:
            self.note = _("Dit schreef je eerder. Je kunt ermee verdergaan.")
        if pk := self.request.GET.get(sealed.PARAMETER):
            restored = sealed.unseal(self.request.user, pk, ticket.kind, ticket.object_id)
            self.is_restored = restored is not None
            if restored:
                self.ticket = replace(ticket, key=restored.key)
                self.note = _("Je was te lang weg. Je tekst staat er nog.")
                values = restored.values
                gone = [name for name in restored.words if name not in map(form.add_prefix, form.fields)]
                self.left_over = "\n\n".join(text for name in gone if (text := values.get(name, "").strip()))
                if self.left_over:
                    self.note = _("Je was te lang weg. Een vraag is intussen veranderd of weg.")
            elif not draft:
                self.note = _(
                    "Deze tekst is er niet meer. We bewaren een tekst een half uur, alleen voor wie hem schreef."
                )
        for name, field in form.fields.items():
            if name in values:
                form.initial[name] = field.widget.value_from_datadict(values, {}, name)

    @contextmanager
    def once(self) -> Iterator[Claim]:
        """Like `once`, for this form; what was posted is no longer a draft."""
        with once(self.request.user, self.ticket.key) as claim:
            yield claim
            if claim.first:
                drafts.discard(self.request.user, self.ticket.kind, self.ticket.object_id)

    # For the template.
    ticket_field = FIELD
    version_field = VERSION_FIELD
