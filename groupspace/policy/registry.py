"""Which policy answers for which model, and the three questions that everything asks: visible, prepared, can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from groupspace.actor import Actor
    from groupspace.policy.verdicts import Verdict

    Q_ = TypeVar("Q_", bound=QuerySet[Any])


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
