"""Talking under an item of any kind: who is told, what is folded, and one item muted. A link stands for all kinds."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from groupspace.comments.actions import add_comment, delete_comment, edit_comment
from groupspace.comments.own import mute
from groupspace.folds import set_muted_words
from groupspace.links.models import LinkComment
from groupspace.models import Audience, MutedItem
from groupspace.notices.models import Notice
from groupspace.notices.telling.spread import spread
from groupspace.text.sanitiser import from_plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(as_actor):
    """`say("ben", link, "Tekst")`: a comment by this person."""
    return lambda who, link, text="Ja.": add_comment(as_actor(who), LinkComment, link, body=from_plain(text))


@pytest.fixture
def told():
    """Everybody who is told of what happened until now, with why; nothing waits any more after it."""

    def told():
        Notice.objects.all().delete()
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            spread()
        rows = Notice.objects.filter(read_at=None).values_list("membership__display_name", "reason")
        return dict(rows)

    return told


def test_who_talked_before_hears_what_others_say_later(share, say, told):
    link = share("anna")
    say("ben", link)
    assert told() == {"Anna": "answered"}
    say("carla", link)
    assert told() == {"Anna": "answered", "Beer": "followed"}
    say("anna", link)
    assert told() == {"Beer": "followed", "Carla": "followed"}


def test_who_took_their_only_words_away_follows_no_longer(share, say, told, as_actor):
    link = share("anna")
    delete_comment(as_actor("ben"), say("ben", link))
    say("carla", link)
    assert told() == {"Anna": "answered"}


def test_who_is_named_is_told_once_and_only_who_may_read_it(share, say, told, as_actor):
    link = share("anna")
    told()
    comment = say("carla", link, "Wat vind jij, @Beer? En carla@Ellen.nl?")
    assert told() == {"Anna": "answered", "Beer": "named"}
    edit_comment(as_actor("carla"), comment, body=from_plain("Wat vind jij, @Beer? En jij, @Ellen?"))
    assert told() == {"Ellen": "named"}

    among_leaders = share("anna", url="https://voorbeeld.nl/b")
    type(link).objects.filter(pk=among_leaders.pk).update(audience=Audience.FACILITATORS)
    among_leaders.refresh_from_db()
    told()
    say("anna", among_leaders, "@Beer en @Carla")
    assert told() == {"Carla": "named"}


def test_one_item_can_be_muted_whatever_is_said_there(share, say, told, log_in, url, cast):
    link, other = share("ben"), share("ben", url="https://voorbeeld.nl/b")
    ben = log_in("ben")
    button = BeautifulSoup(ben.get(url(link)).content, "html.parser").find(
        "button", string="Laat mij hier niets van horen"
    )
    ben.post(button.find_parent("form")["action"], {"aan": "1"})
    say("carla", link, "@Beer?")
    say("carla", other)
    assert told() == {"Beer": "answered"}
    assert Notice.objects.get(read_at=None).item_id == other.pk
    assert "Laat mij hier weer van horen" in ben.get(url(link)).content.decode()
    assert "Laat mij hier weer van horen" not in log_in("carla").get(url(link)).content.decode()

    ben.post(url(link, "stil/"), {"aan": "0"})
    say("carla", link)
    assert told() == {"Beer": "answered"}
    assert not MutedItem.objects.exists()


def test_muted_words_fold_comments_for_one_reader_alone(share, say, log_in, url, as_actor, cast):
    link = share("anna")
    say("carla", link, "Ik had zin in drank")
    say("ben", link, "Mijn drankje")
    set_muted_words(as_actor("ben"), cast.space, ["drank"])

    folded = BeautifulSoup(log_in("ben").get(url(link)).content, "html.parser").select(".gs-fold")

    assert ["Ik had zin in drank" in fold.text for fold in folded] == [True]
    assert "gs-fold" not in log_in("ellen").get(url(link)).content.decode()


def test_only_who_may_read_an_item_mutes_it(share, as_actor, log_in, url):
    link = share("anna")
    type(link).objects.filter(pk=link.pk).update(audience=Audience.SELF)
    assert log_in("ben").post(url(link, "stil/"), {"aan": "1"}).status_code == 404
    link.refresh_from_db()
    with pytest.raises(PermissionDenied):
        mute(as_actor("ben"), link, muted=True)
    assert not MutedItem.objects.exists()
