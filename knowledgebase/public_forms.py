"""Forms that visitors fill in without an account: nothing typed is lost, and what is sent twice is kept once."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.models import Site

from . import conf
from .mixins import PublicPageMixin

FormBase: type[forms.Form] = import_string(conf.get("FORM_BASE"))


class PublicForm(FormBase):  # type: ignore[misc, valid-type]  # the host chooses the class
    """A form for visitors.

    `ticket` is made when the form is shown: whoever stores the answers keeps it in a unique column, so that a second
    press on the button finds the first. Print the form with `knowledgebase/parts/form.html`.
    """

    ticket = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def is_robot(self) -> bool:
        """Whether the field that people do not see was filled in. Thank a robot as you would thank anyone."""
        return bool(self.data.get("website"))


class FormPageMixin(PublicPageMixin):
    """A page with a form on it. `receive` keeps the answers; the visitor then reads the same address with ?klaar=1."""

    cacheable = False
    is_announced = False
    form_class: ClassVar[type[PublicForm]]

    def make_form(self, request: HttpRequest, data: Any = None) -> PublicForm:
        """The form, empty or with what was typed."""
        return self.form_class(data)

    def receive(self, form: PublicForm, request: HttpRequest) -> str | None:
        """Keep the answers of a valid form. Returns where to go next; None for the thanks on this page.

        Raises ValidationError for what only shows while keeping them; the visitor reads it above the form.
        """
        raise NotImplementedError(f"{type(self).__name__} must say what happens with its answers.")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().serve(request, *args, form=self.make_form(request), **kwargs)
        form = self.make_form(request, request.POST)
        if form.is_valid():
            try:
                where = None if form.is_robot else self.receive(form, request)
                return HttpResponseRedirect(where or f"{self.get_url(request)}?klaar=1")
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self.refuse(form, request, *args, **kwargs)

    def refuse(self, form: PublicForm, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page again, with all that was typed and what to do about it."""
        response: TemplateResponse = super().serve(request, *args, form=form, **kwargs)
        response.status_code = 422
        return response

    def get_context(
        self, request: HttpRequest, *args: Any, form: PublicForm | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "form": form or self.make_form(request),
            "done": request.GET.get("klaar") == "1",
        }


def give_back(request: HttpRequest) -> HttpResponse | None:
    """The form that was posted with an old token or without cookies, with all that was typed; None for another page.

    For the view of the host that answers such posts. Nothing is kept: the visitor has to send it again.
    """
    site = Site.find_for_request(request) if request.method == "POST" else None
    if site is None:
        return None
    try:
        found = site.root_page.specific.route(request, [part for part in request.path.split("/") if part])
    except Http404:
        return None
    page = found.page
    if not isinstance(page, FormPageMixin) or page.get_view_restrictions():
        return None
    form = page.make_form(request, request.POST)
    form.is_valid()  # what else is wrong is told at once
    form.add_error(
        None,
        _("Dit is nog niet verstuurd. Verstuur het nog een keer. Lukt dat niet? Sta dan cookies toe voor deze site."),
    )
    return page.refuse(form, request)
