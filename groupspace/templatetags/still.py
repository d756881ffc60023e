"""Parts of the page that are the same on every request, rendered once per process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()

MOST = 4096
_rendered: dict[tuple[str | None, ...], Any] = {}
T = TypeVar("T")


class StillNode(template.Node):
    """What stands between {% still %} and {% endstill %}."""

    def __init__(self, content: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = content, name, values

    def render(self, context: Context) -> str:
        return rendered_once(
            self.name, [value.resolve(context) for value in self.values], lambda: self.nodelist.render(context)
        )


def rendered_once(name: str, values: Iterable[object], render: Callable[[], T]) -> T:
    """What `render` gave the first time for this name, these values and the language of now: text, or a shape."""
    if settings.DEBUG:
        return render()
    key = (name, get_language(), *map(repr, values))
    found: T | None = _rendered.get(key)
    if found is None:  # another thread can empty it at any moment
        if len(_rendered) >= MOST:
            _rendered.clear()
        found = _rendered[key] = render()
    return found


@register.tag
def still(parser: Parser, token: Token) -> StillNode:
    """Remember the content per name, language and the values given, which must be all that it depends on.

    Usage: {% still name value … %}…{% endstill %}. Nothing about a person and no token belongs inside.
    """
    _tag, name, *values = token.split_contents()
    content = parser.parse(("endstill",))
    parser.delete_first_token()
    return StillNode(content, name, [parser.compile_filter(value) for value in values])
