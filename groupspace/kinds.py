"""The registry of kinds: which sorts of spaces there are, and which sorts of content can live in them.

A kind is declared in a `kind.py` of its app, found like Django finds `admin.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import TextField
from django.utils import timezone
from django.utils.text import capfirst

from groupspace.permissions import Permission, Role

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space
    from groupspace.own_words import Written
    from groupspace.reading import ForReader

#: Lists of items are asked for in so many at a time.
LINES = 20


@dataclass(frozen=True)
class SpaceKind:
    """A sort of space. What differs between sorts is this data, never code.

    Attributes:
        code: what the database stores in `Space.kind`.
        label: the noun people read, such as "groep".
        explained: what it is for, in a few words beside the label, for whoever chooses what to open.
        roles: the roles members can have, by code; the order is the order in lists of choices.
        entry_role: the role of someone who is admitted.
        founder_role: the role of whoever opens the space.
        professionals_only: only verified professionals may enter, or learn that such spaces exist.
        log_reads: every read is written to the access log.
        professional_tools: measuring, notes on members and files are there; a private tenant does not get them.
        duty_of_care: whoever leads there says yes to the duty of care first.
        lasts: such a space is erased this long after it was opened; None for one that has its own end.
        open_to_all: whoever is logged in comes in by themselves, and says yes to agreements first; it has a list of its
            own.
        checklist: such a space starts when its leader has done what stands in the start checklist.
    """

    code: str
    label: StrOrPromise
    label_plural: StrOrPromise
    roles: Mapping[str, Role]
    entry_role: Role
    founder_role: Role
    professionals_only: bool = False
    log_reads: bool = False
    checklist: bool = False
    open_to_all: bool = False
    professional_tools: bool = True
    duty_of_care: bool = False
    lasts: timedelta | None = None
    explained: StrOrPromise = ""

    @property
    def in_words(self) -> str:
        """The label, and what such a space is for."""
        name = capfirst(str(self.label))
        return f"{name}: {self.explained}" if self.explained else name

    @property
    def permissions(self) -> frozenset[str]:
        """What one can be allowed to do in such a space, by a role or by hand."""
        with_tools = self.professional_tools and not self.open_to_all
        return frozenset(Permission) if with_tools else frozenset(Permission) - {Permission.SEE_SUBMISSIONS}

    @property
    def leading_roles(self) -> list[str]:
        """The codes of the roles that lead such a space."""
        return [role.code for role in self.roles.values() if role.leads]


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a list of all sorts of things: the stream, the bell, what a search found."""

    title: str
    url: str


@dataclass(frozen=True)
class Waits:
    """What of a kind can wait for whoever reads first: its items, or what hangs under them.

    Attributes:
        model: has `held_at`, `author` and a policy.
        title, text: where its title and its text stand, as in a query: "title", "item__title".
        path: between the address of the list and its id: "", "reactie/".
        files: a field with the number of files that come with it; empty for none.
    """

    model: type[Model]
    title: str
    text: str
    path: str = ""
    files: str = ""


class Kind:
    """A sort of content in spaces; one folder, one Django app, one subclass.

    Everything that shows, finds, counts, exports or erases content asks the registered kinds, so a new kind
    appears everywhere at once. The contract test in tests/contract holds every kind to the same promises.
    """

    #: In addresses: /groep/<space>/<slug>/. Dutch, as people see it.
    slug: ClassVar[str]
    label: ClassVar[StrOrPromise]
    label_plural: ClassVar[StrOrPromise]
    #: Name of an icon in the sprite of the theme.
    icon: ClassVar[str]
    model: ClassVar[type[Model]]
    #: Dotted path of the kind's urls module; its addresses are named `<slug>:<name>` inside `groupspace:`.
    urls: ClassVar[str]
    #: Codes of the space kinds this kind can live in; empty means all.
    space_kinds: ClassVar[frozenset[str]] = frozenset()
    #: Template of the block on the space's home page; it gets what `home_panel` returns.
    home_template: ClassVar[str] = ""
    #: What can wait for whoever reads first, in spaces where somebody does.
    waits: ClassVar[tuple[Waits, ...]]
    #: What of it can be prepared for later; None for a kind of which nothing can. See `groupspace.later`.
    prepares: ClassVar[Waits | None] = None
    #: The name of the address where one prepares something.
    prepare_at: ClassVar[str] = ""
    #: What the policy of the space is asked of whoever adds an item.
    adds: ClassVar[str] = "post"
    #: What members do to items, as the stream tells it after a name: {"started": _("begon een gesprek")}.
    verbs: ClassVar[Mapping[str, StrOrPromise]] = {}
    #: Items that reports leave out, by a field and its value: {"is_lounge": True}.
    left_out: ClassVar[Mapping[str, Any]] = {}
    #: It remembers itself what each member has read, and tells by `have_read`.
    tracks_reading: ClassVar[bool] = False
    #: A facilitator may switch it off for a space.
    optional: ClassVar[bool] = True

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """What the block on the space's home page shows to this actor, in a constant number of queries.

        When its `rows` are empty, an optional kind is a link in the row of what is quiet, and no block.
        """
        return {}

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> Any:
        """Write one item as this member, through the kind's own actions. For the demo and the contract test.

        later: prepare it for this moment; only asked of a kind that `prepares`.
        """
        raise NotImplementedError

    def url_of(self, item: Any) -> str:
        """The address of one item; between items, only the ids of space and item in it differ."""
        raise NotImplementedError

    def title_of(self, item: Any) -> str:
        """What one item is called."""
        return str(item.title)

    def announce(self, thing: Any) -> None:
        """Tell the others that an item is there, or what hangs under it, and let it be found.

        When it is made, and again when it was let through: the stream and the search pass over what waits.
        """
        raise NotImplementedError

    def let_through(self, thing: Any) -> None:
        """Let others read what waited until now."""
        thing.held_at = None
        thing.save(update_fields=["held_at"])
        self.announce(thing)

    def lines(self, actor: Actor, ids: Collection[UUID]) -> dict[UUID, Line]:
        """The items among these that the actor may see, in one statement; what is not here is not shown.

        Long texts are not loaded.
        """
        wanted = list(ids)
        if not wanted:
            return {}
        # As many blanks for one as for twenty, so that lists of all lengths ask the same few questions.
        wanted += [wanted[-1]] * (-len(wanted) % LINES)
        found = list(self._lines.objects(actor, *wanted))
        if not found:
            return {}
        # Working out an address costs more than all the rest of a line; the others differ by their ids alone.
        first, address = found[0], self.url_of(found[0])
        address = address.replace(str(first.space_id), "{space}").replace(str(first.pk), "{item}")
        return {item.pk: Line(self.title_of(item), address.format(space=item.space_id, item=item.pk)) for item in found}

    def url_of_prepared(self, item: Any) -> str:
        """Where one looks at what one prepared, and changes its words."""
        return self.url_of(item)

    def check_moment(self, item: Any, at: datetime) -> None:
        """Raises ValidationError when an item cannot come at this moment, for what only its kind knows."""

    def date(self, item: Any, at: datetime) -> None:
        """Let an item that was prepared be of the moment at which it comes."""
        item.created_at = at
        if hasattr(item, "edited_at"):
            item.edited_at = None

    def place(self, actor: Actor, item: Any) -> None:
        """Let what its author prepared come into the space, as if they made it now.

        actor: the author. Where a facilitator reads first, it waits for one from now on.
        """
        from groupspace.held import held_from
        from groupspace.later import renew_id

        renew_id(item)
        item.prepared_for, item.stuck = None, ""
        item.held_at = held_from(actor, item.space, audience=item.audience)
        self.date(item, timezone.now())
        item.save()
        self.announce(item)

    def take_away(self, item: Any) -> None:
        """Throw an item away of which nobody else read: it was prepared, or for its author alone. Its files go too."""
        item.delete()

    @cached_property
    def _lines(self) -> ForReader:
        from groupspace.policy import visible
        from groupspace.reading import ForReader

        long = [field.name for field in self.model._meta.concrete_fields if isinstance(field, TextField)]
        items = self.model._default_manager.defer(*long)
        return ForReader(lambda reader, *ids: visible(reader, items.filter(pk__in=ids)))

    def hearers(self, happening: Any) -> dict[UUID, str]:
        """The memberships that a happening concerns, with the reason: "named", "answered", "followed", or "muted"
        for who wants to hear nothing of this item. Here: who is named, and of a comment whoever made the item.

        happening: a row of the stream.
        """
        reasons: dict[UUID, str] = {}
        if happening.part_id:
            made = self.model._default_manager.filter(pk=happening.item_id).values_list("author_id", flat=True)
            reasons = dict.fromkeys(made, "answered")
        return reasons | dict.fromkeys(map(UUID, happening.named), "named")

    def have_read(self, happening: Any) -> Collection[UUID]:
        """The memberships that have read what a happening tells of, of a kind that `tracks_reading`."""
        return ()

    def guarded_parts(self, reader: Actor) -> QuerySet[Any] | None:
        """Of the posts or comments that not everybody reads who reads the item, those that this reader may see.

        None: this kind has none; the item decides.
        """
        return None

    def url_of_part(self, line: Line, part_id: UUID) -> str:
        """Where a post or comment in an item stands; it leads there by itself."""
        return f"{line.url}#reactie-{part_id}"

    def counts(self, item: Any) -> bool:
        """Whether reports count this item, and what happens in it breaks the silence."""
        return not any(getattr(item, field) == value for field, value in self.left_out.items())

    def texts_of(self, item: Any) -> Iterable[str]:
        """All private texts of one item, as people wrote them: what search may find and leaks are looked for."""
        raise NotImplementedError

    def written(self, membership: Membership) -> list[Written]:
        """Everything this member wrote, and no words of another: for "Mijn gegevens" and for what they take along."""
        raise NotImplementedError

    def chosen(self, membership: Membership) -> list[dict[str, Any]]:
        """What they did without words of their own, ready for JSON, for "Mijn gegevens" alone."""
        return []

    def export(self, membership: Membership) -> list[dict[str, Any]]:
        """All that this kind keeps of a member, ready for JSON."""
        return [*(one.as_data() for one in self.written(membership)), *self.chosen(membership)]

    def erase(self, membership: Membership) -> int:
        """Take away what this member wrote; replies of others stay. Returns the number of items."""
        raise NotImplementedError

    def forget_choices(self, membership: Membership) -> None:
        """Take away what a member whose account goes only chose for themselves; what they wrote to others stays."""

    def erase_space(self, space: Space) -> int:
        """Take away everything in a space whose time is over. Returns the number of items."""
        items = self.model._base_manager.filter(space=space)
        count = items.count()
        items.delete()
        return count


_space_kinds: dict[str, SpaceKind] = {}
_kinds: dict[str, Kind] = {}


def register_space_kind(kind: SpaceKind) -> SpaceKind:
    """Make a sort of space known. Raises ValueError when the code is taken."""
    if _space_kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"There is already a space kind {kind.code!r}.")
    return kind


def register(kind: Kind) -> Kind:
    """Make a sort of content known. Raises ValueError when the slug is taken."""
    if _kinds.setdefault(kind.slug, kind) is not kind:
        raise ValueError(f"There is already a kind {kind.slug!r}.")
    return kind


def space_kind(code: str) -> SpaceKind | None:
    """The sort of space with this code; None when its app is no longer installed, and then nobody gets in."""
    return _space_kinds.get(code)


def space_kinds() -> list[SpaceKind]:
    """All sorts of spaces, in order of registration."""
    return list(_space_kinds.values())


def all_kinds() -> list[Kind]:
    """All sorts of content, in order of registration."""
    return list(_kinds.values())


def kind_of(model: type[Model]) -> Kind:
    """The sort of content that has this model. Raises LookupError for any other model."""
    for kind in _kinds.values():
        if kind.model is model:
            return kind
    raise LookupError(f"{model.__name__} belongs to no kind.")


def slug_of(model: type[Model]) -> str:
    """The slug of the sort of content that has this model; empty for any other model."""
    return next((kind.slug for kind in _kinds.values() if kind.model is model), "")


def kinds_for(space_kind_code: str) -> list[Kind]:
    """The sorts of content that can live in this sort of space."""
    return [kind for kind in _kinds.values() if not kind.space_kinds or space_kind_code in kind.space_kinds]


def kinds_in(space: Space) -> list[Kind]:
    """The sorts of content that live in this space: without those that its facilitators switched off."""
    return [kind for kind in kinds_for(space.kind) if not kind.optional or kind.slug not in space.kinds_off]


def role_of(kind_code: str, role_code: str) -> Role | None:
    """The role with this code in this sort of space; None when either is unknown."""
    kind = space_kind(kind_code)
    return kind.roles.get(role_code) if kind else None


def roles_in(kind_code: str) -> list[Role]:
    """The roles in this sort of space, the entry role first; none when the sort is unknown."""
    kind = space_kind(kind_code)
    return list(kind.roles.values()) if kind else []
