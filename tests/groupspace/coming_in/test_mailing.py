"""Inviting by a list: each a code of one's own by neutral mail, and no address is kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from groupspace import actions
from groupspace.coming_in.address_lists import decode, read_list
from groupspace.conf import Pace
from groupspace.models import Invitation
from groupspace.notify.delivery import deliver_due
from groupspace.notify.models import Mail
from tests.cast import Cast
from tests.groupspace.coming_in.storage import everything_stored
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db

KEY = "0190b0f0-0000-7000-8000-000000000001"


class TestLists:
    @pytest.mark.parametrize(
        ("text", "addresses"),
        [
            ("a@voorbeeld.nl\nb@voorbeeld.nl", ["a@voorbeeld.nl", "b@voorbeeld.nl"]),
            ("  a@voorbeeld.nl  \r\n\r\n", ["a@voorbeeld.nl"]),
            ("Jan de Vries <a@voorbeeld.nl>", ["a@voorbeeld.nl"]),
            ("a@voorbeeld.nl; b@voorbeeld.nl, ", ["a@voorbeeld.nl"]),  # a mixture: what can be read, and a wrong line
            ("a@voorbeeld.nl; b@voorbeeld.nl;c@voorbeeld.nl", ["a@voorbeeld.nl", "b@voorbeeld.nl", "c@voorbeeld.nl"]),
            ("naam;e-mail\nJan;a@voorbeeld.nl\n", ["a@voorbeeld.nl"]),
            ('"Vries, Jan de","a@voorbeeld.nl","06"', ["a@voorbeeld.nl"]),
            ("Jan\ta@voorbeeld.nl", ["a@voorbeeld.nl"]),
        ],
    )
    def test_are_read_as_people_have_them(self, text: str, addresses: list[str]) -> None:
        assert read_list(text).addresses == addresses

    def test_tell_which_lines_are_wrong_or_double(self) -> None:
        found = read_list("e-mail\na@voorbeeld.nl\ngeen adres\nA@VOORBEELD.nl\n\njan@\n")

        assert found.addresses == ["a@voorbeeld.nl"]
        assert found.wrong == [(3, "geen adres"), (6, "jan@")]
        assert found.doubles == [4]

    @pytest.mark.parametrize("evil", ["a@b.nl\nBcc: c@d.nl", "a@b.nl%0ABcc:c@d.nl", "a b@c.nl", "<script>@x.nl", '"@x'])
    def test_put_nothing_in_a_header(self, evil: str) -> None:
        assert all(re.fullmatch(r"[^\s<>%]+@[^\s<>%]+", address) for address in read_list(evil).addresses)

    def test_come_in_the_letters_of_old_spreadsheets(self) -> None:
        assert "é" in decode("Renée;r@voorbeeld.nl".encode("cp1252"))
        assert decode(b"\xef\xbb\xbfa@voorbeeld.nl") == "a@voorbeeld.nl"


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("groupspace:invitations-mail", args=[cast.space.pk])


@pytest.fixture
def anna(cast: Cast) -> Client:
    return logged_in(cast.anna, verified=True)


def test_each_gets_a_code_of_their_own_that_works_once(
    cast: Cast, anna: Client, address: str, mailoutbox: list[Any]
) -> None:
    list_ = "een@voorbeeld.nl\nkapot\ntwee@voorbeeld.nl\n"
    answer = anna.post(address, {"addresses": list_, "role": "participant", "key": KEY})

    page = BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
    assert "Er gaan 2 uitnodigingen de deur uit" in page
    assert "Regel 2: kapot" in page
    assert [mail.to for mail in mailoutbox] == [["een@voorbeeld.nl"], ["twee@voorbeeld.nl"]]
    codes = [re.search(r"/groep/uitnodiging/#([0-9A-Z-]{19})", mail.body)[1] for mail in mailoutbox]
    assert len(set(codes)) == 2
    invitation = actions.find_invitation(codes[0])
    assert (invitation.space, invitation.role, invitation.max_uses) == (cast.space, "participant", 1)
    actions.accept_invitation(cast.actor("dora"), invitation, display_name="Duif")
    assert actions.find_invitation(codes[0]) is None
    assert actions.find_invitation(codes[1]) is not None


def test_the_mail_says_nothing(cast: Cast, anna: Client, address: str, mailoutbox: list[Any]) -> None:
    anna.post(address, {"addresses": "een@voorbeeld.nl", "role": "participant", "key": KEY})

    mail = mailoutbox[0]
    sent = f"{mail.subject} {mail.body} {mail.from_email} {mail.message().as_string()}"
    for word in (
        "Rust in je hoofd",
        "Anna",
        "anna",
        "groep begeleid",
        cast.space.organisation.name,
        str(cast.space.pk),
    ):
        assert word not in sent.replace("/groep/uitnodiging/", "")


def test_addresses_are_kept_nowhere_after_the_mail(cast: Cast, anna: Client, address: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    locmem = {"TRANSPORT": "django.core.mail.backends.locmem.EmailBackend"}
    settings.GROUPSPACE = {**settings.GROUPSPACE, "NOTIFY": {**settings.GROUPSPACE.get("NOTIFY", {}), **locmem}}
    page = BeautifulSoup(anna.get(address).content, "html.parser")
    data = {field["name"]: field.get("value", "") for field in page.select("main form input[type=hidden]")}
    assert not [name for name in data if name.startswith("gs-")]  # no draft, and nothing sealed
    data |= {"addresses": "bewaarmeniet@voorbeeld.nl", "role": "participant"}

    Client().post(address, data)  # after a lost log-in
    assert "bewaarmeniet" not in everything_stored()
    anna.post(address, data)
    assert Mail.objects.filter(recipient="bewaarmeniet@voorbeeld.nl").exists()  # it would be found
    assert deliver_due() == 1

    assert "bewaarmeniet" not in everything_stored()
    assert "bewaarmeniet" not in str(dict(anna.session))


def test_a_file_works_as_well_and_others_are_refused(
    cast: Cast, anna: Client, address: str, mailoutbox: list[Any]
) -> None:
    def send(name: str, raw: bytes, number: int) -> Any:
        file = SimpleUploadedFile(name, raw)
        return anna.post(address, {"file": file, "role": "participant", "key": f"{KEY[:-2]}{number:02}"})

    assert (
        "2 uitnodigingen"
        in send("leden.csv", b"naam;mail\nJan;a@voorbeeld.nl\nPiet;b@voorbeeld.nl", 1).content.decode()
    )
    for number, raw in enumerate((b"PK\x03\x04\0\0xlsx", b"a@voorbeeld.nl\n" * 20_000, b"", b"\xff\xfe"), start=2):
        assert send("leden.csv", raw, number).status_code == 422
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("addresses", ["", "geen adres", "\n".join(f"p{n}@voorbeeld.nl" for n in range(101))])
def test_none_and_very_many_are_refused(anna: Client, address: str, addresses: str, mailoutbox: list[Any]) -> None:
    answer = anna.post(address, {"addresses": addresses, "role": "participant", "key": KEY})

    assert (answer.status_code, mailoutbox) == (422, [])
    assert not Invitation.objects.filter(label__startswith="Per mail").exists()


def test_the_same_form_twice_mails_once(anna: Client, address: str, mailoutbox: list[Any]) -> None:
    for _round in range(2):
        anna.post(address, {"addresses": "een@voorbeeld.nl", "role": "participant", "key": KEY})

    assert len(mailoutbox) == 1


def test_too_many_in_a_day_mails_nobody(cast: Cast, anna: Client, address: str, settings: Any, mailoutbox: Any) -> None:
    settings.GROUPSPACE = {**settings.GROUPSPACE, "INVITATION_MAILS": Pace(times=2, within=timedelta(days=1))}

    answer = anna.post(
        address, {"addresses": "a@voorbeeld.nl\nb@voorbeeld.nl\nc@voorbeeld.nl", "role": "participant", "key": KEY}
    )

    assert answer.status_code == 422
    assert not Invitation.objects.filter(label__startswith="Per mail").exists()


@pytest.mark.parametrize("who", ["ben", "ellen", "dora", "frank", "operator"])
def test_only_who_manages_members_mails(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.invite_by_mail(cast.actor(who), cast.space, ["a@voorbeeld.nl"], role="participant")


def test_nobody_gives_a_role_they_may_not_give(cast: Cast, address: str, mailoutbox: list[Any]) -> None:
    carla = logged_in(cast.carla, verified=True)

    answer = carla.post(address, {"addresses": "a@voorbeeld.nl", "role": "facilitator", "key": KEY})

    assert (answer.status_code, mailoutbox) == (422, [])


def test_who_invites_reads_the_mail_beforehand(cast: Cast, anna: Client, address: str, mailoutbox: list[Any]) -> None:
    shown = BeautifulSoup(anna.get(address).content, "html.parser").select_one("main details").get_text("\n")
    anna.post(address, {"addresses": "een@voorbeeld.nl", "role": "participant", "key": KEY})

    mail = mailoutbox[0]
    assert mail.subject in shown
    assert mail.from_email in shown
    for paragraph in filter(None, mail.body.split("\n")):
        assert paragraph.partition("#")[0] in shown
