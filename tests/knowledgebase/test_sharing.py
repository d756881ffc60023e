"""What pages tell search engines and apps: one true address, and nothing about a heavy subject."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg

from home.setup import ensure_home
from knowledgebase.sharing import as_json

from .news.pages import make_agenda, make_event, make_news, make_news_index, publish

pytestmark = pytest.mark.django_db


def head(client: Client, url: str, **extra: Any) -> BeautifulSoup:
    response = client.get(url, **extra)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


def said(head: BeautifulSoup) -> dict[str, str]:
    """All that the meta tags tell, by name."""
    tags = head.select("meta[property], meta[name=description]")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in tags}


def graph(head: BeautifulSoup) -> list[dict[str, Any]]:
    return json.loads(head.find("script", type="application/ld+json").string)["@graph"]


def test_page_tells_its_address_title_and_summary(client: Client) -> None:
    item = make_news(make_news_index(), "Praten <b>helpt</b> & meer", summary='Zeg "ja".', slug="praten")

    found = head(client, item.url)

    assert found.find("link", rel="canonical")["href"] == "http://localhost/nieuws/praten/"
    assert said(found) == {
        "description": 'Zeg "ja".',
        "og:title": "Praten <b>helpt</b> & meer",
        "og:description": 'Zeg "ja".',
        "og:type": "article",
        "og:url": "http://localhost/nieuws/praten/",
        "og:site_name": "Kring",
        "og:image": "http://localhost/static/theme/img/share.png",
    }


def test_page_describes_itself_in_structured_data(client: Client) -> None:
    item = make_news(make_news_index(), "</script><script>alert(1)</script>", slug="slim", author_name="de redactie")

    response = client.get(item.url)
    article, crumbs = graph(BeautifulSoup(response.content, "html.parser").head)

    assert b"<script>alert" not in response.content
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "</script><script>alert(1)</script>"
    assert article["datePublished"] == "2026-03-02"
    assert article["author"] == {"@type": "Organization", "name": "de redactie"}
    assert article["publisher"] == {"@type": "Organization", "name": "Kring"}
    assert crumbs["@type"] == "BreadcrumbList"
    assert [part["item"] for part in crumbs["itemListElement"]] == [
        "http://localhost/",
        "http://localhost/nieuws/",
        "http://localhost/nieuws/slim/",
    ]


def test_home_page_tells_which_site_this_is(client: Client) -> None:
    ensure_home()

    found = graph(head(client, "/"))

    assert [part["@type"] for part in found] == ["WebSite", "Organization"]
    assert {part["url"] for part in found} == {"http://localhost/"}
    assert {part["name"] for part in found} == {"Kring"}


def test_heavy_subject_tells_only_its_address(client: Client) -> None:
    item = make_news(make_news_index(), "Misbruik", slug="avond", summary="Over misbruik.", content_note="Let op.")

    found = head(client, item.url)

    assert found.find("link", rel="canonical")["href"] == "http://localhost/nieuws/avond/"
    assert said(found) == {}
    assert found.find("script", type="application/ld+json") is None
    assert "isbruik" not in str(found)


def test_page_never_repeats_the_address_it_was_asked_at(client: Client) -> None:
    item = make_news(make_news_index())

    response = client.get(f"{item.url}?utm_source=x", headers={"Host": "127.0.0.1"})

    assert "127.0.0.1" not in response.content.decode()
    assert "utm_source" not in str(BeautifulSoup(response.content, "html.parser").head)


def test_own_picture_is_what_apps_show(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="Bankje", file=get_test_image_file_jpeg())
    item = make_news(make_news_index(), picture=image, picture_alt="Een bankje in het park")

    found = said(head(client, item.url))

    assert found["og:image"].startswith("http://localhost/media/images/")
    assert found["og:image"].endswith(".jpg")
    assert found["og:image:alt"] == "Een bankje in het park"


@override_settings(KNOWLEDGEBASE={})
def test_site_without_a_picture_for_sharing_shows_none(client: Client) -> None:
    item = make_news(make_news_index())

    assert "og:image" not in said(head(client, item.url))


def test_draft_in_preview_tells_nothing(rf) -> None:
    item = make_news(make_news_index())

    response = item.make_preview_request()

    assert b"canonical" not in response.content


def test_private_pages_tell_nothing(client: Client) -> None:
    ensure_home()

    assert head(client, "/account/login/").find("link", rel="canonical") is None


def test_json_for_pages_is_json_and_cannot_leave_its_script() -> None:
    value = {"a": ["</script><!--", 'aan"halen', "\\u2028\u2028", 3], "weg": "", "é": {"ook": None}}

    written = as_json(value)

    assert json.loads(written) == {"a": value["a"], "é": {}}
    assert "<" not in written
    with pytest.raises(TypeError):
        as_json(object())


def test_sitemap_lists_public_pages_with_the_day_they_changed(
    client: Client, django_assert_num_queries, django_capture_on_commit_callbacks
) -> None:
    index = make_news_index()
    item = make_news(index)
    make_news(index, "Nog niet klaar", live=False)
    closed = make_event(make_agenda(), "Achter slot")
    closed.view_restrictions.create(restriction_type="login")

    response = client.get("/sitemap.xml", headers={"Host": "127.0.0.1"})
    tree = fromstring(response.content)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {url.findtext(f"{name}loc"): url.findtext(f"{name}lastmod") for url in tree}

    assert set(found) == {f"http://localhost{path}" for path in ("/", "/nieuws/", item.url, "/agenda/")}
    assert found[f"http://localhost{item.url}"] == timezone.localdate(item.last_published_at).isoformat()
    with django_assert_num_queries(0):
        client.get("/sitemap.xml", headers={"Host": "127.0.0.1"})
    with django_capture_on_commit_callbacks(execute=True):
        publish(item)
        make_news(index, "Nog een")
    assert b"/nieuws/nog-een/" in client.get("/sitemap.xml").content


@override_settings(SITE_URL="https://kring.example/")
def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    assert "\nSitemap: https://kring.example/sitemap.xml\n" in client.get("/robots.txt").content.decode()
