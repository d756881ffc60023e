"""What the demo does not have, and the pages need: a full group with one of everything, a forum, a group that begins.

Runs inside the site's own process, once, before it is opened: `manage.py shell -c "from tests.e2e.stage import …"`.
Everything stands in spaces of its own, so that the groups of the demo stay as they are.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from config.demo import acting
from groupspace import actions
from groupspace.coming_in.admission import Told
from groupspace.comments.actions import add_comment
from groupspace.files import actions as files
from groupspace.files.models import FileComment
from groupspace.forum import actions as forum
from groupspace.forum.models import Topic
from groupspace.forum.reactions import toggle
from groupspace.forum.scheduled import prepare
from groupspace.links import actions as links
from groupspace.models import Lease, Professional, Space
from groupspace.notices.telling import spread as spreading
from groupspace.pages import actions as pages
from groupspace.polls import actions as polls
from groupspace.storage.keeping import take_in
from groupspace.text.sanitiser import from_plain
from tests.e2e.demo import BEGINNING, FORUM, FULL_HOUSE, LEADER, LONG_TITLE, MEMBER, PROFESSIONAL, SECOND, WAITING


def set_up() -> None:
    """Write all of it, through the actions of the site."""
    space = full_house()
    talk(space)
    share(space)
    open_forum()
    begin()
    spreading.spread()


def space_of(founder: str, name: str, **fields: Any) -> Space:
    """A space that this professional opens."""
    organisation = Professional.objects.get(user_id=acting(founder).user_id).organisation
    fields = {"summary": "Voor wie dat wil.", "visibility": "public", **fields}
    return actions.create_space(acting(founder), organisation=organisation, name=name, **fields)


def full_house() -> Space:
    """A group that is full, with somebody who waits for a place."""
    space = space_of(LEADER, FULL_HOUSE, display_name="Saar", state="open", join_policy="request", house_rules="Stil.")
    leader = acting(LEADER)
    actions.change_space(leader, space, profile_fields=["Waar loop je graag?", LONG_TITLE], house_rules="Wees aardig.")
    for account, name in ((MEMBER, "Sijs"), (SECOND, "Beukennoot")):
        invitation, _code = actions.invite(leader, space, role="participant")
        actions.accept_invitation(acting(account), invitation, display_name=name, told=agreed(space))
    fields = {field.pk: ("Langs het water.", "space") for field in space.profile_fields.all()}
    actions.arrange_own_place(acting(SECOND), space, is_listed=True, quiet_until=None, profile=fields)
    actions.change_space(leader, space, capacity=3)
    actions.request_to_join(acting(WAITING), space, display_name="Grutto", told=agreed(space))
    return space


def agreed(space: Space) -> Told:
    """Whoever comes in has said yes to the agreements."""
    return Told(rules_version=space.rules_version)


def talk(space: Space) -> None:
    """A conversation with a quote, a mention, a word of support and a warning; a statement, a round, one for later."""
    leader, member, second = acting(LEADER), acting(MEMBER), acting(SECOND)
    first = forum.start_topic(second, space, title=LONG_TITLE, body=from_plain("Wie loopt er mee?"), mood="blij")
    forum.reply(leader, first.topic, body=from_plain("@Sijs, iets voor jou?"), quoted=first.pk)
    forum.reply(second, first.topic, body=from_plain("Over een val."), note="over een ongeluk")
    toggle(member, first, "dank")
    opinion = "Wandelen helpt beter dan praten"
    forum.start_topic(leader, space, title=opinion, body=from_plain("Ja of nee?"), sort=Topic.Sort.STATEMENT)
    forum.start_topic(leader, space, title="Rondje", body=from_plain("Hoe was je week?"), sort=Topic.Sort.ROUND)
    later = timezone.now() + timedelta(days=30)
    prepare(leader, space, title="Voor later", body=from_plain("Straks."), sort="round", audience="space", at=later)


def share(space: Space) -> None:
    """A picture in a folder, a page with two versions, a film, a poll that is open and one that is decided."""
    leader, member = acting(LEADER), acting(MEMBER)
    folder = files.create_folder(member, space, name="Foto’s van onderweg")
    picture = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(picture, "PNG")
    upload = take_in(ContentFile(picture.getvalue(), name=f"{LONG_TITLE}.png"), member.user_id)
    file = files.share_file(member, space, upload, description="Het bos.", folder=folder)
    add_comment(leader, FileComment, file, body=from_plain("Mooi."))
    page = pages.create_page(member, space, title="Onze routes", body=from_plain("Langs de rivier, en terug."))
    pages.create_page(leader, space, title=LONG_TITLE, body=from_plain("Onder aan."), parent=page)
    pages.edit_page(
        leader, page, title="Onze routes", body=from_plain("Langs het water, en terug."), base=1, note="fijn"
    )
    links.add_link(member, space, title="Een film over lopen", url="https://youtu.be/dQw4w9WgXcQ")
    polls.ask(leader, space, question="Wanneer lopen we?", options=["Zaterdag", LONG_TITLE])
    closed = polls.ask(leader, space, question="Waar liepen we?", options=["Bos", "Duin"], anonymous=False)
    polls.vote(member, closed, options=[closed.options.all()[0].pk])
    polls.close_poll(leader, closed)
    closed.refresh_from_db()
    polls.decide(leader, closed, outcome=from_plain("Het wordt het bos."))


def open_forum() -> None:
    """An open forum in which somebody's first post waits for a moderator."""
    space = space_of(
        PROFESSIONAL,
        FORUM,
        display_name="Uil",
        kind="forum",
        theme="Slapen",
        house_rules="Lief.",
        join_policy="open",
        state="open",
    )
    actions.change_space(acting(PROFESSIONAL), space, approve_first=True)
    space.refresh_from_db()
    actions.join(acting(MEMBER), space, display_name="Merel", told=agreed(space))
    forum.start_topic(acting(MEMBER), space, title="Mag dit hier?", body=from_plain("Ik slaap slecht."))


def begin() -> None:
    """A group before its start, a rented space that can be opened, and a coordinator."""
    space_of(PROFESSIONAL, BEGINNING, display_name="Ruth")
    vouched = Professional.objects.filter(user_id=acting(PROFESSIONAL).user_id)
    vouched.update(is_coordinator=True)
    Lease.objects.create(
        user_id=acting(PROFESSIONAL).user_id,
        tenant=Lease.Tenant.ORGANISATION,
        organisation=vouched.get().organisation,
        theme="Rouw",
        purpose="Een groep voor wie iemand verloor.",
        state=Lease.State.GRANTED,
        answer="Van harte.",
        until=timezone.localdate() + timedelta(days=90),
    )
