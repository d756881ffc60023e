"""Conversations in the fixed group, files with them, and browsers for its members."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from groupspace.forum import actions
from groupspace.storage.keeping import take_in
from groupspace.text.sanitiser import from_plain
from tests.groupspace.forum.attached import tips


@pytest.fixture
def log_in(cast):
    """`log_in("ben")`: a client that is logged in as this person, with the second step where they have power."""

    # Menu, settings and crisis lines come from the cache, as on a site that runs: what is counted is the page itself.
    Client().get(reverse("safety:how"))

    def enter(name, **options):
        client = Client(**options)
        if name == "anonymous":
            return client
        user = getattr(cast, name)
        client.force_login(user)
        if name not in {"ben", "dora", "ellen"}:
            device, _created = TOTPDevice.objects.get_or_create(user=user, name="default")
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
        return client

    return enter


@pytest.fixture
def start(cast, as_actor):
    """`start("ben", "Titel")`: a topic by this person in the group, laid down like the demo."""

    def start(name="ben", title="Mijn piekeruur", text="Het lukte niet.", **more):
        post = actions.start_topic(
            as_actor(name), cast.space, title=title, body=from_plain(text), **{"at": timezone.now()} | more
        )
        return post.topic

    return start


@pytest.fixture
def reply(as_actor):
    """`reply("carla", topic, "Tekst")`: a reply by this person."""

    def reply(name, topic, text="Dank je.", **more):
        return actions.reply(as_actor(name), topic, body=from_plain(text), **{"at": timezone.now()} | more)

    return reply


@pytest.fixture
def url(cast):
    """`url(topic)`, `url(topic, "reageer/")`, `url("bericht/…/")`: addresses in the group."""

    def url(place="", rest=""):
        place = f"{place.pk}/" if hasattr(place, "pk") else place
        return f"/groep/{cast.space.pk}/gesprekken/{place}{rest}"

    return url


@pytest.fixture
def place(settings, tmp_path):
    """A folder of this test's own for what members send in."""
    folder = tmp_path / "private"
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": folder}}
    return folder


@pytest.fixture
def post_with(as_actor, start, place):
    """`post_with("ben", photo())`: a reply of this person with these files."""

    def post_with(name="ben", *files, topic=None, alt="", **more):
        actor = as_actor(name)
        given = [(take_in(file, actor.user_id), alt) for file in files or (tips(),)]
        body = from_plain("Kijk maar.")
        return actions.reply(actor, topic or start("carla"), body=body, files=given, at=timezone.now(), **more)

    return post_with
