"""Where somebody can go who finds no group about a theme, or who begins a group."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from groupspace.first_help import FACILITATOR, help_for
from knowledgebase.contact.models import ContactPage
from knowledgebase.doors import Door
from knowledgebase.ideas.models import IdeasPage
from knowledgebase.models import Theme, TopicPage
from knowledgebase.stepplans.models import StepPlanPage

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


@register.simple_tag(takes_context=True)
def for_who_begins(context: dict[str, Any]) -> list[Door]:
    """What to read before one begins a group, and whom to ask: the pages that staff published, and nothing else."""
    request = context["request"]
    found = []
    if plan := StepPlanPage.objects.shown_on(request).first():
        found.append(Door(plan.title, _("Loop stap voor stap door wat je kiest."), plan.get_url(request)))
    if manual := help_for(FACILITATOR).url:
        found.append(Door(_("Handleiding voor begeleiders"), _("Hoe je een groep opent en begeleidt."), manual))
    if contact := ContactPage.objects.shown_on(request).order_by("path").first():
        found.append(Door(_("Vraag het ons"), _("Heb je een vraag over huren of beginnen? Schrijf ons."), contact.url))
    return found
