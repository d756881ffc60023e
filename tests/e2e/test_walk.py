"""The whole way of a newcomer: read, make an account, ask to join, be let in, post. With and without JavaScript."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import GROUP, LEADER, press, write
from tests.e2e.conftest import log_in
from tests.e2e.everyone import is_for_everyone
from tests.plugins.browser import WAIT, exit_without_javascript

pytestmark = pytest.mark.e2e

WORDS = "vier losse woorden samen genoeg"


def sign_up(page, check):
    """From a page to read to an account without name or e-mail address. Return the log-in name.

    check: called with the page on which the recovery codes stand, once.
    """
    page.goto("/lees/piekeren-en-slecht-slapen/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Piekeren en slecht slapen")
    page.goto("/praat-mee/")
    page.get_by_role("link", name=GROUP).click()
    page.get_by_role("link", name="Vraag of je mee mag doen").click()
    page.get_by_role("link", name="Maak er een, zonder je naam te geven").click()
    name = page.locator("[name=username]:checked").get_attribute("value")
    assert page.locator("main input:visible:not([type=radio], [type=password])").count() == 0  # no name, no e-mail
    page.get_by_label("Bedenk een wachtwoord").fill(WORDS)
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.locator(".gs-codes li")).to_have_count(8)
    check(page)
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    return name


def test_other_names_keep_the_password_that_was_typed(open_browser):
    page = open_browser()
    page.goto("/account/aanmelden/?next=/groep/")
    before = page.locator("[name=username]").evaluate_all("all => all.map(one => one.value)")
    page.get_by_label("Bedenk een wachtwoord").fill(WORDS)

    page.get_by_role("link", name="Toon andere namen").click()
    expect(page.locator(f"[name=username][value='{before[0]}']")).to_have_count(0)
    page.get_by_label("Bedenk een wachtwoord").press("Enter")

    page.wait_for_url("**/herstelcodes/")
    expect(page.locator("main")).not_to_contain_text(before[0])


def ask_to_join(page, display_name):
    """The address that brought them here is where they go on. Return the address of the group."""
    page.wait_for_url("**/meedoen/")
    page.get_by_label("Jouw naam in deze groep").fill(display_name)
    page.get_by_label("Wat hoop je").fill("Rust.")
    page.get_by_label("afspraken").check()
    page.get_by_role("button", name="Verstuur mijn aanvraag").click()
    page.get_by_text("Je aanvraag is verstuurd").first.wait_for()
    return page.url


def admit(page, display_name):
    """The facilitator, on a phone."""
    page.goto("/groep/")
    page.get_by_role("link", name=GROUP).click()
    page.get_by_role("link", name=re.compile("aanvra.* op je")).click()
    page.get_by_role("link", name=display_name).click()
    press("Laat toe")(page)
    expect(page.get_by_text(display_name).first).to_be_visible()


def until_logged_out(page):
    """The session ends in passing: with JavaScript, the way out does not wait for the answer of the server."""
    end = time.monotonic() + WAIT / 1000
    page.goto("/account/")
    while "/account/login/" not in page.url:
        assert time.monotonic() < end
        page.wait_for_timeout(200)
        page.goto("/account/")


@pytest.mark.parametrize(("javascript", "display_name"), [(True, "Wilgje"), (False, "Kastanje")])
def test_newcomer_comes_in_and_posts(open_browser, as_person, javascript, display_name):
    page = open_browser(java_script_enabled=javascript)
    name = sign_up(page, is_for_everyone if javascript else lambda _page: None)
    group = ask_to_join(page, display_name)
    topics = f"{group.partition('?')[0]}gesprekken/"
    assert page.goto(topics).status == 404  # not before somebody let them in

    admit(as_person(LEADER), display_name)

    page.goto(group)
    page.get_by_role("link", name="Alle gesprekken").click()
    page.get_by_role("link", name="Koffiehoek: alles behalve piekeren").click()
    expect(page.locator(".gs-who-reads")).to_contain_text("Je schrijft als " + display_name)
    if javascript:
        write(page)
        page.keyboard.type("Dag allemaal, ik ben ")
        page.keyboard.press("Control+b")
        page.keyboard.type("nieuw")
    else:
        page.get_by_label("Jouw reactie").fill("Dag allemaal, ik ben nieuw")
    page.get_by_role("button", name="Plaats reactie").click()
    page.wait_for_url("**#bericht-*")
    mine = page.locator(".gs-post", has_text=display_name)
    expect(mine.locator(".gs-prose")).to_have_text("Dag allemaal, ik ben nieuw")
    expect(mine.locator("strong")).to_have_count(1 if javascript else 0)
    assert name not in page.content()
    assert page.watched.troubles == []
    assert page.watched.elsewhere == []

    # A second thought: take it away, leave the group, leave the site.
    mine.locator("summary").click()
    mine.get_by_role("link", name="Haal weg").click()
    page.get_by_role("button", name="Haal weg").click()
    page.wait_for_url("**#bericht-*")
    assert "ik ben nieuw" not in page.content()
    page.goto(group)
    page.get_by_role("link", name="Uit deze groep gaan").click()
    press("Ga uit de groep")(page)
    assert page.goto(topics).status == 404
    page.goto("/account/")
    if javascript:
        page.locator("[data-gs-exit]").first.click()
        page.get_by_text("Zon").wait_for()
    else:
        assert not exit_without_javascript(page).startswith(page.watched.home)
    until_logged_out(page)


def test_facilitator_logs_in_with_two_steps_on_a_phone(open_browser):
    page = open_browser(viewport={"width": 320, "height": 600})

    log_in(page, "demo-begeleider-2")

    expect(page.get_by_role("link", name="Samen sterker na een scheiding")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_invited_person_comes_in_by_link_or_by_code(open_browser, as_person, javascript):
    leader = as_person(LEADER)
    leader.goto("/groep/")
    leader.get_by_role("link", name=GROUP).click()
    leader.get_by_role("link", name="Nodig iemand uit").click()
    leader.get_by_label(re.compile("^Deelnemer")).check()
    press("Maak een uitnodiging")(leader)
    link, code = (output.inner_text() for output in leader.locator("output").all())
    page = open_browser(java_script_enabled=javascript)

    page.goto(link)
    if javascript:
        expect(page.get_by_label("Jouw code")).to_have_value(link.partition("#")[2])
        assert "#" not in page.url
    else:
        page.get_by_label("Jouw code").fill(code)
    press("Bekijk de uitnodiging")(page)
    page.get_by_role("link", name="Maak er een, zonder je naam te geven").click()
    page.get_by_label("Bedenk een wachtwoord").fill(WORDS)
    page.get_by_role("button", name="Maak mijn account").click()
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(GROUP)
    if javascript:
        is_for_everyone(page)
    page.get_by_label("Jouw naam in deze groep").fill(f"Hazelaar {javascript:d}")
    page.get_by_label("afspraken").check()
    press("Doe mee")(page)

    expect(page.get_by_text("Welkom. Je doet nu mee.")).to_be_visible()
    page.get_by_role("link", name="Uit deze groep gaan").click()
    press("Ga uit de groep")(page)
    page.goto("/groep/uitnodiging/")
    page.get_by_label("Jouw code").fill(code)
    press("Bekijk de uitnodiging")(page)
    expect(page.locator(".gs-field__error")).to_be_visible()  # once is once
