"""The cast with everything that can stand in an address, and a browser for each."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from groupspace import actions
from groupspace.comments.actions import add_comment
from groupspace.files import actions as files
from groupspace.files.models import FileComment
from groupspace.forum import actions as forum
from groupspace.forum.models import Post
from groupspace.forum.scheduled import prepare
from groupspace.links import actions as links
from groupspace.links.models import LinkComment
from groupspace.models import Space
from groupspace.pages import actions as pages
from groupspace.pages.models import PageComment
from groupspace.polls import actions as polls
from groupspace.polls.models import PollComment
from groupspace.storage.keeping import take_in
from groupspace.storage.models import Upload
from groupspace.text.sanitiser import from_plain
from tests.access.table import EVERYONE
from tests.cast import Cast, add_member, make_user, unverified, verified
from tests.logged_in import logged_in

WITH_SECOND_STEP = frozenset({"anna", "carla", "frank", "pim", "editor", "operator"})


@pytest.fixture
def world(cast: Cast) -> Any:
    """Two spaces that hold one of everything, and someone who was taken out of the first."""
    removed = make_user("removed")
    actions.remove(cast.actor("anna"), add_member(cast.space, removed, "Weg"))
    cast.editor.groups.add(Group.objects.get_or_create(name="Redactie")[0])
    listed = Space.objects.filter(pk=cast.space.pk)
    listed.update(visibility="listed")
    cast.space.refresh_from_db()
    own = fill(cast.space, cast.actor("anna"), cast.actor("ben"), unverified(cast.dora), cast.members["ben"])
    listed.update(visibility="hidden")
    cast.space.refresh_from_db()
    guest = make_user()
    add_member(cast.other, guest, "Gast")
    other = fill(cast.other, verified(cast.frank), unverified(guest), None, cast.other.memberships.get(user=guest))
    return SimpleNamespace(cast=cast, own=own, other=other, removed=removed)


def fill(space: Space, leader: Any, member: Any, asker: Any, membership: Any) -> dict[str, Any]:
    photo = [(secret_picture(member), "Geheime foto.")]
    body = from_plain("Geheime tekst.")
    post = forum.start_topic(member, space, title="Geheim onderwerp", body=body, files=photo)
    later = timezone.now() + timedelta(days=1)
    scheduled = prepare(
        leader, space, title="Geheim voor later", body=from_plain("Geheim."), sort="round", audience="space", at=later
    )
    question = forum.start_topic(leader, space, title="Geheim rondje", body=from_plain("Geheim?"), sort="round")
    held = forum.reply(leader, post.topic, body=from_plain("Geheim antwoord."))
    Post.objects.filter(pk=held.pk).update(held_at=timezone.now())
    invitation, _code = actions.invite(leader, space, role="participant")
    things = {"scheduled": scheduled, "round": question.topic, "held": held}
    things["attachment"] = post.attachments.get()
    things |= {"space": space, "topic": post.topic, "post": post, "invitation": invitation, "member": membership}
    for name in ("poll", "closed_poll"):
        things[name] = polls.ask(member, space, question="Geheime vraag", options=["Geheim", "Geheimer"])
    polls.close_poll(member, things["closed_poll"])
    things["poll_comment"] = add_comment(member, PollComment, things["poll"], body=from_plain("Geheime reactie."))
    things |= file_in(space, member)
    things |= page_and_link_in(space, member)
    if asker:
        things["request"] = actions.request_to_join(asker, space, display_name="Duif")
    else:
        things["request"] = space.join_requests.create(user=make_user(), display_name="Vraagt")
    return things


def secret_picture(member: Any) -> Upload:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return take_in(ContentFile(picture.getvalue(), name="Geheim.png"), member.user_id)


def file_in(space: Space, member: Any) -> dict[str, Any]:
    """A picture in a folder, with a comment."""
    folder = files.create_folder(member, space, name="Geheime map")
    file = files.share_file(member, space, secret_picture(member), description="Geheime foto.", folder=folder)
    comment = add_comment(member, FileComment, file, body=from_plain("Geheime reactie."))
    return {"folder": folder, "file": file, "version": file.versions.get(), "file_comment": comment}


def page_and_link_in(space: Space, member: Any) -> dict[str, Any]:
    """A page with its first version and a film, each with a comment."""
    page = pages.create_page(member, space, title="Geheime pagina", body=from_plain("Geheime tekst."))
    link = links.add_link(member, space, title="Geheime film", url="https://youtu.be/GeheimGehei")
    things = {"page": page, "page_version": page.versions.get(), "link": link}
    things["page_comment"] = add_comment(member, PageComment, page, body=from_plain("Geheime reactie."))
    things["link_comment"] = add_comment(member, LinkComment, link, body=from_plain("Geheime reactie."))
    return things


@pytest.fixture
def browsers(world: Any) -> dict[str, Client]:
    """A browser for everyone; people with power have done the second step."""
    people = {"anonymous": Client(), "removed": logged_in(world.removed)}
    for name in EVERYONE - people.keys():
        people[name] = logged_in(getattr(world.cast, name), verified=name in WITH_SECOND_STEP)
    return people
