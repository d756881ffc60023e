"""HTML that is rendered once with gaps: what comes in a gap stays what it is."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils.safestring import mark_safe

from groupspace.shapes import Shape, gap
from groupspace.text.sanitiser import MemberHTML

POST = '<b title="{{ p.name }}">{{ p.name }}</b>{% if p.role %}<i>{{ p.role }}</i>{% endif %}{{ p.body }}'


def shape(*names: str) -> Shape:
    return Shape(engines["django"].from_string(POST).render({"p": {name: gap(name) for name in names}}))


def test_values_come_where_the_template_printed_them() -> None:
    filled = shape("name", "body").fill({"name": "Noor", "body": "dag", "role": "nobody asks for it"})

    assert filled == '<b title="Noor">Noor</b>dag'


def test_text_is_escaped_and_html_is_not() -> None:
    filled = shape("name", "body").fill({"name": '"><script>', "body": mark_safe("<p>dag</p>")})

    assert filled == '<b title="&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</b><p>dag</p>'


def test_words_that_were_cleaned_are_html_too() -> None:
    filled = shape("name", "body").fill({"name": "Noor", "body": MemberHTML("<p>dag</p>")})

    assert filled == '<b title="Noor">Noor</b><p>dag</p>'


def test_somebody_who_types_the_signs_of_a_gap_gets_nothing_in_it() -> None:
    filled = shape("name", "body").fill({"name": gap("body") + "", "body": "\ue000name\ue001"})

    assert filled == '<b title="\ue000body\ue001">\ue000body\ue001</b>\ue000name\ue001'


def test_a_value_that_is_missing_is_no_empty_place() -> None:
    with pytest.raises(KeyError):
        shape("name", "body").fill({"name": "Noor"})
