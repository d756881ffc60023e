"""What templates may ask: the policy's answer, nothing else."""

from __future__ import annotations

from typing import Any

from django import template

from groupspace import policy

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: Any, action: str, obj: Any) -> policy.Verdict:
    """`{% can "reply" topic as may_reply %}`: the verdict for the person who reads this page."""
    return policy.can(context["actor"], action, obj)
