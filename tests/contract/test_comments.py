"""What every kind promises about the talk under its items: what was said before, and taking back what one just sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from groupspace.comments.actions import add_comment, delete_comment, edit_comment, undo_comment
from groupspace.comments.kind import CommentedKind
from groupspace.folds import set_muted_words
from groupspace.notices.telling.spread import spread
from groupspace.search.models import Entry as Findable
from groupspace.stream.models import Happening
from groupspace.text.models import Draft
from groupspace.text.sanitiser import from_plain
from tests.contract.subject import FINDERS, KINDS, OUTSIDERS, everything, shows

pytestmark = pytest.mark.contract


def said_before(kind: Any, item: Any, cast: Any) -> tuple[Any, str]:
    """A comment of ben that said something else before, with the address of what it said."""
    comment = item.comments.get(author=cast.members["ben"])
    comment.item = item
    edit_comment(cast.actor("ben"), comment, body=from_plain("Hinkelsteen."))
    edit_comment(cast.actor("ben"), comment, body=from_plain("Toch anders."))
    return comment, reverse(f"groupspace:{kind.slug}:comment-versions", args=[item.space_id, comment.pk])


TALKED_UNDER = [kind for kind in KINDS if isinstance(kind, CommentedKind)]


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("audience", ["space", "facilitators", "self"])
def test_what_a_comment_said_before_is_for_who_reads_it_now(kind, item, people, cast, audience):
    _comment, address = said_before(kind, item, cast)
    readers = {"space": {"ben", "ellen", "reader", "anna", "carla"}, "facilitators": {"ben", "anna", "carla"}}
    kind.model.objects.filter(pk=item.pk).update(audience=audience)

    for who in ("ben", "ellen", "reader", "anna", "carla", *OUTSIDERS):
        page, here = people(who).get(address), people(who).get(kind.url_of(item))
        expected = 200 if who in readers.get(audience, {"ben"}) else 404
        assert (page.status_code, here.status_code) == (expected, expected)
        assert shows(page, "Hinkelsteen") == (page.status_code == 200)
        assert shows(page) == (page.status_code == 200)
        assert not shows(here, "Hinkelsteen")
        assert shows(here, address) == (here.status_code == 200)
    for who in FINDERS:
        assert "/reactie" not in people(who).get(reverse("groupspace:search"), {"q": "Hinkelsteen"}).content.decode()
    assert "Hinkelsteen" in str(kind.export(cast.members["ben"]))
    assert "Hinkelsteen" not in str(kind.export(cast.members["anna"]))


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("how", ["taken away", "taken away by another", "erased", "held back"])
def test_what_a_comment_said_before_goes_with_it(kind, item, people, cast, how):
    comment, address = said_before(kind, item, cast)
    assert "Hinkelsteen" in everything()
    if how == "erased":
        kind.erase(cast.members["ben"])
    elif how == "held back":  # while it waits, only who wrote it and who reads first
        type(comment).objects.filter(pk=comment.pk).update(held_at=timezone.now())
    else:
        who = "anna" if "another" in how else "ben"
        delete_comment(cast.actor(who), comment, reason="Dit hoort hier niet.")

    statuses = {who: people(who).get(address).status_code for who in ("ben", "anna", "ellen", "reader")}
    if how == "held back":
        assert statuses == {"ben": 200, "anna": 200, "ellen": 404, "reader": 404}
    else:
        assert set(statuses.values()) == {404}
        assert "Hinkelsteen" not in everything()


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_comment_is_taken_back_right_after_it_was_sent(kind, item, people, cast):
    ben = people("ben")
    send = reverse(f"groupspace:{kind.slug}:comment-create", args=[item.space_id, item.pk])
    ben.post(send, {"body": "Hinkelsteen"})
    comment = item.comments.order_by("pk").last()
    address = reverse(f"groupspace:{kind.slug}:comment-undo", args=[item.space_id, comment.pk])
    assert shows(ben.get(kind.url_of(item)), address)
    assert not shows(people("ellen").get(kind.url_of(item)), address)
    assert people("ellen").post(address).status_code == 403

    with time_machine.travel(timezone.now() + timedelta(seconds=62)):
        assert not shows(ben.get(kind.url_of(item)), address)
        assert ben.post(address).status_code == 403
    answer = ben.post(address)

    form = BeautifulSoup(ben.get(answer.url).content, "html.parser").select_one("#reageer textarea")
    assert "Hinkelsteen" in form.text
    assert not type(comment).objects.filter(pk=comment.pk).exists()
    assert not Findable.objects.filter(part_id=comment.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        spread()
    assert not Happening.objects.filter(part_id=comment.pk).exists()
    assert not shows(people("ellen").get(kind.url_of(item)), "Hinkelsteen")


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("typed_as", ["plain", "html"])
@pytest.mark.parametrize("answered", [False, True])
def test_comment_taken_back_stands_before_what_was_kept_of_the_next_one(kind, item, people, cast, typed_as, answered):
    ben, here = people("ben"), kind.url_of(item)
    ben.post(reverse(f"groupspace:{kind.slug}:comment-create", args=[item.space_id, item.pk]), {"body": "Hinkelsteen"})
    comment = item.comments.order_by("pk").last()
    form = BeautifulSoup(ben.get(here).content, "html.parser").select_one("#reageer form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    typed = {"body": "<p>Krokus</p>" if typed_as == "html" else "Krokus", "body-format": typed_as}
    assert ben.post(reverse("groupspace:text:draft-save"), {**values, **typed}).json()["version"] == 1
    if answered:
        add_comment(cast.actor("ellen"), type(comment), item, body=from_plain("Herkenbaar."))

    address = reverse(f"groupspace:{kind.slug}:comment-undo", args=[item.space_id, comment.pk])
    page = BeautifulSoup(ben.post(address, follow=True).content, "html.parser")

    assert "Je tekst staat hier nog." in page.text
    assert page.select_one("#reageer textarea").text.split() == ["Hinkelsteen", "Krokus"]
    assert Draft.objects.get(owner=cast.ben).values["body"] == "<p>Hinkelsteen</p><p>Krokus</p>"


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_page_of_changing_a_comment_tells_that_the_old_words_stay(kind, item, people, cast):
    told, ben = "Anderen kunnen zien wat er eerst stond.", people("ben")
    comment = item.comments.get(author=cast.members["ben"])
    edit = reverse(f"groupspace:{kind.slug}:comment-edit", args=[item.space_id, comment.pk])
    new = reverse(f"groupspace:{kind.slug}:comment-create", args=[item.space_id, item.pk])
    assert (shows(ben.get(edit), told), shows(ben.get(new), told)) == (True, False)
    type(comment).objects.filter(pk=comment.pk).update(held_at=timezone.now())
    assert not shows(ben.get(edit), told)  # nobody has read it, so nothing is kept


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_what_a_comment_said_before_is_folded_for_who_would_rather_not_see_it(kind, item, people, cast):
    _comment, address = said_before(kind, item, cast)
    for who in ("ben", "anna"):
        set_muted_words(cast.actor(who), cast.space, ["hinkelsteen"])

    page = BeautifulSoup(people("anna").get(address).content, "html.parser")
    (folded,) = page.select("main details.gs-fold:not([open])")
    assert "Hinkelsteen." in folded.text
    assert "een woord dat je liever niet ziet" in folded.summary.text
    assert "Hinkelsteen" not in folded.summary.text
    assert not BeautifulSoup(people("ben").get(address).content, "html.parser").select("main details.gs-fold")
    assert not BeautifulSoup(people("ellen").get(address).content, "html.parser").select("main details.gs-fold")


@pytest.mark.parametrize("kind", TALKED_UNDER, ids=lambda kind: kind.slug)
def test_comment_taken_back_keeps_its_place_when_somebody_reacted(kind, item, cast):
    comment = item.comments.get()
    add_comment(cast.actor("ellen"), type(comment), item, body=from_plain("Herkenbaar."))

    undo_comment(cast.actor("ben"), comment)

    comment.refresh_from_db()
    assert (comment.body, comment.deleted_by) == ("", cast.members["ben"])
