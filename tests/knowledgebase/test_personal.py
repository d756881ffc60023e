"""What somebody keeps here under an account can be taken along, and goes with the account."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from groupspace.models import JoinRequest
from groupspace.text.models import Draft
from home.setup import ensure_home
from knowledgebase import personal
from knowledgebase.models import ArticlePage
from knowledgebase.reactions.models import Reaction
from knowledgebase.stepplans.models import Walk
from knowledgebase.techniques import actions
from knowledgebase.techniques.models import Contributor
from tests.cast import make_professional, make_space
from tests.logged_in import logged_in

from .stepplans.plans import address, begin, finish, make_plan, walk_to_end
from .techniques.themes import make_index, make_theme

pytestmark = pytest.mark.django_db

#: What is a person's own. All other rows that name an account say which member of staff did something.
OWN = {Walk, Reaction, Contributor}


@pytest.fixture
def owner(settings: Any) -> Any:
    """Somebody who kept a plan, reacted below an article and writes along on a theme."""
    user = make_professional("eigenaar")
    client = logged_in(user, verified=True)
    walk = begin(client, make_plan())
    walk_to_end(client, walk, reason="kanarie-reden")
    finish(client, walk, name="kanarie-plan")
    client.post(address("keep", walk.pk))
    decision = {"verdict": "go", "decided_by": "kanarie-bestuur", "decided_on": "2026-11-01", "remark": ""}
    client.post(address("approval", walk.pk), decision)

    article = ensure_home().add_child(instance=ArticlePage(title="Artikel", summary="Kort."))
    Reaction.objects.create(writer=user, page=article, ticket=uuid4(), name="kanarie-naam", text="kanarie-tekst")

    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "IS_PROFESSIONAL": f"{__name__}.everybody"}
    theme = make_theme(make_index())
    actions.open_round(None, theme)
    _invitation, code = actions.invite(None, theme, organisation="Welzijn")
    contributor = actions.become_contributor(user, code=code, name="kanarie-schrijver")
    actions.say(contributor, kind="comment", section="purpose", text="kanarie-opmerking", ticket=uuid4())
    actions.vote(contributor, content=4, presentation=2)

    space = make_space()
    answers = [{"question": "Waarom?", "answer": "kanarie-antwoord"}]
    JoinRequest.objects.create(space=space, user=user, display_name="kanarie-aanvraag", answers=answers)
    values = {"body": "kanarie-concept"}
    Draft.objects.create(owner=user, kind="topic", object_id=space.pk, values=values, updated_at=timezone.now())
    return user


def everybody(user: Any) -> bool:
    return True


KEYS = {"account", "groepen", "aanvragen", "nog niet geplaatst", "stappenplannen", "reacties", "meeschrijven"}
KEYS |= {"professional", "huur", "voorkeuren", "waar je bent ingelogd", "toestellen met berichten"}
KEYS |= {"hoe je meldingen krijgt", "antwoord op wat je vroeg", "laatst gekeken wat nieuw is"}
CANARIES = ("reden", "plan", "bestuur", "naam", "tekst", "schrijver", "opmerking", "antwoord", "aanvraag", "concept")


def test_all_of_it_can_be_taken_along_by_its_owner_alone(owner: Any) -> None:
    def downloaded(user: Any) -> str:
        response = logged_in(user, verified=True).post(reverse("own_data"))
        assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
        assert "no-store" in response["Cache-Control"]
        assert response.json().keys() == KEYS
        return response.content.decode()

    assert [canary for canary in CANARIES if f"kanarie-{canary}" not in downloaded(owner)] == []
    assert "kanarie" not in downloaded(get_user_model().objects.create_user("ander"))
    assert personal.data_of(owner)["meeschrijven"][0]["stemmen"] == [{"ronde": 1, "inhoud": 4, "vorm": 2}]


def test_all_of_it_goes_with_the_account(owner: Any) -> None:
    owner.delete()
    actions.forget_gone()

    assert not Walk.objects.exists()
    assert not Reaction.objects.exists()
    # What was said about a text stays with the text; nothing tells who said it.
    assert Contributor.objects.values_list("user", "name").get() == (None, "")


def test_every_table_that_names_an_account_is_known() -> None:
    """A new one fails here until somebody decides whose it is: then it joins `OWN`, the data and the deletion."""
    user_model = get_user_model()
    own = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("knowledgebase")
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is user_model
        if field.remote_field.on_delete is not models.SET_NULL or field.name in ("user", "writer", "owner")
    }

    assert own == OWN


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_the_cms_does_not_list_where_its_owner_is_named(model: type[models.Model]) -> None:
    assert not ReferenceIndex.model_is_indexable(model)
