"""Links that lead nowhere: found in every place where one can stand, and told to who can mend them."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from home.models import ContentPage, SiteNavigation
from home.setup import ensure_home
from knowledgebase.links import actions
from knowledgebase.links.checking import Broken, LinkChecker, broken_links
from knowledgebase.links.finding import Link, links_in_html
from knowledgebase.links.models import BrokenLink, OutsideLink, Problem
from knowledgebase.models import TopicIndexPage, TopicPage
from tests.knowledgebase.pages import make_plain, make_topic

pytestmark = pytest.mark.django_db


def with_text(page: TopicPage, source: str) -> TopicPage:
    page.what = [("text", RichText(source))]
    page.save()
    return TopicPage.objects.get(pk=page.pk)


def problems(page: Page) -> list[tuple[str, Problem]]:
    return [(broken.link.label, broken.problem) for broken in broken_links(page)]


def works(_address: str) -> None:
    """A world in which all other sites work."""


def fails(_address: str) -> Problem:
    """A world in which none answers."""
    return Problem.NO_ANSWER


def is_gone(_address: str) -> Problem:
    """A world in which all pages elsewhere are gone."""
    return Problem.NOT_FOUND


def test_good_links_are_left_alone(topic: TopicPage, index: TopicIndexPage) -> None:
    document = get_document_model().objects.create(title="Folder", file=ContentFile(b"%PDF", name="folder.pdf"))
    page = with_text(
        topic,
        f'<p><a linktype="page" id="{index.pk}">lijst</a> <a linktype="document" id="{document.pk}">folder</a> '
        f'<a href="/lees/">pad</a> <a href="/lees">zonder streep</a> <a href="/zoeken/?q=slaap">zoek</a> '
        '<a href="#wat">hier</a> <a href="tel:113">bel</a> <a href="mailto:info@example.org">mail</a> '
        '<a href="/static/theme/img/mark.svg">beeld</a> <a href="https://www.113.nl/">elders</a> '
        f'<a href="http://localhost/lees/">onszelf</a> <a href="{document.url}">pad naar folder</a></p>',
    )

    assert problems(page) == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('<a linktype="page" id="99999">weg</a>', Problem.PAGE_GONE),
        ('<a linktype="page" id="">weg</a>', Problem.PAGE_GONE),
        ('<a linktype="document" id="99999">weg</a>', Problem.FILE_GONE),
        ('<a href="/documenten/99999/folder.pdf">weg</a>', Problem.ADDRESS_GONE),
        ('<a href="/bestaat-niet/">weg</a>', Problem.ADDRESS_GONE),
        ('<a href="/lees/bestaat-niet/">weg</a>', Problem.ADDRESS_GONE),
        ('<a href="/cms/bestaat-niet-echt/x/y">weg</a>', None),  # the CMS answers for itself
        ('<a href="http://localhost/bestaat-niet/">weg</a>', Problem.ADDRESS_GONE),
        ('<a href="www.113.nl">weg</a>', Problem.NO_ADDRESS),
        ('<a href="">weg</a>', Problem.NO_ADDRESS),
        ('<a href="javascript:alert(1)">weg</a>', Problem.NO_ADDRESS),
        ('<a href="http://[">weg</a>', Problem.NO_ADDRESS),
    ],
)
def test_link_in_text_that_leads_nowhere_is_found(topic: TopicPage, source: str, problem: Problem | None) -> None:
    expected = [("weg", problem)] if problem else []

    assert problems(with_text(topic, f"<p>Lees {source} eens.</p>")) == expected


def test_page_that_is_not_online_is_told_apart(topic: TopicPage, index: TopicIndexPage) -> None:
    hidden = make_topic(index, "Geheim in de maak", live=False)
    page = with_text(topic, f'<p><a linktype="page" id="{hidden.pk}">meer</a> <a href="{hidden.url_path}">x</a></p>')

    assert problems(page)[0] == ("meer", Problem.PAGE_OFFLINE)
    assert "zet eerst die pagina op de site" in broken_links(page)[0].message


def test_redirected_address_works(topic: TopicPage) -> None:
    Redirect.objects.create(old_path="/vroeger", redirect_link="/lees/")

    assert problems(with_text(topic, '<p><a href="/vroeger/">oud</a></p>')) == []


def test_chosen_page_and_typed_address_in_blocks_are_looked_at(topic: TopicPage, index: TopicIndexPage) -> None:
    hidden = make_topic(index, "Nog niet", live=False)
    topic.further = [
        ("link", {"label": "Een", "page": hidden, "address": "", "text": ""}),
        ("link", {"label": "Twee", "page": None, "address": "/nergens/", "text": ""}),
        ("link", {"label": "Drie", "page": None, "address": "", "text": ""}),
        ("link", {"label": "Vier", "page": index, "address": "", "text": ""}),
    ]
    topic.related = [("page", hidden), ("page", index)]
    topic.save()

    found = {broken.message for broken in broken_links(TopicPage.objects.get(pk=topic.pk))}

    assert len(found) == 4
    assert any("“Twee” werkt niet: Op dit adres staat niets op onze site." in message for message in found)
    assert any("“Drie” werkt niet: De pagina bestaat niet meer." in message for message in found)
    assert not any("Vier" in message for message in found)


def test_page_that_is_deleted_later_is_noticed(topic: TopicPage, index: TopicIndexPage) -> None:
    other = make_topic(index, "Straks weg")
    topic.further = [("link", {"label": "Straks", "page": other, "address": "", "text": ""})]
    topic.related = [("page", other)]
    topic.save()
    assert problems(TopicPage.objects.get(pk=topic.pk)) == []

    Page.objects.filter(pk=other.pk).delete()

    assert {problem for _label, problem in problems(TopicPage.objects.get(pk=topic.pk))} == {Problem.PAGE_GONE}


def test_words_of_a_link_are_read_with_marks_in_them() -> None:
    assert links_in_html("text", '<p><a href="/a/">Lees <b>dit</b>\n eens</a>, <a name="x">niet</a></p>') == [
        Link("text", "address", "/a/", "Lees dit eens"),
        Link("text", "address", "", "niet"),
    ]


def test_message_says_what_to_do_without_words_of_the_link() -> None:
    message = Broken(Link("text", "page", ""), Problem.PAGE_GONE, "").message

    assert message == "Er staat een link zonder bestemming. Kies iets anders of haal de link weg."


def test_checking_many_links_costs_as_much_as_checking_few(
    topic: TopicPage, index: TopicIndexPage, django_assert_num_queries: Any
) -> None:
    few = [Link("x", "page", str(index.pk))]
    many = [Link("x", "page", str(make_topic(index, f"Nummer {number}").pk)) for number in range(20)]

    with django_assert_num_queries(1):
        LinkChecker().check(few)
    with django_assert_num_queries(1):
        LinkChecker().check(many)


# What staff see.


def send(client: Client, page: Page, source: str, **action: str) -> Any:
    """Send the form of a plain page with this text."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    data = nested_form_data(
        {"title": page.title, "slug": page.slug, "body": streamfield([("text", rich_text(source))])}
    )
    form_class = type(page).get_edit_handler().get_form_class()
    for name, field in form_class.base_fields.items():
        if name not in data and name in ("audience", "summary"):
            data[name] = field.initial or "everyone"
    streams = [name for name in form_class.base_fields if name in ("related", "attachments")]
    data |= {f"{name}-count": "0" for name in streams}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **action})


def test_sending_in_a_page_with_a_broken_link_is_refused_with_a_sentence(redactie: Client) -> None:
    page = make_plain()
    page.save_revision()

    response = send(redactie, page, '<p><a linktype="page" id="99999">de wachtlijst</a></p>', **{"action-submit": "1"})

    assert response.status_code == 200
    errors = str(response.context["form"].errors["body"].as_data()[0].as_json_data())
    assert "werkt niet: De pagina bestaat niet meer." in html.unescape(response.content.decode())
    assert "De link “de wachtlijst” werkt niet: De pagina bestaat niet meer. Kies iets anders of haal" in errors
    assert not page.workflow_states.exists()


def test_draft_with_a_broken_link_may_be_kept(redactie: Client) -> None:
    page = make_plain()

    response = send(redactie, page, '<p><a linktype="page" id="99999">de wachtlijst</a></p>')

    assert response.status_code == 302
    assert "99999" in str(Page.objects.get(pk=page.pk).get_latest_revision().content["body"])


def test_report_names_page_link_and_reason(redactie: Client, topic: TopicPage) -> None:
    with_text(topic, '<p><a href="/nergens/">de wachtlijst</a></p>')
    actions.check_links(works)

    body = redactie.get(reverse("knowledgebase_links_report")).content.decode()

    assert [
        word for word in ("Piekeren", "de wachtlijst", "/nergens/", "Op dit adres staat niets") if word not in body
    ] == []
    assert reverse("wagtailadmin_pages:edit", args=[topic.pk]) in body
    export = redactie.get(reverse("knowledgebase_links_report"), {"export": "csv"})
    assert "de wachtlijst" in b"".join(export.streaming_content).decode()


def test_report_without_broken_links_says_so(redactie: Client) -> None:
    body = redactie.get(reverse("knowledgebase_links_report")).content.decode()

    assert "Alle links werken." in body


def test_report_is_for_who_may_see_it(staff: Any, client: Client) -> None:
    for outsider in (client, staff("nieuw", None)):
        assert outsider.get(reverse("knowledgebase_links_report")).status_code in (302, 404)


# The list that the worker keeps.


def test_list_holds_what_is_broken_on_live_pages_only(topic: TopicPage, index: TopicIndexPage) -> None:
    with_text(topic, '<p><a href="/nergens/">weg</a></p>')
    with_text(make_topic(index, "Concept", live=False), '<p><a href="/nergens/">weg</a></p>')

    assert actions.check_links(works) == 1

    row = BrokenLink.objects.get()
    assert (row.page_id, row.address, row.label, row.problem) == (topic.pk, "/nergens/", "weg", "address_gone")
    assert row.seen_on == timezone.localdate()


def test_list_keeps_the_first_day_and_forgets_what_is_mended(topic: TopicPage) -> None:
    with_text(topic, '<p><a href="/nergens/">weg</a></p>')
    with time_machine.travel(dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC), tick=False):
        actions.check_links(works)
    actions.check_links(works)
    assert BrokenLink.objects.get().seen_on == dt.date(2026, 1, 5)

    with_text(topic, '<p><a href="/lees/">weg</a></p>')
    assert actions.check_links(works) == 0

    assert not BrokenLink.objects.exists()


def test_publishing_a_mended_page_takes_it_off_the_list_at_once(
    topic: TopicPage, django_capture_on_commit_callbacks: Any
) -> None:
    page = with_text(topic, '<p><a href="/nergens/">weg</a> <a href="/ook-nergens/">ook</a></p>')
    actions.check_links(works)

    page.what = [("text", RichText('<p><a href="/ook-nergens/">ook</a></p>'))]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert list(BrokenLink.objects.values_list("address", flat=True)) == ["/ook-nergens/"]


def test_other_site_is_told_of_at_the_second_failure(topic: TopicPage) -> None:
    with_text(topic, '<p><a href="https://elders.example/a">elders</a></p>')

    assert actions.check_links(fails) == 0
    assert actions.check_links(fails) == 0  # not its turn yet
    assert OutsideLink.objects.get().failures == 1
    with time_machine.travel(timezone.now() + dt.timedelta(hours=7)):
        assert actions.check_links(fails) == 1
    with time_machine.travel(timezone.now() + dt.timedelta(hours=14)):
        assert actions.check_links(works) == 0


def test_page_elsewhere_that_is_gone_is_told_of_at_once(topic: TopicPage) -> None:
    with_text(topic, '<p><a href="https://elders.example/a">elders</a></p>')

    assert actions.check_links(is_gone) == 1
    assert BrokenLink.objects.get().get_problem_display() == "De andere site zegt dat de pagina er niet is."


def test_other_sites_are_asked_once_a_week_for_all_pages_and_slowly(
    topic: TopicPage, index: TopicIndexPage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KNOWLEDGEBASE = {**settings.KNOWLEDGEBASE, "LINKS_PER_RUN": 3}
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    asked: list[str] = []
    addresses = ["https://a.example/1", "https://a.example/2", "https://b.example/", "https://c.example/"]
    for page in (topic, make_topic(index, "Nog een")):
        with_text(page, "".join(f'<p><a href="{address}">x</a></p>' for address in addresses))

    for _run in range(3):
        actions.check_links(asked.append, pause=0.5)

    assert sorted(asked) == addresses
    assert pauses == [0.5]
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        actions.check_links(asked.append, pause=0)
    assert len(asked) == 7


def test_address_that_no_page_links_to_is_forgotten(topic: TopicPage) -> None:
    with_text(topic, '<p><a href="https://elders.example/a">elders</a></p>')
    actions.check_links(works)

    with_text(topic, "<p>Niets.</p>")
    actions.check_links(works)

    assert not OutsideLink.objects.exists()


def test_second_site_of_ours_is_not_elsewhere(topic: TopicPage) -> None:
    other = make_plain("Andere site", parent=TopicPage.get_first_root_node())
    Site.objects.create(hostname="ander.example", root_page=other)
    page = with_text(topic, '<p><a href="https://ander.example/bestaat-niet/">x</a></p>')

    assert problems(page) == [("x", Problem.ADDRESS_GONE)]


def test_home_and_plain_pages_are_looked_at_too(db: None) -> None:
    plain = make_plain()
    plain.body = [("text", RichText('<p><a href="/nergens/">x</a></p>'))]
    plain.save()
    ensure_home()

    actions.check_links(works)

    assert list(BrokenLink.objects.values_list("page_id", flat=True)) == [ContentPage.objects.get().pk]


@pytest.fixture
def menu(topic: TopicPage) -> SiteNavigation:
    """A menu with a page, and a footer with an address that leads nowhere."""
    navigation = SiteNavigation.for_site(Site.objects.get())
    navigation.menu = [("link", {"label": "Lezen", "page": topic, "address": ""})]
    navigation.footer = [("link", {"label": "Oude folder", "page": None, "address": "/nergens/"})]
    navigation.save()
    return navigation


def around() -> list[tuple[str, str, str]]:
    return sorted((row.where, row.name, row.problem) for row in BrokenLink.objects.for_editors())


def test_menu_and_footer_are_looked_at_too(menu: SiteNavigation, topic: TopicPage) -> None:
    topic.unpublish()

    assert actions.check_links(works) == 2

    place = "Menu en voettekst"
    assert around() == [(place, "Lezen", "page_offline"), (place, "Oude folder", "address_gone")]


def test_report_leads_to_the_settings_of_the_menu(menu: SiteNavigation, redactie: Client) -> None:
    actions.check_links(works)

    body = redactie.get(reverse("knowledgebase_links_report")).content.decode()

    assert "Oude folder" in body
    assert reverse("wagtailsettings:edit", args=["home", "sitenavigation", menu.site_id]) in body


def test_saving_a_mended_menu_takes_it_off_the_list_and_leaves_pages_on_it(
    menu: SiteNavigation, topic: TopicPage, django_capture_on_commit_callbacks: Any
) -> None:
    with_text(topic, '<p><a href="/nergens/">weg</a></p>')
    actions.check_links(works)
    assert len(around()) == 2

    menu.footer = []
    with django_capture_on_commit_callbacks(execute=True):
        menu.save()

    assert around() == [("Piekeren", "weg", "address_gone")]


def test_site_without_a_menu_has_nothing_to_mend(db: None) -> None:
    ensure_home()
    SiteNavigation.objects.all().delete()

    assert actions.check_links(works) == 0
