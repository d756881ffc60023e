"""What plain language adds to the CMS: the aid in the editor, and the glossary."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.search.index import insert_or_update_object
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..cms_menu import LISTS_HOOK
from . import views
from .models import GlossaryPage, GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    """The words of the glossary."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "plain_alternative", "in_campaign"]
    list_filter = ["in_campaign"]
    list_per_page = 100
    menu_hook = LISTS_HOOK
    menu_order = 40


register_snippet(GlossaryTermViewSet)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def index_again(request: Any, instance: Any) -> None:
    """The glossary page is found by the words on it, and these changed without the page itself."""
    if isinstance(instance, GlossaryTerm):
        index_pages()


@hooks.register("after_delete_snippet")
def index_without(request: Any, instances: list[Any]) -> None:
    """The same when words are taken away."""
    if any(isinstance(instance, GlossaryTerm) for instance in instances):
        index_pages()


def index_pages() -> None:
    """Bring the words of the glossary page in the search up to date."""
    for page in GlossaryPage.objects.live():
        insert_or_update_object(page)


@hooks.register("register_admin_urls")
def check_url() -> list[URLPattern]:
    """Where the editor asks how a text reads. The CMS lets in only its own staff here."""
    return [path("gewone-taal/", views.check, name="knowledgebase_plainlanguage_check")]
