"""Writing in a real browser: hostile text stays text, and the editor, the drafts and the keys do what they promise."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from groupspace.forum import actions
from groupspace.forum.models import Post
from groupspace.text.models import Draft
from groupspace.text.sanitiser import clean
from tests.e2e import addresses
from tests.e2e.conftest import hold
from tests.groupspace.text.payloads import PAYLOADS
from tests.plugins.browser import new_context

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]

EDITOR = re.compile("django_prose_editor/editor.*js")
TRAP = (
    "window.hits = []; for (const n of ['alert', 'confirm', 'prompt']) window[n] = (...a) => { window.hits.push(a); };"
)
TOUCH = """() => { for (const e of document.body.querySelectorAll('*')) {
  for (const t of ['mouseover', 'click', 'focus', 'pointerenter', 'load', 'error', 'toggle'])
    e.dispatchEvent(new Event(t, {bubbles: true, cancelable: true})); } }"""


@pytest.fixture
def tab(page, context, live_server, cast, as_actor):
    """Ben's tab, with a topic of Carla's, on a page that reports every breach of the content security policy."""
    client = Client()
    client.force_login(cast.ben)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda m: page.troubles.append(m.text) if "Content Security Policy" in m.text else None)
    page.topic = actions.start_topic(as_actor("carla"), cast.space, title="Samen schrijven", body="<p>Hoi.</p>").topic
    page.address = f"/groep/{cast.space.pk}/gesprekken/{page.topic.pk}/"
    return page


def write(tab, text=""):
    """Go to the text box and wait for the editor."""
    tab.goto(tab.address)
    addresses.write(tab)
    tab.keyboard.type(text)


def run(page, html):
    page.goto("about:blank")
    page.set_content(f"<!doctype html><body>{html}</body>")
    page.wait_for_timeout(300)
    page.evaluate(TOUCH)
    page.wait_for_timeout(300)
    return page.evaluate("window.hits.length")


def test_no_payload_runs_after_cleaning(page):
    page.add_init_script(TRAP)

    run(page, "".join(f"<div>{payload}</div>" for payload in PAYLOADS if "onerror" in payload))
    page.wait_for_function("window.hits.length > 0")  # it can catch
    assert run(page, "".join(f"<div>{clean(payload)}</div>" for payload in PAYLOADS)) == 0
    assert [p for p in PAYLOADS[::4] if run_fast(page, clean(p))] == []


def run_fast(page, html):
    page.set_content(html)
    page.evaluate(TOUCH)
    return page.evaluate("window.hits.length")


def test_hostile_posts_stay_text_on_the_page(tab, as_actor):
    tab.add_init_script(TRAP)
    for start in range(0, len(PAYLOADS), 16):
        actions.reply(as_actor("carla"), tab.topic, body="".join(f"<p>{p}</p>" for p in PAYLOADS[start : start + 16]))
    with connection.cursor() as cursor:  # past the field, as if a way in had been forgotten: cleaned when shown
        cursor.execute("UPDATE groupspace_forum_post SET body = '<img src=x onerror=alert(1)>' WHERE number = 2")

    tab.goto(tab.address + "?pagina=1")
    tab.evaluate("for (const a of document.querySelectorAll('.gs-prose a')) a.removeAttribute('href')")
    tab.evaluate(TOUCH.replace("document.body", "document.querySelector('main')").replace("'click', ", ""))

    assert tab.evaluate("window.hits") == []
    assert tab.troubles == []


def test_editor_comes_on_focus_only(tab):
    fetched = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto(tab.address)
    tab.wait_for_timeout(300)
    assert not [url for url in fetched if "prose_editor" in url]

    write(tab, "Hallo")

    assert [url for url in fetched if "prose_editor" in url and "/editor" in url]
    assert all(url.startswith(tab.url.split("/groep")[0]) for url in fetched)
    assert tab.troubles == []


def test_text_box_is_never_under_the_strip(tab):
    tab.set_viewport_size({"width": 360, "height": 640})
    tab.goto(tab.address)
    tab.evaluate("scrollTo(0, document.querySelector('textarea').getBoundingClientRect().top + scrollY - 540)")

    addresses.write(tab)
    strip = tab.locator(".gs-crisis").bounding_box()["y"]
    box = tab.locator(".gs-editor").bounding_box()
    assert box["y"] + box["height"] <= strip

    for _line in range(20):
        tab.keyboard.press("Enter")
    tab.keyboard.type("onder")
    bottom = tab.locator(".gs-editor__text > p").last.evaluate("line => line.getBoundingClientRect().bottom")
    assert bottom <= strip


def test_editor_has_a_name_and_tools_for_the_keyboard(tab):
    write(tab)

    box = tab.get_by_role("textbox", name="Jouw reactie")
    assert box.get_attribute("aria-multiline") == "true"
    tools = tab.get_by_role("toolbar", name="Opmaak").get_by_role("button")
    assert tools.evaluate_all("all => all.map(b => b.getAttribute('aria-label'))") == [
        "Vet",
        "Schuin",
        "Lijst met punten",
        "Lijst met nummers",
        "Citaat",
        "Link",
    ]
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_role("button", name="Schuin")).to_be_focused()
    assert min(tools.evaluate_all("all => all.map(b => b.getBoundingClientRect().height)")) >= 44


def test_formatted_text_is_posted_with_the_keyboard(tab):
    write(tab, "gewoon ")
    tab.keyboard.press("Control+b")
    tab.keyboard.type("vet")
    tab.keyboard.press("Enter")
    tab.keyboard.type("tweede")
    assert Post.objects.count() == 1  # Enter does not post

    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**#bericht-2")

    assert Post.objects.get(number=2).body == "<p>gewoon <strong>vet</strong></p><p><strong>tweede</strong></p>"
    assert tab.troubles == []


@pytest.fixture
def focus_slow_editor(tab):
    """`release = focus_slow_editor()`: the text box has focus, and the editor comes once `release` is called.
    From then on the phone draws a frame every half second: no key may have to wait for one."""
    tab.add_init_script("const soon = requestAnimationFrame; requestAnimationFrame = f => setTimeout(soon, 500, f);")

    def focus():
        tab.goto(tab.address)
        return hold(tab, EDITOR, lambda: tab.focus("textarea"))

    return focus


def test_typing_before_the_editor_is_there_loses_no_letter(tab, focus_slow_editor):
    release = focus_slow_editor()
    tab.keyboard.type("eerste regel")
    tab.keyboard.press("Enter")
    tab.keyboard.type("tweede")
    release()
    tab.wait_for_selector(".gs-editor[data-ready]")
    tab.keyboard.type(" verder")

    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**#bericht-2")

    assert Post.objects.get(number=2).body == "<p>eerste regel<br>tweede verder</p>"


def test_keys_pressed_all_along_go_to_the_text(tab, focus_slow_editor):
    release = focus_slow_editor()
    tab.keyboard.type("voor")
    release()
    typed = 0
    while typed < 200 or not tab.locator(".gs-editor[data-ready]").count():
        tab.keyboard.type("x" * 20)
        typed += 20

    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**#bericht-2")

    assert Post.objects.get(number=2).body == f"<p>voor{'x' * typed}</p>"


def test_selection_is_typed_over_after_the_editor_came(tab, focus_slow_editor):
    release = focus_slow_editor()
    tab.keyboard.type("weg hiermee")
    tab.keyboard.press("Control+a")
    release()
    tab.wait_for_selector(".gs-editor[data-ready]")
    tab.keyboard.type("opnieuw")

    expect(tab.locator(".gs-editor__text")).to_have_text("opnieuw")
    expect(tab.locator("textarea")).to_have_value("<p>opnieuw</p>")


def test_editor_waits_until_a_word_is_put_together(tab, context, focus_slow_editor):
    keyboard = context.new_cdp_session(tab)
    release = focus_slow_editor()
    tab.keyboard.type("een ")
    keyboard.send("Input.imeSetComposition", {"text": "ide", "selectionStart": 3, "selectionEnd": 3})
    with tab.expect_response(EDITOR):
        release()
    tab.wait_for_timeout(500)
    assert tab.locator(".gs-editor").count() == 0

    keyboard.send("Input.insertText", {"text": "idee"})
    tab.wait_for_selector(".gs-editor[data-ready]")
    tab.keyboard.type(" erbij")

    expect(tab.locator(".gs-editor__text")).to_have_text("een idee erbij")


def test_text_typed_before_the_scripts_are_there_is_kept_as_draft(tab):
    release = hold(tab, re.compile("text/compose"), lambda: tab.goto(tab.address, wait_until="commit"))
    tab.locator("textarea").click()
    tab.keyboard.type("vroege tekst")
    release()

    tab.get_by_text("Bewaard om").wait_for()
    assert "vroege tekst" in Draft.objects.get().values["body"]


def test_link_is_made_from_the_dialog(tab):
    write(tab, "kijk")
    tab.keyboard.press("Control+a")
    tab.get_by_role("button", name="Link", exact=True).click()
    field = tab.get_by_label("Adres van de pagina")
    field.fill("javascript:alert(1)")
    tab.get_by_role("button", name="Maak link").click()
    expect(tab.get_by_text("Begin het adres met https://")).to_be_visible()
    field.fill("https://www.113.nl/")
    field.press("Enter")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**#bericht-2")

    assert 'href="https://www.113.nl/"' in Post.objects.get(number=2).body


def test_draft_is_kept_and_comes_back_with_its_marks(tab):
    write(tab)
    tab.keyboard.press("Control+i")
    tab.keyboard.type("half verhaal")
    tab.get_by_text(re.compile(r"Bewaard om \d\d\.\d\d uur")).wait_for()
    assert Draft.objects.get().values["body"] == "<p><em>half verhaal</em></p>"

    write(tab)

    expect(tab.locator(".gs-editor__text em")).to_have_text("half verhaal")
    assert tab.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_second_window_is_told_and_may_choose(tab, context):
    write(tab)
    other = context.new_page()
    other.address = tab.address
    write(other)
    tab.keyboard.type("venster een")
    tab.get_by_text("Bewaard om").wait_for()
    other.keyboard.type("venster twee")
    other.get_by_text("ander venster").wait_for()
    assert Draft.objects.get().values["body"] == "<p>venster een</p>"

    other.get_by_role("button", name="Houd deze tekst").click()
    other.get_by_text("Bewaard om").wait_for()

    assert Draft.objects.get().values["body"] == "<p>venster twee</p>"


def test_everything_works_without_javascript(browser, live_server, cast, as_actor):
    topic = actions.start_topic(as_actor("carla"), cast.space, title="Zonder", body="<p>Hoi.</p>").topic
    client = Client()
    client.force_login(cast.ben)
    context = new_context(browser, live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"/groep/{cast.space.pk}/gesprekken/{topic.pk}/")
    page.get_by_label("Jouw reactie").fill("Zonder\n\nscript <b>")
    page.get_by_role("button", name="Plaats reactie").click()
    page.wait_for_url("**#bericht-2")
    context.close()

    assert Post.objects.get(number=2).body == "<p>Zonder</p><p>script &lt;b&gt;</p>"
