"""Somebody's own plan as a chapter of the handreiking, next to the themes (requirement 004-06)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knowledgebase.handreiking import Part, address

from .document import Document
from .models import Walk

# The key of a walk is a cookie for its own addresses alone; the handreiking stands elsewhere. So the link carries a
# note that we signed for who may open the plan, and that is worth nothing after an hour.
SIGNER = signing.TimestampSigner(salt="knowledgebase.stepplans.handreiking")
LASTS = timedelta(hours=1)


def link(request: HttpRequest, walk: Walk) -> str:
    """The address of the handreiking with this plan in it; empty where the site has none."""
    start = address(request)
    return f"{start}pdf/?{urlencode({'plan': SIGNER.sign(str(walk.pk))})}" if start else ""


def chapter(request: HttpRequest) -> Part | None:
    """The plan that the address of this request names, with a note of ours that is still good."""
    try:
        walk_id = UUID(SIGNER.unsign(request.GET.get("plan", ""), max_age=LASTS))
    except (signing.BadSignature, ValueError):
        return None
    walk = Walk.objects.alive().select_related("version", "approval").filter(pk=walk_id).first()
    if walk is None:
        return None
    document = Document(walk)
    if not document.end:
        return None
    html = render_to_string("knowledgebase_stepplans/_document.html", {"document": document, "level": 3, "below": 4})
    return Part(_("Ons plan: %(title)s") % {"title": document.title}, html)
