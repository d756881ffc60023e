"""Wagtail's screens for users and groups, narrowed to staff.

A client's account does not exist here. Nobody sets another person's name, password, e-mail address, second factor or
superuser mark: a new member of staff gets an invitation and does that alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.users.forms import GroupForm
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet

from groupspace.accounts import actions, mail, session
from groupspace.accounts.staff import is_staff, may_be_handed_out, staff

User = get_user_model()


def _staff_groups() -> Any:
    return Group.objects.filter(permissions__codename="access_admin").distinct()


class InvitationForm(forms.Form):
    """Whom to invite. The log-in name is chosen by us, so this form cannot tell which names exist."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Hier gaat de link naartoe. Laat leeg om de link zelf te geven."),
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=gettext_lazy("Rollen"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, instance: Any = None, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = _staff_groups()


class StaffForm(forms.ModelForm):
    """What may be changed about a colleague: the roles, and whether the account works."""

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = _staff_groups()
        if self.instance == for_user:
            del self.fields["is_active"]

    class Meta:
        model = User
        fields = ["groups", "is_active"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class _StaffOnly:
    """Everybody else is not there, for whoever asks."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        person = super().get_object(*args, **kwargs)
        if not is_staff(person):
            raise Http404
        return person


class StaffIndexView(generic.IndexView):
    """The list of staff."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    page_title = gettext_lazy("Medewerkers")
    add_item_label = gettext_lazy("Nodig een medewerker uit")
    is_searchable = False
    filterset_class = None

    def get_base_queryset(self) -> Any:
        return staff()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("username", accessor="get_username", label=_("Inlognaam"), get_url=self.get_edit_url),
            BooleanColumn("is_superuser", label=_("Technisch beheer")),
            BooleanColumn("is_active", label=_("Actief")),
            DateColumn("last_login", label=_("Laatst ingelogd")),
        ]


class StaffInviteView(generic.CreateView):
    """Invite a new member of staff."""

    template_name = "wagtailadmin/generic/create.html"
    page_title = gettext_lazy("Nodig een medewerker uit")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return {key: value for key, value in kwargs.items() if key in {"data", "files", "initial", "prefix"}}

    def form_valid(self, form: Any) -> HttpResponse:
        address = form.cleaned_data["email"]
        person, code = actions.invite_staff(form.cleaned_data["groups"], address)
        if address:
            messages.success(self.request, _("%(name)s is uitgenodigd.") % {"name": person.get_username()})
        else:
            text = _("Geef deze link aan je collega. Hij werkt drie dagen en één keer. Je ziet hem alleen nu: %(link)s")
            messages.success(self.request, text % {"link": mail.link_to(code)})
        return redirect(self.get_success_url())


class StaffEditView(_StaffOnly, generic.EditView):
    """Change the roles of a colleague, or switch the account off."""

    template_name = "wagtailadmin/generic/edit.html"

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        person = super().get_object(*args, **kwargs)
        if person.is_superuser and not self.request.user.is_superuser:
            raise Http404
        return person

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> Any:
        person = super().save_instance()
        session.end_all(person, but=self.request.session.session_key)
        return person


class StaffHistoryView(_StaffOnly, generic.HistoryView):
    """What was changed about a colleague."""


class StaffUsageView(_StaffOnly, generic.UsageView):
    """Where a colleague is named."""


class NotHere(generic.DeleteView):
    """Accounts are switched off here; only their owner deletes them."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        raise Http404


class StaffViewSet(UserViewSet):
    """Staff accounts."""

    menu_label = gettext_lazy("Medewerkers")
    template_prefix = "groupspace/accounts/staff/"
    index_view_class = StaffIndexView
    add_view_class = StaffInviteView
    edit_view_class = StaffEditView
    delete_view_class = NotHere
    history_view_class = StaffHistoryView
    usage_view_class = StaffUsageView
    filterset_class = None
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffForm if for_update else InvitationForm

    def register_search_area(self) -> None:
        """No search over accounts."""


class PublicGroupForm(GroupForm):
    """Hands out permissions of the public side only; what a group has beyond them stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registered_permissions = self.registered_permissions & may_be_handed_out()
        self.fields["permissions"].queryset = self.registered_permissions.select_related("content_type")


class StaffGroupViewSet(GroupViewSet):
    """Groups of staff."""

    def get_form_class(self, for_update: bool = False) -> Any:
        return PublicGroupForm
