"""Files as members meet them: who gets what, and who does not, at each request again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groupspace import actions as core
from groupspace.files import actions
from groupspace.files.models import File, FileVersion
from groupspace.models import Space
from groupspace.permissions import Permission
from groupspace.storage.models import Upload
from groupspace.stream.models import Happening
from tests.groupspace.files.conftest import bytes_of, photo, taken, text
from tests.groupspace.storage.conftest import kept
from tests.groupspace.storage.nasty import PAGE, picture
from tests.stood import stood

pytestmark = pytest.mark.django_db

SECRET = "Zevenmijlslaars"


def url(name: str, space: Any, *args: Any) -> str:
    return reverse(f"groupspace:bestanden:{name}", args=[space.pk, *args])


def downloads(file: File) -> list[str]:
    """Every address that gives bytes."""
    names = ("file-download", "file-thumbnail")
    found = [url(name, file.space, file.pk) for name in names]
    return [*found, *(url("version", file.space, version.pk) for version in file.versions.all())]


def form_of(browser: Client, address: str) -> dict[str, str]:
    """What the browser sends along without the person: token, ticket."""
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    form = page.select_one("main form[enctype]") or page.select_one("main form")
    return {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}


def uploaded(name: str = "strand.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


# Who gets the bytes


def test_members_get_the_bytes_and_nobody_else(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file = share(file=photo(), title=SECRET)

    for address in downloads(file):
        for who in ("ben", "anna", "carla", "ellen"):
            response = browser(who).get(address)
            assert response.status_code == 200
            assert bytes_of(response).startswith(b"\xff\xd8")
            assert "no-store" in response["Cache-Control"]
            assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        for who in ("dora", "frank", "pim", "editor", "operator"):
            assert browser(who).get(address).status_code == 404, who
        assert Client().get(address).status_code == 302


def test_removed_member_gets_nothing_at_the_next_request(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file, ben = share("anna", photo()), browser("ben")
    assert [ben.get(address).status_code for address in downloads(file)] == [200, 200, 200]

    core.remove(cast.actor("anna"), cast.members["ben"])

    assert [ben.get(address).status_code for address in downloads(file)] == [404, 404, 404]


@pytest.mark.parametrize(("audience", "readers"), [("facilitators", {"ben", "anna", "carla"}), ("self", {"ben"})])
def test_narrower_audience_holds_for_bytes_lists_and_counts(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client], audience: str, readers: set[str]
) -> None:
    folder = actions.create_folder(cast.actor("ellen"), cast.space, name="Foto's")
    file = share(file=photo(), title=SECRET, audience=audience, folder=folder)

    for who in ("ben", "anna", "carla", "ellen"):
        client, may = browser(who), who in readers
        assert {client.get(address).status_code for address in downloads(file)} == ({200} if may else {404})
        page = client.get(url("folder", cast.space, folder.pk)).content.decode()
        assert (SECRET in page) == may
        top = BeautifulSoup(client.get(url("list", cast.space)).content, "html.parser").select_one("main")
        assert ("1 bestand" in top.text) == may
        assert ("leeg" in top.text) == (not may)


def test_nothing_stands_where_a_web_server_shows_it(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client], place: Path
) -> None:
    share(file=photo())
    for path in kept(place):
        name = path.relative_to(place)
        for prefix in ("/media/", "/media/private/", "/static/", "/private/", "/_private/", "/documenten/"):
            assert browser("operator").get(f"{prefix}{name}").status_code in {404, 302, 301}


def test_version_of_another_space_is_not_found(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    frank = cast.actor("frank")
    theirs = actions.share_file(frank, cast.other, taken(frank), title=SECRET)
    version = theirs.versions.get()

    for who in ("ben", "frank"):
        assert browser(who).get(url("version", cast.space, version.pk)).status_code == 404
    folder = actions.create_folder(frank, cast.other, name=SECRET)
    for name in ("folder", "folder-rename", "folder-delete"):
        response = browser("ben").get(url(name, cast.space, folder.pk))
        assert response.status_code == 404
        assert SECRET not in response.content.decode()
    asked = browser("ben").get(url("upload", cast.space), {"map": str(folder.pk)})
    assert asked.status_code == 404


def test_file_that_was_taken_away_is_not_found(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file = share(file=photo())
    addresses = downloads(file)
    actions.delete_file(cast.actor("ben"), file)

    assert {browser("ben").get(address).status_code for address in addresses} == {404}


# Sharing through the form


def test_several_files_at_once(cast: Any, browser: Callable[[str], Client]) -> None:
    ben, address = browser("ben"), url("upload", cast.space)
    files = [uploaded(), uploaded("lijst.txt", b"een\ntwee\n")]
    hidden = form_of(ben, address)

    response = ben.post(address, {**hidden, "files": files, "description": "Van de uitstap", "audience": "space"})

    assert response.status_code == 302
    assert set(File.objects.values_list("title", "description")) == {
        ("strand", "Van de uitstap"),
        ("lijst", "Van de uitstap"),
    }
    page = ben.get(response["Location"]).content.decode()
    assert "Je deelde 2 bestanden." in page
    assert "gs-album" in page


def test_pressing_twice_shares_once(cast: Any, browser: Callable[[str], Client], place: Path) -> None:
    ben, address = browser("ben"), url("upload", cast.space)
    hidden = form_of(ben, address)

    answers = [ben.post(address, {**hidden, "files": [uploaded()], "audience": "space"}) for _time in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert File.objects.count() == 1
    assert Upload.objects.count() == 1


def test_refused_file_is_named_and_the_others_are_there(cast: Any, browser: Callable[[str], Client]) -> None:
    ben, address = browser("ben"), url("upload", cast.space)
    files = [uploaded(), uploaded("foto.jpg", PAGE), uploaded("leeg.txt", b"")]

    response = ben.post(address, {**form_of(ben, address), "files": files, "audience": "space"}, follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert File.objects.count() == 1
    assert "foto.jpg: Deze foto kunnen we niet openen." in page
    assert "leeg.txt: Dit bestand is leeg." in page


def test_when_nothing_can_be_taken_in_the_words_stay(cast: Any, browser: Callable[[str], Client]) -> None:
    ben, address = browser("ben"), url("upload", cast.space)
    data = {**form_of(ben, address), "files": [uploaded("<b>.jpg", PAGE)], "description": "Kijk", "audience": "space"}

    response = ben.post(address, data)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Kijk</textarea>" in page
    assert "<b>.jpg" not in page
    assert not File.objects.exists()


@pytest.mark.parametrize("data", [{}, {"files": ""}, {"audience": "iedereen"}, {"folder": "x"}, {"files": "tekst"}])
def test_odd_forms_get_sentences(cast: Any, browser: Callable[[str], Client], data: dict[str, str]) -> None:
    actions.create_folder(cast.actor("ben"), cast.space, name="Foto's")
    response = browser("ben").post(url("upload", cast.space), data)
    assert response.status_code == 422
    assert "Kies eerst een bestand." in response.content.decode()


def test_too_many_files_at_once_are_refused(cast: Any, browser: Callable[[str], Client]) -> None:
    files = [uploaded(f"{number}.txt", b"a") for number in range(11)]
    response = browser("ben").post(url("upload", cast.space), {"files": files, "audience": "space"})
    assert response.status_code == 422
    assert "hooguit 10" in response.content.decode()
    assert not Upload.objects.exists()


def test_extra_fields_change_nothing(cast: Any, browser: Callable[[str], Client]) -> None:
    ben, address = browser("ben"), url("upload", cast.space)
    extra = {"author": str(cast.members["anna"].pk), "space": str(cast.other.pk), "title": "x", "number": "9"}
    data = {**form_of(ben, address), "files": [uploaded()], "audience": "space", **extra}

    ben.post(address, data)

    file = File.objects.get()
    assert (file.author, file.space, file.number, file.title) == (cast.members["ben"], cast.space, 1, "strand")


def test_who_may_not_share_is_told_before_choosing(cast: Any, browser: Callable[[str], Client]) -> None:
    core.set_exceptions(cast.actor("anna"), cast.members["ben"], {Permission.UPLOAD: False})
    ben = browser("ben")

    assert ben.get(url("upload", cast.space)).status_code == 403
    assert ben.post(url("upload", cast.space), {"files": [uploaded()], "audience": "space"}).status_code == 403
    assert not Upload.objects.exists()
    assert "Deel bestanden" not in ben.get(url("list", cast.space)).content.decode()


def test_newer_version_through_the_form(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file, ben = share(file=text("oud"), title="Tips"), browser("ben")
    address = url("file-renew", cast.space, file.pk)
    data = {**form_of(ben, address), "files": uploaded("tips.txt", b"nieuw"), "note": "Twee erbij."}

    assert ben.post(address, data).status_code == 302

    page = ben.get(url("file", cast.space, file.pk)).content.decode()
    assert "Twee erbij." in page
    assert "1 oudere versie" in page
    assert bytes_of(ben.get(url("file-download", cast.space, file.pk))) == b"nieuw"
    old = FileVersion.objects.get(number=1)
    assert bytes_of(ben.get(url("version", cast.space, old.pk))) == b"oud"


def test_refused_version_says_why(cast: Any, share: Callable[..., File], browser: Callable[[str], Client]) -> None:
    file, ben = share(), browser("ben")
    response = ben.post(url("file-renew", cast.space, file.pk), {"files": uploaded("tips.exe", b"MZ")})
    assert response.status_code == 422
    assert "Deze soort bestand kan hier niet." in response.content.decode()


def test_rename_describe_and_move(cast: Any, share: Callable[..., File], browser: Callable[[str], Client]) -> None:
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="Lijsten")
    file, ben = share(), browser("ben")

    data = {"title": "Slaap\x07tips", "description": "Van vorige week", "folder": str(folder.pk)}
    address = url("file-edit", cast.space, file.pk)
    assert ben.post(address, {**stood(ben, address), **data}).status_code == 302

    file.refresh_from_db()
    assert (file.title, file.description, file.folder) == ("Slaaptips", "Van vorige week", folder)


def test_nobody_writes_over_a_description_unseen(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="Lijsten")
    file, ben = share(), browser("ben")
    address = url("file-edit", cast.space, file.pk)
    window = {"title": file.title, "description": file.description, "folder": "", **form_of(ben, address)}
    actions.change_file(cast.actor("carla"), file, title=file.title, description="Van Carla", folder=folder)

    refused = ben.post(address, {**window, "title": "Van Ben"})

    assert refused.status_code == 422
    words = BeautifulSoup(refused.content, "html.parser").main.get_text()
    assert "Nu staat hier: Van Carla" in words
    assert "Nu staat hier: Lijsten" in words
    file.refresh_from_db()
    assert (file.description, file.folder) == ("Van Carla", folder)
    chosen = {**window, "stood": BeautifulSoup(refused.content, "html.parser").select_one("[name=stood]")["value"]}
    assert ben.post(address, {**chosen, "title": "Van Ben"}).status_code == 302
    file.refresh_from_db()
    assert (file.title, file.description) == ("Van Ben", "")


def test_folders_through_their_forms(cast: Any, browser: Callable[[str], Client]) -> None:
    ben = browser("ben")
    made = ben.post(url("folder-create", cast.space), {"name": "Foto's"})
    inside = ben.post(url("folder-create", cast.space) + "?map=" + made["Location"].split("/")[-2], {"name": "2026"})
    assert "Foto&#x27;s" in ben.get(inside["Location"]).content.decode()

    assert ben.post(f"{made['Location']}naam/", {"name": ""}).status_code == 422
    assert ben.post(f"{made['Location']}naam/", {"name": "Kiekjes"}).status_code == 302
    assert browser("ellen").post(f"{made['Location']}weghalen/").status_code == 403
    assert ben.post(f"{made['Location']}weghalen/")["Location"] == url("list", cast.space)
    assert ben.get(inside["Location"]).status_code == 200


def test_list_pages_by_id(cast: Any, share: Callable[..., File], browser: Callable[[str], Client]) -> None:
    for number in range(32):
        share("ben" if number % 2 else "ellen", title=f"Bestand {number:02}")
    ben = browser("ben")

    first = BeautifulSoup(ben.get(url("list", cast.space)).content, "html.parser").select_one("main")
    second = ben.get(url("list", cast.space) + first.select_one("a[rel=next]")["href"]).content.decode()

    assert "Bestand 31" in first.text
    assert "Bestand 01" not in first.text
    assert "Bestand 01" in second
    for odd in ("x", "0", "%00"):
        assert ben.get(f"{url('list', cast.space)}?na={odd}").status_code == 404


# What it costs


def test_statements_do_not_grow_with_files_folders_and_versions(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    folder = actions.create_folder(cast.actor("ben"), cast.space, name="map 0")
    file, ben = share(file=photo(), folder=folder), browser("ben")
    addresses = [
        url("list", cast.space),
        url("folder", cast.space, folder.pk),
        url("file", cast.space, file.pk),
        url("upload", cast.space),
        *downloads(file)[:2],
    ]

    def count() -> list[int]:
        counts = []
        Happening.objects.update(spread_at=timezone.now())  # the worker told of it
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert ben.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    ben.get(addresses[0])
    few = count()
    for number in range(1, 12):
        actions.create_folder(cast.actor("ellen"), cast.space, name=f"map {number}")
        share("ellen", title=f"a {number}", folder=folder)
        share("ben", title=f"b {number}")
        actions.renew_file(cast.actor("anna"), file, taken(cast.actor("anna"), photo()))

    assert count() == few
    assert max(few) <= 12, few


def test_a_picture_opens_on_a_page_with_a_way_out_for_members_alone(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file = share(file=photo(), title=SECRET, description="Het strand.")
    version = url("version-picture", cast.space, file.versions.get().pk)
    pages = {url("file-picture", cast.space, file.pk): url("file-download", cast.space, file.pk)}
    pages[version] = url("version", cast.space, file.versions.get().pk)

    for address, bytes_at in pages.items():
        page = BeautifulSoup(browser("ben").get(address).content, "html.parser")
        picture_shown = page.select_one("main img")
        assert (picture_shown["src"], picture_shown["alt"]) == (bytes_at, "Het strand.")
        assert page.select_one("[data-gs-exit]")
        assert page.select_one("main a[download]")["href"] == bytes_at
        assert SECRET not in page.title.get_text()
        assert page.find("a", string="Terug")["href"] == url("file", cast.space, file.pk)
        for who in ("dora", "frank"):
            assert browser(who).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    links = BeautifulSoup(browser("ben").get(url("file", cast.space, file.pk)).content, "html.parser").select("main a")
    opened = {link["href"] for link in links if not link.has_attr("download")}
    assert url("file-picture", cast.space, file.pk) in opened
    assert url("file-download", cast.space, file.pk) not in opened


def test_what_is_no_picture_has_no_such_page(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    file = share(file=text(), title=SECRET)

    assert browser("ben").get(url("file-picture", cast.space, file.pk)).status_code == 404
    assert browser("ben").get(url("version-picture", cast.space, file.versions.get().pk)).status_code == 404


def large(file: File) -> str:
    return url("file-picture", file.space, file.pk)


def leafing(browser: Client, file: File) -> tuple[str, str]:
    """Where "Vorige" and "Volgende" on the page of a picture lead; empty for what is not there."""
    response = browser.get(large(file))
    assert response.status_code == 200, response.status_code
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("main h1#foto")
    links = [page.select_one(f"main nav a[rel={rel}]") for rel in ("prev", "next")]
    return links[0]["href"] if links[0] else "", links[1]["href"] if links[1] else ""


def test_one_leafs_through_the_pictures_of_a_folder_in_the_order_in_which_it_shows_them(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    folder = actions.create_folder(cast.actor("ellen"), cast.space, name="Zomer")
    loose = share(file=photo(), title="Los")
    for number in range(4):
        share(file=photo(), title=f"Foto {number}", folder=folder)
        share(file=text(), title=f"Tekst {number}", folder=folder)
    ben = browser("ben")
    shelf = url("folder", cast.space, folder.pk)
    album = BeautifulSoup(ben.get(shelf).content, "html.parser").select(".gs-album__link")
    shown = [f"{link['href']}groot/" for link in album]
    assert len(shown) == 4

    address, walked = shown[0], []
    while address:
        walked.append(address.removesuffix("#foto"))
        page = BeautifulSoup(ben.get(address).content, "html.parser")
        assert page.find("a", string="Naar alle foto’s")["href"] == shelf
        following = page.select_one("main a[rel=next]")
        address = following["href"] if following else ""

    assert walked == shown
    by_address = {large(file): file for file in File.objects.filter(is_image=True)}
    back = [leafing(ben, by_address[one])[0].removesuffix("#foto") for one in shown]
    assert back == ["", *shown[:-1]]
    assert leafing(ben, loose) == ("", "")
    page = BeautifulSoup(ben.get(large(loose)).content, "html.parser")
    assert page.find("a", string="Naar alle foto’s")["href"] == url("list", cast.space)
    version = by_address[shown[1]].versions.get()
    apart = BeautifulSoup(ben.get(url("version-picture", cast.space, version.pk)).content, "html.parser")
    assert not apart.select("main a[rel]")


def test_leafing_passes_over_pictures_one_may_not_see(
    cast: Any, share: Callable[..., File], browser: Callable[[str], Client]
) -> None:
    oldest = share("ellen", photo(), title="Oudste")
    narrow = [
        share("anna", photo(), title=SECRET, audience="facilitators"),
        share("anna", photo(), title=SECRET, audience="self"),
        share("anna", photo(), title=SECRET, later=timezone.now() + timedelta(days=1)),
        share("anna", photo(), title=SECRET),
        share("anna", photo(), title=SECRET),
    ]
    core.change_space(cast.actor("anna"), cast.space, approve_first=True)
    held = share("ben", photo(), title=SECRET)
    Space.objects.update(approve_first=False)
    cast.space.refresh_from_db()
    newest = share("ellen", photo(), title="Nieuwste")
    File.objects.filter(pk=narrow[3].pk).update(number=0)  # as erasure leaves it
    actions.delete_file(cast.actor("anna"), narrow[4])
    elsewhere = actions.share_file(cast.actor("frank"), cast.other, taken(cast.actor("frank"), photo()), title=SECRET)
    assert held.held_at

    ellen = browser("ellen")
    assert leafing(ellen, newest) == ("", f"{large(oldest)}#foto")
    assert leafing(ellen, oldest) == (f"{large(newest)}#foto", "")
    assert [ellen.get(large(file)).status_code for file in (*narrow, held, elsewhere)] == [404] * 7
    assert leafing(browser("ben"), newest) == ("", f"{large(held)}#foto")
    assert leafing(browser("carla"), held) == (f"{large(newest)}#foto", f"{large(narrow[0])}#foto")
    assert leafing(browser("carla"), narrow[0])[1] == f"{large(oldest)}#foto"
    assert leafing(browser("anna"), narrow[2]) == ("", "")  # it stands in no album before its moment


def test_an_album_costs_one_statement(cast: Any, share: Callable[..., File], browser: Callable[[str], Client]) -> None:
    folder = actions.create_folder(cast.actor("ellen"), cast.space, name="Zomer")
    for _number in range(3):
        file = share(file=photo(), folder=folder)
    ben = browser("ben")

    def count(address: str) -> int:
        ben.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert ben.get(address).status_code == 200
        return sum(one["sql"].startswith("SELECT") for one in queries.captured_queries)

    few = count(large(file))
    for _number in range(10):
        share(file=photo(), folder=folder)
    assert count(large(file)) == few
    actor = cast.actor("ben")
    with CaptureQueriesContext(connection) as queries:
        before, after = File.objects.pictures_around(actor, file)
    assert (len(queries), before is not None, after is not None) == (1, True, True)
