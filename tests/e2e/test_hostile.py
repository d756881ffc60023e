"""Scripts in every field in which people write, shown by every page: they stay letters, and nothing is fetched."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import models
from django.db.models import Value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groupspace import actions
from groupspace.kinds import all_kinds
from groupspace.models import Lease, Professional, Space
from groupspace.notices.actions import announce
from groupspace.notices.models import Delivery
from groupspace.notices.sending import mailing
from groupspace.notices.telling import spread as spreading
from tests.e2e.everywhere import in_space, on_site
from tests.e2e.test_writing import TOUCH, TRAP
from tests.groupspace.text.payloads import BREAKOUTS, PAYLOADS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]

#: All in one: longer than anybody can type, which SQLite takes all the same. (No database takes a zero byte.)
HOSTILE = " ".join(dict.fromkeys([*BREAKOUTS, *PAYLOADS])).replace("\x00", "")
#: Fields that hold no words of people, but codes.
CODES = {
    "groupspace.Region.postcodes",
    "groupspace_storage.Upload.content_type",
    "groupspace_storage.Upload.owner_id",
}
APPS = {"groupspace", "groupspace_search", "groupspace_storage"}
# What a payload would have become if a page took it for code.
ALIVE = r"""() => [...document.querySelectorAll("*")].filter(one =>
  (one.localName === "script" && one.type !== "application/json" && one.textContent.includes("alert(1)"))
  || [...one.attributes].some(({name, value}) =>
    (name.startsWith("on") && value.includes("alert"))
    || (["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href", "style", "background"].includes(name)
      && /alert/.test(value) && !/^(https?:|mailto:|\/|\?|#)/i.test(value)))
).slice(0, 3).map(one => one.outerHTML.slice(0, 200))"""
QUIET_TOUCH = TOUCH.replace("'click', ", "")


def fields_of_people() -> Iterator[tuple[Any, list[str]]]:
    """Each model with the fields in which people write; a new field counts until it is named among the codes."""
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in APPS and label not in {kind.model._meta.app_label for kind in all_kinds()}:
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.URLField)
            and not field.choices
            and not field.unique
            and (field.max_length is None or field.max_length >= 40)
            and f"{model._meta.label}.{field.name}" not in CODES
        ]
        if names:
            yield model, names


@pytest.fixture
def poisoned(world: Any) -> Any:
    """The world in which every word of people is HOSTILE, put there past the forms and past what cleans."""
    cast = world.cast
    anna = cast.actor("anna")
    fields = ("contact", "location", "anonymous", "outside_hours")
    actions.write_crisis_protocol(anna, cast.space, phone="0800-2000", **dict.fromkeys(fields, "x"))
    actions.change_space(anna, cast.space, profile_fields=["x"], letters={"refused": "x"}, visibility="public")
    told = {cast.space.profile_fields.get().pk: ("x", "space")}
    actions.arrange_own_place(cast.actor("ben"), cast.space, is_listed=True, quiet_until=None, profile=told)
    Professional.objects.filter(user=cast.anna).update(is_coordinator=True)
    Lease.objects.create(user=cast.anna, tenant="organisation", organisation=cast.space.organisation, theme="x")
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@example.org")
    Delivery.objects.create(user=cast.ben, mail="now")
    announce(anna, cast.space, world.own["topic"])
    for model, names in fields_of_people():
        for number, pk in enumerate(model._base_manager.values_list("pk", flat=True)):
            model._base_manager.filter(pk=pk).update(**{name: Value(f"{HOSTILE} {number}") for name in names})
    world.own["request"].__class__.objects.update(answers=[[HOSTILE, HOSTILE]])
    return world


def open_where_scripts_run(open_as: Any, who: str, **options: Any) -> Page:
    """A tab in which scripts would run whatever the policy of the page says, and tell."""
    page: Page = open_as(who, **{"bypass_csp": True, "viewport": {"width": 1280, "height": 900}, **options})
    page.add_init_script(TRAP)
    return page


def looks_at(page: Page, url: str) -> None:
    """Open an address, touch everything on it, and see nothing happen."""
    answer = page.goto(url)
    assert answer
    assert answer.status in {200, 403}, url
    assert harm_on(page) == ([], [], []), url
    assert page.watched.troubles == [], url  # type: ignore[attr-defined]


def harm_on(page: Page) -> tuple[list[Any], list[str], list[str]]:
    """What ran, what stands there as code, and what was fetched elsewhere."""
    page.evaluate(QUIET_TOUCH)
    return page.evaluate("window.hits"), page.evaluate(ALIVE), list(page.watched.elsewhere)  # type: ignore[attr-defined]


def test_there_is_enough_and_harm_is_seen(open_as: Any, browsers: dict[str, Client]) -> None:
    """The control: where a page would take it for code, this test sees it."""
    page = open_where_scripts_run(open_as, "anonymous")
    page.goto("/weg/uitleg/")
    page.locator("main").evaluate("(main, html) => { main.innerHTML = html }", HOSTILE)
    page.wait_for_function("window.hits.length")

    ran, alive, elsewhere = harm_on(page)

    assert len({*BREAKOUTS, *PAYLOADS}) > 400
    assert ran
    assert alive
    assert any("//h.nl" in url for url in elsewhere)


@pytest.mark.parametrize("who", ["anna", "ben"])
def test_scripts_in_every_field_stay_letters_on_every_page(who: str, poisoned: Any, open_as: Any) -> None:
    page, seen = open_where_scripts_run(open_as, who), 0
    pages = in_space(poisoned, who)
    if who == "anna":
        pages |= on_site(who) | {"search": f"{reverse('groupspace:search')}?q=alert", "org": "/groep/organisatie/"}
    else:  # what anna does not see as well
        seen_by_anna = in_space(poisoned, "anna")
        pages = {name: url for name, url in pages.items() if name not in seen_by_anna or name.count(":") < 2}
    for url in pages.values():
        looks_at(page, url)
        seen += "alert(1)" in page.content()

    assert seen > (60 if who == "anna" else 8)
    assert page.get_by_text("alert(1)").count()


def test_outsiders_and_staff_see_letters_too(poisoned: Any, open_as: Any, browsers: dict[str, Client]) -> None:
    for who, urls in {
        "dora": [f"/groep/{poisoned.own['space'].pk}/", f"/groep/{poisoned.own['space'].pk}/meedoen/", "/groep/"],
        "operator": cms_lists(browsers["operator"]),
    }.items():
        page, seen = open_where_scripts_run(open_as, who), 0
        for url in urls:
            looks_at(page, url)
            seen += "alert(1)" in page.content()
        assert seen > 1, who


def cms_lists(operator: Client) -> list[str]:
    """The lists about spaces in the CMS, and the form of the first row of each."""
    names = ("ruimtes", "huur", "organisaties", "regios", "bewaartermijnen", "professionals")
    found = []
    for name in names:
        url = f"/cms/register/{name}/"
        answer = operator.get(url)
        assert answer.status_code == 200, url
        edit = re.search(rf'href="({url}edit/[^"]+)"', answer.content.decode())
        found += [url, *([edit[1]] if edit else [])]
    return found


def test_the_policy_of_the_pages_has_nothing_to_stop(poisoned: Any, open_as: Any) -> None:
    page = open_where_scripts_run(open_as, "anna", bypass_csp=False)
    group = f"/groep/{poisoned.own['space'].pk}/"
    for url in (group, f"{group}gesprekken/", f"{group}gesprekken/{poisoned.own['topic'].pk}/", f"{group}leden/"):
        looks_at(page, url)
    page.goto(f"{group}gesprekken/{poisoned.own['topic'].pk}/")
    page.focus("textarea")
    page.wait_for_selector(".gs-editor[data-ready]")
    page.keyboard.type("@")  # the list of hostile names
    page.locator(".gs-names [role=option]").first.wait_for()

    assert page.locator(".gs-names [role=option] *").count() == 0
    assert harm_on(page) == ([], [], [])
    assert page.watched.troubles == []


def test_no_mail_holds_a_word_of_people(poisoned: Any) -> None:
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        spreading.spread()
        for hours in range(24):
            with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
                mailing.send_due()
    poisoned.cast.space = Space.objects.get(pk=poisoned.cast.space.pk)
    actions.invite_by_mail(poisoned.cast.actor("anna"), poisoned.cast.space, ["iemand@example.org"], role="participant")

    assert {address for message in mail.outbox for address in message.to} == {"ben@example.org", "iemand@example.org"}
    for message in mail.outbox:
        assert "alert" not in str(message.message())
        assert not getattr(message, "alternatives", [])


def test_an_address_that_runs_is_no_link(poisoned: Any, browsers: dict[str, Client], open_as: Any) -> None:
    """Addresses go through the form, which takes http and https alone."""
    space = poisoned.own["space"].pk
    ben, make = browsers["ben"], reverse("groupspace:links:link-create", args=[space])
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', ben.get(make).content.decode())
    for scheme in SCHEMES:
        for address in (scheme, f"https://a.nl/{scheme}", f'https://a.nl/" onclick="{scheme}'):
            answer = ben.post(make, {**dict(hidden), "url": address, "title": "x", "description": ""})
            assert answer.status_code in {302, 422, 429}
    model = poisoned.own["link"].__class__
    assert {urlsplit(url).scheme for url in model.objects.values_list("url", flat=True)} <= {"http", "https"}

    looks_at(open_where_scripts_run(open_as, "ben"), f"/groep/{space}/links/")
