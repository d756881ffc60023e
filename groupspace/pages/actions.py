"""Everything that changes pages. The actor comes first; each action is one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.actions import require, signature
from groupspace.audit import log
from groupspace.comments.actions import erase_comments, take_away
from groupspace.held import held_from
from groupspace.models import Audience, Space
from groupspace.pace import keep_pace
from groupspace.pages.models import Page, PageComment, PageVersion
from groupspace.pages.tree import DEEPEST, MOST_PAGES, tree_of
from groupspace.search import index
from groupspace.stream.actions import tell
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import clean, to_plain

if TYPE_CHECKING:
    from groupspace.actor import Actor
    from groupspace.models import Membership

REMOVED = _("Gewiste pagina")
TOO_DEEP = _("Zo diep past deze pagina niet. Onder elkaar passen er %(deepest)d lagen. Kies een andere plek.")
#: A page on which somebody works is told of once in this time.
QUIET = timedelta(hours=1)


class EditConflict(Exception):
    """Somebody else saved the page since the writer opened it. `page` is how it reads now."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.pk)
        self.page = page


@transaction.atomic
def create_page(
    actor: Actor, space: Space, *, title: str, body: str, parent: Page | None = None, at: datetime | None = None
) -> Page:
    """Add a page, last among those below `parent`. It is read by whoever reads that page.

    Args:
        body: HTML as the form field gives it.
        at: another moment than now, for the demo and for an import.

    Raises ValidationError when it does not fit there, or when this person writes very often.
    """
    require(actor, "post", space)
    if at is None:
        keep_pace(actor, "POSTS")
    _take_turns(space)
    if Page.objects.filter(space=space).count() >= MOST_PAGES:
        full = _("Er passen %(most)d pagina's in een groep. Haal er eerst een weg.")
        raise ValidationError(full % {"most": MOST_PAGES})
    audience: str = Audience.SPACE
    if parent is not None:
        parent = _place(actor, space, parent)
        audience = parent.audience
        if tree_of(actor, space).depth(parent.pk) >= DEEPEST:
            raise ValidationError({"parent": TOO_DEEP % {"deepest": DEEPEST}})
    mine, moment = actor.spaces[space.pk].membership_id, at or timezone.now()
    page = Page(
        space=space, author_id=mine, parent=parent, audience=audience, title=title, body=body, edited_by_id=mine
    )
    page.created_at = page.edited_at = moment
    page.held_at = held_from(actor, space, audience=audience, at=at)
    page.position = _last_position(space.pk, page.parent_id) + 1
    page.save(force_insert=True)
    PageVersion.objects.create(page=page, number=1, title=title, body=body, author_id=mine, at=moment)
    announce(page, at)
    return page


def announce(page: Page, at: datetime | None = None) -> None:
    """Tell the others of a new page, and let it be found."""
    tell(page, "added", by=page.author_id, at=at)
    _let_find(page)


@transaction.atomic
def edit_page(
    actor: Actor, page: Page, *, title: str, body: str, base: int, note: str = "", at: datetime | None = None
) -> Page:
    """Save a new version; the same words again make none.

    Args:
        base: the version that the writer had before them.

    Raises EditConflict when there is a newer one by now, ValidationError when this person writes very often.
    """
    locked = _lock(page)
    require(actor, "edit", locked)
    if (title, clean(body)) == (locked.title, clean(str(locked.body))):
        return locked
    if base != locked.version:
        raise EditConflict(locked)
    if at is None:
        keep_pace(actor, "POSTS")
    return _save(actor, locked, title=title, body=body, note=note, at=at)


@transaction.atomic
def restore_version(actor: Actor, version: PageVersion) -> Page:
    """Let the page read as it did in this version. That makes a new version: what stood there stays to be found.

    Raises PermissionDenied for a version whose words are erased, ValidationError when this person writes very often.
    """
    locked = _lock(version.page)
    fresh = PageVersion.objects.select_related("restored").get(pk=version.pk)
    fresh.page = locked
    require(actor, "restore", fresh)
    if (fresh.title, clean(str(fresh.body))) == (locked.title, clean(str(locked.body))):
        return locked
    keep_pace(actor, "POSTS")
    return _save(actor, locked, title=fresh.title, body=str(fresh.body), restored=fresh.restored or fresh)


@transaction.atomic
def move_page(actor: Actor, page: Page, *, parent: Page | None) -> Page:
    """Put a page, with all below it, last under another; None puts it on top.

    Raises ValidationError when it would come to stand under itself, or too deep.
    """
    _take_turns(page.space)
    locked = _fresh(page)
    require(actor, "move", locked)
    if parent is not None:
        parent = _place(actor, locked.space, parent)
        above = dict(Page.objects.filter(space=locked.space_id).values_list("pk", "parent_id"))
        up: UUID | None = parent.pk
        while up is not None:
            if up == locked.pk:
                raise ValidationError({"parent": _("Een pagina kan niet onder zichzelf staan. Kies een andere plek.")})
            up = above.get(up)
        tree = tree_of(actor, locked.space)
        if tree.depth(parent.pk) + tree.height(locked.pk) > DEEPEST:
            raise ValidationError({"parent": TOO_DEEP % {"deepest": DEEPEST}})
    if locked.parent_id != (parent.pk if parent else None):
        locked.parent = parent
        locked.position = _last_position(locked.space_id, locked.parent_id) + 1
        locked.save(update_fields=["parent", "position"])
    return locked


@transaction.atomic
def shift_page(actor: Actor, page: Page, *, down: bool) -> Page:
    """Let a page change places with the one above or below it, as this actor sees them."""
    _take_turns(page.space)
    locked = _fresh(page)
    require(actor, "move", locked)
    row = tree_of(actor, locked.space).siblings(locked.pk)
    at = next(number for number, other in enumerate(row) if other.pk == locked.pk)
    to = at + 1 if down else at - 1
    if 0 <= to < len(row):
        row[at], row[to] = row[to], row[at]
        _put_in_order(row)
    return locked


@transaction.atomic
def lock_page(actor: Actor, page: Page, *, locked: bool) -> None:
    """Leave a page to whoever moderates, or open it for everybody again."""
    require(actor, "lock", page)
    if Page.objects.filter(pk=page.pk).exclude(is_locked=locked).update(is_locked=locked):
        _log(actor, page, "page.locked" if locked else "page.unlocked")


@transaction.atomic
def delete_page(actor: Actor, page: Page) -> None:
    """Take a page away with all its versions and comments; the pages below it take its place."""
    _take_turns(page.space)
    locked = _lock(page)
    require(actor, "delete", locked)
    row: list[Page] = []
    for other in Page.objects.filter(space=locked.space_id, parent=locked.parent_id).order_by("position", "id"):
        row += Page.objects.filter(parent=locked).order_by("position", "id") if other.pk == locked.pk else [other]
    Page.objects.filter(parent=locked).update(parent=locked.parent_id)
    _put_in_order(row)
    if locked.author_id != actor.membership_in(locked.space_id):
        _log(actor, locked, "page.removed")
    take_away(locked)


@transaction.atomic
def erase_member(membership: Membership) -> int:
    """Erase the words of one member from every version, also where others put them back.

    What a page says now by somebody else stays. Where this member wrote last, the page reads again as the last other
    writer left it. Returns how many versions and comments had words.
    """
    now = timezone.now()
    done = erase_comments(PageComment, membership)
    theirs = Q(author=membership) | Q(restored__author=membership)
    touched = set(PageVersion.objects.filter(theirs, erased_at=None).values_list("page_id", flat=True))
    for page in Page.objects.select_for_update().filter(pk__in=touched).order_by("pk"):
        versions = PageVersion.objects.filter(page=page, erased_at=None)
        erased = list(versions.filter(theirs).values_list("pk", flat=True))
        done += PageVersion.objects.filter(pk__in=erased).update(title=str(REMOVED), body="", note="", erased_at=now)
        last = versions.order_by("-number").first()
        if last is None:
            page.title, page.body = str(REMOVED), ""
        else:
            page.title, page.body, page.edited_by_id, page.edited_at = last.title, last.body, last.author_id, last.at
        if last is None or last.number != page.version:
            page.version = F("version") + 1  # whoever is writing learns that the page is another by now
        page.save(update_fields=["title", "body", "edited_by", "edited_at", "version"])
        _let_find(page)
    return done


# Inside


def _save(
    actor: Actor,
    page: Page,
    *,
    title: str,
    body: str,
    note: str = "",
    restored: PageVersion | None = None,
    at: datetime | None = None,
) -> Page:
    mine, moment = actor.spaces[page.space_id].membership_id, at or timezone.now()
    page.title, page.body, page.version = title, body, page.version + 1
    page.edited_by_id, page.edited_at = mine, moment
    page.save(update_fields=["title", "body", "version", "edited_by", "edited_at"])
    PageVersion.objects.create(
        page=page, number=page.version, title=title, body=body, note=note, author_id=mine, at=moment, restored=restored
    )
    lately = Happening.objects.filter(item_id=page.pk, author=mine, verb__in=["added", "changed"])
    if not lately.filter(at__gt=moment - QUIET).exists():
        tell(page, "changed", by=mine, at=at)
    _let_find(page)
    return page


def _let_find(page: Page) -> None:
    """Let the page be found by what it says now; under the name of whoever wrote last, as the page shows it."""
    text = f"{page.title}\n{to_plain(str(page.body))}"
    index.put(page, text, at=page.edited_at, author_id=page.edited_by_id)


def _take_turns(space: Space) -> None:
    """Whoever changes the tree of a space takes turns, so that two moves together make no circle."""
    Space.objects.select_for_update().get(pk=space.pk)


def _fresh(page: Page) -> Page:
    return Page.objects.select_related("space").get(pk=page.pk)


def _lock(page: Page) -> Page:
    return Page.objects.select_related("space").select_for_update(of=("self",)).get(pk=page.pk)


def _place(actor: Actor, space: Space, parent: Page) -> Page:
    """The page to stand under, when it is still there and this actor sees it."""
    found = Page.objects.visible_to(actor).filter(space=space, pk=parent.pk).first()
    if found is None:
        raise ValidationError({"parent": _("Die plek is er niet meer. Kies een andere.")})
    return found


def _last_position(space_id: UUID, parent_id: UUID | None) -> int:
    last = Page.objects.filter(space=space_id, parent=parent_id).aggregate(last=Max("position"))["last"]
    return last or 0


def _put_in_order(row: list[Page]) -> None:
    for position, page in enumerate(row, start=1):
        page.position = position
    Page.objects.bulk_update(row, ["position"])


def _log(actor: Actor, page: Page, event: str) -> None:
    log.record(event, actor=signature(actor, page.space), space_id=page.space_id, obj=page, authorisation="moderate")
