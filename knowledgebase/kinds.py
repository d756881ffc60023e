"""What visitors call the kinds of pages, in the facets of search, in "Wat is nieuw" and in its feed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# Where that is not what editors call them. Other types without pages below them have their own name.
KINDS: dict[str, Any] = {
    "knowledgebase.articlepage": _("Artikel"),
    "knowledgebase.collectionitempage": _("Uit een overzicht"),
    "knowledgebase.methodpage": _("Methode"),
    "knowledgebase.topicpage": _("Uitleg"),
    "knowledgebase_contact.contactpage": "",
    "knowledgebase_ideas.ideaspage": "",
    "knowledgebase_news.eventpage": _("Agenda"),
    "knowledgebase_news.newspage": _("Nieuws"),
    "knowledgebase_news.whatsnewpage": "",
    "knowledgebase_newsletter.issuepage": _("Nieuwsbrief"),
    "knowledgebase_plainlanguage.glossarypage": "",
    "knowledgebase_reach.reachpage": "",
    "knowledgebase_techniques.techniquepage": _("Digitale techniek"),
}


def kind_label(model: type[Page]) -> Any:
    """What visitors call pages of this type; empty for lists, forms and loose pages."""
    if model._meta.label_lower in KINDS:
        return KINDS[model._meta.label_lower]
    return model._meta.verbose_name if getattr(model, "subpage_types", None) == [] else ""
