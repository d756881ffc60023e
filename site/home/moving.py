"""Putting a page of the site elsewhere in the tree, for who may not publish: its words stay as they were approved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.actions.move_page import MovePageAction
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page


def may_move(user: Any, page: Page) -> bool:
    """Whether this member of staff may put the page elsewhere. A home page and the root stay.

    It is the right to take pages off the site: who may end an address may also lead it on to another. A page that is
    not for everyone stays, as it could lose its lock on the way.
    """
    above_all = page.is_root() or page.sites_rooted_here.exists()
    return user.has_perm("home.take_page_offline") and not above_all and not page.get_view_restrictions()


class PlaceChooser(AdminPageChooser):
    """Wagtail's chooser. What came in and is no number of a page shows as nothing chosen, beside the error."""

    def get_instance(self, value: Any) -> Page | None:
        try:
            return super().get_instance(value)
        except ValueError:
            return None


class MoveForm(forms.Form):
    """Where a page goes.

    Args:
        page: the page itself, in its own type.
    """

    parent = forms.ModelChoiceField(
        label=gettext_lazy("Onder welke pagina?"),
        queryset=Page.objects.filter(depth__gt=1),
        error_messages={"invalid_choice": gettext_lazy("Deze pagina is er niet meer. Kies een andere plek.")},
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["parent"].widget = PlaceChooser(target_models=page.specific_class.allowed_parent_page_models())

    def clean_parent(self) -> Page:
        parent, page = self.cleaned_data["parent"], self.page
        if parent.pk == page.pk or parent.is_descendant_of(page):
            raise ValidationError(_("Een pagina kan niet onder zichzelf staan. Kies een andere plek."))
        if page.is_child_of(parent):
            raise ValidationError(_("De pagina staat hier al. Kies een andere plek."))
        if not page.can_move_to(parent):
            raise ValidationError(_("Dit soort pagina kan daar niet staan. Kies een andere plek."))
        if not Page._slug_is_available(page.slug, parent, page=page):
            raise ValidationError(
                _("Daar staat al een pagina met het adres “%(slug)s”. Verander eerst het adres, bij Eigenschappen."),
                params={"slug": page.slug},
            )
        return parent


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask where the page goes, and put it there; its old address leads on. Raises PermissionDenied, Http404."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_move(request.user, page):
        raise PermissionDenied
    here = {"parent": page.get_parent()}
    form = MoveForm(request.POST if request.method == "POST" else None, page=page, initial=here)
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        MovePageAction(page, parent, pos="last-child", user=request.user).execute(skip_permission_checks=True)
        said = _("“%(title)s” staat nu onder “%(parent)s”. Wie het oude adres heeft, komt vanzelf goed uit.")
        messages.success(request, said % {"title": page.title, "parent": parent.title})
        return redirect("wagtailadmin_explore", parent.pk)
    return render(request, "home/admin/move.html", {"page": page, "form": form}, status=422 if form.is_bound else 200)
