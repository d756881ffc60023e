"""What facilitators choose about how their space works really changes what members meet."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groupspace import actions, policy
from groupspace.kinds import all_kinds
from groupspace.lifetime.start import checklist
from groupspace.models import Space
from groupspace.search import index
from tests.cast import Cast, make_space
from tests.logged_in import logged_in
from tests.stood import stood

CHOSEN = {"steering": "3", "landing": "", "ends_on": "", "icon": "", "kinds_on": ["peilingen"]}


@pytest.fixture
def save(cast: Cast) -> Any:
    browser, url = logged_in(cast.anna, verified=True), reverse("groupspace:working", args=[cast.space.pk])

    def post(**changes: Any) -> Any:
        return browser.post(url, {**stood(browser, url), **CHOSEN, **changes})

    return post


def test_a_sort_of_content_that_is_off_is_nowhere_and_comes_back(cast: Cast, save: Any) -> None:
    member = logged_in(cast.ben)
    home = reverse("groupspace:space", args=[cast.space.pk])
    polls = reverse("groupspace:peilingen:list", args=[cast.space.pk])
    assert polls in member.get(home).content.decode()

    assert save(kinds_on=[]).status_code == 302
    assert polls not in member.get(home).content.decode()
    assert member.get(polls).status_code == 404

    save(kinds_on=["peilingen"])
    assert member.get(polls).status_code == 200


def test_what_is_off_is_hidden_from_lists_search_and_single_questions(cast: Cast, save: Any) -> None:
    poll = next(kind for kind in all_kinds() if kind.slug == "peilingen")
    item = poll.make_example(cast.members["ben"], "Lantaarnvraag")
    index.put(item, "Lantaarnvraag", at=timezone.now())
    found = {"q": "lantaarnvraag"}
    assert "gs-list__title" in logged_in(cast.ben).get(reverse("groupspace:search"), found).content.decode()

    save(kinds_on=[])
    ben = cast.actor("ben")
    assert not policy.can(ben, "view", item)
    assert not policy.visible(ben, type(item).objects.all()).exists()
    assert poll.lines(ben, [item.pk]) == {}
    for url, data in ((reverse("groupspace:search"), found), (poll.url_of(item), {}), (reverse("groupspace:mine"), {})):
        assert "Lantaarnvraag" not in logged_in(cast.ben).get(url, data).content.decode()


def test_members_come_in_where_the_facilitator_chose(cast: Cast, save: Any) -> None:
    mine = reverse("groupspace:mine")
    talks = reverse("groupspace:gesprekken:list", args=[cast.space.pk])
    assert talks not in logged_in(cast.ben).get(mine).content.decode()
    save(landing="gesprekken")
    assert f'href="{talks}"' in logged_in(cast.ben).get(mine).content.decode()


def test_one_cannot_come_in_where_nothing_is(cast: Cast, save: Any) -> None:
    answer = save(landing="peilingen", kinds_on=[])
    assert answer.status_code == 422
    assert "Dit staat uit. Kies een plek die aan staat." in answer.content.decode()


@pytest.mark.parametrize(
    "changes", [{"steering": "9"}, {"icon": "alert"}, {"ends_on": "31-31-31"}, {"kinds_on": ["x"]}]
)
def test_odd_choices_change_nothing(cast: Cast, save: Any, changes: dict[str, Any]) -> None:
    before = Space.objects.values().get(pk=cast.space.pk)
    assert save(**changes).status_code == 422
    assert Space.objects.values().get(pk=cast.space.pk) == before


def test_a_last_day_and_a_mark_show(cast: Cast, save: Any) -> None:
    save(ends_on="2030-01-31", icon="leaf")
    space = Space.objects.get(pk=cast.space.pk)
    assert (str(space.ends_on), space.icon) == ("2030-01-31", "leaf")
    assert "icons.svg#leaf" in logged_in(cast.ben).get(reverse("groupspace:space", args=[space.pk])).content.decode()


ON_DUTY = "Noor leest op werkdagen. Is er niemand? Bel 113."


@pytest.mark.parametrize("told", ["", "   "])
def test_a_group_that_leads_itself_says_who_is_there(cast: Cast, save: Any, told: str) -> None:
    answer = save(steering="1", on_duty=told)
    assert answer.status_code == 422
    assert "Een groep die zichzelf leidt, heeft een contact." in answer.content.decode()
    assert Space.objects.get(pk=cast.space.pk).steering == 3

    assert save(steering="1", on_duty=ON_DUTY).status_code == 302
    with pytest.raises(ValidationError):
        actions.change_space(cast.actor("anna"), Space.objects.get(pk=cast.space.pk), on_duty="")
    assert Space.objects.get(pk=cast.space.pk).on_duty == ON_DUTY


def test_nobody_opens_a_group_that_leads_itself_without_a_contact(db: None) -> None:
    with pytest.raises(ValidationError):
        make_space(steering=1)
    assert make_space(steering=1, on_duty=ON_DUTY).on_duty == ON_DUTY


def test_who_is_there_stands_beside_who_leads_and_shows_to_nobody_else(cast: Cast, save: Any) -> None:
    save(on_duty=ON_DUTY)
    url = reverse("groupspace:space", args=[cast.space.pk])
    for browser in (logged_in(cast.ben), logged_in(cast.anna, verified=True)):
        page = browser.get(url).content.decode()
        assert ON_DUTY in page[page.index("Wie begeleidt") :]
    shown = {}
    for visibility in ("hidden", "listed", "public"):
        Space.objects.filter(pk=cast.space.pk).update(visibility=visibility)
        shown[visibility] = ON_DUTY in logged_in(cast.dora).get(url).content.decode()
    assert shown == {"hidden": False, "listed": False, "public": True}


def test_the_way_to_the_start_asks_for_a_contact_and_demands_it_of_a_group_that_leads_itself(cast: Cast) -> None:
    def step(**fields: Any) -> tuple[bool, bool]:
        Space.objects.filter(pk=cast.space.pk).update(**fields)
        steps = checklist(Space.objects.get(pk=cast.space.pk))
        found = next(step for step in steps if step.url.endswith("#id_on_duty"))
        return found.done, found.required

    assert step() == (False, False)
    assert step(steering=1) == (False, True)
    assert step(on_duty=ON_DUTY) == (True, True)
