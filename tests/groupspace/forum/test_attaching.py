"""Files are chosen while writing: they wait with the draft, keep within the room there is, and can be changed later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from groupspace import actions as core
from groupspace.forum import actions
from groupspace.forum.models import Attachment, Post
from groupspace.permissions import Permission
from groupspace.search.models import Entry
from groupspace.storage.keeping import room_taken, take_in
from groupspace.storage.models import Upload
from groupspace.storage.purge import purge_storage
from groupspace.text.models import Draft
from tests.groupspace.forum.attached import SECRET, hidden, photo, soup, tips
from tests.groupspace.storage.conftest import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


# Choosing


def test_reply_with_files_in_one_go(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    sent = {**form, "body": "Kijk maar.", "unkept_attachments": [photo(size=(800, 400)), tips("tips.txt")]}
    assert ben.post(url(topic, "reageer/"), sent).status_code == 302

    page = soup(log_in("ellen").get(url(topic)))
    image, link = page.select_one(".gs-files img"), page.select_one(".gs-files__file")
    assert image
    assert link
    assert (image["width"], image["height"], image["alt"]) == ("480", "240", "Foto zonder beschrijving: strand.jpg")
    assert link.text == "tips.txt"
    assert "1 kB" in page.select_one(".gs-files").text  # type: ignore[union-attr]
    small = log_in("ellen").get(str(image["src"]))
    assert small.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in small.headers["Cache-Control"]


def test_without_a_script_a_button_adds_them_and_the_text_stays(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    sent = {**form, "body": SECRET, "attachments-add": "1", "unkept_attachments": [photo(), tips("tips.txt")]}
    page = soup(ben.post(url(topic, "reageer/"), sent))

    assert Post.objects.count() == 1
    assert SECRET in page.select_one("textarea").text  # type: ignore[union-attr]
    assert [one.contents[0].strip() for one in page.select(".gs-chosen__name")] == ["strand.jpg", "tips.txt"]  # type: ignore[union-attr]
    assert not page.select(".gs-alert--error")
    alt, out = page.select_one("[name*=-alt-]"), page.select("[name=attachments-out]")[1]
    sent = {**hidden(page), "body": SECRET, str(alt["name"]): "De zee bij avond", "attachments-out": out["value"]}  # type: ignore[index]
    page = soup(ben.post(url(topic, "reageer/"), sent))
    assert len(page.select(".gs-chosen__item")) == 1
    assert Upload.objects.count() == 1
    assert page.select_one("[name*=-alt-]")["value"] == "De zee bij avond"  # type: ignore[index]

    sent = {**hidden(page), "body": SECRET, str(alt["name"]): "De zee bij avond"}  # type: ignore[index]
    for _twice in range(2):
        assert ben.post(url(topic, "reageer/"), sent).status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.alt, attachment.upload.attached, attachment.upload.owner_id) == ("De zee bij avond", True, "")
    assert soup(ben.get(url(topic))).select_one(".gs-files img")["alt"] == "De zee bij avond"  # type: ignore[index]


def test_script_gets_the_field_alone(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    sent = {**form, "attachments-add": "1", "unkept_attachments": [photo()]}
    answer = ben.post(url(topic, "reageer/"), sent, headers={"X-Requested-With": "fetch"})

    field = soup(answer)
    assert field.select_one(".gs-field .gs-chosen__item")
    assert not field.select_one("textarea")
    assert not field.select_one(".gs-field--error")


def test_refused_file_gets_a_sentence_and_no_word_is_lost(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    bad = SimpleUploadedFile("virus.exe", b"MZ bah")
    sent = {**form, "body": SECRET, "note": "heftig", "unkept_attachments": [tips("goed.txt"), bad]}
    page = soup(ben.post(url(topic, "reageer/"), sent), status=422)

    assert "virus.exe: Deze soort bestand kan hier niet." in page.text
    assert SECRET in page.select_one("textarea").text  # type: ignore[union-attr]
    assert page.select_one("[name=note]")["value"] == "heftig"  # type: ignore[index]
    assert len(page.select(".gs-chosen__item")) == 1  # the good one is there
    assert Post.objects.count() == 1
    assert ben.post(url(topic, "reageer/"), {**hidden(page), "body": SECRET}).status_code == 302
    assert Attachment.objects.get().upload.name == "goed.txt"


def test_no_more_than_five(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    files = [tips(f"{number}.txt") for number in range(7)]
    page = soup(ben.post(url(topic, "reageer/"), {**form, "body": "x", "unkept_attachments": files}), status=422)

    assert "Er passen 5 bestanden bij." in page.text
    assert Upload.objects.count() == 5
    assert not page.select("[type=file]")


def test_draft_keeps_what_was_taken_in(log_in: Any, start: Any, url: Any) -> None:
    topic, ben = start("carla"), log_in("ben")
    page = soup(ben.get(url(topic)))
    sent = {**hidden(page), "attachments-add": "1", "unkept_attachments": [photo()]}
    form = hidden(soup(ben.post(url(topic, "reageer/"), sent)))
    save = page.select_one("[data-gs-draft]")["data-gs-draft"]  # type: ignore[index]
    alt = f"attachments-alt-{form['attachments']}"

    ben.post(str(save), {**form, "body": "half", alt: "De zee", "unkept_attachments": "[object File]"})

    again = soup(ben.get(url(topic)))
    assert hidden(again)["attachments"] == form["attachments"]
    assert again.select_one("[name*=-alt-]")["value"] == "De zee"  # type: ignore[index]
    assert "object" not in str(Draft.objects.get().values)


def test_nobody_takes_the_waiting_file_of_another(log_in: Any, start: Any, url: Any, cast: Any) -> None:
    topic, hers = start("carla"), take_in(tips(), cast.ellen.pk)
    ben = log_in("ben")
    form = hidden(soup(ben.get(url(topic))))

    sent = {**form, "attachments": str(hers.pk), "body": "x"}
    page = soup(ben.post(url(topic, "reageer/"), sent), status=422)
    ben.post(url(topic, "reageer/"), {**form, "attachments-out": str(hers.pk)})

    assert "Dit bestand is er niet meer." in page.text
    assert SECRET not in str(page.select_one(".gs-chosen"))
    assert Upload.objects.filter(pk=hers.pk, attached=False).exists()
    assert not Attachment.objects.exists()


def test_who_may_not_share_files_sends_none(log_in: Any, start: Any, url: Any, cast: Any) -> None:
    topic = start("carla")
    core.set_exceptions(cast.actor("anna"), cast.members["ben"], {Permission.UPLOAD: False})
    ben = log_in("ben")
    upload = take_in(tips(), cast.ben.pk)

    assert not soup(ben.get(url(topic))).select("[data-gs-chosen]")
    sent = {"body": "zonder", "attachments": str(upload.pk), "unkept_attachments": [tips()]}
    assert ben.post(url(topic, "reageer/"), sent).status_code == 302
    with pytest.raises(PermissionDenied):
        actions.reply(cast.actor("ben"), topic, body="<p>x</p>", files=[(upload, "")])
    assert not Attachment.objects.exists()


# Room


def test_full_group_takes_no_more_and_says_what_to_do(
    settings: Any, place: Path, log_in: Any, start: Any, url: Any, cast: Any, post_with: Any
) -> None:
    topic, ben = start("carla"), log_in("ben")
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": place, "SPACE_SIZE": 100}}
    post_with("ellen", tips(words=b"a" * 60))
    assert room_taken(cast.space.pk) == 60
    assert room_taken(cast.other.pk) == 0

    form = hidden(soup(ben.get(url(topic))))
    sent = {**form, "body": SECRET, "unkept_attachments": [tips(words=b"b" * 41)]}
    page = soup(ben.post(url(topic, "reageer/"), sent), status=422)

    assert "In deze groep passen geen bestanden meer." in page.text
    assert SECRET in page.select_one("textarea").text  # type: ignore[union-attr]
    with pytest.raises(ValidationError):
        post_with("ben", tips(words=b"b" * 41))
    post_with("ben", tips(words=b"b" * 40))


def test_leader_sees_how_much_room_is_taken(log_in: Any, cast: Any, post_with: Any) -> None:
    post_with("ben", tips(words=b"a" * 1_500_000))

    page = soup(log_in("anna").get(reverse("groupspace:working", args=[cast.space.pk])))

    assert "1,5 MB van 2,0 GB" in page.text


def test_waiting_file_is_thrown_away_after_a_day(cast: Any) -> None:
    take_in(tips(), cast.ben.pk)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert purge_storage()["waiting"] == 1


# Changing a post


def test_files_are_added_and_taken_out_when_a_post_is_changed(
    log_in: Any, url: Any, post_with: Any, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    post, ben = post_with("ben", tips("eerst.txt"), tips("blijft.txt")), log_in("ben")
    before = kept(place)
    page = soup(ben.get(url(f"bericht/{post.pk}/bewerk/")))
    out = {label.text.strip(): label.select_one("input")["value"] for label in page.select("label:has([name=removed])")}
    assert list(out) == ["eerst.txt", "blijft.txt"]

    sent = {
        **hidden(page),
        "body": "Kijk maar.",
        "removed": [out["eerst.txt"]],
        "unkept_attachments": [tips("nieuw.txt")],
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert ben.post(url(f"bericht/{post.pk}/bewerk/"), sent).status_code == 302

    post.refresh_from_db()
    assert list(post.attachments.values_list("upload__name", flat=True)) == ["blijft.txt", "nieuw.txt"]
    assert (post.attachment_count, post.edited_at is not None) == (2, True)
    assert len(kept(place)) == len(before)
    shown = soup(log_in("ellen").get(url(post.topic))).select(".gs-files__file")
    assert [link.text for link in shown] == ["blijft.txt", "nieuw.txt"]
    found = Entry.objects.get(part_id=post.pk).text
    assert "nieuw.txt" in found
    assert "eerst.txt" not in found


def test_a_changed_post_holds_no_more_files_than_a_new_one(
    log_in: Any, url: Any, post_with: Any, as_actor: Any
) -> None:
    post, ben = post_with("ben", *(tips(f"{number}.txt") for number in range(4))), log_in("ben")
    page = soup(ben.get(url(f"bericht/{post.pk}/bewerk/")))
    sent = {**hidden(page), "body": "Kijk maar.", "unkept_attachments": [tips("a.txt"), tips("b.txt")]}
    answer = soup(ben.post(url(f"bericht/{post.pk}/bewerk/"), sent), 422)
    assert "Er passen 5 bestanden bij." in answer.text
    assert post.attachments.count() == 4

    one = str(post.attachments.first().pk)
    again = {**hidden(answer), "body": "Kijk maar.", "removed": [one]}
    assert ben.post(url(f"bericht/{post.pk}/bewerk/"), again).status_code == 302
    assert post.attachments.count() == 5


def test_nobody_takes_files_out_of_anothers_post(log_in: Any, url: Any, post_with: Any, as_actor: Any) -> None:
    hers, mine = post_with("carla"), post_with("ben")
    theirs = hers.attachments.get().pk
    actions.edit_post(as_actor("ben"), mine, body=mine.body, removed=[theirs])
    with pytest.raises(PermissionDenied):
        actions.edit_post(as_actor("ben"), hers, body=hers.body, removed=[theirs])
    form = hidden(soup(log_in("ben").get(url(f"bericht/{mine.pk}/bewerk/"))))
    refused = log_in("ben").post(url(f"bericht/{mine.pk}/bewerk/"), {**form, "body": "x", "removed": [str(theirs)]})
    assert refused.status_code == 422
    assert hers.attachments.count() == 1
    mine.refresh_from_db()
    assert mine.edited_at is None


def test_files_are_added_to_a_post_only_by_who_may_share_files(
    cast: Any, as_actor: Any, post_with: Any, log_in: Any, url: Any
) -> None:
    post = post_with("ben")
    core.set_exceptions(as_actor("anna"), cast.members["ben"], {Permission.UPLOAD: False})
    given = [(take_in(tips(), cast.ben.pk), "")]
    with pytest.raises(PermissionDenied):
        actions.edit_post(as_actor("ben"), post, body=post.body, files=given)
    page = soup(log_in("ben").get(url(f"bericht/{post.pk}/bewerk/")))
    assert not page.select("[data-gs-chosen]")
    actions.edit_post(as_actor("ben"), post, body=post.body, removed=[post.attachments.get().pk])
    assert not Attachment.objects.exists()


# Put out while typing


def test_put_out_while_typing_one_reads_which_files_did_not_come_along(log_in, start, url, cast, as_actor):
    topic, ben = start("carla", title="Geheime titel"), log_in("ben")
    taken = take_in(tips("brief.txt"), cast.ben.pk)
    theirs = take_in(tips("van-een-ander.txt"), cast.carla.pk)
    form = hidden(soup(ben.get(url(topic)))) | {"body": "Mijn woorden", "files": f"{taken.pk} {theirs.pk}"}
    core.remove(as_actor("anna"), cast.members["ben"])

    answer = ben.post(url(topic, "reageer/"), form | {"unkept_files": [photo("strand.jpg"), tips("../../lijst.txt")]})
    without_words = ben.post(url(topic, "reageer/"), form | {"body": ""})
    of_nobody = ben.post(url(topic, "reageer/"), form | {"gs-ticket": "x"})

    page = soup(answer, 404).main
    assert page.textarea.text.strip() == "Mijn woorden"
    assert [one.text for one in page.select("ul li")] == ["brief.txt", "strand.jpg", "lijst.txt"]
    assert "Kies ze daar opnieuw" in page.text
    assert [one.text for one in soup(without_words, 404).main.select("ul li")] == ["brief.txt"]
    assert not soup(without_words, 404).main.textarea
    assert "brief.txt" not in of_nobody.content.decode()
    assert not any(secret in answer.content.decode() for secret in ("Geheime titel", cast.space.name, "van-een-ander"))
    assert not Attachment.objects.exists()
