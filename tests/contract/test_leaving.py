"""What leaves with its author or its space, what they take along, and what the log keeps."""

from __future__ import annotations

import json

import pytest
from django.utils.text import capfirst

from groupspace.actions.phases import erase
from groupspace.audit.models import Entry
from groupspace.memory import memory_of
from tests.contract.subject import (
    WORD,
    addresses,
    both,
    everything,
    list_of,
)

pytestmark = pytest.mark.contract


def test_erasing_the_space_leaves_no_trace(kind, item, cast):
    texts = [WORD, *kind.texts_of(item)]

    erase(cast.space)

    left = everything()
    assert not [text for text in texts if text in left]


def test_export_holds_what_its_author_wrote_and_nothing_else(kind, item, cast):
    kind.make_example(cast.members["anna"], "Hinkelsteen van anna")
    texts = list(kind.texts_of(item))
    assert texts
    assert any(WORD in text for text in texts)

    mine = json.dumps(kind.export(cast.members["ben"]), ensure_ascii=False)
    hers = json.dumps(kind.export(cast.members["anna"]), ensure_ascii=False)

    assert all(json.dumps(text, ensure_ascii=False)[1:-1] in mine for text in texts)
    kept = [one for _day, written in memory_of(cast.members["ben"]) for one in written]
    page: list[str] = []
    for one in kept:
        if one.kind == capfirst(str(kind.label)):
            page += [str(one.words.title), *(text for _label, text in one.parts)]
            page += [word for file in one.words.files for word in (file.name, file.description)]
    assert all(text in "\n".join(page) for text in texts)
    assert "Hinkelsteen" not in mine
    assert "Hinkelsteen" in hers
    assert WORD not in hers
    assert kind.export(cast.members["carla"]) == []


def test_log_holds_no_words(kind, item, people):
    found = list(addresses(kind, item))  # one of them takes the item away
    for who in ("ben", "anna"):
        for address in found:
            both(people(who), address.path)

    assert Entry.objects.exists()
    assert WORD not in str(list(Entry.objects.values()))


def test_erasing_leaves_no_trace_and_leaves_others_alone(kind, item, people, cast):
    hers = kind.make_example(cast.members["anna"], "Hinkelsteen van anna")
    people("anna").get(kind.url_of(item))
    texts = [WORD, *kind.texts_of(item)]
    kept = list(kind.texts_of(hers))
    assert WORD in everything()

    assert kind.erase(cast.members["ben"]) > 0

    left = everything()
    assert not [text for text in texts if text in left]
    assert kind.export(cast.members["ben"]) == []
    assert list(kind.texts_of(kind.model.objects.get(pk=hers.pk))) == kept
    assert people("anna").get(list_of(kind, cast.space)).status_code == 200
    assert kind.erase(cast.members["ben"]) == 0
