"""Plans that a professional keeps: reopen, compare, decide; and nobody else ever opens them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import ProtectedError
from django.test import Client, RequestFactory
from django.utils import timezone

from home.professionals import is_professional
from knowledgebase.stepplans import policy
from knowledgebase.stepplans.models import Answer, Approval, StepPlanPage, Walk
from tests.cast import make_professional, make_user
from tests.logged_in import logged_in
from tests.valid_html import faults

from .plans import address, answer, begin, finish, walk_to_end, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pim(db: None) -> Any:
    return make_professional("pim")


@pytest.fixture
def professional(pim: Any) -> Client:
    return logged_in(pim, verified=True)


@pytest.fixture
def kept(professional: Client, page: StepPlanPage) -> Walk:
    """A finished plan that the professional keeps."""
    return make_kept(professional, page)


def make_kept(client: Client, page: StepPlanPage, option: str = "2", **changes: Any) -> Walk:
    walk = begin(client, page)
    walk_to_end(client, walk, option, reason=f"Reden {option}")
    finish(client, walk, **changes)
    assert client.post(address("keep", walk.pk)).status_code == 302
    walk.refresh_from_db()
    return walk


DECISION = {"verdict": "go", "decided_by": "Het bestuur", "decided_on": "2026-11-20", "remark": "Met een proef."}


def test_professional_keeps_and_reopens_a_plan(pim: Any, professional: Client, kept: Walk) -> None:
    assert kept.owner == pim
    assert "Plan Zuid" in words(professional.get(address("mine")))
    assert professional.get(address("walk", kept.pk))["Location"] == address("document", kept.pk)

    elsewhere = logged_in(pim, verified=True)
    answer(elsewhere, kept, "kies-een-manier", option="3", reason="Toch niet.")
    assert "Niet kansrijk" in words(elsewhere.get(address("document", kept.pk)))


def test_keeping_while_walking_keeps_what_was_typed(pim: Any, professional: Client, page: StepPlanPage) -> None:
    walk = begin(professional, page)
    assert "Bewaar bij mijn plannen" in words(professional.get(address("step", walk.pk, "noem-het-doel")))

    response = answer(professional, walk, "noem-het-doel", go="bewaren", reason="Half af")

    walk.refresh_from_db()
    assert response["Location"] == address("step", walk.pk, "noem-het-doel")
    assert walk.owner == pim
    assert Answer.objects.get().reason == "Half af"


def test_logging_in_on_the_way_keeps_what_was_typed(pim: Any, page: StepPlanPage) -> None:
    client = Client()
    walk = begin(client, page)
    response = answer(client, walk, "noem-het-doel", go="inloggen", reason="Half af")

    assert response["Location"].startswith("/account/login/")
    assert address("walk", walk.pk) in response["Location"]
    assert Answer.objects.get().reason == "Half af"
    client.force_login(pim)
    assert policy.find_walk(request_of(client), walk.pk) == walk


def request_of(client: Client) -> Any:
    """A request with the cookies of this browser, by somebody without a plan."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("who", ["visitor", "client", "operator", "former"])
def test_only_professionals_keep_plans(who: str, page: StepPlanPage) -> None:
    client = {
        "visitor": Client,
        "client": lambda: logged_in(make_user()),
        "operator": lambda: logged_in(make_user(is_superuser=True), verified=True),
        "former": former_professional,
    }[who]()
    walk = begin(client, page)

    assert "Bewaar bij mijn plannen" not in words(client.get(address("step", walk.pk, "noem-het-doel")))
    assert client.post(address("keep", walk.pk)).status_code == 403
    assert answer(client, walk, "noem-het-doel", go="bewaren", reason="Iets").status_code == 403
    assert Answer.objects.get().reason == "Iets"
    walk.refresh_from_db()
    assert walk.owner is None


def former_professional() -> Client:
    user = make_professional()
    user.groupspace_professional.until = timezone.localdate() - timezone.timedelta(days=1)
    user.groupspace_professional.save()
    return logged_in(user, verified=True)


def test_professional_counts_only_after_the_second_step(pim: Any) -> None:
    assert not is_professional(pim)

    pim.is_verified = lambda: True
    assert is_professional(pim)
    pim.is_active = False
    assert not is_professional(pim)


def test_nobody_keeps_plans_where_the_site_names_no_professionals(
    professional: Client, page: StepPlanPage, settings: Any
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "IS_PROFESSIONAL": None}
    walk = begin(professional, page)

    assert professional.post(address("keep", walk.pk)).status_code == 403


def test_kept_plan_no_longer_opens_with_the_link(professional: Client, page: StepPlanPage) -> None:
    walk = make_kept(professional, page)
    professional.logout()

    assert professional.get(address("walk", walk.pk)).status_code == 404
    assert Client().get(address("open", walk.pk, walk.key)).status_code == 404


def test_kept_plan_is_not_forgotten(kept: Walk) -> None:
    Walk.objects.update(changed_at=timezone.now() - timezone.timedelta(days=400))

    assert Walk.objects.alive().filter(pk=kept.pk).exists()
    assert not Walk.objects.forgotten().exists()


def test_decision_stands_in_the_plan(professional: Client, kept: Walk) -> None:
    assert professional.get(address("approval", kept.pk)).status_code == 200
    assert professional.post(address("approval", kept.pk), DECISION).status_code == 302
    professional.post(address("approval", kept.pk), DECISION)

    assert Approval.objects.count() == 1
    text = words(professional.get(address("document", kept.pk)))
    for part in ("Wel doen", "( go)", "Het bestuur", "20 november 2026", "Met een proef."):
        assert part.replace("( ", "(") in text.replace("( ", "(")
    assert "is het plan nog veranderd" not in text


def test_document_says_when_the_plan_changed_after_the_decision(professional: Client, kept: Walk) -> None:
    professional.post(address("approval", kept.pk), {**DECISION, "verdict": "no_go"})
    answer(professional, kept, "maak-afspraken", reason="Toch op maandag.")

    text = words(professional.get(address("document", kept.pk)))
    assert "Niet doen" in text
    assert "Let op: na dit besluit is het plan nog veranderd." in text


def test_decision_needs_who_when_and_what(professional: Client, kept: Walk) -> None:
    response = professional.post(address("approval", kept.pk), {"remark": "Alleen dit."})
    assert response.status_code == 422
    assert "Alleen dit." in response.content.decode()
    tomorrow = (timezone.localdate() + timezone.timedelta(days=1)).isoformat()
    response = professional.post(address("approval", kept.pk), {**DECISION, "decided_on": tomorrow})
    assert "Kies de dag van het besluit." in words(response)
    assert professional.post(address("approval", kept.pk), {**DECISION, "remark": "x" * 10_000}).status_code == 422
    assert not Approval.objects.exists()


def test_decision_is_for_plans_that_are_kept_and_finished(professional: Client, page: StepPlanPage) -> None:
    walk = begin(professional, page)
    assert professional.get(address("approval", walk.pk)).status_code == 403
    professional.post(address("keep", walk.pk))
    assert professional.post(address("approval", walk.pk), DECISION)["Location"].endswith("/noem-het-doel/")
    assert not Approval.objects.exists()


def test_plans_stand_side_by_side(professional: Client, page: StepPlanPage) -> None:
    first, second = make_kept(professional, page, "1", name="Plan A"), make_kept(professional, page, "3", name="Plan B")
    professional.post(address("approval", first.pk), DECISION)

    text = words(professional.get(address("compare"), {"plan": [first.pk, second.pk]}))
    for part in ("Plan A", "Plan B", "Reden 1", "Reden 3", "Niet in dit plan", "Niet kansrijk", "Het bestuur"):
        assert part in text


def test_copy_is_changed_without_the_first_plan(professional: Client, kept: Walk) -> None:
    professional.post(address("approval", kept.pk), DECISION)
    ticket = {"ticket": uuid4()}
    first, second = (professional.post(address("copy", kept.pk), ticket) for _time in range(2))
    assert first["Location"] == second["Location"]
    twin = Walk.objects.get(ticket=ticket["ticket"])
    answer(professional, twin, "kies-een-manier", option="3", reason="Anders.")

    text = words(professional.get(address("compare"), {"plan": [kept.pk, twin.pk]}))
    for part in ("Plan Zuid (kopie)", "Reden 2", "Anders.", "Chatten", "Niets"):
        assert part in text
    assert not Approval.objects.filter(walk=twin).exists()
    assert Walk.objects.count() == 2


def test_only_kept_plans_are_copied(professional: Client, page: StepPlanPage) -> None:
    walk = begin(professional, page)

    assert professional.post(address("copy", walk.pk), {"ticket": uuid4()}).status_code == 403
    kept = make_kept(professional, page)
    assert professional.post(address("copy", kept.pk), {"ticket": "x"}).status_code == 302
    assert Walk.objects.count() == 2


@pytest.mark.parametrize("asked", [[], ["x"], ["one"], ["one"] * 3])
def test_comparing_asks_for_two_plans(professional: Client, kept: Walk, asked: list[str]) -> None:
    ids = [str(kept.pk) if name == "one" else name for name in asked]
    response = professional.get(address("compare"), {"plan": ids})

    assert response.status_code == 200
    assert "Kies twee, drie of vier plannen" in words(response)


def test_plan_of_somebody_else_is_not_compared(professional: Client, kept: Walk, page: StepPlanPage) -> None:
    other = make_kept(logged_in(make_professional(), verified=True), page, name="Geheim plan")

    response = professional.get(address("compare"), {"plan": [kept.pk, other.pk]})
    assert response.status_code == 404
    assert "Geheim" not in words(response)
    assert "Geheim" not in words(professional.get(address("mine")))


def test_number_of_questions_does_not_grow(professional: Client, page: StepPlanPage) -> None:
    make_kept(professional, page)
    professional.get(address("mine"))
    with _counted() as first:
        professional.get(address("mine"))
    for _number in range(4):
        make_kept(professional, page, "1")
    with _counted() as second:
        professional.get(address("mine"))
    assert len(first) == len(second)


def _counted() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_every_page_on_the_way_is_valid_html(professional: Client, page: StepPlanPage) -> None:
    first, second = make_kept(professional, page), make_kept(professional, page, "3")
    fresh, visitor = begin(professional, page), Client()
    own = begin(visitor, page)
    pages = [
        professional.get(page.url),
        professional.get(address("start", page.translation_key)),
        professional.get(address("mine")),
        professional.get(address("compare"), {"plan": [first.pk, second.pk]}),
        professional.get(address("compare")),
        professional.get(address("step", fresh.pk, "noem-het-doel")),
        answer(professional, first, "kies-een-manier", reason="x" * 5000),
        *(professional.get(address(name, first.pk)) for name in ("plan", "document", "approval", "forget")),
        finish(professional, first, responsible=""),
        visitor.get(address("step", own.pk, "noem-het-doel")),
        visitor.get(address("walk", first.pk)),
        visitor.get(address("forgotten")),
    ]

    assert [faults(response.content) for response in pages] == [[]] * len(pages)


def test_plans_go_with_the_account(pim: Any, kept: Walk) -> None:
    pim.groupspace_professional.delete()
    pim.delete()

    assert not Walk.objects.exists()
    assert not Answer.objects.exists()


def test_version_that_is_walked_stays(kept: Walk) -> None:
    with pytest.raises(ProtectedError):
        kept.version.delete()


def test_who_was_logged_out_gets_the_text_back(professional: Client, kept: Walk) -> None:
    professional.logout()
    response = answer(professional, kept, "noem-het-doel", reason="Een lang verhaal.")

    assert response.status_code == 404
    assert "Een lang verhaal." in words(response)
    unknown = professional.post(address("step", uuid4(), "noem-het-doel"), {"reason": "Een lang verhaal."})
    assert words(unknown) == words(response)
