"""What a page tells others: meta tags in its head, and links to share it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _
from wagtail.models import Page

from .. import sharing

register = template.Library()


@register.inclusion_tag("knowledgebase/parts/meta.html", takes_context=True)
def page_meta(context: Context) -> dict[str, Any]:
    """Canonical address, description, Open Graph and structured data of the page in the context, if there is one.

    Nothing for a draft: it has no address yet.
    """
    page, request = context.get("page"), context.get("request")
    if request is None or not isinstance(page, Page) or getattr(request, "is_preview", False):
        return {"meta": None}
    meta = meta_of(context)
    data = sharing.structured_data(page, meta, request, context.get("breadcrumbs") or ())
    return {"meta": meta, "data": sharing.as_json(data) if data else ""}


@register.inclusion_tag("knowledgebase/parts/share.html", takes_context=True)
def share_links(context: Context) -> dict[str, Any]:
    """Ways to pass this page on. Nobody is asked for anything before a click, and a heavy subject names nothing."""
    if context.get("request") is None or getattr(context["request"], "is_preview", False):
        return {"address": ""}
    meta = meta_of(context)
    subject = meta.title or _("Een pagina voor jou")
    networks = [
        ("WhatsApp", "https://wa.me/?text=" + quote(f"{subject} {meta.address}", safe="")),
        ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url=" + quote(meta.address, safe="")),
        ("Facebook", "https://www.facebook.com/sharer/sharer.php?u=" + quote(meta.address, safe="")),
    ]
    return {
        "address": meta.address,
        "title": subject,
        "mail": f"mailto:?subject={quote(subject)}&body={quote(meta.address)}",
        "networks": [] if meta.is_quiet else networks,
    }


def meta_of(context: Context) -> sharing.PageMeta:
    """What the page in this context says of itself."""
    return sharing.meta_for(
        context["page"],
        context["request"],
        site_name=str(context.get("site_name") or ""),
        subpath=str(context.get("subpath") or ""),
    )
