"""The site as an app on a phone: it installs under a neutral name, keeps nothing, and loses no typed word."""

from __future__ import annotations

import shutil

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from groupspace.accounts.models import Session
from groupspace.forum import actions
from groupspace.forum.models import Post
from groupspace.safety.models import SafetySettings
from tests.e2e.addresses import write
from tests.groupspace.notify.conftest import wait_until
from tests.plugins.browser import FLAGS, PHONE
from tests.tools.system import CHROMIUM_NAMES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]

ELSEWHERE = "https://weer.example/"
OFFLINE = "Je hebt nu geen internet"
AS_APP = """const real = matchMedia;
window.matchMedia = (query) => query === '(display-mode: standalone)' ? { matches: true } : real(query);"""
READY = "async () => { await navigator.serviceWorker.ready; return Boolean(navigator.serviceWorker.controller); }"


@pytest.fixture
def tab(page, context, live_server, cast, as_actor):
    """Ben's tab in the installed app, with the script at work and a conversation of Carla's."""
    client = Client()
    client.force_login(cast.ben)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.add_init_script(AS_APP)
    page.topic = actions.start_topic(as_actor("carla"), cast.space, title="Kanariepiet", body="<p>Hoi.</p>").topic
    page.address = f"/groep/{cast.space.pk}/gesprekken/{page.topic.pk}/"
    page.goto(page.address)
    page.wait_for_function(READY)
    page.reload()
    return page


def test_it_installs_under_a_name_that_tells_nothing(browser, live_server, cast, tmp_path):
    """Browsers offer it only outside a private window, so this one has a folder of its own."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=path, args=FLAGS, viewport=PHONE, base_url=live_server.url
    )
    try:
        page = context.new_page()
        page.goto("/account/login/")
        devtools = context.new_cdp_session(page)
        manifest = devtools.send("Page.getAppManifest")
        assert manifest["url"] == f"{live_server.url}/app.webmanifest"
        assert manifest["errors"] == []
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        assert '"name": "Informatie"' in manifest["data"]
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0, "a visitor"
    finally:
        context.close()


def test_it_keeps_no_page_and_shows_none_without_internet(tab, context):
    expect(tab.get_by_role("heading", name="Kanariepiet")).to_be_visible()
    assert tab.evaluate("caches.keys()") == []

    context.set_offline(True)
    tab.goto(tab.address, wait_until="commit")
    expect(tab.get_by_role("heading", name=OFFLINE)).to_be_visible()
    assert "Kanariepiet" not in tab.content()
    assert "112" in tab.content()
    assert tab.evaluate("getComputedStyle(document.body).maxWidth") != "none", "its own style came through its policy"
    assert tab.evaluate("caches.keys()") == []

    context.set_offline(False)
    tab.get_by_role("link", name="Probeer het dan opnieuw").click()
    expect(tab.get_by_role("heading", name="Kanariepiet")).to_be_visible()


def test_what_was_sent_without_internet_is_there_and_arrives_once(tab, context):
    words = 'Vannacht <b>sliep</b> ik "goed".'
    write(tab)
    tab.keyboard.type(words)
    context.set_offline(True)
    tab.locator("form:has([name=body]) .gs-form__actions button").first.click()
    expect(tab.get_by_text("Wat je schreef, is nog niet verstuurd.")).to_be_visible()
    expect(tab.locator("blockquote")).to_have_text(words)
    assert tab.locator("b").count() == 0

    tab.get_by_role("button", name="Verstuur opnieuw").click()
    expect(tab.get_by_text("Wat je schreef, is nog niet verstuurd.")).to_be_visible()
    context.set_offline(False)
    tab.get_by_role("button", name="Verstuur opnieuw").click()
    expect(tab.get_by_role("heading", name="Kanariepiet")).to_be_visible()
    assert Post.objects.filter(topic=tab.topic, body__contains="sliep").count() == 1


def test_a_password_does_not_come_back(tab, context):
    context.clear_cookies()
    tab.goto("/account/login/")
    tab.get_by_label("Inlognaam").fill("ben")
    tab.get_by_label("Wachtwoord", exact=True).fill("geheim woord")
    context.set_offline(True)
    tab.get_by_role("button", name="Inloggen").click()
    expect(tab.get_by_role("heading", name=OFFLINE)).to_be_visible()
    assert "geheim woord" not in tab.content()


def test_leaving_works_from_the_app(tab, context, cast):
    row = SafetySettings.load()
    row.exit_url = ELSEWHERE
    row.save()
    context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>Weer</title>Zon"))
    tab.reload()
    with tab.expect_request(lambda request: request.url.endswith(reverse("safety:exit"))):
        tab.locator("[data-gs-exit]").first.click()
    tab.wait_for_url(ELSEWHERE)
    wait_until(lambda: not Session.objects.filter(user=cast.ben).exists())  # the log-out goes along with the leaving
    tab.goto(tab.address)
    assert "Kanariepiet" not in tab.content()
