"""The demo: loads it, and takes it away again. Content and accounts stand in `fixtures/`.

Everything goes through the same actions as on the site, so that grants, access log and rules are real. A demo
account is known by its name in `fixtures/demo_accounts.json`, a demo space by its organisation in
`fixtures/demo/spaces.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from config import demo_kinds
from config.checks import demo_accounts
from groupspace import actions, register
from groupspace.accounts import factors
from groupspace.actor import Actor, actor_for
from groupspace.coming_in.admission import Told
from groupspace.forum import actions as forum
from groupspace.forum.lounge import set_lounge
from groupspace.forum.models import Scheduled, Topic
from groupspace.forum.reactions import toggle
from groupspace.kinds import all_kinds, space_kind
from groupspace.models import Invitation, JoinRequest, Lease, Membership, Organisation, Professional, Space
from home.demo import load_public, purge_public
from home.staff import ensure_staff_groups
from knowledgebase.ideas import demo as ideas
from knowledgebase.quickscan import demo as quickscans
from knowledgebase.reach import demo as reach
from knowledgebase.reactions import demo as reactions
from knowledgebase.techniques import demo as techniques

#: Posts of the last days are unread for everybody; what is older counts as read.
NEWS = timedelta(days=5)
#: The first conversation starts some days after a space was opened.
START_UP = timedelta(days=3)


def read(name: str) -> dict[str, Any]:
    """One file of the demo content."""
    return json.loads((settings.REPO_DIR / "fixtures" / "demo" / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> None:
    """Load what is not there yet; what people changed since then stays as it is."""
    load_accounts()
    data = read("spaces.json")
    for organisation in data["organisations"]:
        load_organisation(organisation)
    for space in data["spaces"]:
        if not demo_spaces().filter(name=space["name"]).exists():
            load_space(space)
    load_public()
    ideas.load(read("ideas.json"))
    techniques.load(read("techniques.json"))
    quickscans.load(read("quickscans.json"))
    reach.load(read("reach.json"))
    reactions.load(read("reactions.json"))


@transaction.atomic
def purge() -> None:
    """Take away the demo's pages, spaces, organisations and accounts, with all that was written in those spaces.

    The access log cannot lose an entry; it holds ids and no content.
    """
    reactions.purge(read("reactions.json"))
    reach.purge()
    quickscans.purge(read("quickscans.json"))
    techniques.purge(read("techniques.json"))
    ideas.purge(read("ideas.json"))
    purge_public()
    spaces = demo_spaces()
    for kind in all_kinds():
        kind.model._default_manager.filter(space__in=spaces).delete()
    Scheduled.objects.filter(space__in=spaces).delete()
    spaces.delete()
    for user in demo_users():
        actions.forget_user(user)
        user.delete()
    Organisation.objects.filter(name__in=organisation_names(), spaces=None, professionals=None).delete()


def demo_users() -> Any:
    """The accounts of the demo that exist here."""
    return get_user_model()._default_manager.filter(username__in=[account["username"] for account in demo_accounts()])


def demo_spaces() -> Any:
    """The spaces of the demo's organisations, also those that someone opened while trying out, and what was rented."""
    rented = Lease.objects.filter(user__in=demo_users()).exclude(space=None).values("space")
    return Space.objects.filter(Q(organisation__name__in=organisation_names()) | Q(pk__in=rented))


def organisation_names() -> list[str]:
    """The organisations of the demo, in the order of the file."""
    return [organisation["name"] for organisation in read("spaces.json")["organisations"]]


# Accounts and organisations


def load_accounts() -> None:
    """Make the accounts with their second factor, and put staff in their group."""
    redactie, beheer = ensure_staff_groups()
    staff = {"redactie": redactie, "beheer": beheer}
    known = set(demo_users().values_list("username", flat=True))
    for account in demo_accounts():
        if account["username"] in known:
            continue
        user = get_user_model()._default_manager.create_user(account["username"], password=account["password"])
        if account["totp_secret"]:
            factors.add_totp(user, account["totp_secret"])
        if account["role"] in staff:
            user.groups.add(staff[account["role"]])


def load_organisation(data: dict[str, Any]) -> None:
    """Make an organisation, and have it vouch for its professionals."""
    organisation, _created = Organisation.objects.get_or_create(
        name=data["name"], defaults={"summary": data["summary"]}
    )
    for user in demo_users().filter(username__in=data["professionals"]):
        coordinates = user.username in data.get("coordinators", [])
        defaults = {"organisation": organisation, "is_coordinator": coordinates}
        Professional.objects.get_or_create(user=user, defaults=defaults)


def acting(username: str) -> Actor:
    """The demo account as it acts after both steps of the log-in; with what it may do at this moment."""
    return actor_for(demo_users().get(username=username), verified=True)


# Spaces


def load_space(data: dict[str, Any]) -> None:
    """Open one space, let its people in and let them talk; then move all of it to the past."""
    founder, *others = data["members"]
    more = read("in_spaces.json")["spaces"].get(data["name"], {})
    space = open_space(data, founder, house_rules=more.get("house_rules", ""))
    demo_kinds.arrange(acting(founder["account"]), space, more)
    for member in others:
        enter(space, member, by=founder["account"])
    talk(space, data)
    accounts = {member["display_name"]: member["account"] for member in data["members"]}
    demo_kinds.fill(space, more, lambda name: acting(accounts[name]))
    space.partners.set(Organisation.objects.filter(name__in=data.get("partners", [])))
    last = last_of(data, more)
    Space.objects.filter(pk=space.pk).update(last_activity_at=last, counted_at=last)
    set_back(space, opened=min(start_of(topic) for topic in data["topics"]) - START_UP)
    for request in data.get("requests", []):
        ask(space, request)


def open_space(data: dict[str, Any], founder: dict[str, Any], *, house_rules: str) -> Space:
    """Open it through the door that this sort has: a private person rents first, and Beheer says yes."""
    said = ("name", "summary", "about", "welcome", "theme", "capacity", "join_policy")
    fields: dict[str, Any] = {name: data[name] for name in said} | {
        "visibility": data.get("visibility", Space.Visibility.PUBLIC),
        "state": Space.State.OPEN,
        "house_rules": house_rules,
        "min_age": data.get("min_age"),
        "max_age": data.get("max_age"),
    }
    leader, name = acting(founder["account"]), founder["display_name"]
    if lease := data.get("lease"):
        asked = actions.request_lease(
            leader, tenant=Lease.Tenant.PRIVATE, theme=data["theme"], purpose=lease["purpose"], accepts_care=True
        )
        staff = acting(next(account["username"] for account in demo_accounts() if account["role"] == "beheer"))
        granted = register.decide_lease(staff, asked, state=Lease.State.GRANTED, answer=lease["answer"])
        return actions.open_leased_space(leader, granted, display_name=name, **fields)
    return actions.create_space(
        leader,
        organisation=Organisation.objects.get(name=data["organisation"]),
        display_name=name,
        questions=data["questions"],
        kind=data["kind"],
        **fields,
    )


def enter(space: Space, member: dict[str, Any], *, by: str) -> None:
    """Come in through the door that this space has; whoever gets a role of their own is invited."""
    kind = space_kind(space.kind)
    actor, leader = acting(member["account"]), acting(by)
    is_ordinary = kind is not None and member["role"] == kind.entry_role.code
    if is_ordinary and space.join_policy == Space.JoinPolicy.OPEN:
        actions.join(actor, space, display_name=member["display_name"], told=agreed(space, member))
    elif is_ordinary and space.join_policy == Space.JoinPolicy.REQUEST:
        actions.admit(leader, ask(space, member))
    else:
        invitation, _code = actions.invite(leader, space, role=member["role"])
        actions.accept_invitation(actor, invitation, display_name=member["display_name"], told=agreed(space, member))


def ask(space: Space, person: dict[str, Any]) -> JoinRequest:
    """Ask to join, with the answers to the questions if there are any."""
    questions = [question.text for question in space.questions.all()]
    answers = list(zip(questions, person.get("answers", []), strict=False))
    return actions.request_to_join(
        acting(person["account"]),
        space,
        display_name=person["display_name"],
        answers=answers,
        told=agreed(space, person),
    )


def agreed(space: Space, person: dict[str, Any]) -> Told:
    """Whoever comes in has read the agreements of the group and said yes; and how old they are, where that is asked."""
    return Told(age_band=person.get("age_band", ""), rules_version=space.rules_version)


# Conversations


def start_of(topic: dict[str, Any]) -> datetime:
    """Nine in the morning, so many days ago."""
    day = timezone.localtime() - timedelta(days=topic["days_ago"])
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def last_of(data: dict[str, Any], more: dict[str, Any]) -> datetime:
    """The moment of the last thing that was written: they are not written in the order of time."""
    posts = [start_of(t) + timedelta(hours=p["hours_after"]) for t in data["topics"] for p in t["posts"]]
    others = [item for name in ("pages", "links", "polls") for item in more.get(name, [])]
    return max([*posts, *(start_of(item) for item in others)])


def talk(space: Space, data: dict[str, Any]) -> None:
    """Write all posts in the order of time; the members have read what is older than a few days."""
    actors = {member["display_name"]: acting(member["account"]) for member in data["members"]}
    leader = actors[data["members"][0]["display_name"]]
    topics: dict[str, Topic] = {}
    steps: list[tuple[datetime, Callable[[], None]]] = [(timezone.now() - NEWS, lambda: read_all(space, actors))]
    for topic in data["topics"]:
        for post in topic["posts"]:
            moment = start_of(topic) + timedelta(hours=post["hours_after"])
            steps.append((moment, write(space, topics, topic, post, actors, moment)))
    for _moment, step in sorted(steps, key=lambda pair: pair[0]):
        step()
    for topic in data["topics"]:
        if topic["pinned"]:
            forum.pin_topic(leader, topics[topic["title"]], pinned=True)
        if topic["locked"]:
            forum.lock_topic(leader, topics[topic["title"]], locked=True)
        if topic.get("lounge"):
            set_lounge(leader, topics[topic["title"]], is_lounge=True)


def write(
    space: Space,
    topics: dict[str, Topic],
    topic: dict[str, Any],
    post: dict[str, Any],
    actors: dict[str, Actor],
    moment: datetime,
) -> Callable[[], None]:
    """The step that writes one post with the words under it; the first post of a title opens the conversation."""
    title, actor = topic["title"], actors[post["author"]]
    fields = {"body": post["html"], "mood": post.get("mood", ""), "note": post.get("note", ""), "at": moment}

    def step() -> None:
        if title in topics:
            written = forum.reply(actor, topics[title], **fields)
        else:
            sort = topic.get("sort", Topic.Sort.CONVERSATION)
            written = forum.start_topic(actor, space, title=title, sort=sort, **fields)
            topics[title] = written.topic
        for name, word in post.get("words", []):
            toggle(actors[name], written, word)

    return step


def read_all(space: Space, actors: dict[str, Actor]) -> None:
    """Let everybody have read everything in a space."""
    for actor in actors.values():
        forum.mark_all_read(actor, space)


def set_back(space: Space, *, opened: datetime) -> None:
    """Move what happened just now to the days after the opening. The access log keeps the real times."""
    joined = opened + timedelta(days=1)
    Space.objects.filter(pk=space.pk).update(created_at=opened, started_at=opened)
    Membership.objects.filter(space=space).update(since=joined, introduced_at=joined)
    JoinRequest.objects.filter(space=space).update(created_at=opened, decided_at=joined)
    Invitation.objects.filter(space=space).update(created_at=opened, expires_at=joined)
