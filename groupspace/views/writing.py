"""Pages on which members write: who reads along stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groupspace import policy
from groupspace.forms.later import LaterField
from groupspace.models import Audience, Membership
from groupspace.prepared import Prepared
from groupspace.views import SpaceView

if TYPE_CHECKING:
    from groupspace.models import Space
    from groupspace.text.composer import Composer

F = TypeVar("F", bound=BaseForm)


class WritingView(SpaceView):
    """A page in a space on which somebody writes to others."""

    abstract = True

    def who_reads(self, audience: str = Audience.SPACE) -> dict[str, str]:
        """Who can read what is typed here, and under which name; one statement."""
        count = member_count(self.space)
        readers = ngettext("de leden van %(space)s: nu ben jij de enige", "de %(count)d leden van %(space)s", count)
        if audience == Audience.FACILITATORS:
            readers = _("de begeleiders van %(space)s en jij")
        elif audience == Audience.SELF:
            readers = _("jij")
        return {
            "readers": readers % {"count": count, "space": self.space.name},
            "my_name": self.actor.name_in(self.space.pk),
        }

    def with_later(self, form: F) -> F:
        """A form for something new, with a moment to prepare it for when this actor may.

        Who chose a moment and lost that right while typing is refused by the action: shared at once is no answer.
        """
        if policy.can(self.actor, "prepare", self.space) or form.data.get("later"):
            form.fields["later"] = LaterField(required=False)
        return form

    def show_form(
        self, form: Any, composer: Composer, *, audience: str = Audience.SPACE, **context: Any
    ) -> HttpResponse:
        """Render the page with its form: 422 with faults, 429 for who writes very often."""
        status = context.pop("status", 422 if form.errors else 200)
        if form.has_error(NON_FIELD_ERRORS, "pace"):
            status = 429
        return self.show(form=form, composer=composer, status=status, **self.who_reads(audience), **context)


def member_count(space: Space) -> int:
    """How many members read along in a space at this moment."""
    rows = _member_count.rows(space.pk, timezone.now())
    return rows[0][0] if rows else 0


def count_members(space: Any, now: Any) -> Any:
    """The question how many members a space has at a moment."""
    found = Membership.objects.active(now).filter(space=space)
    return found.values("space").annotate(count=Count("pk")).values_list("count")


_member_count = Prepared(count_members)
