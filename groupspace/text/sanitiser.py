"""The one allow-list for text of members, and the ways between HTML and plain text.

Text is cleaned when it is stored and again each time it is shown. One post costs nh3 about 0.02 ms, so there is no
cache, no version and no signature that could be wrong: a stricter list works for old posts at once.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

REL = "nofollow noopener noreferrer ugc"

_cleaner = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote"},
    attributes={"a": {"href"}, "*": set()},  # without "*" nh3 lets title and lang pass everywhere
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=REL,
)
# Control characters have no place in text (PostgreSQL refuses NUL); tab and newline stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BREAK = re.compile(r"<br>")
_ITEM = re.compile(r"<li>(?:<p>)?")
_BLOCK_END = re.compile(r"</(?:p|blockquote|ul|ol)>")
_QUOTED = re.compile(r"(<blockquote>(?:<p>)?)(.*?)((?:</p>)?</blockquote>)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"<[a-zA-Z]")
_KEPT_WHEN_MANY = re.compile(
    r"(</?(?:p|br|li|a)(?=[\s/>])[^<>]*>|</?(?:strong|em)>)|(</?(?:ul|ol|blockquote)(?=[\s/>])[^<>]*>)|<[^<>]*>|<",
    re.IGNORECASE,
)
#: More than people use. A parser looks through all elements that are open for each next one: 50,000 nested lists
#: fit in one message and cost 40 seconds, each time somebody reads it.
MANY_TAGS = 500
MANY_BLOCKS = 300


class MemberHTML(str):
    """Text of a member that a template may print as it is: printing cleans it, so it needs no mark of trust."""

    __slots__ = ()

    def __html__(self) -> str:
        return clean(self)


def clean(html: str) -> str:
    """Return `html` with only what members may use; `clean(clean(x)) == clean(x)` for every string."""
    html = strip_control(html)
    for _attempt in range(10):
        cleaned = _cleaner.clean(_bounded(html))
        if cleaned == html:
            return cleaned
        # Taking away a tag can leave a nesting that a browser reads in another way: repeat until it settles.
        html = cleaned
    return _paragraphs(_text_of(html))


def _bounded(html: str) -> str:
    """Return `html`; when it has very many tags, only those of which the parser can take any number."""
    if len(_OPENING.findall(html)) <= MANY_TAGS:
        return html
    blocks = sum(1 for match in _KEPT_WHEN_MANY.finditer(html) if match[2])

    def keep(match: re.Match[str]) -> str:
        nests = match[2] if blocks <= MANY_BLOCKS * 2 else ""
        return match[1] or nests or ("&lt;" if match[0] == "<" else "")

    return _KEPT_WHEN_MANY.sub(keep, html)


def from_plain(text: str) -> str:
    """Turn what somebody typed in a bare textarea into clean HTML: paragraphs, line breaks and links."""
    return clean(_paragraphs(strip_control(text.replace("\r\n", "\n").replace("\r", "\n"))))


def to_plain(html: str) -> str:
    """Return the text of `html` for excerpts and for a bare textarea: blank lines between blocks, `- ` before items."""
    return _text_of(clean(html))


def to_keep(html: str) -> str:
    """The same for who takes their own words along: what they quoted stands between quotation marks."""
    marked = _QUOTED.sub(lambda match: f"{match[1]}“{match[2]}”{match[3]}", clean(html))
    return _text_of(marked)


def is_empty(html: str) -> bool:
    """Whether a reader would see nothing: tags, blanks and invisible characters do not count."""
    return not _INVISIBLE.sub("", to_plain(html))


def is_blank(text: str) -> bool:
    """The same for plain text, such as a title."""
    return not _INVISIBLE.sub("", text)


def strip_control(text: str) -> str:
    """Return `text` without characters that no keyboard types and a database may refuse."""
    return _CONTROL.sub("", text)


def _text_of(cleaned: str) -> str:
    text = _ITEM.sub("- ", cleaned.replace("\n", " "))
    text = _BLOCK_END.sub("\n\n", text.replace("</p></li>", "\n").replace("</li>", "\n"))
    text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _paragraphs(text: str) -> str:
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{'<br>'.join(_linked(line) for line in block.split(chr(10)))}</p>" for block in blocks if block)


def _linked(line: str) -> str:
    parts, at = [], 0
    for match in _LINK.finditer(line):
        url = match[0].rstrip(".,;:!?'*")
        # A closing bracket belongs to the sentence, unless the address opened one itself.
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;:!?'*")
        parts += [escape(line[at : match.start()]), f'<a href="{escape(url)}">{escape(url)}</a>']
        at = match.start() + len(url)
    return "".join([*parts, escape(line[at:])])
