"""What the bench measures is what the actions would have written."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max, Min
from django.urls import reverse

from config import bulk
from config.bulk import people
from groupspace.actor import actor_for
from groupspace.forum.models import Follow, Post, ReadMark, Topic
from groupspace.grants import due
from groupspace.kinds import all_kinds
from groupspace.models import Membership, Space, SpaceGrant
from groupspace.notices.models import Notice
from groupspace.search.find import find
from groupspace.search.models import Entry
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def volume(settings, tmp_path):
    """Two spaces, twenty people, 80 topics."""
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": tmp_path}}
    bulk.load(0.004)


def person(number):
    return get_user_model().objects.get(username=people.username(number))


def test_conversations_know_their_posts(volume):
    assert (Space.objects.count(), get_user_model().objects.count()) == (2, 20)
    assert Topic.objects.count() == 80
    assert Post.objects.count() == 800
    counted = Topic.objects.annotate(
        posts_there=Count("posts"), first=Min("posts__number"), last=Max("posts__number"), at=Max("posts__created_at")
    )
    assert all(
        topic.posts_there == topic.last == topic.last_number and topic.first == 1 and topic.at == topic.last_post_at
        for topic in counted
    )
    assert not Post.objects.exclude(author__space=F("topic__space")).exists()
    assert not Post.objects.filter(quoted__isnull=False).exclude(quoted__topic=F("topic")).exists()
    reactions = Post.objects.annotate(found=Count("reactions"))
    assert not reactions.exclude(found=F("reaction_count")).exists()
    assert reactions.filter(found__gt=0).exists()


def test_what_members_may_follows_from_their_roles(volume):
    granted = Counter(SpaceGrant.objects.values_list("user_id", "content_object_id", "permission__codename"))
    wanted = Counter(
        (member.user_id, member.space_id, codename) for member in Membership.objects.all() for codename in due(member)
    )

    assert granted == wanted
    assert Membership.objects.filter(role="facilitator").count() == 2


def test_what_members_keep_fits_what_there_is(volume):
    assert not ReadMark.objects.filter(last_number__gt=F("topic__last_number")).exists()
    assert not ReadMark.objects.exclude(membership__space=F("topic__space")).exists()
    wrote = set(Post.objects.values_list("topic", "author"))
    assert set(Follow.objects.values_list("topic", "membership")) == wrote
    assert not Notice.objects.exclude(membership__space=F("space")).exists()
    assert set(Notice.objects.values_list("item_id", flat=True)) <= set(Topic.objects.values_list("pk", flat=True))


def test_everything_is_told_and_found_once(volume):
    of_posts = Happening.objects.filter(kind="gesprekken")
    assert of_posts.count() == Entry.objects.filter(kind="gesprekken").count() == 800
    assert not Happening.objects.filter(spread_at=None).exists()
    for kind in all_kinds():
        assert Happening.objects.filter(kind=kind.slug).exists()
        assert kind.model.objects.filter(pk__in=Entry.objects.filter(kind=kind.slug).values("item_id")).exists()
    for space in Space.objects.all():
        assert space.last_activity_at == Happening.objects.filter(space=space).aggregate(last=Max("at"))["last"]


def test_search_finds_a_rare_word_for_who_may_read_it_alone(volume):
    rare = Post.objects.filter(number=1).latest("pk")
    word = rare.topic.title.split()[0]
    inside = actor_for(rare.author.user)
    everywhere = [space.pk for space in Space.objects.all()]
    assert rare.topic_id in {entry.item_id for entry in find(inside, word, spaces=everywhere)}

    outsider = get_user_model().objects.exclude(groupspace_memberships__space=rare.topic.space).first()
    assert outsider is not None
    assert rare.topic_id not in {entry.item_id for entry in find(actor_for(outsider), word, spaces=everywhere)}


def test_pages_open_for_members_and_for_nobody_else(volume, client):
    topic = Topic.objects.filter(space=Membership.objects.filter(user=person(1)).first().space).latest("last_post_at")
    pages = [
        reverse("groupspace:space", args=[topic.space_id]),
        reverse("groupspace:gesprekken:list", args=[topic.space_id]),
        reverse("groupspace:gesprekken:topic", args=[topic.space_id, topic.pk]),
    ]
    client.force_login(person(1))
    for page in [*pages, reverse("groupspace:stream:mine"), reverse("groupspace:notices:list")]:
        assert client.get(page).status_code == 200
    assert topic.title in client.get(pages[1]).content.decode()

    outsider = get_user_model().objects.exclude(groupspace_memberships__space=topic.space).first()
    client.force_login(outsider)
    for page in pages[1:]:
        assert client.get(page).status_code == 404


def test_nothing_is_poured_over_what_people_wrote(cast, settings):
    with pytest.raises(CommandError, match="There are groups"):
        call_command("load_bulk", scale=0.004)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="There are groups"):
        call_command("load_bulk", scale=0.004, yes=True)
    assert Space.objects.count() == 2
