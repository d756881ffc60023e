"""Says what is wrong with a page by the HTML standard, as far as that can be seen without a browser.

The parser finds what browsers repair in silence: tags that are not closed, stand in the wrong place or are written
wrong. The rules below it find what parses well and is still not allowed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

HTML = "{http://www.w3.org/1999/xhtml}"


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


PHRASING = words(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd "
    "label link map mark meta meter noscript object output picture progress q ruby rp rt s samp script select small "
    "source span strong sub sup svg template textarea time track u var video wbr option optgroup"
)
FLOW = words(
    "address article aside blockquote details dialog div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table caption colgroup col tbody "
    "thead tfoot tr td th ul"
)
DOCUMENT = words("html head title base style body")
#: Elements in which only running text may stand.
TEXT_ONLY = words(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre progress "
    "q s samp small span strong sub summary sup time u var"
)
#: Elements that one can operate: never one inside another.
OPERATED = words("a button details iframe input label select textarea")
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
}
EVERYWHERE = words(
    "class id lang dir title hidden tabindex role translate inert popover autofocus spellcheck enterkeyhint inputmode "
    "itemscope itemprop itemtype property"
)
ATTRIBUTES = {
    "a": "href rel target download hreflang type referrerpolicy ping",
    "audio": "src controls preload loop muted",
    "button": "type name value disabled form formaction formmethod formnovalidate popovertarget popovertargetaction",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "details": "open name",
    "dialog": "open",
    "fieldset": "disabled form name",
    "form": "action method enctype autocomplete novalidate name target rel accept-charset",
    "html": "",
    "iframe": "src allow allowfullscreen loading name referrerpolicy sandbox width height",
    "img": "src srcset sizes alt width height loading decoding fetchpriority",
    "input": (
        "type name value id required checked disabled readonly placeholder autocomplete min max step minlength "
        "maxlength pattern multiple accept list size form capture"
    ),
    "label": "for",
    "li": "value",
    "link": "rel href type media sizes title as hreflang crossorigin",
    "meta": "name content charset http-equiv media",
    "meter": "value min max low high optimum",
    "ol": "start reversed type",
    "optgroup": "label disabled",
    "option": "value selected disabled label",
    "output": "for form name",
    "progress": "value max",
    "script": "src type async defer nomodule crossorigin integrity",
    "select": "name required multiple size disabled autocomplete form",
    "source": "src srcset sizes type media width height",
    "td": "colspan rowspan headers",
    "textarea": "name rows cols required maxlength minlength placeholder readonly disabled autocomplete wrap form",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "src kind srclang label default",
    "video": "src controls poster preload width height playsinline loop muted",
}
NEEDED = {"img": {"src", "alt"}, "html": {"lang"}, "iframe": {"title"}}
BOOLEAN = words("open checked disabled required readonly multiple selected async defer nomodule loop muted")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
MOMENT = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?)?)?|\d\d:\d\d").fullmatch


def faults(content: bytes | str) -> list[str]:
    """What is wrong with this document, one sentence for each fault; empty when it is valid."""
    parser = HTMLParser()
    text = content.decode() if isinstance(content, bytes) else content
    root = parser.parse(text)
    found = [f"{code} {details or ''} near {near(text, position)}" for position, code, details in parser.errors]
    found += [fault for element, above in walk(root, ()) for fault in faults_of(element, above)]
    return found + list(faults_together(root))


def near(text: str, position: tuple[int, int]) -> str:
    """The line on which the parser stumbled."""
    lines = text.splitlines()
    return lines[position[0] - 1].strip()[:160] if 0 < position[0] <= len(lines) else "the end"


def walk(element: Element, above: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every HTML element with the names of those around it; drawings have rules of their own."""
    name = local(element)
    if not name:
        return
    yield element, above
    for child in element:
        yield from walk(child, (*above, name))


def local(element: Element) -> str:
    """The name of an HTML element; nothing for comments and drawings."""
    tag = element.tag
    return tag.removeprefix(HTML) if isinstance(tag, str) and tag.startswith(HTML) else ""


def faults_of(element: Element, above: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with one element in its place."""
    name = local(element)
    described = f"<{name} {' '.join(f'{key}={value!r}' for key, value in list(element.items())[:4])}>"
    if name not in PHRASING | FLOW | DOCUMENT:
        yield f"unknown element {described}"
        return
    if name in FLOW and (around := [outer for outer in above if outer in TEXT_ONLY]):
        heading_in_summary = around == ["summary"] and re.fullmatch("h[1-6]", name)
        if not heading_in_summary:
            yield f"{described} inside <{around[-1]}>"
    if is_operated(element) and (around := [outer for outer in above if outer in OPERATED - {"details"}]):
        its_own_label = around == ["label"] and name in {"input", "select", "textarea", "button"}
        if not its_own_label:
            yield f"{described} inside <{around[-1]}>"
    if above and above[-1] in CHILDREN and name not in CHILDREN[above[-1]] | {"script", "template"}:
        yield f"{described} directly inside <{above[-1]}>"
    if name == "li" and above[-1] not in {"ul", "ol", "menu"}:
        yield f"{described} outside a list"
    if name in {"dt", "dd"} and "dl" not in above[-2:]:
        yield f"{described} outside a list"
    allowed = EVERYWHERE | words(ATTRIBUTES.get(name, ""))
    for key, value in element.items():
        if key not in allowed and not key.startswith(("data-", "aria-", "hx-")):
            yield f"attribute {key} on {described}"
        if key in BOOLEAN and value not in {"", key}:
            yield f"{key}={value!r} on {described}"
    for key in NEEDED.get(name, set()) - set(element.keys()):
        yield f"no {key} on {described}"
    if name == "time" and not MOMENT(element.get("datetime") or "".join(element.itertext()).strip()):
        yield f"no moment on {described}"
    if element.get("id") is not None and not re.fullmatch(r"\S+", element.get("id") or ""):
        yield f"id with a space on {described}"


def is_operated(element: Element) -> bool:
    """Whether a person can operate this element."""
    name = local(element)
    return (
        name in OPERATED
        and not (name == "a" and element.get("href") is None)
        and not (name == "input" and element.get("type") == "hidden")
    )


def faults_together(root: Element) -> Iterator[str]:
    """What is wrong between elements: names used twice, and references to what is not there."""
    elements = [element for element, _above in walk(root, ())]
    # What scripts and drawings have counts too: an id is one of the whole document.
    ids = Counter(value for element in root.iter() if (value := element.get("id")) is not None)
    yield from (f"id {name} stands there {number} times" for name, number in ids.items() if number > 1)
    for element in elements:
        for key in REFERENCES:
            for name in (element.get(key) or "").split():
                if name not in ids:
                    yield f"{key}={name} on <{local(element)}> leads nowhere"
        target = element.get("href") or ""
        if re.fullmatch(r"#.+", target) and target[1:] not in ids:
            yield f"{target} leads nowhere"
    names = Counter(map(local, elements))
    for name in ("title", "main", "h1"):
        if names[name] != 1:
            yield f"{names[name]} times <{name}>"
    titles = ["".join(element.itertext()).strip() for element in elements if local(element) == "title"]
    if not all(titles):
        yield "an empty title"
