"""What members do in a group, with the keyboard only, and without JavaScript."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import FULL_HOUSE, MEMBER, Places, send, write
from tests.e2e.keys import Keys

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
POLL, ROUND = "Wanneer lopen we?", "Rondje"


@pytest.fixture
def at(site):
    return Places(site)


@pytest.fixture
def keys(as_person):
    """A member who has no mouse."""
    yield (found := Keys(as_person(MEMBER)))
    assert found.page.watched.troubles == []


@pytest.fixture
def plain(as_person):
    """A member in a browser that runs no scripts."""
    return as_person(MEMBER, java_script_enabled=False)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "uitzicht.png"
    file.write_bytes(DOT)
    return file


# With the keyboard


def test_name_is_chosen_from_the_list_with_the_arrows(keys, at):
    page = keys.page
    page.goto(at.thing("gesprekken", "topic"))
    write(page)
    box = page.locator(".gs-editor__text")
    options = page.get_by_role("option")

    page.keyboard.type("Zullen we @")
    expect(options).to_have_text(["Beukennoot", "Saar"])
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Saar")).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", page.get_by_role("option", name="Saar").get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    expect(box).to_have_text("Zullen we @Beukennoot")
    page.keyboard.type("gaan, @Sa")
    expect(options).to_have_text(["Saar"])
    page.keyboard.press("Escape")  # not this name, and not away from the site
    expect(options).to_have_count(0)

    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#bericht-*")
    expect(page.locator(".gs-post").last).to_contain_text("Zullen we @Beukennoot gaan, @Sa")


def test_word_of_support_is_given_and_taken_back(keys, at):
    page = keys.page
    page.goto(at.thing("gesprekken", "topic"))
    post = page.locator(".gs-post").nth(1)
    keys.press(post.locator("summary", has_text="Reageer met een woord"))
    word = post.get_by_role("button", name="Sterkte")
    keys.press(word.last)

    expect(post.get_by_role("button", name="Sterkte 1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(":focus")).to_contain_text("Sterkte")  # one stays where one was
    page.keyboard.press("Enter")
    expect(post.get_by_role("button", name="Sterkte 1")).to_have_count(0)


def test_vote_is_given_and_taken_back(keys, at):
    page = keys.page
    page.goto(at.thing("peilingen", "poll", POLL))
    keys.press(page.get_by_label("Zaterdag"), "Space")
    keys.press(page.get_by_role("button", name="Stem", exact=True))
    expect(page.get_by_role("heading", name="Jouw stem")).to_be_visible()
    expect(page.get_by_label("Zaterdag").first).to_be_checked()

    keys.press(page.get_by_role("button", name="Neem mijn stem terug"))
    expect(page.get_by_role("heading", name="Stem mee")).to_be_visible()


def test_picture_is_shared_and_taken_away(keys, at, picture):
    page = keys.page
    page.goto(f"{at.space(FULL_HOUSE)}bestanden/nieuw/")
    keys.upload(page.get_by_label("Kies een of meer bestanden"), picture)
    keys.press(page.get_by_role("button", name="Deel"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("uitzicht")

    keys.press(page.get_by_role("link", name="Haal weg"))
    keys.press(page.get_by_role("button", name="Haal weg"))
    expect(page.get_by_role("link", name="uitzicht")).to_have_count(0)


def test_film_asks_nothing_elsewhere_before_the_button(keys, at):
    page = keys.page
    page.goto(at.thing("links", "link", "Een film over lopen"))
    play = page.locator("[data-gs-film-play]")
    expect(play).to_be_visible()
    assert page.watched.elsewhere == []

    keys.press(play)

    page.wait_for_function("document.activeElement.localName === 'iframe'")
    page.wait_for_load_state("networkidle")
    assert page.watched.elsewhere
    assert all("youtube-nocookie.com" in url for url in page.watched.elsewhere)


def test_word_one_would_rather_not_see_folds_a_message(keys, at):
    page = keys.page
    words = f"{at.space(FULL_HOUSE)}gesprekken/woorden/"
    page.goto(words)
    keys.write(page.get_by_label("Jouw woorden"), "loopt")
    with page.expect_navigation():
        keys.press(page.get_by_role("button", name="Bewaar"))
    page.goto(at.thing("gesprekken", "topic"))
    fold = page.locator(".gs-fold").first
    expect(fold.get_by_text("Wie loopt er mee?")).to_be_hidden()
    keys.press(fold.locator("summary"))
    expect(fold.get_by_text("Wie loopt er mee?")).to_be_visible()

    page.goto(words)
    keys.to(page.get_by_label("Jouw woorden"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    with page.expect_navigation():
        keys.press(page.get_by_role("button", name="Bewaar"))
    page.goto(at.thing("gesprekken", "topic"))
    expect(page.get_by_text("Wie loopt er mee?").first).to_be_visible()


# Without JavaScript


def test_vote_and_word_of_support_without_javascript(plain, at):
    plain.goto(at.thing("peilingen", "poll", POLL))
    plain.get_by_label("Zaterdag").check()
    send(plain, plain.get_by_role("button", name="Stem", exact=True))
    expect(plain.get_by_role("heading", name="Jouw stem")).to_be_visible()
    send(plain, plain.get_by_role("button", name="Neem mijn stem terug"))
    expect(plain.get_by_role("heading", name="Stem mee")).to_be_visible()

    plain.goto(at.thing("gesprekken", "topic"))
    post = plain.locator(".gs-post").nth(1)
    post.locator("summary", has_text="Reageer met een woord").click()
    send(plain, post.get_by_role("button", name="Dit helpt mij").last)
    helps = plain.locator(".gs-post").nth(1).get_by_role("button", name="Dit helpt mij 1")
    expect(helps).to_be_visible()
    send(plain, helps)
    expect(helps).to_have_count(0)


def test_file_is_shared_without_javascript(plain, at, picture):
    plain.goto(f"{at.space(FULL_HOUSE)}bestanden/nieuw/")
    plain.get_by_label("Kies een of meer bestanden").set_input_files([picture])
    send(plain, plain.get_by_role("button", name="Deel"))
    expect(plain.get_by_role("heading", level=1)).to_have_text("uitzicht")
    plain.get_by_role("link", name="Haal weg").click()
    send(plain, plain.get_by_role("button", name="Haal weg"))
    expect(plain.get_by_role("link", name="uitzicht")).to_have_count(0)


def test_film_is_a_link_and_an_answer_names_its_message_without_javascript(plain, at):
    plain.goto(at.thing("links", "link", "Een film over lopen"))
    expect(plain.locator("[data-gs-film-play]")).to_be_hidden()
    expect(plain.locator("main").get_by_role("link", name=re.compile("YouTube"))).to_be_visible()

    plain.goto(at.thing("gesprekken", "topic"))
    plain.get_by_role("link", name="Antwoord hierop").first.click()
    plain.get_by_label("Jouw reactie").fill("Ik loop mee, @Beukennoot.")
    send(plain, plain.get_by_role("button", name="Plaats reactie"))
    mine = plain.locator(".gs-post").last
    expect(mine.locator(".gs-quote")).to_contain_text("Wie loopt er mee?")
    expect(mine).to_contain_text("Ik loop mee, @Beukennoot.")
