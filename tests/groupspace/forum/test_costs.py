"""What a page costs: the same few statements for one topic and for fifty, in one group and in two hundred."""

import pytest

from groupspace.forum.models import Post, Topic
from groupspace.models import Membership, Space, SpaceGrant
from groupspace.permissions import PARTICIPANT
from tests.groupspace.forum.test_reading import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_200_groups(cast):
    """Puts ben into 199 more groups, as the actions would."""

    def join():
        template = SpaceGrant.objects.filter(user=cast.ben).values_list("permission_id", flat=True)
        permissions = list(template)
        spaces = Space.objects.bulk_create(Space(name=f"Groep {i}", summary="Een groep.") for i in range(199))
        Membership.objects.bulk_create(
            Membership(space=space, user=cast.ben, role=PARTICIPANT.code, display_name="Beer") for space in spaces
        )
        SpaceGrant.objects.bulk_create(
            SpaceGrant(user=cast.ben, content_object=space, permission_id=permission)
            for space in spaces
            for permission in permissions
        )

    return join


@pytest.fixture
def fill_space(cast):
    """Puts fifty conversations with a full page of posts into the group."""

    def fill():
        author = cast.members["carla"]
        topics = Topic.objects.bulk_create(
            Topic(space=cast.space, author=author, title=f"gesprek {i}", last_number=20) for i in range(50)
        )
        Post.objects.bulk_create(
            Post(topic=topic, number=number, author=author, body="<p>hoi</p>")
            for topic in topics
            for number in range(1, 21)
        )
        return topics[0]

    return fill


@pytest.mark.parametrize(("who", "of_list", "of_topic"), [("ben", 5, 10), ("carla", 6, 11)])
def test_list_and_page_cost_the_same_in_every_size(
    log_in, start, url, fill_space, in_200_groups, who, of_list, of_topic
):
    one, client = start("anna"), log_in(who)
    client.get(url())
    small = [statements(lambda: client.get(url())), statements(lambda: client.get(url(one)))]
    full = fill_space()
    in_200_groups()

    large = [statements(lambda: client.get(url())), statements(lambda: client.get(url(full)))]

    assert small == large == [of_list, of_topic]


def test_page_about_one_space_knows_of_no_other(log_in, url, in_200_groups):
    in_200_groups()

    actor = log_in("ben").get(url()).context["actor"]

    assert [str(pk) for pk in actor.spaces] == [url().split("/")[2]]
