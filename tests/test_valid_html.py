"""The checker of HTML finds what is wrong and leaves alone what is right."""

from __future__ import annotations

import pytest

from tests.valid_html import faults

PAGE = "<!doctype html><html lang=nl><head><title>Titel</title></head><body><main><h1>Kop</h1>{}</main></body></html>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>een<div>twee</div></p>", "unexpected-end-tag"),
        ("<ul><p>een</p></ul>", "<p > directly inside <ul>"),
        ("<b><i>een</b></i>", "adoption-agency"),
        ('<a href="?a=1&copy=2">een</a>', "named-entity"),
        ('<p id="a" id="b">een</p>', "duplicate-attribute"),
        ('<p id="een">een</p><p id="een">twee</p>', "id een stands there 2 times"),
        ("<span><div>een</div></span>", "<div > inside <span>"),
        ('<a href="/"><button>een</button></a>', "<button > inside <a>"),
        ("<label>een <a href='/'>twee</a></label>", "inside <label>"),
        ('<img src="/a.png">', "no alt"),
        ('<p style="color:red">een</p>', "attribute style"),
        ("<center>een</center>", "unknown element"),
        ('<label for="weg">een</label>', "for=weg"),
        ('<section aria-labelledby="weg"></section>', "aria-labelledby=weg"),
        ('<a href="#weg">een</a>', "#weg leads nowhere"),
        ('<time datetime="morgen">een</time>', "no moment"),
        ("<h1>Nog een</h1>", "2 times <h1>"),
        ("<li>een</li>", "outside a list"),
        ('<input required="nee" aria-label="x">', "required='nee'"),
        ("<table><tr><p>een</p></tr></table>", "table-voodoo"),
        ("<section>", "end-tag-too-early"),
    ],
)
def test_fault_is_found(body: str, words: str) -> None:
    found = faults(PAGE.format(body))

    assert any(words in fault for fault in found), found


def test_valid_page_has_no_faults() -> None:
    body = (
        '<section aria-labelledby="x"><h2 id="x">Kop</h2><ul><li><a href="/?a=1&amp;b=2">een</a></li></ul>'
        '<dl><dt>a</dt><dd>b</dd></dl><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><details open><summary>s</summary>'
        '<label>x <input type="checkbox" checked></label></details><time datetime="2026-07-16T10:00:00+02:00">t</time>'
        '<script type="application/ld+json">{"a":"\\u003C"}</script></section>'
    )
    assert faults(PAGE.format(body)) == []
