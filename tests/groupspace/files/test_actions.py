"""What happens to files and folders, and what stays when somebody's data are erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from groupspace import actions as core
from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment
from groupspace.files import actions
from groupspace.files.folders import Tree
from groupspace.files.kind import FileKind
from groupspace.files.models import File, FileComment, FileVersion, Folder
from groupspace.permissions import Permission
from groupspace.storage.models import Upload
from groupspace.stream.models import Happening
from tests.groupspace.files.conftest import photo, taken, text
from tests.groupspace.storage.conftest import kept

pytestmark = pytest.mark.django_db


def happened(space: Any) -> list[str]:
    return list(Happening.objects.filter(space=space).order_by("id").values_list("verb", flat=True))


# Sharing


def test_shared_file_carries_its_own_name_and_no_account(cast: Any, share: Callable[..., File]) -> None:
    file = share(file=photo("Op het strand.jpg"))

    assert (file.title, file.number, file.is_image, file.extension) == ("Op het strand", 1, True, "jpg")
    upload = file.versions.get().upload
    assert (upload.attached, upload.owner_id) == (True, "")
    assert happened(cast.space) == ["shared"]


def test_without_the_permission_nothing_is_shared(cast: Any) -> None:
    ben = cast.members["ben"]
    core.set_exceptions(cast.actor("anna"), ben, {Permission.UPLOAD: False})
    actor = cast.actor("ben")

    with pytest.raises(PermissionDenied):
        actions.share_file(actor, cast.space, taken(actor))
    with pytest.raises(PermissionDenied):
        actions.create_folder(actor, cast.space, name="Foto's")
    assert not File.objects.exists()


def test_outsider_shares_nothing(cast: Any) -> None:
    for who in ("dora", "frank", "operator"):
        with pytest.raises(PermissionDenied):
            actions.share_file(cast.actor(who), cast.space, taken(cast.actor(who)))


def test_folder_of_another_space_is_refused(cast: Any, share: Callable[..., File]) -> None:
    elsewhere = actions.create_folder(cast.actor("frank"), cast.other, name="Van ons")

    with pytest.raises(ValidationError, match="Kies een andere"):
        share(folder=elsewhere)
    file = share()
    with pytest.raises(ValidationError, match="Kies een andere"):
        actions.change_file(cast.actor("ben"), file, title="a", description="", folder=elsewhere)


def test_upload_is_given_once(cast: Any) -> None:
    actor = cast.actor("ben")
    upload = taken(actor)
    actions.share_file(actor, cast.space, upload)

    with pytest.raises(ValidationError, match="Kies het nog een keer"):
        actions.share_file(actor, cast.space, upload)
    assert File.objects.count() == 1


# Versions


def test_newer_version_shows_and_the_older_stays(cast: Any, share: Callable[..., File]) -> None:
    file = share(file=text("oud"))

    actions.renew_file(cast.actor("ellen"), file, taken(cast.actor("ellen"), photo()), note="nu met foto")

    file.refresh_from_db()
    assert (file.number, file.is_image, file.extension) == (2, True, "jpg")
    assert [version.number for version in file.versions.order_by("number")] == [1, 2]
    assert happened(cast.space) == ["shared", "renewed"]


# Changing and taking away


def test_only_author_and_moderator_change_or_take_away(cast: Any, share: Callable[..., File]) -> None:
    file = share()
    core.set_exceptions(cast.actor("anna"), cast.members["ellen"], {Permission.MODERATE: False})

    with pytest.raises(PermissionDenied):
        actions.change_file(cast.actor("ellen"), file, title="a", description="", folder=None)
    with pytest.raises(PermissionDenied):
        actions.delete_file(cast.actor("ellen"), file)
    actions.change_file(cast.actor("carla"), file, title="Slaaptips", description="", folder=None)
    assert File.objects.get().title == "Slaaptips"


def test_file_goes_with_its_bytes_and_what_happened(
    cast: Any, share: Callable[..., File], place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = share(file=photo())
    assert len(kept(place)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_file(cast.actor("anna"), file)

    assert kept(place) == []
    assert not Upload.objects.exists()
    assert happened(cast.space) == []
    entry = Entry.objects.filter(event="file.removed").get()
    assert "strand" not in str(vars(entry))


# Folders


def test_folders_stand_four_deep_at_most(cast: Any) -> None:
    parent = None
    for name in ("een", "twee", "drie", "vier"):
        parent = actions.create_folder(cast.actor("ben"), cast.space, name=name, parent=parent)

    with pytest.raises(ValidationError, match="Dieper dan 4"):
        actions.create_folder(cast.actor("ben"), cast.space, name="vijf", parent=parent)
    assert [label for _pk, label in Tree(cast.space.pk).choices()][-1] == "een › twee › drie › vier"


def test_two_folders_in_one_place_have_two_names(cast: Any) -> None:
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="Foto's")
    other = actions.create_folder(cast.actor("ben"), cast.space, name="Lijsten")

    with pytest.raises(ValidationError, match="andere naam"):
        actions.create_folder(cast.actor("ben"), cast.space, name="foto's")
    with pytest.raises(ValidationError, match="andere naam"):
        actions.rename_folder(cast.actor("ben"), other, name="FOTO'S")
    actions.rename_folder(cast.actor("ben"), folder, name="FOTO'S")
    actions.create_folder(cast.actor("ben"), cast.space, name="foto's", parent=folder)


def test_there_is_an_end_to_folders(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "MOST_FOLDERS", 1)
    actions.create_folder(cast.actor("ben"), cast.space, name="een")
    with pytest.raises(ValidationError, match="heel veel mappen"):
        actions.create_folder(cast.actor("ben"), cast.space, name="twee")


def test_what_stands_in_a_folder_stays_when_it_goes(cast: Any, share: Callable[..., File]) -> None:
    above = actions.create_folder(cast.actor("ben"), cast.space, name="boven")
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="midden", parent=above)
    under = actions.create_folder(cast.actor("ben"), cast.space, name="onder", parent=folder)
    file = share(folder=folder)

    actions.delete_folder(cast.actor("ben"), folder)

    file.refresh_from_db()
    under.refresh_from_db()
    assert (file.folder, under.parent) == (above, above)


# Erasing


def test_erasing_takes_bytes_and_leaves_what_others_wrote(
    cast: Any, share: Callable[..., File], place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    alone, talked = share(title="Alleen"), share(title="Besproken")
    add_comment(cast.actor("ellen"), FileComment, talked, body="<p>Mooi.</p>")
    hers = share("ellen", text("van haar"), title="Van Ellen")
    actions.renew_file(cast.actor("ben"), hers, taken(cast.actor("ben"), text("van ben")), note="beter")
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="Map van Ben")
    assert len(kept(place)) == 4

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_member(cast.members["ben"]) > 0

    assert not File.objects.filter(pk=alone.pk).exists()
    talked.refresh_from_db()
    assert (talked.title, talked.number, talked.label) == ("", 0, "Bestand zonder titel")
    assert talked.comments.get().body
    hers.refresh_from_db()
    assert (hers.title, hers.number) == ("Van Ellen", 1)
    assert len(kept(place)) == 1
    assert Folder.objects.get(pk=folder.pk).label == "Map zonder naam"
    assert not FileVersion.objects.filter(author=cast.members["ben"]).exists()
    assert FileKind().export(cast.members["ben"]) == []
    assert actions.erase_member(cast.members["ben"]) == 0


def test_numbers_go_on_after_a_version_was_erased(cast: Any, share: Callable[..., File]) -> None:
    file = share("ellen", title="Van Ellen")
    actions.renew_file(cast.actor("ben"), file, taken(cast.actor("ben")))
    actions.erase_member(cast.members["ellen"])

    actions.renew_file(cast.actor("ben"), File.objects.get(pk=file.pk), taken(cast.actor("ben")))

    assert list(file.versions.order_by("number").values_list("number", flat=True)) == [2, 3]
