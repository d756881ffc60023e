"""The two elements that stand on every page. They are rendered once for what they show, not once per request."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..current import DEFAULTS, Safety, contact_url, safety

register = template.Library()
register.filter("contact_url", contact_url)


@register.simple_tag(takes_context=True)
def quick_exit(context: Context, fixed: bool = False) -> SafeString:
    """The button to leave at once. `fixed`: do without cache and database, for pages that say something is broken."""
    return render("quick_exit", target=(DEFAULTS if fixed else _set_by_staff(context))["exit_url"])


@register.simple_tag(takes_context=True)
def crisis_strip(context: Context, fixed: bool = False) -> SafeString:
    """Help now, in one line. `fixed`: do without cache and database."""
    shown = DEFAULTS if fixed else _set_by_staff(context)
    lines = tuple(tuple(line.items()) for line in shown["lines"] if line["short"])
    return render("crisis_strip", lines=lines, more_url=shown["help_url"] or reverse("safety:help"))


def _set_by_staff(context: Context) -> Safety:
    """What staff have set, asked of the cache once for a page."""
    request = context.get("request")
    if request is None:
        return safety()
    if not hasattr(request, "groupspace_safety"):
        request.groupspace_safety = safety()
    found: Safety = request.groupspace_safety
    return found


def render(name: str, **context: str | tuple) -> SafeString:
    """Render the element, or take it from memory when the same was shown before."""
    draw = draw_element.__wrapped__ if settings.DEBUG else draw_element
    return draw(name, get_language(), tuple(context.items()))


@lru_cache(maxsize=64)
def draw_element(name: str, _language: str | None, items: tuple) -> SafeString:
    """Render an element for one language; `items` are its context, as a tuple to serve as a key."""
    context = dict(items)
    if "lines" in context:
        context["lines"] = [dict(line) for line in context["lines"]]
    return render_to_string(f"groupspace/elements/{name}.html", context)
