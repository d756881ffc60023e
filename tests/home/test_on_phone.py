"""The site as an app: the name and the picture of the host's choice, and none that tells what the site is for."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Site

from home.models import SiteIdentity

pytestmark = pytest.mark.django_db

ADDRESS = "/app.webmanifest"


@pytest.fixture
def choose(django_capture_on_commit_callbacks: Any) -> Callable[..., SiteIdentity]:
    """`choose(app_name="Notities")`: what the host chose."""

    def choose(**chosen: Any) -> SiteIdentity:
        with django_capture_on_commit_callbacks(execute=True):
            identity = SiteIdentity.for_site(Site.objects.get())
            for name, value in chosen.items():
                setattr(identity, name, value)
            identity.full_clean()
            identity.save()
        return identity

    return choose


def picture(colour: str = "#ff0000", size: tuple[int, int] = (800, 600)) -> Any:
    """A picture of one colour, as staff put it on the site."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return get_image_model().objects.create(title="Vlak", file=ImageFile(BytesIO(out.getvalue()), "vlak.png"))


def drawn(client: Client, address: str) -> Image.Image:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "public" in response["Cache-Control"]
    return Image.open(BytesIO(response.content)).convert("RGB")


def test_by_itself_it_tells_nothing(client: Client) -> None:
    response = client.get(ADDRESS)
    found = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "manifest-src 'self'" in response["Content-Security-Policy"]
    assert not response.cookies
    assert [found[key] for key in ("name", "short_name", "id", "start_url")] == ["Informatie", "Informatie", "/", "/"]
    assert found["display"] == "standalone"
    assert {(icon["sizes"], icon["purpose"]) for icon in found["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in found["icons"]:
        assert drawn(client, icon["src"]).size == tuple(map(int, icon["sizes"].split("x")))
    words = response.content.decode().lower()
    assert not [word for word in ("kring", "groep", "hulp") if word in words]


def test_page_names_the_app_as_the_host_does(client: Client, choose: Callable[..., SiteIdentity]) -> None:
    choose(app_name="Notities")
    page = client.get("/account/login/").content.decode()
    assert '<link rel="manifest" href="/app.webmanifest"' in page
    assert 'name="apple-mobile-web-app-title" content="Notities"' in page
    assert client.get(ADDRESS).json()["name"] == "Notities"


def test_picture_of_the_host_fills_the_icon_and_stays_whole_in_a_circle(
    client: Client, choose: Callable[..., SiteIdentity]
) -> None:
    before = client.get(ADDRESS).json()["icons"]
    choose(app_picture=picture())
    after = client.get(ADDRESS).json()["icons"]
    assert not {icon["src"] for icon in before} & {icon["src"] for icon in after}, "phones keep what they have"
    for icon in after:
        image = drawn(client, icon["src"])
        assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0)
        assert image.getpixel((0, 0)) == (255, 0, 0)
    assert drawn(client, "/app/icoon-180.png").size == (180, 180)


def test_picture_that_is_gone_gives_way_to_ours(client: Client, choose: Callable[..., SiteIdentity]) -> None:
    image = picture("#00ff00")
    choose(app_picture=image)
    image.file.storage.delete(image.file.name)
    middle = drawn(client, "/app/icoon-192.png").getpixel((5, 5))
    assert middle != (0, 255, 0)


@pytest.mark.parametrize("address", ["/app/icoon-999.png", "/app/icoon-19.png", "/app/anders-192.png", "/app/"])
def test_other_sizes_are_not_made(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["Praatgroep", "Hulp", "Kring", "MijnZorg", "Veel te lange naam"])
def test_name_that_tells_or_does_not_fit_is_refused(choose: Callable[..., SiteIdentity], name: str) -> None:
    with pytest.raises(ValidationError):
        choose(app_name=name)


def test_picture_that_is_too_small_is_refused(choose: Callable[..., SiteIdentity]) -> None:
    with pytest.raises(ValidationError, match="512"):
        choose(app_picture=picture(size=(400, 900)))


def test_staff_choose_it_where_they_see_it(
    staff: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    """The form shows how it stands on a phone now, and says why a name is refused."""
    address = f"/cms/settings/home/siteidentity/{Site.objects.get().pk}/"
    browser = staff("beheerder", "Beheer")
    page = browser.get(address).content.decode()
    assert "Zo staat het er nu" in page
    assert "/app/icoon-192.png" in page
    fields = {"name": "Kring", "neutral_name": "Informatie", "app_picture": ""}
    refused = browser.post(address, {**fields, "app_name": "Hulpgroep"}).content.decode()
    assert "verraadt waar de site over gaat" in refused
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address, {**fields, "app_name": "Agenda"}).status_code == 302
    assert Client().get(ADDRESS).json()["name"] == "Agenda"
