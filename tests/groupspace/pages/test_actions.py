"""Writing pages together: versions, two writers at once, the tree, and what is taken away."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from groupspace import actions as core
from groupspace.audit.models import Entry
from groupspace.comments.actions import add_comment
from groupspace.kinds import kind_of
from groupspace.pages import actions
from groupspace.pages.models import Page, PageComment, PageVersion
from groupspace.pages.tree import DEEPEST, tree_of
from groupspace.permissions import Permission
from groupspace.stream.models import Happening

pytestmark = pytest.mark.django_db


def outline(actor, space):
    """The tree as text: one dash per layer."""
    return [f"{'-' * (depth - 1)}{page.title}" for depth, page in tree_of(actor, space).walk()]


def versions(page):
    found = PageVersion.objects.filter(page=page).order_by("number")
    return list(found.values_list("number", "author__display_name", "body"))


# Versions


def test_every_change_is_a_version(write, change):
    page = write("ben", text="Een.")

    change("carla", page, "Twee.", note="kon korter")

    page.refresh_from_db()
    assert (page.body, page.version, page.edited_by.display_name) == ("<p>Twee.</p>", 2, "Carla")
    assert page.author.display_name == "Beer"
    assert versions(page) == [(1, "Beer", "<p>Een.</p>"), (2, "Carla", "<p>Twee.</p>")]
    assert page.versions.get(number=2).note == "kon korter"


def test_the_same_words_make_no_version(write, change):
    page = write("ben", text="Een.")

    change("carla", page, "Een.")

    page.refresh_from_db()
    assert (page.version, page.edited_by.display_name) == (1, "Beer")


def test_whoever_saves_over_anothers_version_is_stopped_and_nothing_is_written(write, change):
    page = write("ben", text="Een.")
    change("carla", page, "Van Carla.")

    with pytest.raises(actions.EditConflict) as stopped:
        change("ben", page, "Van ben.", base=1)

    assert stopped.value.page.body == "<p>Van Carla.</p>"
    assert [body for _n, _who, body in versions(page)] == ["<p>Een.</p>", "<p>Van Carla.</p>"]


def test_a_version_that_does_not_exist_counts_as_an_old_one(write, change):
    page = write("ben")
    for base in (0, 99):
        with pytest.raises(actions.EditConflict):
            change("ben", page, "Anders.", base=base)


def test_putting_back_makes_a_version_and_keeps_what_stood_there(write, change, as_actor):
    page = write("ben", text="Een.")
    change("carla", page, "Twee.")

    actions.restore_version(as_actor("anna"), page.versions.get(number=1))

    page.refresh_from_db()
    last = page.versions.get(number=3)
    assert (page.body, page.version) == ("<p>Een.</p>", 3)
    assert (last.author.display_name, last.restored.number) == ("Anna", 1)
    assert versions(page)[1] == (2, "Carla", "<p>Twee.</p>")


def test_putting_back_what_was_put_back_names_the_first_version(write, change, as_actor):
    page = write("ben", text="Een.")
    change("carla", page, "Twee.")
    actions.restore_version(as_actor("anna"), page.versions.get(number=1))
    change("carla", page, "Vier.")

    actions.restore_version(as_actor("carla"), page.versions.get(number=3))

    assert page.versions.get(number=5).restored.number == 1


# Who may


def test_a_locked_page_is_changed_by_moderators_alone(write, change, as_actor):
    page = write("ben")
    change("ben", page, "Nieuw.")
    actions.lock_page(as_actor("anna"), page, locked=True)

    with pytest.raises(PermissionDenied, match="op slot"):
        change("ben", page, "Toch anders.")
    with pytest.raises(PermissionDenied, match="op slot"):
        actions.move_page(as_actor("ben"), page, parent=None)
    with pytest.raises(PermissionDenied, match="op slot"):
        actions.restore_version(as_actor("ben"), page.versions.get(number=1))
    change("carla", page, "Van de begeleiders.")
    actions.lock_page(as_actor("anna"), page, locked=False)
    change("ben", page, "Weer van ons.")

    assert list(Entry.objects.filter(event__startswith="page.").values_list("event", flat=True)) == [
        "page.locked",
        "page.unlocked",
    ]


def test_members_without_the_permission_write_nothing(cast, write, change, as_actor):
    page = write("ben")
    core.set_exceptions(as_actor("anna"), cast.members["ellen"], {Permission.POST: False})

    for attempt in (
        lambda: write("ellen"),
        lambda: change("ellen", page, "Anders."),
        lambda: actions.move_page(as_actor("ellen"), page, parent=None),
        lambda: actions.shift_page(as_actor("ellen"), page, down=True),
        lambda: actions.lock_page(as_actor("ellen"), page, locked=True),
        lambda: actions.delete_page(as_actor("ellen"), page),
        lambda: actions.restore_version(as_actor("ellen"), page.versions.get()),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    for outsider in ("dora", "frank", "operator"):
        with pytest.raises(PermissionDenied):
            change(outsider, page, "Van buiten.")

    assert len(versions(page)) == Page.objects.count() == 1


# The tree


def test_pages_stand_below_each_other_in_order(cast, write, as_actor):
    first, _second = write(title="Een"), write(title="Twee")
    below = write(title="Een a", parent=first)
    write(title="Een a i", parent=below)
    write(title="Een b", parent=first)

    assert outline(as_actor("ben"), cast.space) == ["Een", "-Een a", "--Een a i", "-Een b", "Twee"]


def test_a_page_moves_up_and_down_among_its_neighbours(cast, write, as_actor):
    pages = [write(title=title) for title in ("Een", "Twee", "Drie")]

    actions.shift_page(as_actor("ben"), pages[2], down=False)
    actions.shift_page(as_actor("ben"), pages[0], down=True)
    actions.shift_page(as_actor("ben"), pages[1], down=True)
    actions.shift_page(as_actor("ben"), pages[2], down=False)

    assert outline(as_actor("ben"), cast.space) == ["Drie", "Een", "Twee"]


def test_a_page_takes_along_what_stands_below_it(cast, write, as_actor):
    one, two = write(title="Een"), write(title="Twee")
    write(title="Kind", parent=two)

    actions.move_page(as_actor("carla"), two, parent=one)

    assert outline(as_actor("ben"), cast.space) == ["Een", "-Twee", "--Kind"]


def test_no_page_comes_to_stand_under_itself(cast, write, as_actor):
    one = write(title="Een")
    two = write(title="Twee", parent=one)
    three = write(title="Drie", parent=two)

    for target in (one, two, three):
        with pytest.raises(ValidationError, match="onder zichzelf"):
            actions.move_page(as_actor("ben"), one, parent=target)

    assert outline(as_actor("ben"), cast.space) == ["Een", "-Twee", "--Drie"]


def test_a_circle_through_a_hidden_page_is_refused_too(cast, write, as_actor):
    one = write(title="Een")
    hidden = write("anna", title="Verborgen", parent=one)
    three = write(title="Drie", parent=hidden)
    Page.objects.filter(pk=hidden.pk).update(audience="facilitators")

    with pytest.raises(ValidationError):
        actions.move_page(as_actor("ben"), one, parent=three)


def test_the_tree_has_a_bottom(cast, write, as_actor):
    page = None
    for number in range(DEEPEST):
        page = write(title=f"Laag {number}", parent=page)

    with pytest.raises(ValidationError, match="4 lagen"):
        write(title="Te diep", parent=page)
    other = write(title="Met kind")
    write(title="Kind", parent=other)
    with pytest.raises(ValidationError, match="4 lagen"):
        actions.move_page(as_actor("ben"), other, parent=page.parent)
    actions.move_page(as_actor("ben"), other, parent=page.parent.parent)


def test_a_place_in_another_group_is_no_place(cast, write, as_actor):
    core.accept_invitation(
        as_actor("ben"), core.invite(as_actor("frank"), cast.other, role="participant")[0], display_name="Ben"
    )
    ben = as_actor("ben")
    there = actions.create_page(ben, cast.other, title="Daar", body="<p>x</p>")
    here = write("ben")

    with pytest.raises(ValidationError, match="niet meer"):
        actions.move_page(ben, here, parent=there)
    with pytest.raises(ValidationError, match="niet meer"):
        actions.create_page(ben, cast.space, title="Hier", body="<p>x</p>", parent=there)


def test_a_space_holds_a_table_of_contents_not_a_library(write, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PAGES", 2)
    write()
    write()

    with pytest.raises(ValidationError, match="2 pagina's"):
        write()


# Taking away


def test_pages_below_a_deleted_page_take_its_place(cast, write, as_actor):
    write(title="Voor")
    page = write(title="Weg")
    write(title="Na")
    one = write(title="Kind 1", parent=page)
    write(title="Kleinkind", parent=one)
    write(title="Kind 2", parent=page)

    actions.delete_page(as_actor("ben"), page)

    assert outline(as_actor("ben"), cast.space) == ["Voor", "Kind 1", "-Kleinkind", "Kind 2", "Na"]


def test_the_author_and_moderators_delete_and_the_log_knows_of_the_latter(write, change, as_actor):
    own, other = write("ben"), write("ben")
    change("carla", own, "Iets.")

    with pytest.raises(PermissionDenied):
        actions.delete_page(as_actor("ellen"), own)
    actions.delete_page(as_actor("ben"), own)
    assert not Entry.objects.filter(event="page.removed").exists()
    actions.delete_page(as_actor("carla"), other)

    assert Entry.objects.filter(event="page.removed").count() == 1
    assert not Page.objects.exists()
    assert not PageVersion.objects.exists()
    assert not Happening.objects.exists()


def test_erasing_gives_the_page_back_to_who_wrote_before(cast, write, change):
    page = write("anna", title="Tips", text="Van anna.")
    change("ben", page, "Van anna. Geheim van ben.", title="Geheime titel", note="geheime reden")

    assert actions.erase_member(cast.members["ben"]) == 1

    page.refresh_from_db()
    assert (page.title, page.body, page.edited_by.display_name) == ("Tips", "<p>Van anna.</p>", "Anna")
    assert page.version == 3, "Whoever was writing must learn that the page is another by now."
    assert "eheim" not in str(list(PageVersion.objects.values())) + str(list(Page.objects.values()))


def test_erasing_leaves_what_a_page_says_by_others(cast, write, change):
    page = write("ben", title="Tips", text="Geheim van ben.")
    change("carla", page, "Van Carla.")

    actions.erase_member(cast.members["ben"])

    page.refresh_from_db()
    assert (page.title, page.body, page.version) == ("Tips", "<p>Van Carla.</p>", 2)
    assert versions(page) == [(1, "Beer", ""), (2, "Carla", "<p>Van Carla.</p>")]


def test_erasing_finds_words_that_another_put_back(cast, write, change, as_actor):
    page = write("ben", text="Geheim van ben.")
    change("carla", page, "Van Carla.")
    actions.restore_version(as_actor("anna"), page.versions.get(number=1))

    actions.erase_member(cast.members["ben"])

    page.refresh_from_db()
    assert page.body == "<p>Van Carla.</p>"
    assert "Geheim" not in str(list(PageVersion.objects.values()))
    assert page.versions.get(number=3).erased_at


def test_an_erased_version_is_not_put_back(cast, write, change, as_actor):
    page = write("ben", text="Geheim.")
    change("carla", page, "Van Carla.")
    actions.erase_member(cast.members["ben"])

    with pytest.raises(PermissionDenied, match="gewist"):
        actions.restore_version(as_actor("carla"), page.versions.get(number=1))


def test_export_holds_ones_own_versions_and_not_what_one_put_back(cast, write, change, as_actor):
    page = write("anna", text="Woorden van anna.")
    change("ben", page, "Ben vindt dit ervan.", note="mijn reden")
    actions.restore_version(as_actor("ben"), page.versions.get(number=1))
    add_comment(as_actor("ben"), PageComment, page, body="<p>Reactie van ben.</p>")
    add_comment(as_actor("anna"), PageComment, page, body="<p>Reactie van anna.</p>")

    exported = str(kind_of(Page).export(cast.members["ben"]))

    assert "Ben vindt dit ervan." in exported
    assert "mijn reden" in exported
    assert "Reactie van ben." in exported
    assert "anna" not in exported


@pytest.mark.parametrize("first", ["ben", "anna"])
def test_export_holds_no_words_of_who_was_erased_just_before(cast, write, change, first):
    page = write(first, text=f"Van {first}.", title="Titel van ben")
    if first == "anna":
        change("ben", page, "Van anna. Van ben.")
    change("anna", page, "Van anna. Van ben. Nog meer.", note="erbij")
    change("anna", page, "Van anna. Van ben. Nog meer. En dit.")
    actions.erase_member(cast.members["ben"])

    exported = kind_of(Page).export(cast.members["anna"])

    *before, gap, known = exported
    assert [one["tekst"] for one in before] == (["Van anna."] if first == "anna" else [])
    assert ("titel" in gap, "tekst" in gap, gap["wat je veranderde"]) == (False, False, "erbij")
    assert known["tekst"].endswith("En dit.")
    assert "Van ben" not in str(exported)


# What is told


def test_the_stream_hears_of_one_change_an_hour(write, change):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = write("ben")
        change("carla", page, "Een.")
        change("carla", page, "Twee.")
        change("anna", page, "Drie.")
        clock.shift(timedelta(minutes=61))
        change("carla", page, "Vier.")

    told = list(
        Happening.objects.order_by("at", "verb", "author__display_name").values_list("verb", "author__display_name")
    )
    assert told == [("added", "Beer"), ("changed", "Anna"), ("changed", "Carla"), ("changed", "Carla")]
