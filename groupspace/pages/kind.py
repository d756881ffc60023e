"""Makes pages known to the core: addresses, rules, block on the space's home, export and erasure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.comments.actions import add_comment
from groupspace.comments.export import comments_of
from groupspace.comments.kind import CommentedKind, comments_wait
from groupspace.comments.policy import CommentPolicy
from groupspace.kinds import Waits, register
from groupspace.own_words import Written
from groupspace.pages import actions
from groupspace.pages.export import versions_of
from groupspace.pages.models import Page, PageComment, PageVersion
from groupspace.pages.policy import PagePolicy, PageVersionPolicy
from groupspace.pages.rows import newest_rows, with_editor
from groupspace.reading import InSpace
from groupspace.text.sanitiser import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

ON_HOME = 3


class PagesKind(CommentedKind):
    """Pages in a tree that all members write together."""

    slug = "paginas"
    label = _("pagina")
    label_plural = _("pagina's")
    icon = "pencil"
    model = Page
    urls = "groupspace.pages.urls"
    home_template = "groupspace/pages/home_panel.html"
    verbs = {
        "added": _("maakte een pagina"),
        "changed": _("veranderde een pagina"),
        "commented": _("reageerde op een pagina"),
    }

    waits = (Waits(Page, "title", "body"), comments_wait(PageComment))

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """What was changed last; one statement."""
        return {
            "rows": newest_rows(space, _newest.objects(actor, space.pk)),
            "list_url": reverse("groupspace:paginas:list", args=[space.pk]),
        }

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> Page:
        actor = actor_for(author.user or AnonymousUser(), verified=True)
        page = actions.create_page(actor, author.space, title=title, body=from_plain(f"{title}: dit is een voorbeeld."))
        add_comment(actor, PageComment, page, body=from_plain(f"Een reactie bij {title}."))
        return page

    def announce_item(self, item: Page) -> None:
        actions.announce(item)

    def url_of(self, item: Page) -> str:
        return reverse("groupspace:paginas:page", args=[item.space_id, item.pk])

    def texts_of(self, item: Page) -> Iterable[str]:
        """The page as it reads now, and what is said under it: nobody searches for what was taken out again."""
        yield item.title
        yield to_plain(item.body)
        for comment in item.comments.filter(deleted_at=None).order_by("id"):
            yield to_plain(comment.body)

    def written(self, membership: Membership) -> list[Written]:
        return [*versions_of(membership), *comments_of(PageComment, membership)]

    def erase(self, membership: Membership) -> int:
        return actions.erase_member(membership)


def _ask_newest(reader: Actor, space: UUID) -> QuerySet[Any]:
    pages = Page.objects.visible_to(reader).filter(space=space).order_by("-edited_at", "-id").defer("body")
    return with_editor(pages)[:ON_HOME]


_newest = InSpace(_ask_newest)

register(PagesKind())
policy.register(Page, PagePolicy())
policy.register(PageVersion, PageVersionPolicy())
policy.register(PageComment, CommentPolicy())
