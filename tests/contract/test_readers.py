"""Who gets in at the addresses of a kind, and who finds and reads what is there."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from groupspace import actions, policy
from groupspace.actor import actor_for
from groupspace.kinds import all_kinds
from groupspace.search.models import Entry as Findable
from tests.contract.subject import (
    FINDERS,
    OUTSIDERS,
    WORD,
    addresses,
    both,
    home_of,
    list_of,
    shows,
)

pytestmark = pytest.mark.contract


@pytest.mark.django_db
def test_item_is_found_by_whoever_may_read_it_and_not_after_erasing(kind, item, people, cast):
    itself = Findable.objects.filter(part_id=item.pk, text__contains=WORD)
    assert itself.exists(), "The item itself, not only what is said under it."

    def finders():
        found = {name: people(name).get(reverse("groupspace:search"), {"q": WORD}) for name in FINDERS}
        return {name for name, page in found.items() if kind.url_of(item).rstrip("/") in page.content.decode()}

    assert finders() == {"ben", "anna", "reader"}
    actions.remove(cast.actor("anna"), cast.space.memberships.get(user=people.accounts["reader"]))
    assert finders() == {"ben", "anna"}

    for one in all_kinds():
        one.erase(cast.members["ben"])
    assert finders() == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_addresses_hide_everything_from_outsiders(kind, item, people, who):
    browser = people(who)

    for address in addresses(kind, item):
        for response in both(browser, address.path):
            assert response.status_code == 404, address.path
            assert not shows(response)
            assert item.space.name not in response.content.decode()


def test_visitors_are_asked_to_log_in(kind, item, people):
    browser = people("anonymous")

    for address in addresses(kind, item):
        for response in both(browser, address.path):
            assert response.status_code == 302, address.path
            assert response.url.startswith("/account/login/?next=")


def test_unknown_item_looks_like_an_unknown_space(kind, item, people):
    browser = people("ben")
    for address in addresses(kind, item):
        if address.subject != item.space:
            path = address.path.replace(str(address.subject.pk), str(uuid4()))
            assert [response.status_code for response in both(browser, path)] == [404, 404]


def test_item_is_not_found_in_another_group(kind, item, people, cast):
    browser = people("frank")

    for address in addresses(kind, item):
        if address.subject != item.space:
            path = address.path.replace(str(item.space_id), str(cast.other.pk))
            assert [response.status_code for response in both(browser, path)] == [404, 404]


def test_members_without_the_permission_get_a_reason(kind, item, people):
    browser, actor = people("reader"), actor_for(people.accounts["reader"])
    refused = 0

    for address in addresses(kind, item):
        verdict = policy.can(actor, address.action, address.subject)
        for response in both(browser, address.path):
            if verdict:
                assert response.status_code in {200, 302, 404, 405, 422}, address.path
                continue
            refused += 1
            assert response.status_code == 403, address.path
            assert verdict.reason
            assert str(verdict.reason) in unescape(response.content.decode())

    assert refused


def test_members_read_it(kind, item, people):
    for who in ("ben", "ellen", "reader", "carla", "anna"):
        browser = people(who)
        assert shows(browser.get(kind.url_of(item)))
        assert shows(browser.get(list_of(kind, item.space)))
        assert browser.get(home_of(item.space)).status_code == 200
        assert not kind.home_template or shows(browser.get(home_of(item.space)))


def test_narrower_audience_holds_in_list_detail_and_on_the_home_page(kind, item, people):
    readers = {"facilitators": ("ben", "anna", "carla"), "self": ("ben",)}

    for audience, allowed in readers.items():
        kind.model.objects.filter(pk=item.pk).update(audience=audience)
        for who in ("ben", "ellen", "reader", "anna", "carla", "operator"):
            browser = people(who)
            detail = browser.get(kind.url_of(item))
            pages = [detail, browser.get(list_of(kind, item.space)), browser.get(home_of(item.space))]
            if who in allowed:
                assert detail.status_code == 200
                assert shows(pages[1])
            else:
                assert detail.status_code == 404, (audience, who)
                assert not any(shows(page) for page in pages), (audience, who)


def test_space_that_closed_hides_it_and_one_to_read_takes_nothing(kind, item, people):
    type(item.space).objects.filter(pk=item.space_id).update(state="read_only")
    assert people("ben").get(kind.url_of(item)).status_code == 200
    found = list(addresses(kind, item))
    assert 403 in {r.status_code for address in found for r in both(people("ben"), address.path)}

    type(item.space).objects.filter(pk=item.space_id).update(state="closed")
    assert people("ben").get(kind.url_of(item)).status_code == 404
