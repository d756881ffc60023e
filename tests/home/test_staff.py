"""Redactie and Beheer: what they may do, and that nothing of it leads into a space."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow

from home.forms import WARNING
from home.staff import BEHEER, PERMISSIONS, REDACTIE, WORKFLOW, ensure_staff_groups
from tests.knowledgebase.pages import make_plain

pytestmark = pytest.mark.django_db


def test_groups_and_workflow_are_there_after_migrate() -> None:
    assert set(Group.objects.filter(name__in=PERMISSIONS).values_list("name", flat=True)) == {REDACTIE, BEHEER}
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert Page.objects.get(depth=1).get_workflow().name == WORKFLOW
    assert [workflow.name for workflow in Workflow.objects.active()] == [WORKFLOW]


def test_making_them_again_changes_nothing() -> None:
    def state() -> list[object]:
        return [list(model.objects.order_by("pk").values_list()) for model in (Group, GroupPagePermission, Workflow)]

    before = state()
    ensure_staff_groups()

    assert state() == before


def test_making_them_again_takes_back_what_was_added() -> None:
    group = Group.objects.get(name=REDACTIE)
    publish = Permission.objects.get(codename="publish_page")
    group.permissions.add(Permission.objects.get(codename="add_group"))
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=publish)

    ensure_staff_groups()

    assert not group.permissions.filter(codename="add_group").exists()
    assert not group.page_permissions.filter(permission=publish).exists()


def test_no_group_may_publish_make_tokens_or_hand_out_rights() -> None:
    held = set(Permission.objects.filter(group__isnull=False).values_list("content_type__app_label", "codename"))

    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    assert not [codename for _app, codename in held if "token" in codename]
    assert not {app for app, _codename in held} & {"auth", "guardian", "otp_totp", "otp_static", "axes"}


def test_no_group_holds_a_permission_of_a_space_or_its_content() -> None:
    held = set(
        Permission.objects.filter(group__isnull=False, content_type__app_label__startswith="groupspace").values_list(
            "codename", flat=True
        )
    )

    assert held <= {
        "register_spaces",
        "view_organisation",
        "add_organisation",
        "change_organisation",
        "change_safetysettings",
        "change_firsthelp",
    }


@pytest.mark.parametrize("role", ["redactie", "beheer"])
def test_staff_cannot_open_screens_that_give_power(request: pytest.FixtureRequest, role: str) -> None:
    client = request.getfixturevalue(role)
    page = make_plain()

    for name, args in [
        ("wagtailusers_groups:index", []),
        ("wagtailusers_groups:add", []),
        ("wagtailadmin_workflows:index", []),
        ("wagtailadmin_workflows:add", []),
        ("wagtailadmin_pages:set_privacy", [page.pk]),
    ]:
        assert client.get(reverse(name, args=args)).status_code in (302, 403, 404), name


def test_redactie_changes_the_menu_but_not_the_name(redactie: Client) -> None:
    assert redactie.get("/cms/settings/home/sitenavigation/", follow=True).status_code == 200
    assert redactie.get("/cms/settings/home/siteidentity/").status_code in (302, 403, 404)


def test_beheer_changes_the_name(beheer: Client) -> None:
    assert beheer.get("/cms/settings/home/siteidentity/", follow=True).status_code == 200


@pytest.mark.parametrize("path", ["images/add/", "documents/add/"])
def test_upload_warns_that_everyone_can_see_it(redactie: Client, path: str) -> None:
    assert str(WARNING) in redactie.get(f"/cms/{path}").content.decode()


def test_visitor_does_not_get_into_the_cms(client: Client) -> None:
    assert client.get("/cms/").status_code == 302
