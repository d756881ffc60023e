"""THE rules: what each actor may see and do. One policy answers for an object and for a whole queryset.

Everything that shows, counts, sends, exports or finds something asks here. Superusers and staff are ordinary
people to this module. What nobody declared is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.conf import conf
from groupspace.kinds import role_of, slug_of, space_kind, space_kinds
from groupspace.permissions import PROFESSIONAL, SHUT, TALKING, Permission
from groupspace.prepared import Prepared

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model, QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access, Actor
    from groupspace.kinds import SpaceKind
    from groupspace.models import Membership, Space
    from groupspace.permissions import Role

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this actor do this?". True when allowed.

    Attributes:
        allowed: the answer.
        reason: why not, in a sentence for the person who asked.
        hide: the person must not learn that the thing exists: answer 404, not 403.
        verify: it would be allowed after the second step of the log-in.
        agree: it would be allowed after reading the agreements of the space.
    """

    allowed: bool
    reason: StrOrPromise = ""
    hide: bool = False
    verify: bool = False
    agree: bool = False

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)
HIDDEN = Verdict(False, _("Deze pagina bestaat niet, of je kunt er niet bij."), hide=True)
VERIFY = Verdict(False, _("Log eerst in met je tweede stap."), verify=True)
LOG_IN = Verdict(False, _("Log eerst in."))
READ_ONLY = Verdict(False, _("Deze groep is alleen nog te lezen. Schrijven kan niet meer."))
NOT_STARTED = Verdict(False, _("De groep is nog niet begonnen. Je kunt al lezen. Schrijven kan na de start."))
READ_FIRST = _(
    "In deze groep leest een begeleider eerst mee. Daarom kun je dit niet meer veranderen. Vraag het een begeleider."
)
NOT_HELD = _("Dit is al te lezen.")
NOT_YET = _("Dit staat klaar voor later. Dit kan pas als het in de groep staat.")
AGREE_FIRST = Verdict(
    False, _("De afspraken van de groep zijn veranderd. Lees ze eerst, dan kun je verder."), agree=True
)
CARE_FIRST = Verdict(
    False, _("Je begeleidt deze groep. Lees eerst wat dat van je vraagt, en zeg ja. Dan kun je verder."), agree=True
)
NOT_YOURS = Verdict(False, _("Dit mag alleen wie het schreef, of een begeleider."))
ONLY_AUTHOR = Verdict(False, _("Alleen wie dit schreef, kan het veranderen."))
NO_MESSAGES = Verdict(False, _("Jullie kunnen elkaar hier geen eigen bericht sturen."))
NO_PROFESSIONAL = Verdict(False, _("Een groep openen kan alleen een professional van een organisatie die meedoet."))
NOT_ALLOWED = Verdict(False, _("Dat kan niet met jouw rol in deze groep. Vraag het je begeleider."))


#: What an action asks of anything that can wait, for whoever reads first or for its moment.
NEEDS_WHAT_WAITS = {
    "release": Permission.MODERATE,
    "prepare": Permission.PREPARE,
    "take_away": Permission.PREPARE,
}
#: What the author of anything that waits may do as long as they can read, as with `author_always`.
AUTHOR_OF_WHAT_WAITS = frozenset({"take_away"})
#: Who sees what another prepared.
SEES_PREPARED = frozenset({Permission.PREPARE, Permission.FACILITATE})


class ContentPolicy:
    """Rules for content in a space. A kind gives data; it overrides `refuse` for what only it knows.

    Attributes:
        needs: the permission each action needs. An action that is not here, nor in `author_may`, is refused.
        author_may: actions an author may do to their own item, as long as they may still write in the space.
        author_always: what an author may do as long as they can read: take their own words back, also when the space
            is read-only.
        rewords: actions that change what others read already. Where somebody reads first, only who moderates may.
        through: name of the foreign key to the item that carries `space` and `audience`; empty when the model
            itself does. A reply follows its topic.
    """

    needs: ClassVar[Mapping[str, str]] = {
        "view": Permission.VIEW_SPACE,
        "create": Permission.POST,
        "comment": Permission.POST,
        "delete": Permission.MODERATE,
    }
    author_may: ClassVar[frozenset[str]] = frozenset({"edit", "delete"})
    author_always: ClassVar[frozenset[str]] = frozenset({"delete"})
    rewords: ClassVar[frozenset[str]] = frozenset({"edit"})
    through: ClassVar[str] = ""

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        """Narrow a queryset to what this actor may see."""
        path = f"{self.through}__" if self.through else ""
        found = self._read(actor, queryset, path)
        model: Any = queryset.model
        if can_be_prepared(model, self.through):
            found = found.filter(**{f"{path}prepared_for__isnull": True})
        for held in dict.fromkeys((path, "")):
            if can_wait(model, held.removesuffix("__")):
                found = found.filter(_known(actor, held, f"{path}space__in"))
        return found

    def prepared(self, actor: Actor, queryset: Q_) -> Q_:
        """Narrow a queryset to what waits for its moment and this actor may see; `visible` never shows it."""
        own = Q(author__in=[access.membership_id for access in actor.spaces.values()])
        led = [pk for pk, access in actor.spaces.items() if access.permissions >= SEES_PREPARED]
        return self._read(actor, queryset, "").filter(own | Q(space__in=led), prepared_for__isnull=False)

    def _read(self, actor: Actor, queryset: Q_, path: str) -> Q_:
        slug = _slug_of(queryset.model, self.through)
        there = [pk for pk in actor.spaces_with(Permission.VIEW_SPACE) if slug not in actor.spaces[pk].kinds_off]
        read_by = Q(**{f"{path}audience": "space"})
        read_by |= Q(**{f"{path}author__in": [access.membership_id for access in actor.spaces.values()]})
        if led := actor.spaces_with(Permission.FACILITATE):
            read_by |= Q(**{f"{path}audience": "facilitators", f"{path}space__in": led})
        return queryset.filter(read_by, **{f"{path}space__in": there})

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        """Answer for one object, without a query when `through` and the space are loaded."""
        carrier = getattr(obj, self.through) if self.through else obj
        access = actor.spaces.get(carrier.space_id)
        if access is None:
            return HIDDEN
        if access.needs_verification:
            return VERIFY
        if Permission.VIEW_SPACE not in access.permissions or not self._in_audience(access, carrier):
            return HIDDEN
        if _waits_unseen(access, carrier) or _waits_unseen(access, obj):
            return HIDDEN
        if access.kinds_off and slug_of(type(carrier)) in access.kinds_off:
            return HIDDEN
        if action == "view":
            return YES
        verdict = self._may(access, action, obj)
        if verdict and (refusal := self._refuse_first(access, action, obj) or self.refuse(access, action, obj)):
            return Verdict(False, refusal)
        return verdict

    def refuse(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        """Why this action is not possible now, for who may do it; empty when nothing stands in its way."""
        return ""

    def _refuse_first(self, access: Access, action: str, obj: Any) -> StrOrPromise:
        """What follows from waiting: nothing is let through twice, nor changed behind the reader's back."""
        held = getattr(obj, "held_at", None) is not None
        prepared = getattr(obj, "prepared_for", None) is not None
        if action in {"prepare", "take_away"}:
            return "" if prepared else NOT_HELD
        if prepared and action != "edit":
            return NOT_YET
        if action == "release":
            return "" if held else NOT_HELD
        shut = access.approve_first and not held and Permission.MODERATE not in access.permissions
        carrier = getattr(obj, self.through) if self.through else obj
        told = getattr(carrier, "audience", "space") == "space" and getattr(carrier, "held_at", None) is None
        return READ_FIRST if shut and told and action in self.rewords else ""

    def _in_audience(self, access: Access, carrier: Any) -> bool:
        if carrier.audience == "space" or carrier.author_id == access.membership_id:
            return True
        return bool(carrier.audience == "facilitators" and Permission.FACILITATE in access.permissions)

    def _may(self, access: Access, action: str, obj: Any) -> Verdict:
        if action in self.author_always | AUTHOR_OF_WHAT_WAITS and obj.author_id == access.membership_id:
            return YES
        if access.state == "read_only":
            return READ_ONLY
        need = self.needs.get(action) or NEEDS_WHAT_WAITS.get(action)
        if need in access.permissions:
            return YES
        if access.must_agree and (action in self.author_may or need in TALKING):
            return AGREE_FIRST
        if _care_first(access, need or Permission.POST):
            return CARE_FIRST
        if _waits_for_start(access):
            return NOT_STARTED
        if action in self.author_may and Permission.POST in access.permissions:
            if obj.author_id == access.membership_id:
                return YES
            return NOT_YOURS if action in self.needs else ONLY_AUTHOR
        return NOT_ALLOWED


def refuse_undo(thing: Any) -> StrOrPromise:
    """Why what was sent can no longer be taken back as if it was never there; empty as long as it can."""
    late = thing.created_at < timezone.now() - conf.UNDO_WINDOW
    return _("Terughalen kan een minuut lang. Weghalen kan nog wel.") if late else ""


class SpacePolicy:
    """Rules for a space itself. `needs` maps each action of a member to a permission."""

    needs: ClassVar[Mapping[str, str]] = {
        "view": Permission.VIEW_SPACE,
        "leave": Permission.VIEW_SPACE,
        "rename_self": Permission.VIEW_SPACE,
        "agree": Permission.VIEW_SPACE,
        "tell_about_self": Permission.VIEW_SPACE,
        "see_members": Permission.VIEW_SPACE,
        "post": Permission.POST,
        "upload": Permission.UPLOAD,
        "prepare": Permission.PREPARE,
        "moderate": Permission.MODERATE,
        "facilitate": Permission.FACILITATE,
        "manage_members": Permission.MANAGE_MEMBERS,
        "change": Permission.CHANGE_SPACE,
        "read_protocol": Permission.MODERATE,
        "see_log": Permission.FACILITATE,
    }
    #: What a listed space offers to someone who is not in it.
    for_outsiders: ClassVar[frozenset[str]] = frozenset({"preview", "read_about", "join"})

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(pk__in=actor.spaces_with(Permission.VIEW_SPACE))

    def can(self, actor: Actor, action: str, obj: Space) -> Verdict:
        access = actor.spaces.get(obj.pk)
        if action in self.for_outsiders:
            return self._for_outsider(actor, action, obj, access)
        if access is None:
            return HIDDEN
        if access.needs_verification:
            return VERIFY
        if Permission.VIEW_SPACE not in access.permissions:
            return HIDDEN
        if self.needs.get(action) in access.permissions:
            return YES
        if access.must_agree and self.needs.get(action) in TALKING:
            return AGREE_FIRST
        if _care_first(access, self.needs.get(action, "")):
            return CARE_FIRST
        if action in {"post", "upload"} and access.state == "read_only":
            return READ_ONLY
        return NOT_STARTED if action in {"post", "upload"} and _waits_for_start(access) else NOT_ALLOWED

    def _for_outsider(self, actor: Actor, action: str, space: Space, access: Access | None) -> Verdict:
        if not may_know_of(actor, space):
            return HIDDEN
        if action == "preview" or (action == "read_about" and space.visibility == "public"):
            return YES
        if action == "read_about":
            return NOT_ALLOWED
        if not actor.is_authenticated:
            return LOG_IN
        if access is not None:
            return Verdict(False, _("Je zit al in deze groep."))
        if not space.takes_members:
            return Verdict(False, _("Deze groep neemt geen nieuwe mensen aan."))
        return YES


class MemberPolicy:
    """Rules for memberships: seen within the space unless hidden there, changed by whoever manages members.

    Who has power over others is always seen, and so is oneself.
    """

    #: What an action asks of the space; any other asks what managing somebody with that role does.
    asks: ClassVar[Mapping[str, str]] = {"view": "see_members", "set_permissions": "change", "hand_over": "change"}

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        shown = Q(is_listed=True, space__members_listed=True) | Q(role__in=_roles_with_power())
        shown |= Q(pk__in=[access.membership_id for access in actor.spaces.values()])
        inside = Q(space__in=actor.spaces_with(Permission.VIEW_SPACE)) & shown
        return queryset.filter(inside | Q(space__in=actor.spaces_with(Permission.MANAGE_MEMBERS)))

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        if not self._shown(actor, obj):
            return HIDDEN
        verdict = can(actor, self.asks.get(action) or _managing(obj.role_data), obj.space)
        if verdict and action == "hand_over" and not _leads(actor, obj.space):
            return Verdict(False, _("Overdragen kan alleen wie de groep begeleidt."))
        if verdict and action != "view" and actor.membership_in(obj.space_id) == obj.pk:
            return Verdict(False, _("Je kunt je eigen rol niet veranderen. Vraag het een andere begeleider."))
        return verdict

    def _shown(self, actor: Actor, obj: Any) -> bool:
        access = actor.spaces.get(obj.space_id)
        if access is None or access.needs_verification:
            return True  # what the space answers says enough
        if obj.pk == access.membership_id or Permission.MANAGE_MEMBERS in access.permissions:
            return True
        return (obj.is_listed and obj.space.members_listed) or obj.role in _roles_with_power()


class ProfilePolicy:
    """Rules for what members tell about themselves: the reader sees the member, and is among those it is told to."""

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        from groupspace.models import Membership

        told = Q(audience="space") | Q(membership__in=[access.membership_id for access in actor.spaces.values()])
        if led := actor.spaces_with(Permission.FACILITATE):
            told |= Q(audience="facilitators", membership__space__in=led)
        seen = MemberPolicy().visible(actor, Membership.objects.active()).values("pk")
        return queryset.filter(told, membership__in=seen)

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        member = obj.membership
        verdict = can(actor, "view", member)
        if not verdict:
            return verdict
        own = actor.membership_in(member.space_id) == member.pk
        leads = Permission.FACILITATE in actor.permissions_in(member.space_id)
        if not (own or obj.audience == "space" or (obj.audience == "facilitators" and leads)):
            return HIDDEN
        return YES if own or action == "view" else ONLY_AUTHOR


class AdmissionPolicy:
    """Rules for invitations: only whoever manages members sees and withdraws them."""

    def visible(self, actor: Actor, queryset: Q_) -> Q_:
        return queryset.filter(space__in=actor.spaces_with(Permission.MANAGE_MEMBERS))

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        verdict = can(actor, "manage_members", obj.space)
        return verdict if verdict or verdict.verify or verdict.agree else HIDDEN


class JoinRequestPolicy(AdmissionPolicy):
    """Rules for join requests: only whoever manages members sees and decides them; whoever asked can take it back."""

    def can(self, actor: Actor, action: str, obj: Any) -> Verdict:
        if action == "withdraw":
            return YES if actor.is_authenticated and obj.user_id == actor.user_id else HIDDEN
        return super().can(actor, action, obj)


def _slug_of(model: type[Model], through: str) -> str:
    """The kind to which a model belongs, itself or through another; empty for what is no content of a kind."""
    carrier = model._meta.get_field(through).related_model if through else model
    return slug_of(carrier) if carrier else ""


def can_wait(model: type[Model], through: str = "") -> bool:
    """Whether rows of a model, or of the one that it hangs under, can wait for whoever reads first."""
    return _has(model, through, "held_at")


def can_be_prepared(model: type[Model], through: str = "") -> bool:
    """Whether rows of a model, or of the one that it hangs under, can wait for their moment."""
    return _has(model, through, "prepared_for")


@cache
def _has(model: type[Model], through: str, name: str) -> bool:
    carrier: Any = model._meta.get_field(through).related_model if through else model
    return any(field.name == name for field in carrier._meta.fields)


def _known(actor: Actor, path: str, space: str) -> Q:
    """What does not wait; and of what does, one's own and what one moderates."""
    mine = [access.membership_id for access in actor.spaces.values()]
    known = Q(**{f"{path}held_at__isnull": True}) | Q(**{f"{path}author__in": mine})
    if moderated := actor.spaces_with(Permission.MODERATE):
        known |= Q(**{space: moderated})
    return known


def _waits_unseen(access: Access, obj: Any) -> bool:
    """Whether something waits for another than this actor: the same rule as `_known`, for one object."""
    if getattr(obj, "held_at", None) is None or obj.author_id == access.membership_id:
        return False
    if getattr(obj, "prepared_for", None) is not None:
        return not access.permissions >= SEES_PREPARED
    return Permission.MODERATE not in access.permissions


_policies: dict[type[Model], Any] = {}


def register(model: type[Model], policy: Any) -> None:
    """Say which policy answers for a model. Raises ValueError when there is one already."""
    if model in _policies:
        raise ValueError(f"{model.__name__} already has a policy.")
    _policies[model] = policy


def policy_of(model: type[Model]) -> Any:
    """The policy of a model. Raises LookupError when there is none: nothing is shown without a rule."""
    try:
        return _policies[model]
    except KeyError:
        raise LookupError(f"{model.__name__} has no policy; register one in its app's kind.py.") from None


def policies() -> dict[type[Model], Any]:
    """All models that have a policy, with theirs, in order of registration."""
    return dict(_policies)


def visible(actor: Actor, queryset: Q_) -> Q_:
    """Narrow a queryset to what this actor may see, in SQL."""
    return policy_of(queryset.model).visible(actor, queryset)


def prepared(actor: Actor, queryset: Q_) -> Q_:
    """Narrow a queryset to what waits for its moment and this actor may see, in SQL."""
    return policy_of(queryset.model).prepared(actor, queryset)


def can(actor: Actor, action: str, obj: Model) -> Verdict:
    """May this actor do this to this object? In Python, without a query."""
    return policy_of(type(obj)).can(actor, action, obj)


def listed(actor: Actor, queryset: Q_) -> Q_:
    """Narrow spaces to those of which this actor may know that they exist."""
    kinds = [kind.code for kind in space_kinds() if is_for(actor, kind)]
    return queryset.exclude(visibility="hidden").filter(kind__in=kinds).exclude(state__in=SHUT)


def may_know_of(actor: Actor, space: Space) -> bool:
    """May this actor know that the space exists? The same rule as `listed`, for one object."""
    kind = space_kind(space.kind)
    if kind is None or space.visibility == "hidden" or space.state in SHUT:
        return False
    return is_for(actor, kind)


def may_name(actor: Actor, space: Space) -> bool:
    """May this actor read what the space is called now? Since somebody asked to join or was in it, it can have become
    hidden or closed, and have got another name."""
    return space.pk in actor.spaces or bool(can(actor, "preview", space))


def is_for(actor: Actor, kind: SpaceKind) -> bool:
    """Is this sort of space for people like this actor? Some are for professionals alone."""
    return not kind.professionals_only or actor.is_professional


def may_open(actor: Actor) -> Verdict:
    """May this actor open a space?"""
    return YES if actor.is_professional else NO_PROFESSIONAL


def coordinated_by(actor: Actor) -> Any:
    """The organisation whose groups this actor coordinates: sees how they are doing, and nothing of what is in them.

    None for anybody else. One query.
    """
    from groupspace.models import Professional

    if not actor.verified:
        return None
    found = Professional.objects.active().filter(user_id=actor.user_id, is_coordinator=True)
    coordinator = found.select_related("organisation").first()
    return coordinator.organisation if coordinator else None


def _leads(actor: Actor, space: Space) -> bool:
    """Whether the actor's own role is one that a space cannot be without; to arrange it is not enough."""
    access = actor.spaces.get(space.pk)
    role = role_of(space.kind, access.role) if access else None
    return role is not None and role.leads


def may_give(actor: Actor, role: Role, space: Space) -> Verdict:
    """May this actor give somebody this role in the space?"""
    return can(actor, _managing(role), space)


def _managing(role: Role | None) -> str:
    """What managing somebody with this role asks of the space: leaders are made and managed by leaders alone."""
    return "change" if role and role.leads else "manage_members"


def may_message(one: Membership, other: Membership) -> Verdict:
    """May these two write each other in private? One statement.

    Never when either is under 16, also when they said so in another group; the answer does not tell why.
    """
    from groupspace.ages import MINOR
    from groupspace.models import Membership

    pair = (one, other)
    if one.pk == other.pk or one.space_id != other.space_id or any(m.state != "active" or not m.user_id for m in pair):
        return NO_MESSAGES
    known = Membership.objects.filter(user__in=[one.user_id, other.user_id], age_band__in=MINOR)
    apart = one.space.stands_apart and not all(m.role_data and m.role_data.verified for m in pair)
    return NO_MESSAGES if apart or known.exists() else YES


@cache
def _roles_with_power() -> frozenset[str]:
    """The roles whose holders have power over others: people want to know who that is."""
    roles = (role for kind in space_kinds() for role in kind.roles.values())
    return frozenset(role.code for role in roles if role.permissions & PROFESSIONAL)


def _care_first(access: Access, need: str) -> bool:
    """Whether the yes to the duty of care is what is missing: before the start, writing asks it too."""
    return access.must_care and (need in PROFESSIONAL or (need in TALKING and _waits_for_start(access)))


def _waits_for_start(access: Access) -> bool:
    return access.state == "recruiting" and Permission.POST not in access.permissions


def find_space(actor: Actor, pk: UUID) -> Space | None:
    """The space with this id, as far as this actor may know that it exists."""
    from groupspace.models import Space

    if pk in actor.spaces:
        return _space.first(pk)
    return listed(actor, Space.objects.filter(pk=pk)).first()


def _space_with(pk: UUID) -> QuerySet[Any]:
    from groupspace.models import Space

    # With what the head of its home shows of the organisation.
    return Space.objects.filter(pk=pk).annotate(organisation_name=F("organisation__name"))


_space = Prepared(_space_with)
