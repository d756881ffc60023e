"""Reads our Dutch manuals, which are written in a small part of Markdown, as blocks of a page: one text, two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

ROW = re.compile(r"\|(.+)\|\s*")
RULE = re.compile(r"\|[\s|:-]+\|\s*")


def title_of(text: str) -> str:
    """The heading above a manual."""
    return text.split("\n", 1)[0].removeprefix("# ").strip()


def blocks_of(text: str) -> list[list[str]]:
    """[kind, content] of each block below the title: headings, and text as `words.rich_text` reads it."""
    found: list[list[str]] = []
    for part in re.split(r"\n{2,}", text.split("\n", 1)[1].strip()):
        if part.startswith("#"):
            found.append(["heading", part.lstrip("# ").strip()])
        elif found and found[-1][0] == "text":
            found[-1][1] += "\n\n" + plain(part)
        else:
            found.append(["text", plain(part)])
    return found


def plain(part: str) -> str:
    """A paragraph, list or table on lines that each stand alone; a table becomes a list."""
    lines = part.splitlines()
    if all(ROW.fullmatch(line) for line in lines):
        return "\n".join(rows(lines))
    joined: list[str] = []
    for line in lines:
        if joined and not re.match(r"(- |\d+\. )", line):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return "\n".join(joined)


def rows(lines: list[str]) -> Iterator[str]:
    """The rows below the head of a table, as points of a list."""
    for line in lines[1:]:
        if not RULE.fullmatch(line):
            name, *rest = (cell.strip() for cell in line.strip().strip("|").split("|"))
            yield f"- **{name}**: {' '.join(rest)}"
