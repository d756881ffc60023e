"""The home of a group: what it tells whom, and what it asks of the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace.kinds import all_kinds, kinds_in
from groupspace.models import JoinRequest, Membership, Space
from tests.cast import Cast, add_member, make_user
from tests.logged_in import logged_in


def home(space: Space) -> str:
    return reverse("groupspace:space", args=[space.pk])


@pytest.mark.parametrize(("name", "questions"), [("anna", 12), ("ben", 10)])
def test_the_home_asks_as_many_questions_however_much_there_is(cast: Cast, name: str, questions: int) -> None:
    client = logged_in(getattr(cast, name), verified=name == "anna")

    def statements() -> int:
        client.get(home(cast.space))  # the first visit keeps what it read
        with CaptureQueriesContext(connection) as asked:
            assert client.get(home(cast.space)).status_code == 200
        return len(asked)

    empty = statements()
    for number in range(6):
        member = add_member(cast.space, make_user(), f"Lid {number}")
        JoinRequest.objects.create(space=cast.space, user=make_user(), display_name=f"Vrager {number}")
        for kind in kinds_in(cast.space):
            kind.make_example(member, f"Voorbeeld {number}")
    # One kind more may cost one statement more; the limit is for the kinds that come with Kring.
    assert len(all_kinds()) >= 5
    assert (empty, statements()) == (questions, questions)


def test_only_who_lets_people_in_is_told_how_many_wait(cast: Cast) -> None:
    Space.objects.filter(pk=cast.space.pk).update(capacity=10)
    for state in (JoinRequest.State.OPEN, JoinRequest.State.OPEN, JoinRequest.State.WAITING):
        JoinRequest.objects.create(space=cast.space, user=make_user(), display_name="Iemand", state=state)
    Membership.objects.filter(pk=cast.members["ellen"].pk).update(state="paused")

    def text(name: str) -> str:
        page = logged_in(getattr(cast, name), verified=name == "anna").get(home(cast.space)).content
        return " ".join(BeautifulSoup(page, "html.parser").main.get_text(" ").split())

    anna, ben = text("anna"), text("ben")
    assert "3 leden" in anna
    assert "3 leden" in ben
    assert cast.space.organisation.name in ben
    assert "2 aanvragen wachten op je" in anna
    assert "1 persoon staat op de wachtlijst" in anna
    assert "7 plekken" in anna
    assert "wacht" not in ben


def parts(client: Client, space: Space) -> dict[str, list[str]]:
    nav = BeautifulSoup(client.get(home(space)).content, "html.parser").select_one("[aria-labelledby=in-deze-groep]")
    lists = nav.select("ul")
    return {one.find_previous(["h2", "h3"]).get_text(): [link.get_text() for link in one.select("a")] for one in lists}


def test_what_is_for_leading_stands_apart_and_only_for_who_leads(cast: Cast) -> None:
    anna, ben = parts(logged_in(cast.anna, verified=True), cast.space), parts(logged_in(cast.ben), cast.space)

    assert list(ben) == ["In deze groep", "Voor mij"]
    assert list(anna) == ["In deze groep", "Voor mij", "Begeleiden", "Regelen"]
    assert {"Leden", "Wat er gebeurt"} <= set(ben["In deze groep"])
    assert ben == {name: anna[name] for name in ben}
    assert {"Klaargezet voor later", "Aanvragen", "Nodig iemand uit", "Als het misgaat"} <= set(anna["Begeleiden"])
    assert {"Instellingen", "Verloop", "Logboek"} <= set(anna["Regelen"])
    assert max(map(len, anna.values())) <= 5


def test_what_waits_for_its_moment_is_counted_as_far_as_one_may_see_it_and_without_a_question(cast: Cast) -> None:
    puller = make_user()
    hers = add_member(cast.space, puller, "Trekker", "champion")
    anna, other = logged_in(cast.anna, verified=True), logged_in(puller)

    def asked(client: Client) -> int:
        client.get(home(cast.space))
        with CaptureQueriesContext(connection) as questions:
            client.get(home(cast.space))
        return len(questions)

    def ready(client: Client) -> str:
        found = [text for text in parts(client, cast.space)["Begeleiden"] if text.startswith("Klaargezet voor later")]
        return found[0].removeprefix("Klaargezet voor later")

    before = asked(anna), asked(other)
    assert (ready(anna), ready(other)) == ("", "")
    tomorrow = timezone.now() + timedelta(days=1)
    kinds = [kind for kind in kinds_in(cast.space) if kind.prepares]
    for kind in kinds:
        kind.make_example(cast.members["anna"], "Van anna", tomorrow)
    kinds[0].make_example(hers, "Van haar", tomorrow)

    assert len(kinds) >= 4
    assert (ready(anna), ready(other)) == (f" ({len(kinds) + 1})", " (1)")
    assert (asked(anna), asked(other)) == before == (12, 10)
    off = next(kind.slug for kind in kinds if kind.optional)
    Space.objects.filter(pk=cast.space.pk).update(kinds_off=[off])
    assert ready(anna) == f" ({len(kinds)})"
    assert "Begeleiden" not in parts(logged_in(cast.ellen), cast.space)
