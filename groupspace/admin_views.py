"""Screens of the register in the CMS, on wagtail-modeladmin, with what it leaves open closed.

Who may do what is asked of `groupspace.register`; writing is done by its actions. Tried on wagtail-modeladmin 2.5: its
lists take any lookup from the address (`?memberships__display_name__startswith=…` answers questions about people), its
history asks for no permission, an id of the wrong form is an error 500, and its export takes over formulas.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.log_actions import log
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, IndexView

from groupspace import register
from groupspace.forms.attempt import attempt
from groupspace.forms.together import Together
from groupspace.lifetime.silence import silent


class RegisterPermissions(PermissionHelper):
    """Asks the register. Only its own permission shows up where groups of staff get rights: no other does anything."""

    def get_all_model_permissions(self) -> Any:
        return super().get_all_model_permissions().filter(codename=register.REGISTER)

    def user_can_list(self, user: Any) -> bool:
        return register.may(user, register.REGISTER)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return register.may(user, register.REGISTER)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class OrganisationPermissions(RegisterPermissions):
    """Organisations have permissions of their own. They are switched off, never deleted."""

    def get_all_model_permissions(self) -> Any:
        codenames = ("view_organisation", "add_organisation", "change_organisation")
        return Permission.objects.filter(content_type__app_label="groupspace", codename__in=codenames)

    def user_can_list(self, user: Any) -> bool:
        return register.may(user, "view_organisation") or self.user_can_edit_obj(user, None)

    def user_can_create(self, user: Any) -> bool:
        return register.may(user, "add_organisation")

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return register.may(user, "change_organisation")


class LeasePermissions(RegisterPermissions):
    """A request is decided once; what was granted can be prolonged."""

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return (obj.state == obj.State.REQUESTED or obj.can_go_on) and register.may(user, register.REGISTER)


class InvitationPermissions(RegisterPermissions):
    """Codes are made and withdrawn, never changed."""

    def user_can_create(self, user: Any) -> bool:
        return register.may(user, register.REGISTER)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return obj.used_at is None and register.may(user, register.REGISTER)


class InvitationButtons(ButtonHelper):
    """A code is withdrawn rather than deleted."""

    def delete_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().delete_button(*args, **kwargs), "label": _("Trek in"), "title": _("Trek deze code in")}


class OrganisationFilter(RelatedFieldListFilter):
    """Choosing an organisation; Django's own filter needs Django's admin to be installed."""

    def field_admin_ordering(self, field: Any, request: HttpRequest, model_admin: Any) -> tuple[str, ...]:
        return ("name",)


class VouchedForFilter(SimpleListFilter):
    """Professionals who count today, or no longer."""

    title = gettext_lazy("telt mee")
    parameter_name = "telt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", _("Ja")), ("nee", _("Nee"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        active = queryset.model.objects.active().values("pk")
        if self.value() == "ja":
            return queryset.filter(pk__in=active)
        return queryset.exclude(pk__in=active) if self.value() == "nee" else queryset


class LongerFilter(SimpleListFilter):
    """Leases whose tenant asks to rent for longer."""

    title = gettext_lazy("vraagt om langer")
    parameter_name = "langer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", _("Ja"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(longer_asked_at__isnull=False) if self.value() == "ja" else queryset


class SilentFilter(SimpleListFilter):
    """Spaces in which it has been silent for too long, or that never begin."""

    title = gettext_lazy("stil")
    parameter_name = "stil"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", _("Ja")), ("nee", _("Nee"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        quiet = queryset.model.objects.filter(silent()).order_by().values("pk")
        if self.value() == "ja":
            return queryset.filter(pk__in=quiet)
        return queryset.exclude(pk__in=quiet) if self.value() == "nee" else queryset


class RegisterIndexView(IndexView):
    """A list with only the filters it shows, and without a spreadsheet to carry away."""

    FORMATS = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)

    def get_filters(self, request: HttpRequest) -> Any:
        filters, has_filters, rest, distinct = super().get_filters(request)
        if rest:
            raise IncorrectLookupParameters
        return filters, has_filters, {}, distinct

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))


class OneRowMixin:
    """A page about one row: an id of the wrong form is not found, and whoever may not see the list sees no row."""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        try:
            super().__init__(model_admin, instance_pk)
        except ValidationError:
            raise Http404 from None


class ByActionMixin:
    """A form that validates, after which an action of the register writes."""

    #: What Wagtail's own log calls it.
    log_action = ""

    def write(self, form: Any) -> Any:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            done = attempt(form, lambda: self.write(form))
            if done is not None:
                log(instance=self.instance, action=self.log_action, content_changed=form.has_changed())
        return self.form_invalid(form) if done is None else self.finish(done)

    def finish(self, done: Any) -> HttpResponse:
        messages.success(self.request, _("Bewaard."))
        return redirect(self.index_url)

    def get_error_message(self) -> str:
        return _("Niet bewaard. Kijk bij de velden wat er nog moet.")


class RegisterEditView(ByActionMixin, OneRowMixin, EditView):
    """Change a row of the register."""

    log_action = "wagtail.edit"

    def stored(self) -> Any:
        """The row as it stands in the database: validating a form already changes the one it shows."""
        return type(self.instance)._default_manager.get(pk=self.instance.pk)


class RegisterCreateView(ByActionMixin, CreateView):
    """Add a row to the register."""

    log_action = "wagtail.create"


class RegisterHistoryView(OneRowMixin, HistoryView):
    """What was changed about a row; only for whoever may see the list."""

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_list(user)


class RegisterAdmin(ModelAdmin):
    """What all screens of the register have in common."""

    permission_helper_class = RegisterPermissions
    index_view_class = RegisterIndexView
    edit_view_class = RegisterEditView
    create_view_class = RegisterCreateView
    history_view_class = RegisterHistoryView
    list_per_page = 50
    index_view_extra_css = ["groupspace/css/register.css"]
    #: Pages this register has; an address that does nothing is not there.
    pages: tuple[str, ...] = ("index", "edit", "history")

    def get_admin_urls_for_registration(self) -> Any:
        names = {self.url_helper.get_action_url_name(page) for page in self.pages}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in names)

    def register_indexing(self) -> None:
        """Not in Wagtail's index of references: it would copy who belongs where into a table staff can list."""


class OrganisationCreateView(RegisterCreateView):
    """Add an organisation."""

    def write(self, form: Any) -> Any:
        self.instance = register.create_organisation(self.request.actor, **form.cleaned_data)
        return self.instance


class OrganisationEditView(RegisterEditView):
    """Change an organisation, or switch it off."""

    def write(self, form: Any) -> Any:
        return register.change_organisation(self.request.actor, self.stored(), **form.cleaned_data)


class _SpaceForm(Together, WagtailAdminModelForm):
    """What staff change of a space, while its facilitators may be changing it too."""


class SpaceEditView(RegisterEditView):
    """Change what everyone may read about a space."""

    def get_edit_handler(self) -> Any:
        panels = ObjectList(self.model_admin.panels, base_form_class=_SpaceForm)
        return panels.bind_to_model(self.model_admin.model)

    def get_form(self) -> Any:
        form = super().get_form()
        labels = dict(self.instance.State.choices)
        form.fields["state"].choices = [(state, labels[state]) for state in register.states_for_staff(self.stored())]
        return form

    def write(self, form: Any) -> Any:
        return register.change_space(self.request.actor, self.stored(), **form.cleaned_data)


class ProfessionalEditView(RegisterEditView):
    """Say until when an organisation vouches for somebody."""

    def write(self, form: Any) -> Any:
        return register.change_professional(self.request.actor, self.stored(), **form.cleaned_data)


class LeaseEditView(RegisterEditView):
    """Read what somebody wants to do, and say yes or no; later, let it last longer."""

    def get_page_subtitle(self) -> str:
        return str(self.instance.theme)

    def get_edit_handler(self) -> Any:
        asked = self.instance.state == self.instance.State.REQUESTED
        panels = self.model_admin.panels if asked else self.model_admin.panels_of_running
        return ObjectList(panels).bind_to_model(self.model_admin.model)

    def write(self, form: Any) -> Any:
        decide = register.decide_lease if "state" in form.fields else register.prolong_lease
        return decide(self.request.actor, self.stored(), **form.cleaned_data)


class RetentionEditView(RegisterEditView):
    """Change how long something is kept."""

    def write(self, form: Any) -> Any:
        return register.change_retention(self.request.actor, self.stored(), **form.cleaned_data)


class RegionPermissions(RegisterPermissions):
    """Regions are added and changed; a space may lean on each, so none is deleted."""

    def user_can_create(self, user: Any) -> bool:
        return register.may(user, register.REGISTER)


class RegionCreateView(RegisterCreateView):
    """Add a region."""

    def write(self, form: Any) -> Any:
        self.instance = register.write_region(self.request.actor, **form.cleaned_data)
        return self.instance


class RegionEditView(RegisterEditView):
    """Change a region."""

    def write(self, form: Any) -> Any:
        return register.write_region(self.request.actor, self.stored(), **form.cleaned_data)


class InvitationCreateView(RegisterCreateView):
    """Make a code, and show it this once."""

    def write(self, form: Any) -> Any:
        self.instance, self.code = register.invite_professional(self.request.actor, **form.cleaned_data)
        return self.instance

    def finish(self, done: Any) -> HttpResponse:
        context = {"view": self, "invitation": done, "code": self.code, "index_url": self.index_url}
        response = TemplateResponse(self.request, "groupspace/admin/professional_code.html", context)
        response["Cache-Control"] = "no-store"
        return response


class InvitationWithdrawView(OneRowMixin, DeleteView):
    """Make a code useless."""

    page_title = "Code intrekken"

    def get_meta_title(self) -> str:
        return _("Code intrekken")

    def confirmation_message(self) -> str:
        return _("Wil je deze code intrekken? Niemand kan hem dan nog gebruiken.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            register.withdraw_invitation(request.actor, self.instance)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("De code is ingetrokken."))
        return redirect(self.index_url)
