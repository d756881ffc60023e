"""The path to a page: every sort of it looks the same, and nobody's words change it."""

from __future__ import annotations

from django.template import engines
from django.utils.translation import gettext_lazy as _

PAGE = '{% include "groupspace/elements/breadcrumbs.html" with breadcrumbs=crumbs only %}'


def path(*crumbs: tuple[object, str]) -> str:
    return engines["django"].from_string(PAGE).render({"crumbs": list(crumbs)}).strip()


def test_links_lead_back_and_the_last_is_where_one_is() -> None:
    html = path((_("Mijn groepen"), "/groep/"), ("Rust", "/groep/1/?a=1&b=2"), ("Gesprekken", ""))

    assert html.endswith(
        '<li><a href="/groep/">Mijn groepen</a></li><li><a href="/groep/1/?a=1&amp;b=2">Rust</a></li>'
        '<li><span aria-current="page">Gesprekken</span></li></ol></nav>'
    )


def test_names_are_words_and_no_html() -> None:
    first, second = path(("<b>Rust</b>", "/a/"), ("Hier", "")), path(("Onrust", "/b/"), ("<i>Daar</i>", ""))

    assert "&lt;b&gt;Rust" in first
    assert "Onrust" in second
    assert "Rust<" not in second
    assert "&lt;i&gt;Daar" in second


def test_without_a_path_there_is_nothing() -> None:
    assert path() == ""
