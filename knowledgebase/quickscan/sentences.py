"""What is wrong with a quick scan, said to staff in plain words, at the block where it is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from knowledgebase.graph import Fault, Problem

from .structure import Draft

#: (position of the question, part of its block, position of the answer there or None, sentence).
Remark = tuple[int, str, int | None, str]


def remarks(draft: Draft) -> list[Remark]:
    """All sentences about this draft; none for a scan that can be published."""
    found = [remark(draft, problem) for problem in draft.problems()]
    for place, block in enumerate(draft.blocks):
        is_scale = block.block_type == "scale"
        for number in draft.doubles(place):
            text = _("Dit staat er al. Kies iets anders, of haal dit weg.")
            found.append((place, "number" if is_scale else "label", number, text))
    return found


def remark(draft: Draft, problem: Problem) -> Remark:
    """One problem in words, and where to show it. The first jump is that of the question itself."""
    text = sentence(draft, problem)
    if problem.jump is None:
        return problem.at, "name", None, text
    return problem.at, "target", problem.jump - 1 if problem.jump else None, text


def sentence(draft: Draft, problem: Problem) -> str:
    """What is wrong, and what to do."""
    name = name_of(draft, problem.at)
    if problem.fault is Fault.SAME_NAME:
        return _("De naam “%(name)s” is al bezet. Kies een andere naam of een ander adres.") % {"name": name}
    if problem.fault is Fault.UNREACHABLE:
        return _(
            "Niemand komt ooit bij “%(name)s”: elk antwoord springt eroverheen. Laat een antwoord hierheen "
            "springen, of haal deze vraag weg."
        ) % {"name": name}
    if problem.fault is Fault.LOOP:
        return _("Dit springt terug naar “%(other)s”. Kies een vraag die later komt, of “Einde”.") % {
            "other": name_of(draft, problem.other or 0)
        }
    return _("Er is geen vraag met de naam “%(target)s”. Kies een naam uit de lijst, of “Einde”.") % {
        "target": draft.jumps(problem.at)[problem.jump or 0]
    }


def name_of(draft: Draft, place: int) -> str:
    """What staff call this question."""
    return draft.blocks[place].value.get("name") or str(place + 1)


def errors(draft: Draft) -> dict[str, StreamBlockValidationError]:
    """The remarks as errors of the editor, each at its own block."""
    at_block: dict[int, dict[str, Any]] = {}
    for place, part, number, text in remarks(draft):
        parts = at_block.setdefault(place, {})
        if number is None:
            parts[part] = ValidationError(text)
        else:
            field = "skips" if draft.blocks[place].block_type == "scale" else "options"
            parts.setdefault(field, {}).setdefault(number, {})[part] = ValidationError(text)
    if not at_block:
        return {}
    blocks = {place: StructBlockValidationError(with_answers(parts)) for place, parts in at_block.items()}
    return {"questions": StreamBlockValidationError(blocks)}


def with_answers(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts of one block, with what is said about its answers as one error."""
    return {
        name: StreamBlockValidationError({number: StructBlockValidationError(said) for number, said in part.items()})
        if isinstance(part, dict)
        else part
        for name, part in parts.items()
    }
