"""Where somebody can go who looks for a group about a theme and finds none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from knowledgebase.doors import Door
from knowledgebase.ideas.models import IdeasPage
from knowledgebase.models import Theme, TopicPage

register = template.Library()
MOST_TOPICS = 2


@register.simple_tag(takes_context=True)
def ways_on(context: dict[str, Any], name: str) -> list[Door]:
    """What to read about the theme of this name, and where to say that a group about it should come."""
    request, theme = context["request"], Theme.objects.filter(name__iexact=name).first()
    topics = TopicPage.objects.shown_on(request).filter(theme=theme).order_by("title") if theme else []
    found = [
        Door(_("Lees: %(title)s") % {"title": topic.title}, _("Uitleg en kleine stappen."), topic.get_url(request))
        for topic in topics[:MOST_TOPICS]
    ]
    if ideas := IdeasPage.objects.shown_on(request).first():
        filled_in = f"?{urlencode({'thema': theme.slug})}#jouw-idee" if theme else ""
        asked = _("Wil je een groep over dit thema?")
        found.append(Door(asked, _("Laat het weten bij Denk mee. Je naam is niet nodig."), ideas.url + filled_in))
    return found
