"""What a page weighs on the wire, without anything in the cache."""

from __future__ import annotations

import gzip

import pytest

from tests.e2e.addresses import MEMBER, Places

pytestmark = pytest.mark.e2e

KB = 1024


def fetched(page, address):
    """Bytes of the bodies per kind of resource, as they are after unpacking: an upper bound of what is sent."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    weights: dict[str, int] = {}
    for answer in answers:
        if answer.status == 200:
            kind = answer.request.resource_type
            weights[kind] = weights.get(kind, 0) + len(answer.body())
    return weights


@pytest.mark.parametrize("where", ["", "gesprekken/", "topic"])
def test_group_page_is_light(as_person, site, where):
    places = Places(site)
    weights = fetched(as_person(MEMBER), places.topic() if where == "topic" else places.group + where)

    assert weights["stylesheet"] + weights.get("script", 0) <= 60 * KB, weights
    assert sum(weights.values()) <= 100 * KB, weights


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("where", ["/", "/lees/", "/lees/je-eenzaam-voelen/"])
def test_public_page_with_pictures_is_light(open_browser, site, where, width):
    """On a sharp screen, which takes the larger pictures. Styles and scripts count as they are stored in production."""
    page = open_browser(viewport={"width": width, "height": 740}, device_scale_factor=2)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(where)
    page.wait_for_load_state("networkidle")

    sent = dict.fromkeys(("document", "stylesheet", "script", "image"), 0)
    for answer in answers:
        kind, body = answer.request.resource_type, answer.body()
        sent[kind] = sent.get(kind, 0) + len(gzip.compress(body) if kind in {"stylesheet", "script"} else body)
    assert sent["image"] > 0, "there is a picture on it"
    assert sent["stylesheet"] + sent["script"] < 40 * KB, sent
    assert sum(sent.values()) < 150 * KB, sent
