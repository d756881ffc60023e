"""A film that a member shares is played on its own page by the browser itself, with and without scripts."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_log_may_be_emptied")]

#: A film of a second and a half, made by the browser itself.
MAKE = """async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 320; canvas.height = 180;
    const draw = canvas.getContext("2d");
    let n = 0;
    const timer = setInterval(() => { draw.fillStyle = `hsl(${n += 9} 60% 50%)`; draw.fillRect(0, 0, 320, 180); }, 40);
    const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: "video/webm;codecs=vp8"});
    const parts = [];
    recorder.ondataavailable = event => parts.push(event.data);
    const done = new Promise(resolve => { recorder.onstop = resolve; });
    recorder.start();
    await new Promise(resolve => setTimeout(resolve, 1500));
    recorder.stop(); await done; clearInterval(timer);
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
}"""


@pytest.fixture
def shared(open_as: Any, world: Any) -> str:
    """The address of a page with a film that ben shared."""
    page = open_as("ben")
    space = world.own["space"]
    film = base64.b64decode(page.evaluate(MAKE))
    page.goto(reverse("groupspace:bestanden:upload", args=[space.pk]))
    page.set_input_files("input[type=file]", {"name": "wandeling.webm", "mimeType": "video/webm", "buffer": film})
    page.get_by_role("button", name="Deel", exact=True).click()
    page.locator("video").wait_for()
    return page.url


def test_film_is_played_with_the_keyboard_and_asks_nothing_before(open_as: Any, shared: str) -> None:
    page = open_as("ellen")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "media" else None)
    page.goto(shared)
    assert asked == []

    page.locator("video").focus()
    page.keyboard.press("Space")

    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    assert asked
    assert all("/versie/" in url for url in asked)


def test_film_has_the_controls_of_the_browser_without_scripts(open_as: Any, shared: str) -> None:
    page = open_as("ellen", java_script_enabled=False)
    page.goto(shared)

    video = page.locator("video")
    assert video.get_attribute("controls") is not None
    assert video.is_visible()
    with page.expect_request("**/versie/**"):  # the button to play stands in the middle, or on the left below
        box = video.bounding_box()
        page.mouse.click(box["x"] + 28, box["y"] + box["height"] - 44)
