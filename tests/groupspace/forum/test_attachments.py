"""Files with a post: read by whoever reads the post, found with it, gone with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace import actions as core
from groupspace.actions.phases import keep_to_the_calendar
from groupspace.forum import actions, reactions
from groupspace.forum.kind import ForumKind
from groupspace.forum.models import Attachment, Post, Topic
from groupspace.forum.undo import undo_post
from groupspace.models import Audience, Space
from groupspace.search.models import Entry
from groupspace.storage.keeping import take_in
from groupspace.storage.models import Upload
from tests.groupspace.forum.attached import SECRET, address, photo, soup, tips
from tests.groupspace.storage.conftest import kept
from tests.groupspace.storage.nasty import exif

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


def test_one_leafs_through_the_pictures_of_one_post(post_with: Any, log_in: Any, cast: Any) -> None:
    post = post_with("ben", photo("een.jpg"), tips(), photo("twee.jpg"), photo("drie.jpg"))
    post_with("ben", photo("ander.jpg"))
    one, _tips, two, three = (
        reverse("groupspace:gesprekken:attachment-picture", args=[cast.space.pk, file.pk])
        for file in post.attachments.all()
    )
    ellen = log_in("ellen")

    def leafing(address: str) -> list[str]:
        return [link["href"].removesuffix("#foto") for link in soup(ellen.get(address)).select("main nav a[rel]")]

    assert [leafing(address) for address in (one, two, three)] == [[two], [one, three], [two]]
    with CaptureQueriesContext(connection) as queries:
        ellen.get(two)
    assert sum("gs_forum_attachment" in q["sql"] or "forum_attachment" in q["sql"] for q in queries) == 2
    Topic.objects.update(audience=Audience.FACILITATORS)
    assert [ellen.get(address).status_code for address in (one, two, three)] == [404] * 3


# Who may have one


def test_file_is_of_whoever_may_read_the_post_now(post_with: Any, log_in: Any, cast: Any) -> None:
    post = post_with("ben", photo())
    readers, others = ("ben", "ellen", "anna"), ("dora", "frank", "operator", "anonymous")

    def status(name: str, small: bool = False) -> int:
        return int(log_in(name).get(address(post, small)).status_code)

    assert {status(name, small) for name in readers for small in (True, False)} == {200}
    assert [status(name) for name in others] == [404, 404, 404, 302]
    Topic.objects.update(audience=Audience.FACILITATORS)
    assert [status(name) for name in ("ben", "ellen", "anna", "carla")] == [404, 404, 200, 200]
    Topic.objects.update(audience=Audience.SPACE)
    core.remove(cast.actor("anna"), cast.members["ellen"])
    assert status("ellen") == 404
    Space.objects.update(state="closed")
    assert status("ben") == 404


def test_a_picture_opens_on_a_page_with_a_way_out_and_a_way_back(post_with: Any, log_in: Any, cast: Any) -> None:
    post = post_with("ben", photo(), tips())
    pictures = [
        reverse("groupspace:gesprekken:attachment-picture", args=[cast.space.pk, one.pk])
        for one in post.attachments.all()
    ]

    topic = soup(log_in("ellen").get(reverse("groupspace:gesprekken:topic", args=[cast.space.pk, post.topic_id])))
    page = soup(log_in("ellen").get(pictures[0]))

    assert topic.select_one("a.gs-files__picture")["href"] == pictures[0]
    assert page.select_one("main img")["src"] == address(post)
    assert page.select_one("[data-gs-exit]")
    assert page.find("a", string="Terug")["href"] == reverse(
        "groupspace:gesprekken:post", args=[cast.space.pk, post.pk]
    )
    assert log_in("ellen").get(pictures[1]).status_code == 404  # no picture
    Topic.objects.update(audience=Audience.FACILITATORS)
    assert [log_in(name).get(pictures[0]).status_code for name in ("ellen", "dora", "anonymous")] == [404, 404, 302]


def test_file_of_a_held_post_waits_with_it(cast: Any, post_with: Any, log_in: Any, start: Any) -> None:
    topic = start("anna")
    Space.objects.filter(pk=cast.space.pk).update(approve_first=True)
    topic.space.refresh_from_db()
    post = post_with("ben", tips(), topic=topic)

    assert [log_in(name).get(address(post)).status_code for name in ("ben", "anna", "ellen")] == [200, 200, 404]
    assert not Entry.objects.filter(text__contains=SECRET).exists()


def test_file_in_a_closed_round_stays_closed(post_with: Any, log_in: Any, start: Any) -> None:
    post = post_with("ben", tips(), topic=start("anna", sort="round"))

    assert [log_in(name).get(address(post)).status_code for name in ("ben", "ellen", "anna")] == [200, 404, 200]


def test_search_finds_the_name_and_what_is_in_the_picture(post_with: Any, log_in: Any) -> None:
    post_with("ben", tips("Waterlandkaart.txt"))
    post_with("ben", photo(), alt="Een grutto op een paal")

    for word in ("Waterlandkaart", "grutto"):
        found = [
            name
            for name in ("ellen", "dora")
            if "/bericht/" in log_in(name).get(f"/groep/zoeken/?q={word}").content.decode()
        ]
        assert found == ["ellen"]


def test_place_is_taken_out_of_a_photo(post_with: Any, log_in: Any) -> None:
    post = post_with("ben", photo(exif=exif()))

    content = b"".join(log_in("ellen").get(address(post)).streaming_content)
    assert b"Exif" not in content


def test_page_with_all_there_is_costs_no_more_than_twelve(log_in: Any, post_with: Any, as_actor: Any, url: Any) -> None:
    post = post_with("ben", photo(), tips())
    reactions.toggle(as_actor("ellen"), post, "dank")
    carla = log_in("carla")
    carla.get(url(post.topic))

    with CaptureQueriesContext(connection) as queries:
        assert soup(carla.get(url(post.topic))).select(".gs-files img")
    assert len(queries) <= 12, "\n".join(one["sql"][:150] for one in queries)


# Gone


@pytest.mark.parametrize("how", ["delete", "moderate", "erase", "undo", "undo topic", "erase space"])
def test_file_goes_with_the_post(
    how: str, post_with: Any, as_actor: Any, cast: Any, log_in: Any, url: Any, place: Path
) -> None:
    first = post_with("ben")
    hers = post_with("ellen", tips("hers.txt"), topic=first.topic)
    if how == "undo":
        first = post_with("ben", topic=hers.topic)
    if how == "undo topic":
        upload = take_in(tips(), cast.ben.pk)
        first = actions.start_topic(as_actor("ben"), cast.space, title="x", body="<p>x</p>", files=[(upload, "")])
    where = address(first)

    if how == "delete":
        actions.delete_post(as_actor("ben"), first)
    elif how == "moderate":
        actions.delete_post(as_actor("anna"), first, reason="Er staat een naam in.")
    elif how == "erase":
        ForumKind().erase(cast.members["ben"])
    elif how.startswith("undo"):
        undo_post(as_actor("ben"), first)
    else:
        Space.objects.filter(pk=cast.space.pk).update(state="read_only", erase_on=timezone.localdate())
        keep_to_the_calendar()

    left = [] if how == "erase space" else ["hers.txt"]
    if how.startswith("undo"):
        left.insert(0, f"{SECRET}.txt")  # the other post of ben
    assert [one.upload.name for one in Attachment.objects.order_by("upload__created_at")] == left
    assert Upload.objects.count() == len(left)
    assert log_in("ben").get(where).status_code == 404
    if not how.startswith("undo"):
        assert not Entry.objects.filter(text__contains=SECRET).exists()


def test_bytes_go_too(post_with: Any, as_actor: Any, place: Path, django_capture_on_commit_callbacks: Any) -> None:
    post = post_with("ben", photo())
    assert len(kept(place)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_post(as_actor("ben"), post)

    assert kept(place) == []


def test_undo_says_that_files_are_to_be_chosen_again(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    ben.post(url(topic, "reageer/"), {"body": SECRET, "attachments": "", "unkept_attachments": [tips()]})
    post = Post.objects.get(number=2)

    page = soup(ben.post(url(f"bericht/{post.pk}/terug/"), follow=True))

    assert "Kies je bestanden opnieuw." in page.text
    assert not Upload.objects.exists()


def test_own_data_hold_names_and_addresses(post_with: Any, cast: Any, log_in: Any) -> None:
    post = post_with("ben", photo("strand.jpg"), alt="De zee")

    mine = str(ForumKind().export(cast.members["ben"]))
    assert {"strand.jpg" in mine, "De zee" in mine, address(post) in mine} == {True}
    assert "strand.jpg" not in str(ForumKind().export(cast.members["carla"]))
    assert address(post) in log_in("ben").post(reverse("own_data")).content.decode()
