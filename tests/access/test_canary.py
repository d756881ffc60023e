"""Unique strings in every private field; none of them may ever reach someone who has no right to it.

Outsiders of every sort ask for thousands of addresses, taken from pages of members, changed at random, with odd
parameters and headers. Bodies, headers, redirects, mail, logs, search and caches are searched for the strings in
the forms in which they could leak.
"""

from __future__ import annotations

import base64
import html
import itertools
import logging
import random
import re
from datetime import timedelta
from email import message_from_string
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from groupspace import actions
from groupspace.comments.actions import add_comment, edit_comment
from groupspace.files import actions as files
from groupspace.files.models import FileComment
from groupspace.folds import set_muted_words
from groupspace.forum import actions as forum
from groupspace.forum import follows as follow
from groupspace.forum.folds import set_note
from groupspace.forum.scheduled import prepare
from groupspace.kinds import all_kinds, kinds_in
from groupspace.models import Membership, Space
from groupspace.notices import actions as notices
from groupspace.notices.models import Delivery, Notice
from groupspace.notices.sending import mailing
from groupspace.notices.telling import spread
from groupspace.notify import delivery
from groupspace.notify.models import Mail
from groupspace.polls import actions as polls
from groupspace.storage.keeping import take_in
from groupspace.text import drafts
from groupspace.text.sanitiser import from_plain
from groupspace.text.ticket import Ticket
from tests.access.test_matrix import cms_addresses
from tests.cast import Cast, make_user, unverified
from tests.counts import count
from tests.knowledgebase.news.pages import make_agenda, make_news_index, make_whats_new
from tests.logged_in import logged_in

pytestmark = [pytest.mark.canary, pytest.mark.django_db]

_numbers = itertools.count(1000)


def canary(field: str) -> str:
    """A string that occurs nowhere else, for one field."""
    return f"Kanarie{field}{next(_numbers)}"


def disguises(secret: str) -> set[str]:
    """The forms in which a string could leak."""
    return {
        secret,
        secret.lower(),
        quote(secret),
        html.escape(secret),
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
        secret.encode("utf-16-le").hex(),
        secret.encode().hex(),
    }


class Nest:
    """A hidden group with a canary in each of its private fields, filled through the real actions."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        names = ("name", "summary", "about", "welcome", "theme", "question", "topic", "body", "reply", "asker")
        names += ("answer", "label", "nickname", "nickname2", "draft", "lonely", "rules", "protocol", "note")
        names += (
            "held",
            "later",
            "later_body",
            "told",
            "tell",
            "muted",
            "warned",
            "edited",
            "file",
            "file_text",
            "comment",
            "comment_before",
        )
        names += ("poll", "option", "lonely_body", "warning")
        names += tuple(kind.slug for kind in all_kinds())
        self.secret = {name: canary(name) for name in names}
        space = cast.space
        self.fill(space)
        self.space = Space.objects.get(pk=space.pk)
        self.forms = {form for secret in self.secret.values() for form in disguises(secret)}
        self.pattern = re.compile("|".join(re.escape(form) for form in sorted(self.forms)), re.IGNORECASE)

    def fill(self, space: Space) -> None:
        cast, s = self.cast, self.secret
        anna, ben = cast.actor("anna"), cast.actor("ben")
        fields = {name: s[name] for name in ("name", "summary", "about", "welcome", "theme")}
        # Listed for a moment, so that someone can ask to join; hidden from then on.
        actions.change_space(anna, space, visibility="listed", questions=[s["question"]], **fields)
        stranger = unverified(make_user())
        self.request = actions.request_to_join(
            stranger, space, display_name=s["asker"], answers=[(s["question"], s["answer"])]
        )
        actions.note_request(anna, self.request, note=s["note"])
        actions.change_space(anna, space, visibility="hidden")
        Space.objects.filter(pk=space.pk).update(house_rules=s["rules"])
        fields = ("contact", "location", "anonymous", "outside_hours")
        actions.write_crisis_protocol(anna, space, phone="0800-2000", **dict.fromkeys(fields, s["protocol"]))
        actions.rename_self(ben, space, display_name=s["nickname"])
        actions.rename_self(cast.actor("carla"), space, display_name=s["nickname2"])
        self.invitation, self.code = actions.invite(anna, space, role="participant", label=s["label"])
        self.secret["code"] = self.code
        self.post = forum.start_topic(ben, space, title=s["topic"], body=from_plain(s["body"]))
        self.reply = forum.reply(cast.actor("carla"), self.post.topic, body=from_plain(s["reply"]))

        for kind in kinds_in(space):  # a new kind is looked after from its first day
            kind.make_example(Membership.objects.get(space=space, user=cast.ben), s[kind.slug])
        self.fill_more(space)
        self.hold(space)

    def fill_more(self, space: Space) -> None:
        """What stands in no list at first sight: kept for later, for some, for oneself, in a file, under an item."""
        anna, ben, carla, s = (*map(self.cast.actor, ("anna", "ben", "carla")), self.secret)
        forum.start_topic(anna, space, title=s["lonely"], body=from_plain(s["lonely_body"]), audience="facilitators")
        later = timezone.now() + timedelta(days=3)
        prepare(
            anna,
            space,
            title=s["later"],
            body=from_plain(s["later_body"]),
            sort="conversation",
            audience="space",
            at=later,
        )
        ticket = Ticket(str(self.cast.ben.pk), f"/groep/{space.pk}/gesprekken/", "reply", str(self.post.topic_id))
        drafts.save(ticket, {"body": s["draft"]}, 0)
        set_muted_words(ben, space, [s["muted"]])
        warned = forum.reply(carla, self.post.topic, body=from_plain(s["warned"]))
        set_note(anna, warned, s["warning"])
        changed = forum.reply(carla, self.post.topic, body=from_plain(s["edited"]))
        forum.edit_post(carla, changed, body=from_plain("Toch anders."))
        actions.change_space(anna, space, profile_fields=["Waar hou je van?"])
        field = space.profile_fields.get()
        actions.arrange_own_place(
            ben, space, is_listed=True, quiet_until=None, profile={field.pk: (s["told"], "space")}
        )
        text = take_in(ContentFile(s["file_text"].encode(), name=f"{s['file']}.txt"), self.cast.ben.pk)
        self.file = files.share_file(ben, space, text, description=s["file"])
        add_comment(carla, FileComment, self.file, body=from_plain(s["comment"]))
        changed = add_comment(carla, FileComment, self.file, body=from_plain(s["comment_before"]))
        edit_comment(carla, changed, body=from_plain("Toch anders."))
        asked = polls.ask(ben, space, question=s["poll"], options=[s["option"], "Nee"])
        polls.vote(carla, asked, options=[asked.options.first().pk])

    def hold(self, space: Space) -> None:
        """From here on somebody reads first."""
        actions.change_space(self.cast.actor("anna"), space, approve_first=True)
        forum.reply(self.cast.actor("ben"), self.post.topic, body=from_plain(self.secret["held"]))

    def leaks_in(self, *texts: str) -> set[str]:
        return {match.group() for text in texts for match in self.pattern.finditer(text)}


@pytest.fixture
def nest(cast: Cast) -> Nest:
    return Nest(cast)


@pytest.fixture
def outsiders(nest: Nest) -> dict[str, Client]:
    """Everyone who has no business in the group."""
    cast = nest.cast
    removed = make_user()
    membership = actions.accept_invitation(
        unverified(removed),
        actions.invite(cast.actor("anna"), nest.space, role="participant")[0],
        display_name="Kort",
    )
    # Wrote and followed, and so a row of theirs stands under what others wrote.
    follow.set_level(unverified(removed), nest.post.topic, "follow")
    add_comment(unverified(removed), FileComment, nest.file, body=from_plain("Ook van mij."))
    before = logged_in(removed)
    before.get(reverse("groupspace:space", args=[nest.space.pk]))
    actions.remove(cast.actor("anna"), membership)
    return {
        "visitor": Client(),
        "client without a group": logged_in(cast.dora),
        "removed member, still logged in": before,
        "facilitator of another group": logged_in(cast.frank, verified=True),
        "professional": logged_in(cast.pim, verified=True),
        "operator": logged_in(cast.operator, verified=True),
        "operator without the second step": logged_in(make_user(is_superuser=True)),
    }


def member_addresses(nest: Nest) -> list[str]:
    """All addresses of the group that a facilitator finds by following links and forms."""
    leader = logged_in(nest.cast.anna, verified=True)
    todo, found = [reverse("groupspace:space", args=[nest.space.pk])], []
    while todo:
        url = todo.pop()
        if url in found:
            continue
        found.append(url)
        page = body(leader.get(url))
        links = re.findall(r'(?:href|action|hx-get|hx-post)="([^"#]+)', page)
        todo += [html.unescape(link) for link in links if f"/{nest.space.pk}/" in link]
    return found


#: What Wagtail's own pages for staff fail over: a word where a number belongs, a form sent to a chooser that has none.
#: By sort: what it says, and a part of the address at which it happens.
FAULTS_OF_WAGTAIL = {
    ValueError: ("expected a number", "/cms/"),
    AttributeError: ("'NoneType' object has no attribute 'is_valid'", "/cms/snippets/choose/"),
}


def is_wagtails_own_fault(response: Any, url: str) -> bool:
    """Whether one of Wagtail's own pages for staff failed in a way that is known of it."""
    view = resolve(url.partition("?")[0]).func
    module = getattr(view, "view_class", view).__module__
    fault = response.exc_info[1]
    said, where = FAULTS_OF_WAGTAIL.get(type(fault), ("", "/nowhere/"))
    return module.startswith("wagtail.") and said in str(fault) and where in url


def body(response: Any) -> str:
    """The text of an answer, also of a file that is sent in pieces."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def whole(response: Any) -> str:
    """Everything one gets to see of an answer."""
    return "\n".join([*(f"{k}: {v}" for k, v in response.headers.items()), body(response)])


def test_the_search_can_find_something(nest: Nest) -> None:
    """The control: a member does get the strings, so a leak would show."""
    page = whole(logged_in(nest.cast.ben).get(reverse("groupspace:space", args=[nest.space.pk])))

    assert {nest.secret["name"], nest.secret["welcome"], nest.secret["topic"]} <= nest.leaks_in(page)


def test_outsiders_never_get_a_private_string(
    nest: Nest, outsiders: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for browser in outsiders.values():
        browser.raise_request_exception = False  # the page of an error is looked through as well
    chance = random.Random(20261122)  # noqa: S311  the same requests in every run
    ours = member_addresses(nest)
    assert len(ours) > 15
    public = [
        "/",
        "/zoeken/",
        "/groep/",
        "/groep/uitnodiging/",
        "/sitemap.xml",
        "/account/",
        "/account/sessies/",
        "/weg/hulp-nu/",
    ]
    cms = cms_addresses()
    words = list(nest.secret.values())
    for _number in range(count(600, 10_000)):
        who = chance.choice(list(outsiders))
        url = chance.choice(chance.choice([ours, ours, public, cms]))
        if chance.random() < 0.3:
            url = chance.choice(
                [url.rstrip("/"), url.upper(), url + "?page=2", url + "..;/", url.replace("/", "//", 1)]
            )
        given = dict(chance.sample([("next", ours[0]), ("page", "1"), ("format", "json"), ("order", "name")], 2))
        headers = chance.choice(
            [{}, {"HX-Request": "true"}, {"Accept": "application/json"}, {"X-HTTP-Method-Override": "GET"}]
        )
        method = chance.choice(["get", "get", "get", "post", "head", "options"])
        with transaction.atomic():
            response = getattr(outsiders[who], method)(url, given, headers=headers)
            transaction.set_rollback(True)
        assert response.status_code < 500 or is_wagtails_own_fault(response, url), (who, method, url)
        # What the asker typed may come back; here nobody types a secret.
        assert nest.leaks_in(whole(response)) == set(), (who, method, url)
    for word in words:
        page = outsiders["operator"].get("/zoeken/", {"q": word})
        assert nest.leaks_in(whole(page).replace(word, "")) == set()
    assert nest.leaks_in(caplog.text) == set()
    assert nest.leaks_in(*(f"{m.subject}{m.body}{m.from_email}" for m in mail.outbox)) == set()


#: What everybody may ask for themselves, or anybody may ask: answered per person, and never with words of this group.
OWN = ("groupspace:mine", "groupspace:stream:mine", "groupspace:notices:list", "groupspace:forums", "own_data")
FEEDS = ("/nieuws/feed/", "/wat-is-nieuw/feed/", "/agenda/kalender/", "/sitemap.xml")


def test_what_outsiders_are_given_of_their_own_holds_nothing_of_the_group(
    nest: Nest, outsiders: dict[str, Client]
) -> None:
    make_news_index(), make_agenda(), make_whats_new()
    for who, browser in outsiders.items():
        for name in OWN:
            assert nest.leaks_in(whole(browser.get(reverse(name), follow=True))) == set(), (who, name)
        assert nest.leaks_in(whole(browser.post(reverse("own_data")))) == set(), (who, "the file of one's own data")
        for address in FEEDS:
            answer = browser.get(address)
            assert answer.status_code == 200 or who.endswith("second step"), address
            assert nest.leaks_in(whole(answer)) == set(), (who, address)


def test_who_asked_to_join_is_given_back_what_they_typed_alone(nest: Nest) -> None:
    asker = logged_in(nest.request.user)
    own = {form for name in ("asker", "answer", "question") for form in disguises(nest.secret[name])}
    for name in OWN:
        assert nest.leaks_in(whole(asker.get(reverse(name)))) - own == set(), name
    given = whole(asker.post(reverse("own_data")))
    assert nest.secret["answer"] in given
    assert nest.leaks_in(given) - own == set()


@pytest.mark.parametrize("page", ["groupspace:search", "/zoeken/", "/cms/pages/search/"])
def test_searching_for_a_secret_finds_nothing_outside(nest: Nest, outsiders: dict[str, Client], page: str) -> None:
    url = page if page.startswith("/") else reverse(page)
    for who, browser in outsiders.items():
        for name, word in nest.secret.items():
            answer = browser.get(url, {"q": word, "groep": str(nest.space.pk)}, follow=True)
            # What was typed comes back in the field, in the address and in "nothing was found for"; nothing else may.
            text = whole(answer).replace(quote(word), "").replace(html.escape(word), "")
            assert nest.leaks_in(text) == set(), (who, name)
            assert f"/groep/{nest.space.pk}/" not in text, (who, name)


def test_members_do_find_them(nest: Nest) -> None:
    """The control of the test above: the words are in the index, and each finds what each may read."""
    url, s = reverse("groupspace:search"), nest.secret

    def finds(who: str, name: str) -> bool:
        browser = logged_in(getattr(nest.cast, who), verified=who in {"anna", "carla"})
        return f"/groep/{nest.space.pk}/" in body(browser.get(url, {"q": s[name]})).split("<main", 1)[-1]

    open_to_all = ("topic", "body", "reply", "file", "poll", "comment", *(kind.slug for kind in all_kinds()))
    assert [name for name in open_to_all if not finds("ben", name)] == []
    assert (finds("anna", "lonely"), finds("ben", "lonely")) == (True, False)
    assert not any(finds("ben", name) for name in ("later", "later_body", "draft", "muted", "told"))


@pytest.fixture
def addresses(nest: Nest, outsiders: dict[str, Client], settings: Any) -> dict[str, str]:
    """Everybody has an address, and wants mail at once at any hour; by address the name."""
    settings.EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
    locmem = {"TRANSPORT": "django.core.mail.backends.locmem.EmailBackend"}
    settings.GROUPSPACE = {**settings.GROUPSPACE, "NOTIFY": {**settings.GROUPSPACE.get("NOTIFY", {}), **locmem}}
    for user in get_user_model().objects.all():
        user.email = f"{user.get_username()}@example.org"
        user.save(update_fields=["email"])
        Delivery.objects.update_or_create(user=user, defaults={"mail": "now", "quiet_from": 0, "quiet_to": 0})
    return {user.email: user.get_username() for user in get_user_model().objects.all()}


def test_mail_that_was_really_spread_and_sent_holds_no_secret_and_goes_to_members_alone(
    nest: Nest, addresses: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna = nest.cast.actor("anna")
    notices.announce(anna, nest.space, nest.post.topic)
    actions.invite_by_mail(anna, nest.space, ["genodigd@example.org"], role="participant")
    actions.admit(anna, nest.request)
    outside = {"frank", "pim", "editor", "operator", "dora"}

    with time_machine.travel(timezone.now() + timedelta(minutes=30), tick=False):
        assert spread.spread()
        assert mailing.send_due()
        waiting = [(mail_.recipient, bytes(mail_.content).decode()) for mail_ in Mail.objects.all()]
        assert delivery.deliver_due() == len(waiting) > 4

    assert Notice.objects.exists()
    assert {addresses.get(address, address) for address, _text in waiting} & outside == set()
    assert {"ben@example.org", "ellen@example.org", "genodigd@example.org"} <= {address for address, _text in waiting}
    assert len(mail.outbox) == len(waiting)
    sent = [message.message().as_bytes().decode() for message in mail.outbox]
    parts = [message_from_string(one) for one in sent]
    texts = [part.get_payload(decode=True).decode(errors="replace") for part in parts]
    assert nest.leaks_in(*sent, *texts, *(text for _address, text in waiting)) - {nest.secret["code"]} == set()
    assert not any(str(nest.space.pk) in text for text in (*sent, *texts))
    assert nest.leaks_in(caplog.text) == set()


def test_pages_of_members_are_not_kept_anywhere(nest: Nest) -> None:
    member = logged_in(nest.cast.ben)
    for url in (reverse("groupspace:space", args=[nest.space.pk]), f"/groep/{nest.space.pk}/gesprekken/", "/groep/"):
        assert "no-store" in member.get(url)["Cache-Control"]

    kept = "".join(repr(value) for value in getattr(cache, "_cache", {}).values())
    assert nest.leaks_in(kept) == set()


def test_titles_of_private_pages_tell_nothing(nest: Nest) -> None:
    leader = logged_in(nest.cast.anna, verified=True)
    for url in member_addresses(nest):
        response = leader.get(url)
        if response.get("Content-Disposition"):
            continue  # a file, with the name its owner gave it
        titles = re.findall(r"<title>(.*?)</title>", body(response), re.DOTALL)
        assert len(titles) == 1 or response.status_code in {302, 405}, url
        assert nest.leaks_in(*titles) == set(), url


def test_only_their_own_tables_hold_what_people_wrote(nest: Nest) -> None:
    """The strings stand in the columns that are meant for them, and nowhere else in the database."""
    from django.apps import apps

    meant = {
        "groupspace.CrisisProtocol",
        "groupspace.Space",
        "groupspace.JoinQuestion",
        "groupspace.JoinRequest",
        "groupspace.Membership",
        "groupspace.MutedWords",
        "groupspace.Invitation",
        "groupspace.ProfileAnswer",
        "groupspace_search.Entry",
        "groupspace_storage.Upload",
        "groupspace_text.Draft",
    }
    kinds = {kind.model._meta.app_label for kind in all_kinds()}
    for model in apps.get_models():
        if model._meta.label in meant or model._meta.app_label in kinds or not model._meta.managed:
            continue
        rows = "".join(repr(row) for row in model._default_manager.values_list())
        assert nest.leaks_in(rows) == set(), model._meta.label


def test_codes_of_invitations_are_stored_nowhere(nest: Nest) -> None:
    from groupspace.models import Invitation

    code = nest.code.replace("-", "")
    assert not any(code in repr(row) or nest.code in repr(row) for row in Invitation.objects.values_list())
