"""Every kind of page: its name, who looks, and how to get there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.demo import (
    BEGINNING,
    FORUM,
    FULL_HOUSE,
    GROUP,
    LEADER,
    LONG_TITLE,
    MEMBER,
    OUTSIDER,
    PROFESSIONAL,
    WAITING,
)
from tests.running import ACCOUNTS, Site

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["ALL", "GROUP", "LEADER", "LONG_TITLE", "MEMBER", "OUTSIDER", "PROFESSIONAL", "Kind", "Places"]


class Places:
    """Ids of the demo that stand in addresses."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def space(self, name: str = GROUP) -> str:
        found = "SELECT id FROM groupspace_space WHERE name = ?"
        return f"/groep/{self.site.pk(found, name)}/"

    @cached_property
    def group(self) -> str:
        return self.space()

    def topic(self, title: str = LONG_TITLE) -> str:
        found = "SELECT id, space_id FROM groupspace_forum_topic WHERE title = ?"
        return f"{self.group}gesprekken/{self.site.pk(found, title)}/"

    def post(self, display_name: str) -> str:
        found = """SELECT post.id FROM groupspace_forum_post post JOIN groupspace_forum_topic topic
            ON topic.id = post.topic_id JOIN groupspace_space space ON space.id = topic.space_id
            JOIN groupspace_membership author ON author.id = post.author_id
            WHERE space.name = ? AND author.display_name = ? AND post.deleted_at IS NULL LIMIT 1"""
        return f"{self.group}gesprekken/bericht/{self.site.pk(found, GROUP, display_name)}/"

    def member(self, display_name: str, space: str = GROUP) -> str:
        found = "SELECT id FROM groupspace_membership WHERE display_name = ?"
        return f"{self.space(space)}leden/{self.site.pk(found, display_name)}/"

    def reaction(self, slug: str = "mogelijkheden-en-grenzen") -> str:
        found = "SELECT translation_key FROM wagtailcore_page WHERE slug = ?"
        return f"/reactie/{self.site.pk(found, slug)}/"

    def thing(self, slug: str, table: str, title: str = LONG_TITLE) -> str:
        """A page about something in the full house, by its title."""
        name = {"poll": "question", "folder": "name"}.get(table, "title")
        found = f"SELECT id FROM groupspace_{TABLES[slug]}_{table} WHERE {name} = ? AND space_id = ?"  # noqa: S608  our own names
        space = self.space(FULL_HOUSE)
        return f"{space}{slug}/{self.site.pk(found, title, space.split('/')[2].replace('-', ''))}/"

    def folder(self) -> str:
        return self.thing("bestanden", "folder", "Foto’s van onderweg").replace("/bestanden/", "/bestanden/map/")

    def lease(self) -> str:
        found = "SELECT id FROM groupspace_lease WHERE space_id IS NULL"
        return f"/groep/huren/{self.site.pk(found)}/openen/"

    def request(self) -> str:
        found = "SELECT id FROM groupspace_joinrequest WHERE state = 'open' ORDER BY created_at LIMIT 1"
        return f"{self.group}aanvragen/{self.site.pk(found)}/"


#: The tables of each kind, by its word in addresses.
TABLES = {"bestanden": "files", "paginas": "pages", "links": "links", "peilingen": "polls", "gesprekken": "forum"}


@dataclass(frozen=True)
class Kind:
    """A kind of page. `act`: what to do there before looking, and to wait for. It must leave the demo as it was."""

    name: str
    who: str
    where: str | Callable[[Places], str]
    act: Callable[[Page], object] | None = None
    status: int = 200

    def go(self, page: Page, places: Places) -> None:
        answer = page.goto(self.where if isinstance(self.where, str) else self.where(places))
        assert answer
        assert answer.status == self.status, self.name
        if self.act:
            self.act(page)


def send(page: Page, button: Locator) -> None:
    """Press a button of a form, and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def press(button: str) -> Callable[[Page], object]:
    return lambda page: send(page, page.locator("main").get_by_role("button", name=button, exact=True))


def second_step(page: Page) -> None:
    page.get_by_label("Inlognaam").fill(LEADER)
    page.get_by_label("Wachtwoord", exact=True).fill(ACCOUNTS[LEADER]["password"])
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_label("Code uit je app").wait_for()


def recovery_step(page: Page) -> None:
    second_step(page)
    page.get_by_role("button", name="Ik heb mijn telefoon niet bij me").click()
    page.get_by_label("Herstelcode").wait_for()


def wrong_code(page: Page) -> None:
    page.get_by_label("Jouw code").fill("AAAA-AAAA-AAAA-AAAA")
    press("Bekijk de uitnodiging")(page)
    page.locator(".gs-field__error").wait_for()


def open_menu(page: Page) -> None:
    page.locator(".gs-menu summary").click()


def open_refusal(page: Page) -> None:
    page.get_by_role("link", name="Nee, dit past niet").click()


def write(page: Page) -> None:
    """Go to the text box and wait until the editor has taken over."""
    page.focus("textarea")
    expect(page.locator(".gs-editor[data-ready] .gs-editor__text")).to_be_focused()


def old_form(page: Page) -> None:
    """Send a form after the browser threw its cookies away."""
    page.context.clear_cookies()
    press("Inloggen")(page)


def too_often(page: Page) -> None:
    """Guess until one has to wait."""
    for _try in range(6):
        page.get_by_label("Inlognaam").fill("niemand-heet-zo")
        page.get_by_label("Wachtwoord", exact=True).fill("een gok van vijftien tekens")
        press("Inloggen")(page)
        if page.get_by_role("heading", name="Even wachten").count():
            return
    raise AssertionError("One may guess without end.")


PUBLIC = [
    Kind("home", "", "/"),
    Kind("menu", "", "/", open_menu),
    Kind("lees", "", "/lees/"),
    Kind("artikel", "", "/lees/piekeren-en-slecht-slapen/"),
    Kind("praat-mee", "", "/praat-mee/"),
    Kind("nieuws", "", "/nieuws/"),
    Kind("nieuwsbericht", "", "/nieuws/het-plan-in-het-kort/"),
    Kind("agenda", "", "/agenda/"),
    Kind("activiteit", "", "/agenda/open-avond/"),
    Kind("activiteit-vol", "", "/agenda/oefenen-met-een-groep-online/"),
    Kind("oproep", "", "/nieuws/begeleiders-gezocht/"),
    Kind("oproep-vol", "", "/nieuws/denk-mee-in-de-werkgroep/"),
    Kind("wat-is-nieuw", "", "/wat-is-nieuw/"),
    Kind("heftig-onderwerp", "", "/lees/jouw-lijf/"),
    Kind("kennisbank", "", "/voor-professionals/"),
    Kind("checklist", "", "/voor-professionals/kennisbank/tijdens-de-groep/zeven-kenmerken/"),
    Kind("methodekaart", "", "/voor-professionals/methodes/geldkring/"),
    Kind("overzicht", "", "/voor-professionals/online-hulp/"),
    Kind("overzicht-gekozen", "", "/voor-professionals/online-hulp/?samen=group&regio=flevoland"),
    Kind("overzicht-niets", "", "/voor-professionals/online-hulp/?soort=company"),
    Kind("fonds", "", "/voor-professionals/financiering/buurtfonds/"),
    Kind("huisregels-oud", "", "/huisregels/?versie=1"),
    Kind("handleiding", "", "/voor-professionals/handleiding-redactie/"),
    Kind("nieuwsbrief", "", "/nieuwsbrief/"),
    Kind("nieuwsbrief-nummer", "", "/nieuwsbrief/klein-contact-telt-ook/"),
    *(
        Kind(slug, "", f"/{slug}/")
        for slug in (
            *("hoe-werkt-het", "wie-kan-meelezen", "hulp-nu", "huisregels", "privacy"),
            *("toegankelijkheid", "over-ons", "vind-hulp", "werkgroep", "cookies"),
        )
    ),
    Kind("zoeken", "", "/zoeken/?q=slapen"),
    Kind("zoeken-leeg", "", "/zoeken/"),
    Kind("zoeken-niets", "", "/zoeken/?q=Vakantiedagenverdelingsoverlegbijeenkomst"),
    Kind("404", "", "/bestaat-niet/", status=404),
    Kind("weg-uitleg", "", "/weg/uitleg/"),
    Kind("weg-hulp", "", "/weg/hulp-nu/"),
]
ACCOUNT = [
    Kind("inloggen", "", "/account/login/"),
    Kind("inloggen-fout", "", "/account/login/", press("Inloggen")),
    Kind("tweede-stap", "", "/account/login/", second_step),
    Kind("herstelcode", "", "/account/login/", recovery_step),
    Kind("inloggen-te-vaak", "", "/account/login/", too_often),
    Kind("formulier-te-oud", "", "/account/login/", old_form),
    Kind("aanmelden", "", "/account/aanmelden/"),
    Kind("aanmelden-fout", "", "/account/aanmelden/", press("Maak mijn account")),
    Kind("vergeten", "", "/account/vergeten/"),
    Kind("vergeten-code", "", "/account/vergeten/code/"),
    Kind("vergeten-mail", "", "/account/vergeten/e-mail/"),
    Kind("link", "", "/account/link/"),
    Kind("account", MEMBER, "/account/"),
    Kind("account-begeleider", LEADER, "/account/"),
    Kind("mijn-gegevens", MEMBER, "/account/gegevens/"),
    Kind("account-weg", MEMBER, "/account/verwijderen/", press("Verwijder mijn account")),
    Kind("account-weg-begeleider", LEADER, "/account/verwijderen/"),
    Kind("account-is-weg", "", "/account/verwijderd/"),
    Kind("mijn-reacties", MEMBER, "/reactie/"),
    Kind("reageren", MEMBER, lambda places: places.reaction()),
    Kind("codes", MEMBER, "/account/herstelcodes/"),
    Kind("codes-nieuw", LEADER, "/account/herstelcodes/nieuw/"),
    Kind("twee-stappen", MEMBER, "/account/twee-stappen/"),
    Kind("twee-stappen-uit", LEADER, "/account/twee-stappen/uit/"),
    Kind("wachtwoord", MEMBER, "/account/wachtwoord/", press("Opslaan")),
    Kind("e-mail", MEMBER, "/account/e-mail/"),
    Kind("voorkeuren", MEMBER, "/account/voorkeuren/"),
    Kind("sessies", MEMBER, "/account/sessies/"),
]
GROUPS = [
    Kind("groepen-geen", OUTSIDER, "/groep/"),
    Kind("groepen", MEMBER, "/groep/"),
    Kind("groepen-begeleider", LEADER, "/groep/"),
    Kind("groep-buiten", "", lambda at: at.group),
    Kind("groep-buiten-open", OUTSIDER, lambda at: at.space("Samen sterker na een scheiding")),
    Kind("meedoen", OUTSIDER, lambda at: f"{at.group}meedoen/"),
    Kind(
        "meedoen-fout",
        OUTSIDER,
        lambda at: f"{at.group}meedoen/",
        lambda page: (page.get_by_label("Jouw naam").fill(""), press("Verstuur mijn aanvraag")(page)),
    ),
    Kind("groep", MEMBER, lambda at: at.group),
    Kind("groep-begeleider", LEADER, lambda at: at.group),
    Kind("instellingen", LEADER, lambda at: f"{at.group}instellingen/"),
    Kind("wat-is-nieuw", MEMBER, "/groep/nieuw-voor-mij/"),
    Kind("wat-er-gebeurt", MEMBER, lambda at: f"{at.group}activiteit/"),
    Kind("meldingen", MEMBER, "/groep/meldingen/"),
    Kind("meldingen-instellen", MEMBER, "/groep/meldingen/instellen/"),
    Kind("uitleg", MEMBER, lambda at: f"{at.group}uitleg/"),
    Kind("organisatie", PROFESSIONAL, "/groep/organisatie/"),
    Kind("meldingen-groep", MEMBER, lambda at: f"{at.group}meldingen/"),
    Kind("mededeling", LEADER, lambda at: f"{at.group}mededeling/"),
    Kind("mail-uit-fout", MEMBER, "/bericht/uit/onzin/", status=400),
    Kind("logboek", LEADER, lambda at: f"{at.group}logboek/"),
    Kind("naam", MEMBER, lambda at: f"{at.group}naam/"),
    Kind("weggaan", MEMBER, lambda at: f"{at.group}weggaan/"),
    Kind("leden", MEMBER, lambda at: f"{at.group}leden/"),
    Kind("leden-begeleider", LEADER, lambda at: f"{at.group}leden/"),
    Kind("lid", LEADER, lambda at: at.member("Koffieboon")),
    Kind("lid-rechten", LEADER, lambda at: f"{at.member('Koffieboon')}rechten/"),
    Kind("aanvragen", LEADER, lambda at: f"{at.group}aanvragen/"),
    Kind("aanvraag", LEADER, lambda at: at.request(), open_refusal),
    Kind("uitnodigingen", LEADER, lambda at: f"{at.group}uitnodigingen/"),
    Kind(
        "uitnodiging-klaar",
        LEADER,
        lambda at: f"{at.group}uitnodigingen/",
        lambda page: (
            page.locator("main form [type=radio]").first.check(),
            press("Maak een uitnodiging")(page),
        ),
    ),
    Kind("uitnodiging", OUTSIDER, "/groep/uitnodiging/"),
    Kind("uitnodiging-fout", OUTSIDER, "/groep/uitnodiging/", wrong_code),
    Kind("groep-nieuw", PROFESSIONAL, "/groep/nieuw/"),
    Kind("groep-nieuw-mag-niet", MEMBER, "/groep/nieuw/", status=403),
    Kind("professional", OUTSIDER, "/groep/professional/"),
    Kind("intervisie", PROFESSIONAL, lambda at: at.space("Intervisieforum")),
]
CONVERSATIONS = [
    Kind("gesprekken", MEMBER, lambda at: f"{at.group}gesprekken/"),
    Kind("gesprek", MEMBER, lambda at: at.topic()),
    Kind("gesprek-schrijven", MEMBER, lambda at: at.topic(), write),
    Kind("gesprek-begeleider", LEADER, lambda at: at.topic()),
    Kind("gesprek-gesloten", MEMBER, lambda at: at.topic("Afspraken van onze groep")),
    Kind("gesprek-nieuw", MEMBER, lambda at: f"{at.group}gesprekken/nieuw/"),
    Kind("gesprek-nieuw-fout", MEMBER, lambda at: f"{at.group}gesprekken/nieuw/", press("Plaats gesprek")),
    Kind("reageer", MEMBER, lambda at: f"{at.topic()}reageer/"),
    Kind("reageer-fout", MEMBER, lambda at: f"{at.topic()}reageer/", press("Plaats reactie")),
    Kind("bericht-bewerk-te-laat", MEMBER, lambda at: f"{at.post('Merel')}bewerk/", status=403),
    Kind("bericht-weg", MEMBER, lambda at: f"{at.post('Merel')}weghalen/"),
    Kind("bericht-weg-begeleider", LEADER, lambda at: f"{at.post('Merel')}weghalen/"),
]
#: In the group that holds one of everything.
SHARED = [
    Kind("vol", MEMBER, lambda at: at.space(FULL_HOUSE)),
    Kind("vol-begeleider", LEADER, lambda at: at.space(FULL_HOUSE)),
    Kind("vol-wacht", WAITING, lambda at: at.space(FULL_HOUSE)),
    Kind("vol-gebeurt", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}activiteit/"),
    Kind("meldingen-begeleider", LEADER, "/groep/meldingen/"),
    Kind("zoek", MEMBER, "/groep/zoeken/?q=water"),
    Kind("zoek-niets", MEMBER, "/groep/zoeken/?q=Vakantiedagenverdelingsoverlegbijeenkomst"),
    Kind("bestanden", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}bestanden/"),
    Kind("bestanden-map", MEMBER, lambda at: at.folder()),
    Kind("bestanden-nieuw", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}bestanden/nieuw/"),
    Kind("bestanden-nieuw-fout", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}bestanden/nieuw/", press("Deel")),
    Kind("map-nieuw", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}bestanden/map/"),
    Kind("bestand", MEMBER, lambda at: at.thing("bestanden", "file")),
    Kind("bestand-bewerk", MEMBER, lambda at: f"{at.thing('bestanden', 'file')}bewerk/"),
    Kind("bestand-versie", MEMBER, lambda at: f"{at.thing('bestanden', 'file')}versie/"),
    Kind("paginas", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}paginas/"),
    Kind("pagina", MEMBER, lambda at: at.thing("paginas", "page", "Onze routes")),
    Kind("pagina-bewerk", MEMBER, lambda at: f"{at.thing('paginas', 'page', 'Onze routes')}bewerk/", write),
    Kind("pagina-eerder", MEMBER, lambda at: f"{at.thing('paginas', 'page', 'Onze routes')}geschiedenis/"),
    Kind("pagina-vergelijk", MEMBER, lambda at: f"{at.thing('paginas', 'page', 'Onze routes')}vergelijk/"),
    Kind("pagina-verplaats", LEADER, lambda at: f"{at.thing('paginas', 'page')}verplaats/"),
    Kind("links", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}links/"),
    Kind("film", MEMBER, lambda at: at.thing("links", "link", "Een film over lopen")),
    Kind("link-nieuw-fout", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}links/nieuw/", press("Deel")),
    Kind("peilingen", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}peilingen/"),
    Kind("peiling", MEMBER, lambda at: at.thing("peilingen", "poll", "Wanneer lopen we?")),
    Kind("peiling-uitkomst", MEMBER, lambda at: at.thing("peilingen", "poll", "Waar liepen we?")),
    Kind("peiling-begeleider", LEADER, lambda at: at.thing("peilingen", "poll", "Waar liepen we?")),
    Kind("peiling-nieuw", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}peilingen/nieuw/"),
    Kind("gesprek-vol", MEMBER, lambda at: at.thing("gesprekken", "topic")),
    Kind("stelling", MEMBER, lambda at: at.thing("gesprekken", "topic", "Wandelen helpt beter dan praten")),
    Kind("rondje", MEMBER, lambda at: at.thing("gesprekken", "topic", "Rondje")),
    Kind("woorden", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}gesprekken/woorden/"),
    Kind("klaar", LEADER, lambda at: f"{at.space(FULL_HOUSE)}klaar/"),
    Kind("klaar-nieuw", LEADER, lambda at: f"{at.space(FULL_HOUSE)}gesprekken/klaar/nieuw/"),
    Kind("afspraken", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}afspraken/"),
    Kind("ik", MEMBER, lambda at: f"{at.space(FULL_HOUSE)}ik/"),
    Kind("over-een-lid", MEMBER, lambda at: f"{at.member('Beukennoot', FULL_HOUSE)}over/"),
    Kind("overdragen", LEADER, lambda at: f"{at.member('Beukennoot', FULL_HOUSE)}overdragen/"),
]
#: What facilitators, organisations and forums have.
LEADING = [
    Kind("wachtlijst", LEADER, lambda at: f"{at.space(FULL_HOUSE)}aanvragen/"),
    Kind("uitnodigen-per-mail", LEADER, lambda at: f"{at.space(FULL_HOUSE)}uitnodigingen/per-mail/"),
    Kind(
        "uitnodigen-per-mail-fout",
        LEADER,
        lambda at: f"{at.space(FULL_HOUSE)}uitnodigingen/per-mail/",
        press("Verstuur de uitnodigingen"),
    ),
    Kind("werking", LEADER, lambda at: f"{at.space(FULL_HOUSE)}werking/"),
    Kind("verloop", LEADER, lambda at: f"{at.space(FULL_HOUSE)}verloop/"),
    Kind("als-het-misgaat", LEADER, lambda at: f"{at.group}crisisafspraak/"),
    Kind("voor-de-start", PROFESSIONAL, lambda at: at.space(BEGINNING)),
    Kind("checklist-start", PROFESSIONAL, lambda at: f"{at.space(BEGINNING)}verloop/"),
    Kind("organisatie", PROFESSIONAL, "/groep/organisatie/"),
    Kind("huren", OUTSIDER, "/groep/huren/"),
    Kind("huren-fout", OUTSIDER, "/groep/huren/", press("Vraag de ruimte aan")),
    Kind("huren-antwoord", PROFESSIONAL, "/groep/huren/"),
    Kind("huren-openen", PROFESSIONAL, lambda at: at.lease()),
    Kind("forums", MEMBER, "/groep/forum/"),
    Kind("forum", MEMBER, lambda at: at.space(FORUM)),
    Kind("forum-wacht", PROFESSIONAL, lambda at: f"{at.space(FORUM)}te-lezen/"),
]
ALL = [*PUBLIC, *ACCOUNT, *GROUPS, *CONVERSATIONS, *SHARED, *LEADING]
