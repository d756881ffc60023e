"""What templates may ask about notices."""

from __future__ import annotations

from typing import Any

from django import template

from groupspace.notices.sending.refusals import is_refused

register = template.Library()


@register.simple_tag
def address_is_refused(user: Any) -> bool:
    """`{% address_is_refused request.user as refused %}`: mail to this address of one's own did not arrive."""
    return is_refused(user.pk, user.email)
