"""Quick exit: gone at once, logged out, nothing kept."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY, get_user_model
from django.urls import reverse

from groupspace.safety.current import DEFAULTS
from groupspace.safety.models import SafetySettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben_client(client):
    client.force_login(
        get_user_model().objects.create_user("ben", password="x"), "groupspace.accounts.backends.AccountBackend"
    )
    return client


def test_exit_ends_the_session_and_leads_away(ben_client):
    old_session = ben_client.session.session_key

    response = ben_client.get(reverse("safety:exit"))

    assert response.status_code == 302
    assert response["Location"] == DEFAULTS["exit_url"]
    assert SESSION_KEY not in ben_client.session
    assert not ben_client.session.exists(old_session)


def test_exit_leaves_no_trace(ben_client):
    response = ben_client.get(reverse("safety:exit"))

    assert "no-store" in response["Cache-Control"]
    assert '"cache"' in response["Clear-Site-Data"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_exit_goes_where_staff_say(client):
    row = SafetySettings.load()
    row.exit_url, row.spare_exit_url = "https://weer.example/", "https://nieuws.example/"
    row.save()

    assert client.get(reverse("safety:exit"))["Location"] == "https://weer.example/"
    assert client.get(reverse("safety:exit"), {"naar": "2"})["Location"] == "https://nieuws.example/"
    assert client.get(reverse("safety:exit"), {"naar": "https://kwaad.example"})["Location"] == "https://weer.example/"


@pytest.mark.parametrize("header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_exit_fetched_ahead_does_nothing(ben_client, header):
    response = ben_client.get(reverse("safety:exit"), headers=header)

    assert response.status_code == 503
    assert SESSION_KEY in ben_client.session


def test_exit_called_by_another_site_does_not_log_out(ben_client):
    ben_client.get(reverse("safety:exit"), headers={"Sec-Fetch-Site": "cross-site"})

    assert SESSION_KEY in ben_client.session


#: What a browser sends that knows nothing of Sec-Fetch-Site.
OWN = [
    {},  # our own link: rel="noreferrer"
    {"Referer": "http://testserver/groep/"},
    {"Referer": "http://testserver"},
    {"Referer": ""},
    {"Origin": "http://testserver", "Referer": "http://testserver/"},
]
FOREIGN = [
    {"Referer": "https://kwaad.example/"},
    {"Referer": "https://testserver.kwaad.example/"},
    {"Referer": "https://kwaad.example/http://testserver/"},
    {"Referer": "http://[geen-adres"},
    {"Referer": "onzin"},
    {"Origin": "https://kwaad.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", OWN)
def test_exit_works_on_an_old_phone(ben_client, headers):
    response = ben_client.get(reverse("safety:exit"), headers=headers)

    assert response.status_code == 302
    assert SESSION_KEY not in ben_client.session


@pytest.mark.parametrize("headers", FOREIGN)
def test_exit_called_by_another_site_on_an_old_phone_leads_away_without_log_out(ben_client, headers):
    response = ben_client.get(reverse("safety:exit"), headers=headers)

    assert response["Location"] == DEFAULTS["exit_url"]
    assert SESSION_KEY in ben_client.session


def test_what_a_new_browser_says_counts_for_more_than_an_address(ben_client):
    ben_client.get(reverse("safety:exit"), headers={"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"})
    assert SESSION_KEY in ben_client.session

    ben_client.get(reverse("safety:exit"), headers={"Sec-Fetch-Site": "none", "Referer": "https://kwaad.example/"})
    assert SESSION_KEY not in ben_client.session


def test_exit_works_for_people_without_account(client):
    assert client.get(reverse("safety:exit")).status_code == 302


@pytest.mark.parametrize("name", ["how", "help"])
def test_pages_about_safety_are_the_same_for_everyone(client, name):
    response = client.get(reverse(f"safety:{name}"))

    assert response.status_code == 200
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_help_page_lists_every_line(client):
    content = client.get(reverse("safety:help")).content.decode()

    assert all(line["contact"] in content for line in DEFAULTS["lines"])
