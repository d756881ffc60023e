"""What is wrong with a plan, said to staff in plain words, at the block where it is."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from knowledgebase.graph import Fault, Problem

from .blocks import Outcome
from .structure import Draft


class Remark(NamedTuple):
    """One sentence about a plan.

    Attributes:
        field: "steps" or "ends".
        at: position of the block; None for the whole list.
        text: what is wrong and what to do.
        jump: position of the option, for a sentence about where it leads.
        part: the part of the block at which the sentence stands.
    """

    field: str
    at: int | None
    text: str
    jump: int | None = None
    part: str = "name"


def remarks(draft: Draft) -> list[Remark]:
    """All sentences about this draft; none for a plan that can be published."""
    found = [remark(draft, problem) for problem in draft.problems()]
    outcomes = {block.value.get("outcome") for block in draft.ends}
    if draft.steps:
        found += [
            Remark("ends", None, missing_end(outcome.label)) for outcome in Outcome if outcome.value not in outcomes
        ]
    return found


def missing_end(label: Any) -> str:
    """That an outcome has no end yet."""
    return _(
        "Er is nog geen einde met de uitkomst “%(outcome)s”. Voeg er een toe. "
        "Kansrijk en niet kansrijk zijn allebei goed."
    ) % {"outcome": label}


def remark(draft: Draft, problem: Problem) -> Remark:
    """One problem in words, and where to show it."""
    field = "ends" if problem.is_end else "steps"
    text = sentence(draft, problem)
    is_jump = problem.jump is not None
    return Remark(field, problem.at, text, problem.jump, "target" if is_jump else "name")


def sentence(draft: Draft, problem: Problem) -> str:
    """What is wrong, and what to do."""
    name = name_of(draft.ends if problem.is_end else draft.steps, problem.at)
    if problem.fault is Fault.SAME_NAME:
        return _("Er is al een stap of einde met deze naam of dit adres: “%(name)s”. Kies een andere.") % {"name": name}
    if problem.fault is Fault.UNREACHABLE:
        return _(
            "Niemand komt ooit bij “%(name)s”: geen stap leidt erheen. Laat een antwoord hierheen springen, of haal "
            "deze stap weg."
        ) % {"name": name}
    if problem.fault is Fault.END_UNREACHABLE:
        return _(
            "Niemand komt ooit bij het einde “%(name)s”. Laat een antwoord hierheen springen, of haal dit einde weg."
        ) % {"name": name}
    if problem.fault is Fault.LOOP:
        return _(
            "Dit springt terug naar “%(other)s”. Dan loopt iemand steeds rond. "
            "Kies een stap die later komt, of een einde."
        ) % {"other": name_of(draft.steps, problem.other or 0)}
    if problem.fault is Fault.NO_TARGET:
        return _("Er is geen stap of einde met de naam “%(target)s”. Kies een naam uit de lijst.") % {
            "target": draft.jumps(problem.at)[problem.jump or 0]
        }
    if problem.jump is None:
        return _("“%(name)s” loopt dood: er staan nog geen antwoorden bij.") % {"name": name}
    return _("“%(name)s” loopt dood: hierna komt niets. Kies bij “Daarna naar” een einde of een andere stap.") % {
        "name": name
    }


def name_of(blocks: list[Any], place: int) -> str:
    """What staff call this block."""
    return blocks[place].value.get("name") or str(place + 1)


def errors(draft: Draft) -> dict[str, StreamBlockValidationError]:
    """The remarks as errors of the editor, by field, each at its own block."""
    found = remarks(draft)
    return {
        field: error_of(draft, [remark for remark in found if remark.field == field])
        for field in ("steps", "ends")
        if any(remark.field == field for remark in found)
    }


def error_of(draft: Draft, found: list[Remark]) -> StreamBlockValidationError:
    """All remarks about one list of blocks."""
    at_block: dict[int, dict[str, Any]] = {}
    for one in found:
        if one.at is None:
            continue
        parts = at_block.setdefault(one.at, {})
        if one.jump is not None and draft.steps[one.at].block_type == "choice":
            inner = parts.setdefault("options", {})
            inner[one.jump] = StructBlockValidationError({"target": ValidationError(one.text)})
        else:
            said = parts.get(one.part)
            parts[one.part] = ValidationError(f"{said.message} {one.text}" if said else one.text)
    return StreamBlockValidationError(
        {at: StructBlockValidationError(with_options(parts)) for at, parts in at_block.items()},
        [ValidationError(one.text) for one in found if one.at is None],
    )


def with_options(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts of one block, with what is said about its options as one error."""
    if "options" in parts:
        return {**parts, "options": StreamBlockValidationError(parts["options"])}
    return parts
