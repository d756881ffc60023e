"""Walking through a step plan: forth and back, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from groupspace.notify import periodic
from knowledgebase.stepplans import actions
from knowledgebase.stepplans.models import Answer, PlanVersion, StepPlanPage, Walk

from .plans import address, answer, begin, choice, end, finish, make_plan, soup, walk_to_end, words

pytestmark = pytest.mark.django_db


def where(response) -> str:
    return response["Location"]


def test_page_shows_the_plan_and_leads_to_the_start(page: StepPlanPage, visitor: Client) -> None:
    response = visitor.get(page.url)

    assert response.status_code == 200
    assert "Kies een manier" in words(response)
    assert soup(response).find("a", href=address("start", page.translation_key))
    assert not soup(response).find("input", {"name": "csrfmiddlewaretoken"})  # the page is cached for everyone


def test_walk_goes_one_step_a_screen_to_the_end(visitor: Client, walk: Walk) -> None:
    assert where(visitor.get(address("walk", walk.pk))) == address("step", walk.pk, "noem-het-doel")
    assert "Welk doel heb je?" in words(visitor.get(address("step", walk.pk, "noem-het-doel")))

    assert where(answer(visitor, walk, "noem-het-doel", reason="Samen eten.")) == address(
        "step", walk.pk, "kies-een-manier"
    )
    page = words(visitor.get(address("step", walk.pk, "kies-een-manier")))
    assert "Gevolg van Chatten." in page
    assert where(answer(visitor, walk, "kies-een-manier", option="2")) == address("step", walk.pk, "maak-afspraken")
    assert where(answer(visitor, walk, "maak-afspraken")) == address("plan", walk.pk)
    assert "Kansrijk" in words(visitor.get(address("plan", walk.pk)))


def test_other_choice_leads_to_other_steps(visitor: Client, walk: Walk) -> None:
    answer(visitor, walk, "noem-het-doel")

    assert "regel-de-techniek" in where(answer(visitor, walk, "kies-een-manier", option="1"))
    assert where(answer(visitor, walk, "kies-een-manier", option="3")) == address("plan", walk.pk)
    assert "Niet kansrijk" in words(visitor.get(address("plan", walk.pk)))


def test_choice_is_asked_for_when_going_on(visitor: Client, walk: Walk) -> None:
    response = answer(visitor, walk, "kies-een-manier", reason="Ik twijfel nog.")

    assert response.status_code == 422
    assert "Kies een antwoord." in words(response)
    assert "Ik twijfel nog." in response.content.decode()


def test_going_back_keeps_what_was_typed_and_asks_for_no_choice(visitor: Client, walk: Walk) -> None:
    answer(visitor, walk, "noem-het-doel")
    back = answer(visitor, walk, "kies-een-manier", go="naar:noem-het-doel", reason="Half af", judgement="unsure")

    assert where(back) == address("step", walk.pk, "noem-het-doel")
    again = visitor.get(address("step", walk.pk, "kies-een-manier"))
    assert "Half af" in again.content.decode()
    assert soup(again).find("input", {"name": "judgement", "value": "unsure"}).has_attr("checked")
    assert visitor.get(address("walk", walk.pk))["Location"].endswith("/kies-een-manier/")


def test_other_answer_later_keeps_the_old_texts(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, "2")
    answer(visitor, walk, "kies-een-manier", option="3", reason="Toch niet.")
    answer(visitor, walk, "kies-een-manier", option="2", reason="Toch wel.")

    assert "Elke dinsdag." in visitor.get(address("step", walk.pk, "maak-afspraken")).content.decode()


def test_step_that_is_not_on_the_way_leads_to_where_one_is(visitor: Client, walk: Walk) -> None:
    answer(visitor, walk, "noem-het-doel")

    response = visitor.get(address("step", walk.pk, "maak-afspraken"))
    assert where(response) == address("step", walk.pk, "kies-een-manier")
    assert where(visitor.get(address("document", walk.pk))) == address("step", walk.pk, "kies-een-manier")
    assert where(visitor.get(address("pdf", walk.pk))) == address("step", walk.pk, "kies-een-manier")
    assert where(visitor.get(address("plan", walk.pk))) == address("step", walk.pk, "kies-een-manier")


def test_step_that_does_not_exist_is_not_found(visitor: Client, walk: Walk) -> None:
    assert visitor.get(address("step", walk.pk, "weg")).status_code == 404
    assert answer(visitor, walk, "weg").status_code == 404


def test_long_answer_is_refused_with_its_text(visitor: Client, walk: Walk) -> None:
    long_text = "Lang verhaal. " * 800
    response = answer(visitor, walk, "noem-het-doel", reason=long_text)

    assert response.status_code == 422
    assert "Dit is te lang. Er passen 4000 tekens in" in words(response)
    assert soup(response).find("textarea").get_text().strip() == long_text.strip()
    assert not Answer.objects.filter(reason__contains="Lang").exists()


@pytest.mark.parametrize("odd", ["\x00nul", "‮omgekeerd", "\ud800", "<script>alert(1)</script>", "😀" * 50, "{{ x }}"])
def test_odd_signs_do_no_harm(visitor: Client, walk: Walk, odd: str) -> None:
    response = answer(visitor, walk, "noem-het-doel", reason=odd.encode("utf-8", "surrogatepass"))

    assert response.status_code in (302, 422)
    assert "<script>alert" not in visitor.get(address("step", walk.pk, "noem-het-doel")).content.decode()


def test_unknown_answers_are_refused(visitor: Client, walk: Walk) -> None:
    assert answer(visitor, walk, "kies-een-manier", option="9").status_code == 422
    assert answer(visitor, walk, "kies-een-manier", option="1", judgement="misschien").status_code == 422


def test_pressing_twice_does_it_once(visitor: Client, page: StepPlanPage) -> None:
    url = address("start", page.translation_key)
    ticket = soup(visitor.get(url)).find("input", {"name": "ticket"})["value"]
    first, second = visitor.post(url, {"ticket": ticket}), visitor.post(url, {"ticket": ticket})

    assert where(first) == where(second)
    walk = Walk.objects.get()
    for _time in range(2):
        answer(visitor, walk, "noem-het-doel", reason="Eén keer")
        walk.refresh_from_db()
    changed_at = walk.changed_at
    answer(visitor, walk, "noem-het-doel", reason="Eén keer")
    walk.refresh_from_db()
    assert Answer.objects.count() == 1
    assert walk.changed_at == changed_at


def test_start_without_a_ticket_is_asked_again(visitor: Client, page: StepPlanPage) -> None:
    assert visitor.post(address("start", page.translation_key), {}).status_code == 422
    assert visitor.post(address("start", page.translation_key), {"ticket": "x"}).status_code == 422
    assert not Walk.objects.exists()


def test_draft_cannot_be_started(visitor: Client, db: None) -> None:
    page = make_plan(live=False)

    assert visitor.get(address("start", page.translation_key)).status_code == 404
    assert visitor.post(address("start", page.translation_key), {"ticket": uuid4()}).status_code == 404


def test_plan_with_loose_ends_says_so(visitor: Client, db: None) -> None:
    page = make_plan(steps=[choice("Kies", ("Rond", "Kies"), ("Klaar", "Klaar"))], ends=[end("Klaar")])

    assert "wordt nog gewerkt" in words(visitor.get(page.url))
    response = visitor.post(address("start", page.translation_key), {"ticket": uuid4()})
    assert response.status_code == 409
    assert "wordt net veranderd" in words(response)


def test_walk_keeps_the_plan_it_started_with(visitor: Client, page: StepPlanPage) -> None:
    walk = begin(visitor, page)
    answer(visitor, walk, "noem-het-doel")
    page.steps = [choice("Iets heel anders", ("Ja", "Beginnen"), ("Nee", "Stoppen"))]
    page.save()

    assert "Kies een manier" in words(visitor.get(address("step", walk.pk, "kies-een-manier")))
    other = begin(Client(), page)
    assert other.plan.steps[0].name == "Iets heel anders"
    page.delete()
    assert visitor.get(address("step", walk.pk, "kies-een-manier")).status_code == 200


def test_same_plan_is_kept_once(page: StepPlanPage) -> None:
    begin(Client(), page)
    begin(Client(), page)

    assert PlanVersion.objects.count() == 1


def test_last_screen_asks_who_and_when(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    response = finish(visitor, walk, responsible="", review_on="")
    assert response.status_code == 422
    assert "Plan Zuid" in response.content.decode()

    response = finish(visitor, walk, review_on="2026-11-22")
    assert "Kies een dag na de datum van het plan." in words(response)
    assert "Dit is geen datum." in words(finish(visitor, walk, planned_on="morgen"))
    assert "Kies een jaar tussen 2000 en 2100." in words(finish(visitor, walk, review_on="9999-01-01"))
    assert finish(visitor, walk, ticked=["99"]).status_code == 422

    assert where(finish(visitor, walk)) == address("document", walk.pk)
    walk.refresh_from_db()
    assert (walk.responsible, walk.ticked) == ("De teamleider", ["1"])


def test_going_back_from_the_last_screen_keeps_what_was_typed(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    response = finish(visitor, walk, go="naar:maak-afspraken", responsible="", review_on="")

    assert where(response) == address("step", walk.pk, "maak-afspraken")
    assert "Plan Zuid" in visitor.get(address("plan", walk.pk)).content.decode()


def test_choices_without_a_reason_are_named(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk, reason="")

    assert "Nog zonder reden" in words(visitor.get(address("plan", walk.pk)))


def test_link_opens_the_plan_elsewhere(visitor: Client, walk: Walk) -> None:
    link = soup(visitor.get(address("step", walk.pk, "noem-het-doel"))).find(id="eigen-link")["value"]
    elsewhere = Client()

    assert elsewhere.get(address("walk", walk.pk)).status_code == 404
    assert where(elsewhere.get(link)) == address("walk", walk.pk)
    assert elsewhere.get(address("step", walk.pk, "noem-het-doel")).status_code == 200


def test_expired_and_wrong_links_say_what_to_do(visitor: Client, walk: Walk) -> None:
    answer(visitor, walk, "noem-het-doel", reason="Iets")
    walk.refresh_from_db()
    link = address("open", walk.pk, walk.key)
    assert Client().get(address("open", walk.pk, "0" * 64)).status_code == 404

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = Client().get(link)
        assert response.status_code == 404
        assert "De link is verlopen." in words(response)
        assert visitor.get(address("walk", walk.pk)).status_code == 404


def test_purge_deletes_what_is_forgotten(page: StepPlanPage) -> None:
    empty, written, fresh = begin(Client(), page), begin(Client(), page), begin(Client(), page)
    now = timezone.now()
    Walk.objects.filter(pk=empty.pk).update(started_at=now - timedelta(days=3), changed_at=now - timedelta(days=3))
    Walk.objects.filter(pk=written.pk).update(started_at=now - timedelta(days=40), changed_at=now - timedelta(days=29))

    assert actions.purge() == 1
    assert set(Walk.objects.all()) == {written, fresh}
    Walk.objects.filter(pk=written.pk).update(changed_at=now - timedelta(days=31))
    assert actions.purge() == 1


def test_worker_and_command_purge(page: StepPlanPage) -> None:
    begin(Client(), page)
    Walk.objects.update(changed_at=timezone.now() - timedelta(days=31))
    assert periodic._table["stepplans.purge"].function is actions.purge

    call_command("purge_plans", stdout=(said := StringIO()))
    assert said.getvalue() == "1 plans deleted.\n"


def test_versions_that_nobody_walks_go_too(page: StepPlanPage) -> None:
    walk = begin(Client(), page)
    PlanVersion.objects.update(made_at=timezone.now() - timedelta(days=2))
    assert actions.purge() == 0
    assert PlanVersion.objects.count() == 1

    walk.delete()
    actions.purge()
    assert PlanVersion.objects.count() == 0


def test_visitor_can_delete_the_plan(visitor: Client, walk: Walk) -> None:
    assert "Dat kan niet terug." in words(visitor.get(address("forget", walk.pk)))
    assert where(visitor.post(address("forget", walk.pk))) == address("forgotten")

    assert not Walk.objects.exists()
    assert visitor.get(address("forgotten")).status_code == 200
    assert visitor.post(address("forget", walk.pk)).status_code == 404


def test_nothing_is_counted_or_put_in_a_session(visitor: Client, walk: Walk) -> None:
    walk_to_end(visitor, walk)
    response = finish(visitor, walk)

    assert "sessionid" not in visitor.cookies
    cookie = next(value for name, value in visitor.cookies.items() if name.startswith("plan-"))
    assert cookie["path"] == address("walk", walk.pk)
    assert cookie["httponly"]
    assert not cookie["max-age"]
    assert not getattr(response, "public_cacheable", False)
