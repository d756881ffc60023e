"""Lists and screens of the CMS for what visitors send in: nothing is added or deleted there by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import IndexView

#: With these a cell of a spreadsheet becomes a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class WideTitleColumn(TitleColumn):
    """A title that stays a few words wide on a phone, where the rest of the table scrolls."""

    class Media:
        css = {"all": ["knowledgebase/visitors_admin.css"]}


class VisitorsIndexView(IndexView):
    """A list with filters. A subclass names model, policy, page title, addresses and columns."""

    permission_required = "change"
    any_permission_required = None
    paginate_by = 30
    handle_url_name = ""

    def title_column(self, name: str, label: Any, **kwargs: Any) -> TitleColumn:
        """The column whose words lead to the screen where one row is handled."""
        return WideTitleColumn(
            name,
            label=label,
            classname="kb-wide-title",
            get_url=lambda row: reverse(self.handle_url_name, args=[row.pk]),
            **kwargs,
        )

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """A value for a spreadsheet: what a stranger typed never becomes a formula there."""
        value = super().preprocess_field_value(field, value, export_format)
        return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def list_urls(view: type[VisitorsIndexView], where: str) -> list[URLPattern]:
    """The addresses of a list: of the page, and of the part that filters replace."""
    return [
        path(where, view.as_view(), name=view.index_url_name),
        path(f"{where}results/", view.as_view(results_only=True), name=view.index_results_url_name),
    ]


class PermittedMenuItem(MenuItem):
    """A line in the menu for who holds a permission."""

    def __init__(self, label: Any, url: str, *, permission: str, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def require(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied for who does not hold the permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it when the form is good. Returns whether it was done; what an action refuses stands in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as refusal:
        known = hasattr(refusal, "error_dict") and refusal.error_dict.keys() <= form.fields.keys()
        form.add_error(None, refusal if known else refusal.messages)
        return False
    return True
