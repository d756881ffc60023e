"""The cache of public pages: what it may keep, what it must never keep, and when it forgets."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction, Site

from knowledgebase import public_cache
from knowledgebase.middleware import PublicPageCacheMiddleware
from knowledgebase.models import TopicIndexPage, TopicPage

from .pages import make_plain, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user("lidwoord"))
    return client


def kept() -> int:
    """How many pages the cache holds; it is the process's own in tests."""
    return sum(":knowledgebase:page:" in key for key in cache._cache)


def test_second_visitor_costs_no_query(client: Client, topic: TopicPage, django_assert_num_queries: Any) -> None:
    first = client.get(topic.url)

    with django_assert_num_queries(0):
        second = Client().get(topic.url)

    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]
    assert second["ETag"] == first["ETag"]
    assert (second["Vary"], second["Cache-Control"]) == ("Cookie", "no-cache")


def test_kept_page_carries_no_cookie_token_or_nonce(client: Client, topic: TopicPage) -> None:
    client.get(topic.url)
    response = Client().get(topic.url)

    assert kept() == 1
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
    assert b"nonce" not in response.content


def test_browser_that_has_the_page_gets_not_modified(client: Client, topic: TopicPage) -> None:
    etag = client.get(topic.url)["ETag"]

    response = client.get(topic.url, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert client.get(topic.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_member_after_visitor_gets_an_own_page(client: Client, member: Client, topic: TopicPage) -> None:
    client.get(topic.url)

    response = member.get(topic.url)

    assert response.wsgi_request.user.is_authenticated
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


def test_visitor_after_member_gets_nothing_of_the_member(client: Client, member: Client, topic: TopicPage) -> None:
    private = member.get(topic.url)
    assert kept() == 0

    public = client.get(topic.url)

    assert "lidwoord" not in public.content.decode()
    assert public.context["request"].user.is_anonymous
    assert private.context["request"].user.is_authenticated
    assert kept() == 1


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "kring_session", "django_language", "whatever"])
def test_unknown_cookie_neither_reads_nor_fills_the_cache(client: Client, topic: TopicPage, cookie: str) -> None:
    client.cookies[cookie] = "x"

    response = client.get(topic.url)

    assert response.status_code == 200
    assert kept() == 0
    assert "ETag" not in response


def test_left_over_csrf_cookie_is_harmless(client: Client, topic: TopicPage) -> None:
    client.cookies["csrftoken"] = "a" * 32

    client.get(topic.url)

    assert kept() == 1


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer x"}, {"HX-Request": "true"}, {"Range": "bytes=0-9"}])
def test_special_request_is_left_alone(client: Client, topic: TopicPage, headers: dict[str, str]) -> None:
    client.get(topic.url, headers=headers)

    assert kept() == 0


@pytest.mark.parametrize("query", ["q=1", "page=1", "page=2", "page=1&x=2", "utm_source=a"])
def test_any_query_is_left_alone(client: Client, topic: TopicPage, query: str) -> None:
    client.get(f"{topic.url}?{query}")

    assert kept() == 0


def test_ports_and_names_a_stranger_makes_up_fill_nothing(client: Client, topic: TopicPage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".wild.example"]
    client.get(topic.url)

    for number in range(30):
        client.get(topic.url, headers={"Host": f"testserver:{8000 + number}"})
        client.get(topic.url, headers={"Host": f"a{number}.wild.example"})

    assert kept() == 1


def test_server_that_takes_the_port_from_the_request_keeps_one_page_too(client: Client, topic: TopicPage) -> None:
    for port in range(8000, 8030):
        client.get(topic.url, headers={"Host": f"testserver:{port}"}, SERVER_PORT=str(port))

    assert kept() == 1


def test_page_that_repeats_an_odd_address_is_not_kept(topic: TopicPage, rf: RequestFactory) -> None:
    middleware = PublicPageCacheMiddleware(lambda request: public(HttpResponse(request.build_absolute_uri())))

    odd = middleware(rf.get("/x/", headers={"Host": "testserver:666"}))

    assert b"testserver:666" in odd.content
    assert kept() == 0


def test_odd_port_on_a_second_site_never_gets_there_what_is_of_the_first(
    client: Client, topic: TopicPage, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    other_home = make_plain("Andere site", "Geheel eigen tekst.", parent=TopicPage.get_first_root_node())
    for port in (80, 8080):
        Site.objects.create(hostname="ander.example", port=port, root_page=other_home)

    at_default = client.get("/", headers={"Host": "ander.example"}, SERVER_PORT="666").content.decode()
    there = client.get("/", headers={"Host": "ander.example"}).content.decode()

    assert "Geheel eigen tekst." not in at_default
    assert "Geheel eigen tekst." in there


def test_hosts_are_kept_apart(client: Client, topic: TopicPage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    other_home = make_plain("Andere site", "Geheel eigen tekst.", parent=TopicPage.get_first_root_node())
    Site.objects.create(hostname="ander.example", root_page=other_home)

    here = client.get("/")
    there = client.get("/", headers={"Host": "ander.example"})

    assert "Geheel eigen tekst." in there.content.decode()
    assert "Geheel eigen tekst." not in here.content.decode()
    assert kept() == 2
    assert Client().get("/").content == here.content


def test_http_and_https_are_kept_apart(client: Client, topic: TopicPage) -> None:
    client.get(topic.url)
    client.get(topic.url, secure=True)

    assert kept() == 2


@pytest.mark.parametrize("method", ["post", "head", "options", "put"])
def test_other_methods_are_left_alone(client: Client, topic: TopicPage, method: str) -> None:
    getattr(client, method)(topic.url)

    assert kept() == 0


def test_preview_is_neither_kept_nor_answered_from_the_cache(client: Client, topic: TopicPage) -> None:
    client.get(topic.url)
    topic.summary = "Alleen in de voorvertoning."

    preview = topic.make_preview_request()

    assert "Alleen in de voorvertoning." in preview.content.decode()
    assert "Alleen in de voorvertoning." not in Client().get(topic.url).content.decode()
    assert kept() == 1


def test_first_preview_does_not_fill_the_cache(topic: TopicPage) -> None:
    topic.summary = "Alleen in de voorvertoning."
    topic.make_preview_request()

    assert kept() == 0


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_restricted_page_is_never_kept(client: Client, topic: TopicPage, kind: str) -> None:
    PageViewRestriction.objects.create(page=topic, restriction_type=kind, password="geheim")

    response = client.get(topic.url)

    assert topic.summary not in response.content.decode()
    assert kept() == 0


def test_restriction_ends_what_was_kept(
    client: Client, topic: TopicPage, django_capture_on_commit_callbacks: Any
) -> None:
    client.get(topic.url)

    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=topic, restriction_type="login")

    assert topic.summary not in client.get(topic.url).content.decode()


def test_not_found_and_search_are_not_kept(client: Client, topic: TopicPage) -> None:
    client.get("/bestaat-niet/")
    client.get("/zoeken/")

    assert kept() == 0


def change_by(how: str, topic: TopicPage) -> None:
    if how == "publish":
        topic.summary = "Nieuw antwoord."
        topic.save_revision().publish()
    elif how == "unpublish":
        topic.unpublish()
    elif how == "delete":
        topic.delete()
    elif how == "move":
        other = topic.get_parent().get_parent().add_child(instance=TopicIndexPage(title="Elders", slug="elders"))
        topic.move(other, "last-child")
    else:
        from home.models import SiteIdentity

        identity = SiteIdentity.for_site(Site.objects.get())
        identity.name = "Andere naam"
        identity.save()


@pytest.mark.parametrize("how", ["publish", "unpublish", "delete", "move", "settings"])
def test_change_by_staff_shows_at_once(
    client: Client, topic: TopicPage, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    before, old = public_cache.generation(), client.get(topic.url).content

    with django_capture_on_commit_callbacks(execute=True):
        change_by(how, topic)

    assert public_cache.generation() != before
    assert client.get(f"/lees/{topic.slug}/").content != old


def test_draft_does_not_show(client: Client, topic: TopicPage) -> None:
    client.get(topic.url)
    topic.summary = "Nog niet af."
    topic.save_revision()

    assert "Nog niet af." not in client.get(topic.url).content.decode()


def test_page_made_during_a_change_is_old_at_once(topic: TopicPage, rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        public_cache.bump()  # somebody publishes while this page is being made
        return public(HttpResponse("oud"))

    middleware = PublicPageCacheMiddleware(view)
    middleware(rf.get("/x/"))

    assert PublicPageCacheMiddleware(lambda _request: HttpResponse("nieuw"))(rf.get("/x/")).content == b"nieuw"


def public(response: HttpResponse) -> HttpResponse:
    response.public_cacheable = True
    return response


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = public(HttpResponse("x"))
    response.set_cookie("a", "b")
    return response


def with_token(request: HttpRequest) -> HttpResponse:
    return public(HttpResponse(get_token(request)))


def with_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = "abc"
    return public(HttpResponse("x"))


def with_user(request: HttpRequest) -> HttpResponse:
    request.user = get_user_model()(username="x")
    return public(HttpResponse("x"))


def with_preview(request: HttpRequest) -> HttpResponse:
    request.is_preview = True
    return public(HttpResponse("x"))


@pytest.mark.parametrize(
    "view",
    [
        with_cookie,
        with_token,
        with_nonce,
        with_user,
        with_preview,
        lambda _request: HttpResponse("x"),
        lambda _request: public(HttpResponse("x", status=404)),
        lambda _request: public(HttpResponse("x", status=206)),
        lambda _request: public(HttpResponse("{}", content_type="application/json")),
        lambda _request: public(HttpResponse("x", headers={"Cache-Control": "no-store"})),
        lambda _request: public(HttpResponse("x", headers={"Content-Encoding": "gzip"})),
    ],
)
def test_answer_that_could_be_somebodys_own_is_not_kept(rf: RequestFactory, view: Any) -> None:
    PublicPageCacheMiddleware(view)(rf.get("/x/"))

    assert kept() == 0


class BrokenCache:
    """A shared cache that is away."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("away")


def test_broken_cache_serves_the_page_unkept(client: Client, topic: TopicPage, monkeypatch: Any) -> None:
    monkeypatch.setattr("knowledgebase.middleware.cache", BrokenCache())
    monkeypatch.setattr("knowledgebase.public_cache.cache", BrokenCache())

    response = client.get(topic.url)

    assert response.status_code == 200
    assert topic.summary in response.content.decode()


def test_memory_forgets_with_the_generation() -> None:
    make = iter(range(10)).__next__

    first, again = public_cache.remember("x", make), public_cache.remember("x", make)
    public_cache.bump()

    assert (first, again, public_cache.remember("x", make)) == (0, 0, 1)


def test_memory_does_not_grow_without_end() -> None:
    for number in range(public_cache.MEMORY_SIZE + 50):
        public_cache.remember(f"naam {number}", lambda: 1)

    assert len(public_cache._memory) <= public_cache.MEMORY_SIZE


def test_draft_topic_never_enters(client: Client, index: TopicIndexPage) -> None:
    draft = make_topic(index, "Nog dicht", live=False)

    assert client.get(draft.url).status_code == 404
    assert kept() == 0
