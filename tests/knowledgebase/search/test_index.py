"""The index holds a page for as long as everyone may read it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from knowledgebase.models import Partner, TopicIndexPage, TopicPage
from knowledgebase.search import actions
from knowledgebase.search.models import Entry, Occurrence, Word

from ..pages import make_index, make_topic, theme
from .searching import found, index_now

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Commit:
    """Everything in this block is committed at its end, as on the site."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_page_is_found_as_soon_as_it_is_published(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    with commit():
        page = make_topic(index, "Roddelen", live=False)
        page.save_revision()
    assert found(client, "roddelen") == []

    with commit():
        page.latest_revision.publish()

    assert found(client, "roddelen") == ["Roddelen"]


def test_a_draft_of_a_public_page_does_not_leak(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    with commit():
        page = make_topic(index, "Roddelen")
    with commit():
        page.summary, page.title = "Geheimplan", "Geheimplan"
        page.save_revision()

    assert found(client, "geheimplan") == []
    assert found(client, "roddelen") == ["Roddelen"]


@pytest.mark.parametrize("leaves", ["unpublish", "delete", "lock"])
def test_words_of_a_page_that_left_are_wiped(index: TopicIndexPage, commit: Commit, leaves: str) -> None:
    with commit():
        page = make_topic(index, "Roddelen kanarie")
        make_topic(index, "Roddelen")
    with commit():
        if leaves == "lock":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        else:
            getattr(page, leaves)()
    actions.sweep()

    assert not Word.objects.filter(text="kanarie").exists()
    assert Word.objects.filter(text="roddelen").exists()


def test_a_page_is_gone_as_soon_as_it_goes_offline(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    with commit():
        page = make_topic(index, "Roddelen")
    with commit():
        page.unpublish()

    assert found(client, "roddelen") == []
    assert not Entry.objects.filter(page=page).exists()


def test_a_deleted_page_leaves_nothing_behind(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    with commit():
        page = make_topic(index, "Roddelen")
    with commit():
        page.delete()

    assert found(client, "roddelen") == []
    assert not Occurrence.objects.filter(word__text="roddelen").exists()


def test_a_locked_shelf_takes_its_pages_out_and_an_open_one_puts_them_back(client: Client, commit: Commit) -> None:
    shelf = make_index()
    with commit():
        make_topic(shelf, "Roddelen")
    with commit():
        lock = PageViewRestriction.objects.create(page=shelf, restriction_type="login")
    assert found(client, "roddelen") == []
    assert not Entry.objects.filter(title="Roddelen").exists()

    with commit():
        lock.delete()

    assert found(client, "roddelen") == ["Roddelen"]


def test_a_page_that_moves_behind_a_lock_is_gone(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    locked = make_index(title="Besloten")
    with commit():
        PageViewRestriction.objects.create(page=locked, restriction_type="login")
        page = make_topic(index, "Roddelen")
    assert found(client, "roddelen") == ["Roddelen"]

    with commit():
        page.move(locked, pos="last-child")

    assert found(client, "roddelen") == []


def test_a_lock_holds_before_the_index_knows_of_it(client: Client, index: TopicIndexPage) -> None:
    page = make_topic(index, "Roddelen")
    index_now()
    assert found(client, "roddelen") == ["Roddelen"]

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert found(client, "roddelen") == []


def test_a_renamed_theme_is_found_by_its_new_name(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    subject = theme("Ouwe naam")
    with commit():
        make_topic(index, "Roddelen", theme=subject)
    with commit():
        subject.name = "Achterklap"
        subject.save()

    assert found(client, "achterklap") == ["Roddelen"]
    assert found(client, "ouwe") == []


def test_tags_and_texts_are_found(client: Client, index: TopicIndexPage, commit: Commit) -> None:
    with commit():
        page = make_topic(index, "Roddelen", seek_help=[("text", "<p>Bel de wijkverpleegkundige.</p>")])
        page.tags.add("achterklap")
        page.save()

    assert found(client, "achterklap") == found(client, "wijkverpleegkundige") == ["Roddelen"]


def test_what_staff_keep_to_themselves_is_not_in_the_index(client: Client, topic: TopicPage) -> None:
    Partner.objects.create(provider="Zwijgzaam Instituut")
    index_now()

    assert found(client, "zwijgzaam") == []
    assert not Word.objects.filter(text="zwijgzaam").exists()


def test_a_page_type_can_stay_out(
    client: Client, index: TopicIndexPage, topic: TopicPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TopicIndexPage, "in_search", False, raising=False)
    index_now()

    assert not Entry.objects.filter(page=index).exists()
    assert Entry.objects.filter(page=topic).exists()


def test_the_command_makes_the_same_index_again(topic: TopicPage, capsys: pytest.CaptureFixture[str]) -> None:
    def state() -> list[tuple[str, str, int]]:
        rows = Occurrence.objects.order_by("entry__title", "word__text")
        return list(rows.values_list("entry__title", "word__text", "weight"))

    index_now()
    before = state()
    Entry.objects.filter(page=topic).delete()
    call_command("update_search")

    assert state() == before
    assert f"{Page.objects.live().filter(depth__gt=1).count()} pages" in capsys.readouterr().out
