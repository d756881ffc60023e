"""An editor's day: a topic from the empty screen to the mail of a reader, and a step plan in two ways. No mouse."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from email.message import Message
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.everyone import is_for_everyone
from tests.e2e.keys import Editor, Keys
from tests.groupspace.notify.conftest import Inbox, MailServer, wait_until
from tests.running import Site, demo_copy

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

DESK = {"width": 1280, "height": 900}
SCHEMES = ("light", "dark")
TOPIC = "Rust zonder muis"
TOPIC_PATH = "/lees/rust-zonder-muis/"
LETTER = "Nieuwsbrief: rust zonder muis"
PLAN = "Een plan zonder muis"
PLAN_PATH = "/voor-professionals/een-plan-zonder-muis/"
WAYS = (("Beeldbellen", "Regel de techniek"), ("Getypte berichten", "Spreek leestijden af"))
STEPS = (("Regel de techniek", "Beginnen"), ("Spreek leestijden af", "Kies een manier"))
READER = "lezer@example.org"


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = MailServer(probe.getsockname()[1])
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str, mail_server: MailServer) -> Iterator[Site]:
    """A site of its own: what is published here would stand in the lists that other tests look at."""
    base = tmp_path_factory.getbasetemp()
    var = tmp_path_factory.mktemp("editors-day") / "site"
    found = Site(demo_copy(base if worker_id == "master" else base.parent, var))
    found.extra = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}", "SITE_URL": found.url}
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def _cookies() -> dict[str, Any]:
    return {}


@pytest.fixture
def editor(open_browser: Callable[..., Page], _cookies: dict[str, Any]) -> Callable[[str], Editor]:
    """`editor("demo-redactie")`: at work in the CMS. Somebody logs in once: a code from the app works once."""

    def open_one(name: str) -> Editor:
        found = Editor(open_browser(viewport=DESK, reduced_motion="reduce", storage_state=_cookies.get(name)))
        if name not in _cookies:
            found.log_in(name, "/cms/")
            _cookies[name] = found.page.context.storage_state()
        return found

    return open_one


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small drawing."""
    path = tmp_path / "IMG_0042.png"
    Image.new("RGB", (64, 40), "#2a7f7f").save(path)
    return path


def page_id(site: Site, slug: str) -> int:
    return site.rows("SELECT id FROM wagtailcore_page WHERE slug = ?", slug)[0][0]


def panel_is_for_everyone(editor: Editor, where: str) -> None:
    """A part of the CMS that is ours, in both colour schemes."""
    expect(editor.page.locator(where).first).to_be_visible()
    for scheme in SCHEMES:
        editor.page.emulate_media(color_scheme=scheme)
        found = Axe().run(editor.page, context=where).response["violations"]
        assert [(v["id"], v["help"], [node["html"][:200] for node in v["nodes"]]) for v in found] == []
    editor.page.emulate_media(color_scheme="light")


def all_was_well(*people: Keys) -> None:
    """No breach of the policy, no error, no mouse, and nothing asked of anyone else."""
    assert [(who.page.watched.troubles, who.page.watched.elsewhere) for who in people] == [([], [])] * len(people)


def test_topic_goes_from_the_empty_screen_to_the_mail_of_a_reader(
    editor: Callable[[str], Editor],
    open_browser: Callable[..., Page],
    site: Site,
    mail_server: MailServer,
    picture: Path,
) -> None:
    writer, colleague = editor("demo-redactie"), editor("demo-redactie-2")
    write_topic(writer, page_id(site, "lees"), picture)
    look_at_preview(writer)
    writer.send_in()
    reader = Keys(open_browser())
    assert reader.page.goto(TOPIC_PATH).status == 404  # not before a second person agrees

    colleague.approve(TOPIC)

    find_topic(reader)
    put_in_menu(writer)
    expect_in_menu(reader)
    subscribe(reader, mail_server.inbox)
    write_issue(writer, page_id(site, "nieuwsbrief"))
    colleague.approve(LETTER)
    send_issue(colleague, mail_server.inbox)
    read_issue(reader, mail_server.inbox)
    all_was_well(writer, colleague, reader)
    start_film(Keys(open_browser()))


def write_topic(writer: Editor, shelf: int, picture: Path) -> None:
    """From an empty form, by way of the example text, to a topic with a picture and a film."""
    page = writer.page
    page.goto(f"/cms/pages/{shelf}/")
    writer.press(page.get_by_role("link", name="Voeg onderliggende pagina toe").first)
    writer.press(page.get_by_role("link", name="Vul het voorbeeld in"))
    page.wait_for_url("**voorbeeld=1")
    writer.write(writer.field("title"), TOPIC)
    writer.write(writer.field("summary"), "Rust vinden kan overal. Een paar toetsen zijn genoeg.")
    writer.choose(page.get_by_role("button", name="Kies thema"), "Stress")
    what = writer.part("Wat is het?")
    writer.add_block(what, "Afbeelding")
    window = writer.open_window(what.get_by_role("button", name="Kies een afbeelding").first)
    writer.press(window.get_by_role("tab", name="Zoeken"), "ArrowRight")
    writer.upload(window.get_by_label("Bestand"), picture)
    writer.write(window.get_by_label("Titel"), "Blauw vlak")
    writer.press(window.get_by_role("button", name="Uploaden"))
    expect(window).to_have_count(0)
    writer.write(what.get_by_label("Beschrijving"), "Een rustig blauw vlak.")
    writer.add_block(what, "Film of geluid")
    writer.write(writer.field("what-2-value-title"), "Adem rustig uit")
    writer.write(writer.field("what-2-value-address"), "https://youtu.be/dQw4w9WgXcQ")
    writer.write(writer.field("checked_on"), "2026-11-20")
    page.keyboard.press("Escape")  # the calendar


def look_at_preview(writer: Editor) -> None:
    """The text as readers will see it, beside the form."""
    toggle = writer.page.get_by_role("button", name="Toon/verberg voorvertoning")
    writer.press(toggle)
    shown = writer.page.frame_locator("#w-preview-iframe")
    expect(shown.get_by_role("heading", level=1)).to_have_text(TOPIC)
    expect(shown.get_by_role("img", name="Een rustig blauw vlak.")).to_be_visible()
    expect(shown.get_by_text("Adem rustig uit")).to_be_visible()
    writer.press(toggle)


def find_topic(reader: Keys) -> None:
    """On its shelf, at its address, in the search, under what is new and in the feed."""
    page = reader.page
    page.goto("/lees/")
    reader.press(page.get_by_role("link", name=TOPIC))
    page.wait_for_url(f"**{TOPIC_PATH}")
    expect(page.get_by_role("img", name="Een rustig blauw vlak.")).to_be_visible()
    expect(page.get_by_role("button", name="Start de film")).to_be_visible()
    is_for_everyone(page, schemes=SCHEMES)

    page.goto("/zoeken/")
    reader.write(page.get_by_label("Waar wil je over lezen?"), "muizen rust")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=**")
    is_for_everyone(page, schemes=SCHEMES)
    reader.press(page.get_by_role("main").get_by_role("link", name=TOPIC))
    page.wait_for_url(f"**{TOPIC_PATH}")

    page.goto("/wat-is-nieuw/")
    expect(page.get_by_role("main").get_by_role("link", name=TOPIC)).to_be_visible()
    feed = page.request.get("/wat-is-nieuw/feed/")
    assert f"<title>{TOPIC}</title>" in feed.text()
    assert f"{TOPIC_PATH}</link>" in feed.text()


def put_in_menu(writer: Editor) -> None:
    """Staff change the menu without anybody's help."""
    page = writer.page
    page.goto("/cms/")
    writer.press(page.get_by_role("button", name="Instellingen"))
    writer.press(page.get_by_role("link", name="Menu en voettekst"))
    page.wait_for_url("**/sitenavigation/**")
    menu = writer.part("Hoofdmenu")
    writer.add_block(menu)
    writer.write(writer.field("menu-3-value-label"), TOPIC)
    writer.choose(menu.get_by_role("button", name="Kies een pagina").last, TOPIC)
    writer.press(page.get_by_role("button", name="Opslaan"))
    expect(page.locator(".messages")).to_contain_text("Menu en voettekst")


def expect_in_menu(reader: Keys) -> None:
    page = reader.page
    page.goto("/")
    reader.press(page.locator("summary", has_text="Menu"))
    reader.press(page.get_by_role("navigation").get_by_role("link", name=TOPIC))
    page.wait_for_url(f"**{TOPIC_PATH}")


def subscribe(reader: Keys, inbox: Inbox) -> None:
    """Sign up, and say yes to the mail that asks whether it was you."""
    page = reader.page
    page.goto("/nieuwsbrief/")
    reader.write(page.get_by_label("Je e-mailadres"), READER)
    page.keyboard.press("Enter")
    page.goto(links(mail_to(READER, inbox))[0])
    reader.press(page.get_by_role("button", name="Ja, stuur mij de nieuwsbrief"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelukt")


def write_issue(writer: Editor, newsletter: int) -> None:
    """An issue with the new topic in it."""
    page = writer.page
    page.goto(f"/cms/pages/{newsletter}/")
    writer.press(page.get_by_role("link", name="Voeg onderliggende pagina toe").first)
    writer.write(writer.field("title"), LETTER)
    writer.write(writer.field("summary"), "Deze maand lees je over rust. Het is een korte brief.")
    items = writer.part("Wat staat erin?")
    writer.add_block(items, "Pagina van de site")
    writer.choose(items.get_by_role("button", name="Kies een pagina"), TOPIC)
    writer.write(writer.field("items-0-value-lead"), "Nieuw op de site.")
    writer.send_in()


def send_issue(sender: Editor, inbox: Inbox) -> None:
    """First a trial, then to everybody."""
    page = sender.page
    page.goto("/cms/")
    panel_is_for_everyone(sender, ".w-panel--dashboard")
    page.goto("/cms/nieuwsbrief/")
    panel_is_for_everyone(sender, "#main .nice-padding")
    sender.press(page.get_by_role("row", name=LETTER).get_by_role("link", name="Verstuur nieuwsbrief"))
    sender.write(page.get_by_label("Naar welk adres?"), "redactie@example.org")
    page.keyboard.press("Enter")
    mail_to("redactie@example.org", inbox)
    expect(page.get_by_label("Ik heb de proefmail gelezen")).to_be_visible()  # the mail may be there before the page
    panel_is_for_everyone(sender, "#main .nice-padding")
    sender.press(page.get_by_label("Ik heb de proefmail gelezen"), "Space")
    sender.press(page.get_by_role("button", name="Verstuur nieuwsbrief"))
    expect(page.locator(".messages")).to_contain_text("De nieuwsbrief gaat nu naar")


def read_issue(reader: Keys, inbox: Inbox) -> None:
    """The mail names the topic and leads to it; the same issue stands on the site."""
    page = reader.page
    mail = mail_to(READER, inbox, number=2)
    assert f"{TOPIC}\n" in text(mail)
    page.goto(next(link for link in links(mail) if link.endswith(TOPIC_PATH)))
    expect(page.get_by_role("heading", level=1)).to_have_text(TOPIC)
    page.goto("/nieuwsbrief/")
    reader.press(page.get_by_role("link", name=LETTER))
    expect(page.get_by_role("heading", level=1)).to_have_text(LETTER)
    is_for_everyone(page, schemes=SCHEMES)


def start_film(reader: Keys) -> None:
    """Who presses the button asks for the film; nobody else ever does."""
    page = reader.page
    page.goto(TOPIC_PATH)
    expect(page.locator("iframe")).to_have_count(0)
    assert page.watched.elsewhere == []
    reader.press(page.get_by_role("button", name="Start de film"))
    expect(page.locator("iframe")).to_be_focused()
    assert {urlsplit(address).hostname for address in page.watched.elsewhere} == {"www.youtube-nocookie.com"}
    assert page.watched.troubles == []


def test_step_plan_is_built_and_walked_in_two_ways(
    editor: Callable[[str], Editor], open_browser: Callable[..., Page], site: Site
) -> None:
    writer, colleague = editor("demo-redactie"), editor("demo-redactie-2")
    build_plan(writer, page_id(site, "voor-professionals"))
    mend_plan(writer)
    colleague.approve(PLAN)

    reader = Keys(open_browser())
    reader.page.goto("/zoeken/?q=plan+zonder+muis")
    reader.press(reader.page.get_by_role("main").get_by_role("link", name=PLAN))
    first = walk(reader, "Beeldbellen", "Regel de techniek", axe=True)
    reader.page.goto(PLAN_PATH)
    second = walk(reader, "Getypte berichten", "Spreek leestijden af", axe=False)

    assert "Regel de techniek" in first
    assert "Uitkomst: Kansrijk" in first
    assert "Spreek leestijden af" not in first
    assert "Spreek leestijden af" in second
    assert "Uitkomst: Niet kansrijk" in second
    assert "Regel de techniek" not in second
    for plan in (first, second):
        assert PLAN in plan
        assert "Dit past bij ons." in plan
    all_was_well(writer, colleague, reader)


def build_plan(writer: Editor, parent: int) -> None:
    """Two branches, of which the second leads round in a circle."""
    page = writer.page
    page.goto(f"/cms/pages/{parent}/")
    writer.press(page.get_by_role("link", name="Voeg onderliggende pagina toe").first)
    writer.press(page.get_by_role("link", name="Een stappenplan met keuzemomenten"))
    writer.write(writer.field("title"), PLAN)
    writer.write(writer.field("summary"), "Zo kies je hoe je groep praat. Je maakt een eigen plan.")
    steps, ends, factors = (writer.part(name) for name in ("Stappen", "Eindes", "Succesfactoren"))
    writer.add_block(steps, "Keuzemoment")
    fill(writer, "steps-0-value", name="Kies een manier", text="Kijk wat past.", question="Hoe praat de groep?")
    options = page.locator("[data-contentpath='options']")
    for number, (label, target) in enumerate(WAYS):
        writer.add_block(options)
        fill(writer, f"steps-0-value-options-{number}-value", label=label, consequence="Dat kost tijd.", target=target)
    for number, (name, target) in enumerate(STEPS, start=1):
        writer.add_block(steps, "Stap")
        fill(writer, f"steps-{number}-value", name=name, text="Doe dit samen.", target=target)
    for number, name in enumerate(("Beginnen", "Stoppen")):
        writer.add_block(ends)
        fill(writer, f"ends-{number}-value", name=name, text="Zo gaat het verder.")
    writer.press(writer.field("ends-1-value-outcome"), "ArrowDown")
    for number in range(3):
        writer.add_block(factors)
        writer.write(writer.field(f"factors-{number}-value"), f"Dit is er al ({number}).")
    writer.write(writer.field("checked_on"), "2026-11-20")
    page.keyboard.press("Escape")  # the calendar


def fill(writer: Editor, block: str, **fields: str) -> None:
    """Fill in the fields of a block."""
    for name, words in fields.items():
        target = writer.prose(f"{block}-text") if name == "text" else writer.field(f"{block}-{name}")
        writer.write(target, words)


def mend_plan(writer: Editor) -> None:
    """The plan is refused with a sentence at the block; then it is mended and sent in."""
    page = writer.page
    writer.press(page.get_by_role("button", name="Meer acties"))
    writer.press(page.get_by_role("button", name="Stuur door naar"))
    expect(page.get_by_text("springt terug naar “Kies een manier”").first).to_be_visible()
    writer.press(page.get_by_role("button", name="Bewaar concept"))
    expect(page.locator(".messages .success")).to_be_visible()
    overview = writer.part("Overzicht van het plan")
    expect(overview).to_contain_text("springt terug naar “Kies een manier”")
    panel_is_for_everyone(writer, ".kb-overview")
    writer.write(writer.field("steps-2-value-target"), "Stoppen")
    writer.send_in()


def walk(reader: Keys, way: str, step: str, *, axe: bool) -> str:
    """Go through the plan by one of the ways. Return what stands in the PDF."""
    page = reader.page
    look = partial(is_for_everyone, page, schemes=SCHEMES) if axe else lambda: None
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(PLAN)
    look()
    reader.press(page.get_by_role("link", name="Begin met het plan"))
    reader.press(page.get_by_role("button", name="Begin bij stap 1"))
    expect(title).to_have_text("Kies een manier")
    look()
    choose(reader, way)
    reader.write(page.locator("textarea"), "Dit past bij ons.")
    reader.press(page.get_by_role("button", name="Verder"))
    expect(title).to_have_text(step)
    reader.press(page.get_by_role("button", name="Verder"))
    expect(title).to_have_text("Maak je plan af")
    look()
    reader.write(page.locator("[name=name]"), PLAN)
    reader.write(page.locator("[name=responsible]"), "De teamleider")
    reader.press(page.get_by_role("button", name="Maak het plan"))
    expect(title).to_have_text(PLAN)
    look()
    with page.expect_download() as download:
        reader.press(page.get_by_role("link", name="Download als PDF"))
    pages = PdfReader(BytesIO(download.value.path().read_bytes())).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def choose(reader: Keys, label: str) -> None:
    """Choose an answer with the arrows: Tab leads to the first only."""
    reader.press(reader.page.locator("[name=option]").first, "Space")
    answer = reader.page.get_by_role("radio", name=label)
    for _ in range(3):
        if answer.is_checked():
            return
        reader.page.keyboard.press("ArrowDown")
    expect(answer).to_be_checked()


def mail_to(address: str, inbox: Inbox, number: int = 1) -> Message:
    """The last of so many mails that the mail server took for this address."""
    wait_until(lambda: len(of(address, inbox)) >= number, 30)
    found = of(address, inbox)
    assert len(found) == number
    return found[-1]


def of(address: str, inbox: Inbox) -> list[Message]:
    return [message for taker, message in inbox.taken if taker == address]


def text(mail: Message) -> str:
    """The mail without markup."""
    part = next(one for one in mail.walk() if one.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8").replace("\r\n", "\n")


def links(mail: Message) -> list[str]:
    return re.findall(r"https?://\S+", text(mail))
