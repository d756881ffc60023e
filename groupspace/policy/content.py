"""Rules for what members make in a space: one policy for every kind, which gives it data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.conf import conf
from groupspace.kinds import slug_of
from groupspace.permissions import TALKING, Permission
from groupspace.policy.verdicts import (
    AGREE_FIRST,
    CARE_FIRST,
    HIDDEN,
    NOT_ALLOWED,
    NOT_HELD,
    NOT_STARTED,
    NOT_YET,
    NOT_YOURS,
    ONLY_AUTHOR,
    READ_FIRST,
    READ_ONLY,
    VERIFY,
    YES,
    Verdict,
    care_first,
    waits_for_start,
)
from groupspace.policy.waiting import (
    AUTHOR_OF_WHAT_WAITS,
    NEEDS_WHAT_WAITS,
    SEES_PREPARED,
    can_be_prepared,
    can_wait,
    known_to,
    waits_unseen,
)

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django_stubs_ext import StrOrPromise

    from groupspace.actor import Access, Actor

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


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
                found = found.filter(known_to(actor, held, f"{path}space__in"))
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
        if waits_unseen(access, carrier) or waits_unseen(access, obj):
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
        if care_first(access, need or Permission.POST):
            return CARE_FIRST
        if waits_for_start(access):
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


def _slug_of(model: type[Model], through: str) -> str:
    """The kind to which a model belongs, itself or through another; empty for what is no content of a kind."""
    carrier = model._meta.get_field(through).related_model if through else model
    return slug_of(carrier) if carrier else ""
