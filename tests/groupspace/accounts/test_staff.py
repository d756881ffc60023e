"""The staff screens: an operator cannot find a client's account there, let alone take it over."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from groupspace.accounts import actions, factors
from groupspace.accounts.models import Authenticator
from groupspace.accounts.staff import may_be_handed_out, staff
from tests.cast import PASSWORD, make_user
from tests.groupspace.accounts.people import SECRET, add_factor, is_logged_in, log_in

pytestmark = pytest.mark.django_db
TAKE_OVER = {
    "username": "gekaapt", "email": "dief@example.org", "password1": "dief wil naar binnen hier",
    "password2": "dief wil naar binnen hier", "is_superuser": "on", "is_active": "on", "groups": [],
}  # fmt: skip


@pytest.fixture
def group() -> Group:
    group = Group.objects.create(name="Schrijvers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


@pytest.fixture(params=["superuser", "operator"])
def browser(request: Any, group: Group) -> Client:
    """The CMS in the hands of a superuser, and of an operator with every permission on accounts."""
    user = make_user("operator", is_superuser=request.param == "superuser")
    user.groups.add(group)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=("users", "auth")))
    add_factor(user)
    return log_in(user, secret=SECRET)


def state(user: Any) -> tuple[Any, ...]:
    fresh = get_user_model().objects.get(pk=user.pk)
    return (fresh.username, fresh.email, fresh.password, fresh.is_active, fresh.is_superuser,
            list(fresh.groups.all()), Authenticator.objects.filter(user=user).count())  # fmt: skip


def test_client_accounts_are_not_there(browser: Client) -> None:
    ben = make_user("ben-zoekt-rust", email="ben@example.org")
    before = state(ben)

    for name in ("edit", "delete", "history", "history_results", "usage"):
        url = reverse(f"wagtailusers_users:{name}", args=[ben.pk])
        assert browser.get(url).status_code == 404, name
        assert browser.post(url, TAKE_OVER).status_code == 404, name
    for action in ("assign_role", "delete", "set_active_state"):
        for ids in (f"id={ben.pk}", "id=all"):
            url = reverse("wagtail_bulk_action", args=["users", "user", action]) + "?" + ids
            assert browser.get(url).status_code == 404, action
            assert browser.post(url, {"role": Group.objects.first().pk}).status_code == 404, action
    assert state(ben) == before


def test_client_is_in_no_list(browser: Client, group: Group) -> None:
    make_user("ben-zoekt-rust", email="ben@example.org")
    for path in (
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:index") + "?q=ben",
        reverse("wagtailusers_users:index") + "?export=csv",
        reverse("wagtailusers_users:index") + "?ordering=username&is_superuser=",
        reverse("wagtailusers_users:index_results") + "?q=ben",
        reverse("wagtailusers_groups:edit", args=[group.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_account"),
    ):
        body = browser.get(path).getvalue().decode()
        assert "ben-zoekt-rust" not in body, path
        assert "ben@example.org" not in body, path


def test_colleague_keeps_name_password_address_and_factor(browser: Client, group: Group) -> None:
    eva = make_user("eva", email="eva@example.org")
    eva.groups.add(group)
    add_factor(eva)
    before = state(eva)

    response = browser.post(reverse("wagtailusers_users:edit", args=[eva.pk]), {**TAKE_OVER, "groups": [group.pk]})

    assert response.status_code == 302
    assert state(eva) == before
    assert browser.get(reverse("wagtailusers_users:edit", args=[eva.pk])).status_code == 200
    assert browser.post(reverse("wagtailusers_users:delete", args=[eva.pk])).status_code == 404


def test_own_cms_page_sets_no_password_and_no_address(browser: Client) -> None:
    operator = get_user_model().objects.get(username="operator")
    before = state(operator)

    browser.post(
        reverse("wagtailadmin_account"),
        {
            "password-old_password": PASSWORD,
            "password-new_password1": "dief wil naar binnen",
            "password-new_password2": "dief wil naar binnen",
            "name_email-email": "dief@example.org",
        },
    )

    assert state(operator) == before


def test_superuser_is_out_of_reach_of_others(group: Group) -> None:
    chief = make_user("chef", is_superuser=True)
    user = make_user("operator")
    user.groups.add(group)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="users"))
    add_factor(user)

    response = log_in(user, secret=SECRET).post(reverse("wagtailusers_users:edit", args=[chief.pk]), {"groups": []})

    assert response.status_code == 404
    assert state(chief)[3:5] == (True, True)


def test_invited_person_sets_password_and_second_factor_alone(browser: Client, group: Group) -> None:
    response = browser.post(reverse("wagtailusers_users:add"), {**TAKE_OVER, "email": "", "groups": [group.pk]})
    assert response.status_code == 302, response.content.decode()[:2000]
    person = staff().get(password__startswith="!")
    assert (person.email, person.is_superuser) == ("", False)
    assert person.username != "gekaapt"

    code = actions.make_link(person, "activate", actions.accounts_conf().INVITATION_LIFETIME)
    client = Client()
    page = client.get(reverse("account:link"), {"c": code}).url
    response = client.post(page, {"password": "zeven groene fietsen dansen"})

    assert response.url == reverse("account:setup")
    assert is_logged_in(client)
    assert client.get("/cms/").url.startswith(reverse("account:setup"))
    assert not factors.has_second_factor(person)
    assert actions.find_link(code) is None


def test_groups_screen_hands_out_nothing_that_leads_into_spaces(browser: Client, group: Group) -> None:
    before = set(group.permissions.all())

    browser.post(
        reverse("wagtailusers_groups:edit", args=[group.pk]),
        {
            "name": group.name,
            "permissions": list(Permission.objects.values_list("pk", flat=True)),
            "page_permissions-TOTAL_FORMS": 0, "page_permissions-INITIAL_FORMS": 0,
            "collection_permissions-TOTAL_FORMS": 0, "collection_permissions-INITIAL_FORMS": 0,
        },
    )  # fmt: skip

    given = set(group.permissions.all()) - before
    assert given <= set(may_be_handed_out())
    assert not [
        p for p in may_be_handed_out() if p.content_type.app_label.startswith(("groupspace", "intervision", "users"))
    ]
    assert not [p for p in may_be_handed_out() if "apitoken" in p.codename]
