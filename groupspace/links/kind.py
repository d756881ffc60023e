"""Makes links known to the core: addresses, rules, block on the space's home, export and erasure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.comments.actions import add_comment
from groupspace.comments.export import comments_of
from groupspace.comments.kind import CommentedKind, comments_wait
from groupspace.comments.policy import CommentPolicy
from groupspace.kinds import Waits, register
from groupspace.links import actions
from groupspace.links.models import Link, LinkComment
from groupspace.links.policy import LinkPolicy
from groupspace.links.rows import link_rows
from groupspace.own_words import Written
from groupspace.reading import InSpace
from groupspace.text.sanitiser import from_plain, to_keep, to_plain

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

ON_HOME = 3


class LinksKind(CommentedKind):
    """Links and films that members share."""

    slug = "links"
    label = _("link of film")
    label_plural = _("links en films")
    icon = "arrow"
    model = Link
    urls = "groupspace.links.urls"
    home_template = "groupspace/links/home_panel.html"
    verbs = {"shared": _("deelde een link"), "commented": _("reageerde op een link")}

    waits = (Waits(Link, "title", "description"), comments_wait(LinkComment))
    prepares = waits[0]
    prepare_at = "link-create"

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """The newest ones; one statement."""
        return {
            "rows": link_rows(space, _newest.objects(actor, space.pk)),
            "list_url": reverse("groupspace:links:list", args=[space.pk]),
        }

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> Link:
        actor = actor_for(author.user or AnonymousUser(), verified=True)
        url = f"https://voorbeeld.nl/{slugify(title)}"
        why = from_plain(f"{title}: dit is een voorbeeld.")
        link = actions.add_link(actor, author.space, title=title, url=url, description=why, later=later)
        if not later:
            add_comment(actor, LinkComment, link, body=from_plain(f"Een reactie bij {title}."))
        return link

    def announce_item(self, item: Link) -> None:
        actions.announce(item)

    def url_of(self, item: Link) -> str:
        return reverse("groupspace:links:link", args=[item.space_id, item.pk])

    def texts_of(self, item: Link) -> Iterable[str]:
        yield item.title
        yield item.url
        yield to_plain(item.description)
        for comment in item.comments.filter(deleted_at=None).order_by("id"):
            yield to_plain(comment.body)

    def written(self, membership: Membership) -> list[Written]:
        links = [
            Written(
                at=link.created_at,
                title=link.title,
                text=to_keep(link.description),
                edited_at=link.edited_at,
                more={_("adres"): link.url},
            )
            for link in Link.objects.filter(author=membership).exclude(url="").order_by("id")
        ]
        return [*links, *comments_of(LinkComment, membership)]

    def erase(self, membership: Membership) -> int:
        return actions.erase_member(membership)


def _ask_newest(reader: Actor, space: UUID) -> QuerySet[Any]:
    return Link.objects.visible_to(reader).filter(space=space).with_author().order_by("-id")[:ON_HOME]


_newest = InSpace(_ask_newest)

register(LinksKind())
policy.register(Link, LinkPolicy())
policy.register(LinkComment, CommentPolicy())
