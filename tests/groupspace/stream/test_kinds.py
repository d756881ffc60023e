"""Every kind tells what members make, and takes it out again; the stream hides what the kind's own policy hides."""

from __future__ import annotations

import pytest

from groupspace.kinds import all_kinds
from groupspace.models import Audience
from groupspace.stream.models import Happening
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db
WORD = "Zevenmijlslaars"


@pytest.fixture(params=all_kinds(), ids=lambda kind: kind.slug)
def kind(request):
    return request.param


def test_what_is_made_is_told_to_who_may_read_it(cast, kind):
    item = kind.make_example(cast.members["ben"], WORD)
    told = Happening.objects.filter(item_id=item.pk)
    assert told.exists()
    assert {one.verb for one in told} <= set(kind.verbs)

    address = f"/groep/{cast.space.pk}/activiteit/"
    readers = {"ben": False, "carla": True, "ellen": False}
    for name, verified in readers.items():
        assert WORD in logged_in(getattr(cast, name), verified=verified).get(address).content.decode(), name

    type(item)._default_manager.filter(pk=item.pk).update(audience=Audience.SELF)
    assert WORD in logged_in(cast.ben).get(address).content.decode()
    for name in ("carla", "ellen"):
        assert WORD not in logged_in(getattr(cast, name), verified=readers[name]).get(address).content.decode(), name


def test_erasing_takes_what_a_member_did_out_of_the_stream(cast, kind):
    kind.make_example(cast.members["ben"], WORD)

    kind.erase(cast.members["ben"])

    assert not Happening.objects.filter(author=cast.members["ben"]).exists()
