"""Where a facilitator reads first: what is the same for every kind stands in tests/contract; here is the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groupspace import actions, held, policy
from groupspace.comments.actions import add_comment, delete_comment, edit_comment
from groupspace.files import actions as files
from groupspace.files.models import FileVersion
from groupspace.forum import actions as forum
from groupspace.kinds import all_kinds, kinds_in
from groupspace.links import actions as links
from groupspace.links.models import LinkComment
from groupspace.models import Audience, Space
from groupspace.notices import actions as notices
from groupspace.pages import actions as pages
from groupspace.polls import actions as polls
from groupspace.search.models import Entry
from groupspace.storage.keeping import take_in
from groupspace.stream.models import Happening
from groupspace.text.sanitiser import from_plain
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
SECRET = "Zevenmijlslaars"


@pytest.fixture(autouse=True)
def _reads_first(cast: Any, settings: Any, tmp_path: Path) -> None:
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": tmp_path}}
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    cast.space.refresh_from_db()


@pytest.fixture
def browser(cast: Any) -> Callable[[str], Client]:
    return lambda who: logged_in(getattr(cast, who), verified=who not in {"ben", "dora", "ellen"})


def link_of(cast: Any, who: str = "ben") -> Any:
    return links.add_link(cast.actor(who), cast.space, title="Slaaptips", url="https://voorbeeld.nl/slaap")


def waits(cast: Any, who: str = "anna") -> list[Any]:
    return [row[1] for row in held.waiting(cast.actor(who), cast.space)]


def test_list_holds_every_kind_the_oldest_first_and_nothing_of_another_group(cast: Any, browser: Any) -> None:
    for kind in kinds_in(cast.space):
        kind.make_example(cast.members["ben"], f"{SECRET} {kind.slug}")

    page = BeautifulSoup(
        browser("anna").get(reverse("groupspace:waiting", args=[cast.space.pk])).content, "html.parser"
    )

    titles = [title.text for title in page.select(".gs-card__title")]
    assert {f"{SECRET} {kind.slug}" for kind in all_kinds()} == set(titles)
    assert len(titles) > len(set(titles))  # their comments
    for link in page.select("article a"):
        assert browser("anna").get(str(link["href"])).status_code in {200, 302}
    assert waits(cast, "ellen") == []
    assert waits(cast, "frank") == []
    assert not list(held.waiting(cast.actor("frank"), cast.other))


def test_list_costs_the_same_for_few_and_many(cast: Any, browser: Any, settings: Any) -> None:
    anna, address = browser("anna"), reverse("groupspace:waiting", args=[cast.space.pk])

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            anna.get(address)
        return sum(bool(re.match(r"(SELECT|INSERT|UPDATE|DELETE)", q["sql"])) for q in queries.captured_queries)

    link_of(cast)
    anna.get(address)
    few = statements()
    for _round in range(5):
        for kind in kinds_in(cast.space):
            kind.make_example(cast.members["ben"], SECRET)

    assert statements() == few <= 6


def test_comment_waits_by_itself_and_is_seen_by_its_author_and_leaders(cast: Any, browser: Any) -> None:
    link = link_of(cast, "anna")
    comment = add_comment(cast.actor("ben"), LinkComment, link, body=from_plain(SECRET))
    address = reverse("groupspace:links:link", args=[cast.space.pk, link.pk])

    def seen() -> set[str]:
        return {
            who for who in ("ben", "anna", "carla", "ellen") if SECRET in browser(who).get(address).content.decode()
        }

    assert seen() == {"ben", "anna", "carla"}
    own = reverse("groupspace:links:comment", args=[cast.space.pk, comment.pk])
    assert browser("ellen").get(own).status_code == 404
    edit_comment(cast.actor("ben"), comment, body=from_plain(f"{SECRET} anders"))
    assert not Entry.objects.filter(text__contains=SECRET).exists()
    assert Happening.objects.filter(part_id=comment.pk).count() == 0
    release = reverse("groupspace:release", args=[cast.space.pk, comment.pk])
    assert f'action="{release}"' in browser("anna").get(address).content.decode()
    assert f'action="{release}"' not in browser("ben").get(address).content.decode()

    assert browser("anna").post(release).status_code == 302
    assert browser("anna").post(release).status_code == 302  # also when the button is pressed twice
    assert browser("ellen").post(release).status_code == 403

    assert seen() == {"ben", "anna", "carla", "ellen"}
    assert Happening.objects.filter(part_id=comment.pk).count() == 1
    assert Entry.objects.filter(text__contains=SECRET).exists()
    with pytest.raises(PermissionDenied, match="leest een begeleider eerst"):
        edit_comment(cast.actor("ben"), comment, body=from_plain("achteraf"))


def test_comment_under_what_waits_waits_too_and_comes_after_it(cast: Any) -> None:
    link = link_of(cast)
    hers = add_comment(cast.actor("anna"), LinkComment, link, body=from_plain("Kun je de titel veranderen?"))
    assert hers.held_at
    assert waits(cast) == [link.pk, hers.pk]

    with pytest.raises(PermissionDenied, match="Laat eerst zien"):
        actions.release(cast.actor("anna"), held.find(cast.actor("anna"), cast.space, hers.pk))
    for pk in waits(cast):
        actions.release(cast.actor("anna"), held.find(cast.actor("anna"), cast.space, pk))

    assert waits(cast) == []
    assert [one.verb for one in Happening.objects.order_by("pk")] == ["shared", "commented"]


def test_comment_that_was_taken_away_while_it_waited_is_no_gap_to_others(cast: Any, browser: Any) -> None:
    link = link_of(cast, "anna")
    comment = add_comment(cast.actor("ben"), LinkComment, link, body=from_plain(SECRET))
    delete_comment(cast.actor("anna"), comment, reason="Er staat een adres in.")
    address = reverse("groupspace:links:link", args=[cast.space.pk, link.pk])

    assert "Er staat een adres in." in browser("ben").get(address).content.decode()
    assert "weggehaald" not in browser("ellen").get(address).content.decode()
    assert waits(cast) == []


def test_nothing_one_does_with_what_waits_makes_it_known(cast: Any) -> None:
    ben = cast.actor("ben")
    page = pages.create_page(ben, cast.space, title="Plan", body=from_plain("Eerst."))
    pages.edit_page(ben, page, title=SECRET, body=from_plain(SECRET), base=1)
    pages.create_page(ben, cast.space, title=SECRET, body=from_plain(SECRET), parent=page)
    poll = polls.ask(ben, cast.space, question=SECRET, options=["ja", "nee"])
    polls.close_poll(ben, poll)
    polls.decide(ben, poll, outcome=from_plain(SECRET))
    file = files.share_file(ben, cast.space, take_in(ContentFile(b"een", name="een.txt"), ben.user_id))
    files.renew_file(ben, file, take_in(ContentFile(b"twee", name=f"{SECRET}.txt"), ben.user_id))
    topic = forum.start_topic(ben, cast.space, title=SECRET, body=from_plain(SECRET)).topic
    forum.reply(cast.actor("anna"), topic, body=from_plain(SECRET))

    assert not Entry.objects.exists()
    assert not Happening.objects.exists()
    ellen = cast.actor("ellen")
    for thing in (page, page.versions.first(), poll, file, file.versions.first(), topic):
        assert not policy.visible(ellen, type(thing)._default_manager.filter(pk=thing.pk)).exists()
        assert policy.can(ellen, "view", thing).hide
    with pytest.raises(ValidationError, match="wacht nog"):
        notices.announce(cast.actor("anna"), cast.space, page)


def test_file_that_waits_is_sent_to_its_author_and_leaders_alone(cast: Any, browser: Any) -> None:
    ben = cast.actor("ben")
    file = files.share_file(ben, cast.space, take_in(ContentFile(b"een", name="een.txt"), ben.user_id))
    addresses = [
        reverse("groupspace:bestanden:file-download", args=[cast.space.pk, file.pk]),
        reverse("groupspace:bestanden:version", args=[cast.space.pk, FileVersion.objects.get().pk]),
    ]

    for address in addresses:
        assert [browser(who).get(address).status_code for who in ("ben", "anna", "ellen")] == [200, 200, 404]


def test_name_of_a_folder_cannot_wait_so_leaders_make_them(cast: Any, browser: Any) -> None:
    with pytest.raises(PermissionDenied):
        files.create_folder(cast.actor("ben"), cast.space, name=SECRET)
    files.create_folder(cast.actor("anna"), cast.space, name="Van ons")
    address = reverse("groupspace:bestanden:list", args=[cast.space.pk])
    assert "Nieuwe map" in browser("anna").get(address).content.decode()
    assert "Nieuwe map" not in browser("ben").get(address).content.decode()


def test_what_only_facilitators_read_waits_for_nobody(cast: Any) -> None:
    ben = cast.actor("ben")
    poll = polls.ask(ben, cast.space, question="Hoe gaat het?", options=["ja", "nee"], audience=Audience.FACILITATORS)

    assert poll.held_at is None


def test_leaders_and_groups_without_the_switch_wait_for_nobody(cast: Any) -> None:
    assert link_of(cast, "anna").held_at is None
    Space.objects.filter(pk=cast.space.pk).update(approve_first=False)
    assert link_of(cast).held_at is None


def test_switch_stays_on_until_all_is_read(cast: Any) -> None:
    link = link_of(cast)
    with pytest.raises(ValidationError, match="wacht nog"):
        actions.change_space(cast.actor("anna"), cast.space, approve_first=False)
    cast.space.refresh_from_db()
    assert cast.space.approve_first

    actions.release(cast.actor("anna"), held.find(cast.actor("anna"), cast.space, link.pk))
    assert not actions.change_space(cast.actor("anna"), cast.space, approve_first=False).approve_first


def test_home_tells_leaders_how_much_waits(cast: Any, browser: Any) -> None:
    link_of(cast)
    home = reverse("groupspace:space", args=[cast.space.pk])

    assert "1 bericht wacht op een begeleider" in browser("anna").get(home).content.decode()
    assert "wacht op een begeleider" not in browser("ellen").get(home).content.decode()


def test_kind_that_is_off_has_nothing_to_read(cast: Any, browser: Any) -> None:
    link_of(cast)
    Space.objects.filter(pk=cast.space.pk).update(kinds_off=["links"])
    cast.space.refresh_from_db()

    assert waits(cast) == []
