"""The handreiking: all themes together, with what a visitor adds, as one page to print and as one PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .. import handreiking
from .. import pdf as documents

if TYPE_CHECKING:
    from .models import TechniqueIndexPage

PAGE, PDF = "handreiking", "pdf"
#: What may stand behind the address of the list of themes.
ROUTES = ([PAGE], [PAGE, PDF])
TEMPLATE = "knowledgebase/techniques/guide.html"
PDF_TEMPLATE = "knowledgebase/techniques/guide_pdf.html"
FILENAME = "handreiking-digitale-sociale-technieken.pdf"


def context(page: TechniqueIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the page with the handreiking shows besides the themes."""
    *above, (label, _address) = page.get_breadcrumbs(request)
    query = request.META.get("QUERY_STRING", "")
    return {
        "breadcrumbs": [*above, (label, page.get_url(request)), (_("Handreiking"), "")],
        "subpath": f"{PAGE}/",
        "parts": handreiking.parts(request),
        "pdf_url": f"{page.get_url(request)}{PAGE}/{PDF}/" + (f"?{query}" if query else ""),
    }


def private_if_personal(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Keep an answer with a visitor's own chapter from every cache."""
    if request.GET:
        response.public_cacheable = False
        response["Cache-Control"] = "private, no-store"
    return response


def pdf(page: TechniqueIndexPage, request: HttpRequest) -> HttpResponse:
    """The handreiking as a PDF: made once for each state of the site, unless it holds something of this visitor."""
    parts = handreiking.parts(request)

    def make() -> str:
        with translation.override(page.locale.language_code):
            return render_to_string(PDF_TEMPLATE, {"page": page, "themes": page.themes, "parts": parts}, request)

    if parts:
        return documents.pdf_response(make(), FILENAME, request)
    try:
        return documents.download(documents.kept_pdf(f"guide:{page.pk}", make), FILENAME)
    except documents.PdfUnavailable as error:
        return documents.unavailable(error, request)
