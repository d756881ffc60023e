"""Whatever names a person is in "Mijn gegevens" and goes with the account, or stands here with the reason why not.

A new table that names an account or a membership fails here until somebody decides what it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.accounts.models import AccountSettings
from groupspace.forum.models import Follow, ReadMark, Scheduled
from groupspace.kinds import all_kinds
from groupspace.models import (
    Invitation,
    Lease,
    Membership,
    MutedItem,
    MutedWords,
    PermissionException,
    ProfileAnswer,
    ProfileField,
)
from groupspace.notices.models import Delivery, Notice, Wish
from groupspace.push.models import Device
from home.own_data import data_of
from tests.cast import Cast
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db

SECRET = "it opens the account, and in a file it would open it for whoever finds the file"
WORK = "says which member of staff or which facilitator did something; the thing itself belongs to another"
KIND = "the contract of kinds holds what a kind exports: tests/contract"
WITHIN = "holds nothing but what the item itself says, and that is there"
UNUSED = "no row is ever made: log-in has its own"

#: By table and column: where in the file it is, or why it is not there.
IN_THE_FILE = {
    "groupspace.Membership.user": "groepen",
    "groupspace.ProfileAnswer.membership": "groepen: verteld over mij",
    "groupspace.PermissionException.membership": "groepen: rechten naast mijn rol",
    "groupspace.Invitation.created_by": "groepen: uitnodigingen die ik maakte",
    "groupspace.JoinRequest.user": "aanvragen",
    "groupspace.Lease.user": "huur",
    "groupspace.Professional.user": "professional",
    "groupspace_text.Draft.owner": "nog niet geplaatst",
    "groupspace_accounts.Session.user": "waar je bent ingelogd",
    "groupspace_accounts.AccountSettings.user": "voorkeuren",
    "groupspace_push.Device.user": "toestellen met berichten",
    "groupspace_stream.Look.user": "laatst gekeken wat nieuw is",
    "groupspace_notices.Delivery.user": "hoe je meldingen krijgt",
    "groupspace_notices.Answer.user": "antwoord op wat je vroeg",
    "groupspace_notices.Notice.membership": "groepen: meldingen",
    "groupspace_notices.Wish.membership": "groepen: meldingen",
    "groupspace_forum.Topic.author": "groepen: gesprekken",
    "groupspace_forum.Post.author": "groepen: gesprekken",
    "groupspace_forum.Scheduled.author": "groepen: gesprekken",
    "groupspace_forum.Reaction.membership": "groepen: gesprekken",
    "groupspace_forum.RoundPass.membership": "groepen: gesprekken",
    "groupspace_forum.ReadMark.membership": "groepen: gesprekken",
    "groupspace_forum.Follow.membership": "groepen: gesprekken",
    "groupspace.MutedItem.membership": "groepen: waarvan ik niets wil horen",
    "groupspace.MutedWords.membership": "groepen: gesprekken",
    "groupspace_pages.PageVersion.author": "groepen: pagina's",
    "groupspace_pages.PageComment.author": "groepen: pagina's",
    "groupspace_links.Link.author": "groepen: links en films",
    "groupspace_links.LinkComment.author": "groepen: links en films",
    "groupspace_polls.Poll.author": "groepen: peilingen",
    "groupspace_polls.Poll.outcome_by": "groepen: peilingen",
    "groupspace_polls.Vote.membership": "groepen: peilingen",
    "groupspace_polls.PollComment.author": "groepen: peilingen",
    "groupspace_files.Folder.author": "groepen: bestanden",
    "groupspace_files.File.author": "groepen: bestanden",
    "groupspace_files.FileVersion.author": "groepen: bestanden",
    "groupspace_files.FileComment.author": "groepen: bestanden",
    "knowledgebase_stepplans.Walk.owner": "stappenplannen",
    "knowledgebase_reactions.Reaction.writer": "reacties",
    "knowledgebase_techniques.Contributor.user": "meeschrijven",
}
NOT_IN_THE_FILE = {
    "groupspace.SpaceGrant.user": "follows from the role and the exceptions, which are there",
    "groupspace.JoinRequest.decided_by": WORK,
    "groupspace_text.Submission.user": "a random key that says a form was sent, for some days",
    "groupspace_text.SealedPost.user": "sealed for half an hour, and given back by itself",
    "groupspace_accounts.Authenticator.user": SECRET,
    "groupspace_accounts.RecoveryCode.user": SECRET,
    "groupspace_accounts.OneTimeLink.user": SECRET,
    "groupspace_stream.Happening.author": WITHIN,
    "groupspace_search.Entry.author": WITHIN,
    "groupspace_forum.Mention.membership": "stands in the words of another",
    "groupspace_forum.Post.deleted_by": WORK,
    "groupspace_pages.Page.author": "its versions are there",
    "groupspace_pages.Page.edited_by": "its versions are there",
    "groupspace_pages.PageComment.deleted_by": WORK,
    "groupspace_links.LinkComment.deleted_by": WORK,
    "groupspace_polls.Poll.deleted_by": WORK,
    "groupspace_polls.PollComment.deleted_by": WORK,
    "groupspace_files.FileComment.deleted_by": WORK,
    "knowledgebase_contact.Message.handler": WORK,
    "knowledgebase_contact.Step.by": WORK,
    "knowledgebase_ideas.Entry.handled_by": WORK,
    "knowledgebase_ideas.StatusChange.by": WORK,
    "knowledgebase_ideas.Selection.by": WORK,
    "knowledgebase_newsletter.Mailing.started_by": WORK,
    "knowledgebase_reactions.Reaction.decided_by": WORK,
    "users.User.groups": WORK,
    "users.User.user_permissions": WORK,
    "guardian.UserObjectPermission.user": UNUSED,
    "otp_totp.TOTPDevice.user": UNUSED,
    "otp_static.StaticDevice.user": UNUSED,
}
#: Tables of Wagtail, and the columns that all pages of staff have: who of staff wrote or locked what everybody reads.
OF_STAFF = ("wagtail", "taggit")
OF_PAGES = ("owner", "locked_by")

#: What is still there when an account is gone, and then names nobody.
STAYS = {
    "groupspace.Membership": "without an account, a name, an age or a region: under what was written",
    "groupspace_forum.Topic": KIND,
    "groupspace_forum.Post": KIND,
    "groupspace_forum.Mention": "the words of another; the name in them is theirs to change",
    "groupspace_forum.Reaction": "a word under the message of another, of nobody",
    "groupspace_forum.RoundPass": "one passed, of nobody",
    "groupspace_stream.Happening": "somebody did something to an item that is still there",
    "groupspace_search.Entry": "so that what was written is still found",
    "groupspace_pages.Page": KIND,
    "groupspace_pages.PageVersion": KIND,
    "groupspace_pages.PageComment": KIND,
    "groupspace_links.Link": KIND,
    "groupspace_links.LinkComment": KIND,
    "groupspace_polls.Poll": KIND,
    "groupspace_polls.PollComment": KIND,
    "groupspace_polls.Vote": "a choice in a result that others saw, of nobody",
    "groupspace_files.Folder": KIND,
    "groupspace_files.File": KIND,
    "groupspace_files.FileVersion": KIND,
    "groupspace_files.FileComment": KIND,
    "groupspace.JoinRequest": "who decided about another",
}
#: The two logs of Wagtail keep who did what on public pages as a number, also when the account is gone.
KEPT_BY_WAGTAIL = {"wagtailcore.ModelLogEntry.user", "wagtailcore.PageLogEntry.user"}


def columns(*targets: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """Every column of every table that names one of these, with how it is called here."""
    for model in apps.get_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.is_relation and field.related_model in targets:
                yield f"{model._meta.label}.{field.name}", field


def is_of_staff(name: str) -> bool:
    return name.startswith(OF_STAFF) or (name.endswith(OF_PAGES) and "Page." in name)


def test_every_column_that_names_a_person_is_in_the_file_or_has_a_reason() -> None:
    found = {name for name, _field in columns(get_user_model(), Membership) if not is_of_staff(name)}
    known = IN_THE_FILE.keys() | NOT_IN_THE_FILE.keys()
    assert found - known == set(), "decide whether this is in the file"
    assert {name for name in known - found if not name.startswith("users.")} == set(), "this is gone"
    assert IN_THE_FILE.keys() & NOT_IN_THE_FILE.keys() == set()


def test_every_column_that_names_an_account_is_emptied_or_goes_with_it() -> None:
    kept = {
        name
        for name, field in columns(get_user_model())
        if not field.many_to_many and field.remote_field.on_delete not in (models.CASCADE, models.SET_NULL)
    }
    assert kept == KEPT_BY_WAGTAIL


@pytest.fixture
def ben(cast: Cast) -> Any:
    """Somebody of whom there is a row in every table of which the file says that it holds it."""
    member, user, now = cast.members["ben"], cast.ben, timezone.now()
    for kind in all_kinds():
        kind.make_example(member, f"Kanarie van {kind.slug}")
    field = ProfileField.objects.create(space=cast.space, label="Waar hou je van?")
    ProfileAnswer.objects.create(field=field, membership=member, text="kanarie-antwoord")
    PermissionException.objects.create(membership=member, permission="upload", granted=False)
    Invitation.objects.create(
        space=cast.space,
        created_by=member,
        role="participant",
        label="kanarie-uitnodiging",
        code_hash="x",
        expires_at=now,
    )
    Lease.objects.create(user=user, tenant="private", theme="kanarie-thema", purpose="kanarie-doel")
    AccountSettings.objects.create(user=user, time_zone="Europe/Lisbon")
    Device.objects.create(user=user, endpoint="https://kanarie.example/geheim", public_key="k", secret="s")
    Delivery.objects.create(user=user, mail="week", quiet_from=19)
    Wish.objects.create(membership=member, kind="peilingen", level="none")
    Notice.objects.create(
        membership=member,
        space=cast.space,
        kind="gesprekken",
        item_id=cast.space.pk,
        reason="named",
        first_at=now,
        last_at=now,
    )
    topic = member.groupspace_forum_topics.get()
    ReadMark.objects.create(topic=topic, membership=member, last_number=1)
    Follow.objects.update_or_create(topic=topic, membership=member, defaults={"level": "mute"})
    MutedItem.objects.create(membership=member, item_id=topic.pk)
    MutedWords.objects.create(membership=member, words="kanarie-woord")
    Scheduled.objects.create(
        space=cast.space, author=member, title="kanarie-later", body="<p>Ja</p>", prepared_for=now + timedelta(days=9)
    )
    logged_in(user).get("/groep/")
    return user


def test_file_holds_what_was_made_and_chosen_and_no_secret(ben: Any, cast: Cast) -> None:
    text = json.dumps(data_of(ben), ensure_ascii=False)
    made = [f"Kanarie van {kind.slug}" for kind in all_kinds()]
    chosen = [
        "kanarie-antwoord",
        "kanarie-uitnodiging",
        "kanarie-thema",
        "kanarie-doel",
        "kanarie-woord",
        "kanarie-later",
    ]
    told = ["Europe/Lisbon", "kanarie.example", "Eén keer per week, op maandag", "Niets", "iemand noemde je"]
    assert [words for words in (*made, *chosen, *told) if words not in text] == []
    assert "/geheim" not in text

    for other in (cast.anna, cast.dora):
        theirs = json.dumps(data_of(other), ensure_ascii=False).lower()
        assert "kanarie" not in theirs
    assert logged_in(ben).post(reverse("own_data")).status_code == 200


def test_nothing_personal_is_left_when_the_account_is_gone(ben: Any, cast: Cast) -> None:
    member = cast.members["ben"]
    actions.forget_user(ben)
    ben.delete()

    left = {
        field.model._meta.label
        for _name, field in columns(Membership)
        if field.model._base_manager.filter(**{field.name: member.pk}).exists()
    }
    assert left - STAYS.keys() == set(), "this still belongs to somebody who is gone"
    gone = Membership.objects.get(pk=member.pk)
    assert (gone.user, gone.name, gone.state, gone.introduced_at) == (None, "oud-deelnemer", "left", None)
    assert not Lease.objects.filter(theme="kanarie-thema").exists()


def test_what_stays_is_known_and_nothing_more() -> None:
    """A table that members are named in is listed as staying, or `forget_user` empties it (see the test above)."""
    emptied = {
        "groupspace.ProfileAnswer",
        "groupspace.PermissionException",
        "groupspace.Invitation",
        "groupspace.MutedItem",
        "groupspace.MutedWords",
        "groupspace_notices.Notice",
        "groupspace_notices.Wish",
        "groupspace_forum.ReadMark",
        "groupspace_forum.Follow",
        "groupspace_forum.Scheduled",
    }
    named = {field.model._meta.label for _name, field in columns(Membership)}
    assert named == emptied | (STAYS.keys() - {"groupspace.Membership"})
