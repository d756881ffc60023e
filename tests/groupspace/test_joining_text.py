"""What somebody wrote to be let in is not lost when the log-in ended meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.models import JoinRequest
from tests.cast import Cast
from tests.groupspace.accounts.people import log_in, post_password

pytestmark = pytest.mark.django_db


def test_answers_survive_the_end_of_the_log_in(cast: Cast) -> None:
    actions.change_space(cast.actor("anna"), cast.space, visibility="listed", questions=["Waarom?"])
    address = reverse("groupspace:join", args=[cast.space.pk])
    dora = log_in(cast.dora)
    ticket = re.search(r'name="gs-ticket" value="([^"]+)"', dora.get(address).content.decode())
    assert ticket

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        typed = {"display_name": "Duif", "answer_0": "Kanarietekst over thuis.", "gs-ticket": ticket[1]}
        to_login = dora.post(address, typed)["Location"]
        assert not JoinRequest.objects.exists()
        back = post_password(dora, cast.dora, next_url=parse_qs(urlsplit(to_login).query)["next"][0])

        assert "Kanarietekst over thuis." in dora.get(back["Location"]).content.decode()
