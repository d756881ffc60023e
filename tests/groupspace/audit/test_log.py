"""The access log: append-only, chained, and honest about what happened to it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from groupspace.audit import anchor, log
from groupspace.audit.models import Entry, Head
from groupspace.ids import uuid7

TRIGGERS_OFF = {
    "sqlite": ["DROP TRIGGER groupspace_audit_entry_no_update", "DROP TRIGGER groupspace_audit_entry_no_delete"],
    "postgresql": ["ALTER TABLE groupspace_audit_entry DISABLE TRIGGER USER"],
}


@pytest.fixture
def chain(db: None) -> str:
    space_id = uuid7()
    for number in range(4):
        log.record("test.event", actor=f"member:{number}", space_id=space_id, authorisation="post")
    return str(space_id)


@pytest.fixture
def burglar(db: None):
    """Someone who owns the database and switches the triggers off."""
    with connection.cursor() as cursor:
        for statement in TRIGGERS_OFF[connection.vendor]:
            cursor.execute(statement)


def test_a_whole_chain_has_no_problems(chain: str) -> None:
    assert list(log.problems()) == []


@pytest.mark.parametrize("change", [lambda rows: rows.update(event="x"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_remove(chain: str, change) -> None:
    with pytest.raises(DatabaseError, match="only grow"), transaction.atomic():
        change(Entry.objects.filter(chain=chain, number=2))
    assert Entry.objects.filter(chain=chain).count() == 4


def test_a_change_shows(chain: str, burglar: None) -> None:
    Entry.objects.filter(chain=chain, number=2).update(actor="member:someone-else")

    assert f"{chain}: entry 2 was changed." in list(log.problems())


def test_a_missing_entry_shows(chain: str, burglar: None) -> None:
    Entry.objects.filter(chain=chain, number=2).delete()

    assert f"{chain}: entry 2 is missing." in list(log.problems())


def test_swapped_entries_show(chain: str, burglar: None) -> None:
    second, third = Entry.objects.filter(chain=chain, number__in=(2, 3)).order_by("number")
    Entry.objects.filter(pk=second.pk).update(number=99)
    Entry.objects.filter(pk=third.pk).update(number=2)
    Entry.objects.filter(pk=second.pk).update(number=3)

    assert len(list(log.problems())) >= 2


def test_a_cut_off_tail_shows(chain: str, burglar: None) -> None:
    Entry.objects.filter(chain=chain, number=4).delete()

    assert f"{chain}: the chain ends at 3, its head says 4." in list(log.problems())


def test_a_cut_off_tail_with_a_forged_head_shows_by_the_anchor(chain: str, burglar: None, settings, tmp_path) -> None:
    settings.GROUPSPACE = {**getattr(settings, "GROUPSPACE", {}), "AUDIT_ANCHOR_FILE": tmp_path / "anchor.jsonl"}
    anchor.write()
    Entry.objects.filter(chain=chain, number=4).delete()
    third = Entry.objects.get(chain=chain, number=3)
    Head.objects.filter(chain=chain).update(number=3, hash=third.hash)
    assert list(log.problems()) == []

    assert f"{chain}: the anchor knows 4 entries, 3 are left." in list(log.problems(anchor.last()))
    with pytest.raises(CommandError, match="anchor knows 4"):
        call_command("verify_audit")


def test_the_key_is_outside_the_database(chain: str, settings) -> None:
    settings.SECRET_KEY = "another key, as someone with only the database would have to guess it"

    assert list(log.problems()) != []


def test_chains_do_not_depend_on_each_other(chain: str) -> None:
    log.record("site.event", actor="system")
    log.record("test.event", actor="member:5", space_id=uuid7())

    assert list(log.problems()) == []
    assert Entry.objects.filter(chain="site").get().number == 1


def test_an_entry_is_undone_with_what_it_reports(chain: str) -> None:
    with transaction.atomic():
        log.record("test.event", actor="member:1", space_id=chain)
        transaction.set_rollback(True)

    assert Entry.objects.filter(chain=chain).count() == 4
    assert list(log.problems()) == []
