"""Writing through the browser's eyes: forms, drafts, double clicks, lost log-ins and odd input. Never a 500."""

import re
import uuid
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from groupspace.actions import remove
from groupspace.forum import actions
from groupspace.forum.models import Post, Topic
from groupspace.text.models import Draft, SealedPost

pytestmark = pytest.mark.django_db

ODD = [
    "",
    "   ",
    "\x00",
    "\x00a\x00",
    "\ufffe\uffff",
    "\u202e\u2066omgekeerd",
    "\u200b\u200d\ufeff",
    "a" * 200_000,
    "é" * 9_999,
    "🫥" * 50,
    "Z̷̢̛a̸͎͐l̴̰̓g̵̞̈́o̶",
    "<script>alert(1)</script>",
    "<p>" * 500,
    "</form></main>",
    "{{ request }}{% load x %}",
    "' OR 1=1; --",
    "%s%d%(x)s",
    "../../etc/passwd",
    "=1+1",
    "\r\n\r\n\t",
    "null",
    "[]",
    "-1",
    "1e999",
    "2026-13-45",
    "https://" + "a" * 5_000,
]


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(response):
    form = soup(response).select_one("main form.gs-form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return values | {
        area["name"]: area.text.removeprefix("\n").removeprefix("\r\n") for area in form.select("textarea[name]")
    }


def error_beside(response, name):
    field = soup(response).select_one(f"[name={name}]")
    ids = (field.get("aria-describedby") or "").split()
    assert field["aria-invalid"] == "true"
    return " ".join(soup(response).find(id=pk).text for pk in ids if pk.endswith("_error"))


def test_topic_and_reply_from_door_to_door(log_in, url):
    ben, carla = log_in("ben"), log_in("carla")
    form = form_of(ben.get(url("nieuw/")))

    made = ben.post(url("nieuw/"), form | {"title": " Mijn  piekeruur ", "body": "Het lukte niet.\n\nEn toen?"})
    topic = Topic.objects.get()
    answer = form_of(carla.get(made.url)) | {"body": "Dank je."}
    back = carla.post(url(topic, "reageer/"), answer)

    assert made.url == url(topic)
    assert (topic.title, topic.posts.get(number=1).body) == ("Mijn piekeruur", "<p>Het lukte niet.</p><p>En toen?</p>")
    assert back.url == url(topic, "?pagina=1#bericht-2")
    assert [p.text for p in soup(ben.get(url(topic))).select(".gs-post__body p")] == [
        "Het lukte niet.",
        "En toen?",
        "Dank je.",
    ]


def test_double_click_places_one_reply(log_in, start, url):
    ben, topic = log_in("ben"), start("carla")
    form = form_of(ben.get(url(topic))) | {"body": "twee keer"}

    answers = [ben.post(url(topic, "reageer/"), form).url for _click in range(2)]

    assert answers == [url(topic, "?pagina=1#bericht-2")] * 2
    assert Post.objects.count() == 2


def test_double_click_starts_one_topic(log_in, url):
    ben = log_in("ben")
    form = form_of(ben.get(url("nieuw/"))) | {"title": "een", "body": "keer"}

    assert ben.post(url("nieuw/"), form).url == ben.post(url("nieuw/"), form).url
    assert Topic.objects.count() == 1


def test_draft_comes_back_in_topic_page_and_goes_when_posted(log_in, start, url):
    ben, topic = log_in("ben"), start("carla")
    form = form_of(ben.get(url(topic))) | {"body": "kanarie half"}
    assert ben.post("/groep/tekst/concept/", form).json()["version"] == 1

    again = form_of(ben.get(url(topic)))

    assert again["body"] == "kanarie half"
    assert "kanarie" not in log_in("carla").get(url(topic)).content.decode()
    ben.post(url(topic, "reageer/"), again)
    assert Draft.objects.count() == 0
    assert form_of(ben.get(url(topic)))["body"] == ""


def test_logged_out_while_typing_keeps_every_letter(log_in, start, url, cast):
    ben, topic = log_in("ben"), start("carla")
    form = form_of(ben.get(url(topic))) | {"body": "kanarie lang verhaal"}
    ben.logout()

    answer = ben.post(url(topic, "reageer/"), form)
    ben.force_login(cast.ben)
    page = ben.get(unquote(answer.url.partition("next=")[2]))

    assert answer.url.startswith("/account/login/?next=")
    assert form_of(page)["body"] == "kanarie lang verhaal"
    assert "Je was te lang weg. Je tekst staat er nog." in page.content.decode()
    assert "kanarie" not in str(list(SealedPost.objects.values()))
    assert ben.post(url(topic, "reageer/"), form_of(page)).status_code == 302
    assert Post.objects.count() == 2


def test_form_of_one_member_is_never_posted_as_another(log_in, start, url, cast):
    ben, topic = log_in("ben"), start("carla")
    form = form_of(ben.get(url(topic))) | {"body": "van beer"}
    ben.force_login(cast.ellen)

    assert ben.post(url(topic, "reageer/"), form).status_code == 403
    assert Post.objects.count() == 1


def test_topic_closed_while_typing_gives_the_text_back(log_in, start, url, as_actor):
    ben, topic = log_in("ben"), start("carla")
    form = form_of(ben.get(url(topic))) | {"body": "kanarie te laat"}
    actions.lock_topic(as_actor("anna"), topic, locked=True)

    answer = ben.post(url(topic, "reageer/"), form)

    assert answer.status_code == 403
    assert "Dit gesprek is gesloten." in soup(answer).text
    assert soup(answer).textarea.text.strip() == "kanarie te laat"
    assert Post.objects.count() == 1


def test_put_out_of_the_group_while_typing_gives_back_only_what_was_typed(log_in, start, url, cast, as_actor):
    ben, topic = log_in("ben"), start("carla", title="Geheime titel")
    form = form_of(ben.get(url(topic))) | {"body": "<p>Mijn <b>eigen</b> woorden</p>", "body-format": "html"}
    remove(as_actor("anna"), cast.members["ben"])

    answer = ben.post(url(topic, "reageer/"), form)
    nowhere = ben.post(url(topic, "reageer/").replace(str(topic.pk), str(uuid.uuid4())), form)
    of_nobody = ben.post(url(topic, "reageer/"), form | {"gs-ticket": "x"})

    assert [one.status_code for one in (answer, nowhere, of_nobody)] == [404, 404, 404]
    assert soup(answer).textarea.text.strip() == "Mijn eigen woorden"
    assert soup(nowhere).main.text == soup(answer).main.text
    assert not [area for area in soup(of_nobody).select("textarea") if "woorden" in area.text]
    assert not any(secret in answer.content.decode() for secret in ("Geheime titel", cast.space.name))
    assert Post.objects.count() == 1


def test_edit_shows_old_text_and_marks_it(log_in, start, url):
    ben, topic = log_in("ben"), start("ben", text="oud\nregel")
    place = f"bericht/{topic.posts.get().pk}/bewerk/"
    form = form_of(ben.get(url(place)))
    assert (form["title"], form["body"]) == ("Mijn piekeruur", "oud\r\nregel".replace("\r", ""))

    ben.post(url(place), form | {"body": "nieuw"})

    assert "nieuw" in soup(ben.get(url(topic))).select_one(".gs-post__body").text
    assert "bewerkt" in soup(ben.get(url(topic))).select_one(".gs-post__head").text


def test_edit_after_a_day_says_why_not(log_in, start, url):
    ben, topic = log_in("ben"), start("ben")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        ben = log_in("ben")
        answer = ben.get(url(f"bericht/{topic.posts.get().pk}/bewerk/"))

    assert answer.status_code == 403
    assert "Je kunt een bericht een dag lang veranderen." in answer.content.decode()


def test_remove_asks_for_a_reason_only_of_others(log_in, start, reply, url):
    topic = start("ben")
    post = reply("carla", topic)
    anna = log_in("anna")
    place = url(f"bericht/{post.pk}/weghalen/")

    refused = anna.post(place, {"reason": ""})
    too_long = anna.post(place, {"reason": "x" * 301})

    assert (refused.status_code, too_long.status_code) == (422, 422)
    assert "waarom" in error_beside(refused, "reason")
    assert "korter dan 300 tekens" in error_beside(too_long, "reason")
    assert anna.post(place, {"reason": "Er stond een naam in."}).url == url(topic, "?pagina=1#bericht-2")
    assert log_in("ben").post(url(f"bericht/{topic.posts.get(number=1).pk}/weghalen/")).status_code == 302
    assert Post.objects.filter(deleted_at=None).count() == 0


def test_empty_form_is_answered_beside_the_field(log_in, url):
    answer = log_in("ben").post(url("nieuw/"), {})

    assert answer.status_code == 422
    assert "Geef je gesprek een titel." in error_beside(answer, "title")
    assert "Schrijf eerst iets." in error_beside(answer, "body")
    assert Topic.objects.count() == 0


def test_too_long_text_is_answered_beside_the_field_and_kept(log_in, start, url):
    topic = start()
    answer = log_in("ben").post(url(topic, "reageer/"), {"body": "y" * 10_001})

    assert "Je tekst is 1 teken te lang." in error_beside(answer, "body")
    assert form_of(answer)["body"] == "y" * 10_001


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_input_is_taken_or_answered(log_in, start, reply, url, odd, kind):
    topic = start("ben")
    post = reply("carla", topic)
    ben, anna = log_in("ben"), log_in("anna")
    everything = dict.fromkeys(
        ("title", "body", "reason", "gs-ticket", "gs-version", "vanaf", "aan", "author", "space", "number", "topic"),
        odd,
    ) | {"body-format": kind}

    answers = [
        ben.post(url("nieuw/"), everything),
        ben.post(url(topic, "reageer/"), everything),
        ben.post(url(topic, "ongelezen/"), everything),
        ben.post(url(f"bericht/{topic.posts.get(number=1).pk}/bewerk/"), everything),
        anna.post(url(f"bericht/{post.pk}/weghalen/"), everything),
        anna.post(url(topic, "vastzetten/"), everything),
        anna.post(url(topic, "sluiten/"), everything),
        ben.post("/groep/tekst/concept/", everything),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404, 422}
    for address in (url(), url(topic), url(topic, "?pagina=1")):
        page = ben.get(address)
        assert page.status_code == 200
        assert not soup(page).select("main script:not([src])")


def test_steering_waits_folded_above_a_conversation_for_who_leads_alone(log_in, start, url, cast):
    topic = start("carla")

    page = soup(log_in("anna").get(url(topic)))
    [folded] = page.select("main header details")
    assert not folded.has_attr("open")
    assert [one.text for one in folded.select("button")] == ["Zet vast", "Sluit gesprek", "Maak koffiehoek"]
    assert len(page.select("main header form")) == len(folded.select("form")) == 3
    assert not soup(log_in("ben").get(url(topic))).select("main header details, main header form")


def test_nothing_can_be_slipped_in(log_in, start, url, cast):
    topic = start("carla")
    other = cast.members["anna"].pk
    fields = {"author": other, "author_id": other, "number": 99, "deleted_at": "2020-01-01", "edited_at": "2020-01-01"}

    log_in("ben").post(url(topic, "reageer/"), fields | {"body": "x", "created_at": "2020-01-01", "is_pinned": "1"})

    post = Post.objects.get(number=2)
    assert (post.author, post.deleted_at, post.edited_at) == (cast.members["ben"], None, None)
    assert post.created_at > timezone.now() - timedelta(minutes=1)


def test_private_pages_are_never_stored(log_in, start, url):
    topic, ben = start(), log_in("ben")

    for address in (url(), url("nieuw/"), url(topic), url(topic, "reageer/")):
        assert "no-store" in ben.get(address)["Cache-Control"]


def test_title_of_the_browser_stays_general(log_in, start, url):
    topic = start(title="Kanarie over thuis")

    assert "Kanarie" not in soup(log_in("ben").get(url(topic))).title.text
    assert "Rust" not in soup(log_in("ben").get(url(topic))).title.text


@pytest.mark.parametrize("who", ["ben", "anna"])
def test_with_the_first_post_goes_the_title(log_in, start, reply, url, who):
    topic = start("ben", title="Kanarie woont in de Dorpsstraat")
    reply("carla", topic, "Sterkte.")
    first = topic.posts.get(number=1)

    log_in(who).post(url(f"bericht/{first.pk}/weghalen/"), {"reason": "Er stond een adres in."})

    for address in (url(), url(topic), f"/groep/{topic.space_id}/"):
        assert "Dorpsstraat" not in log_in("carla").get(address).content.decode()
    assert "Sterkte." in log_in("carla").get(url(topic)).content.decode()


def test_a_group_that_is_closed_meanwhile_gives_the_words_back(log_in, start, url, cast):
    post = start("ben").posts.get()
    ben, places = log_in("ben"), [url("nieuw/"), url(f"bericht/{post.pk}/bewerk/")]
    forms = [form_of(ben.get(place)) | {"title": "Kanarietitel", "body": "Kanarietekst"} for place in places]
    type(cast.space).objects.filter(pk=cast.space.pk).update(state="read_only")

    answers = [ben.post(place, form) for place, form in zip(places, forms, strict=True)]

    for answer in answers:
        assert answer.status_code == 403
        assert "no-store" in answer["Cache-Control"]
        assert {"Kanarietitel", "Kanarietekst"} <= set(re.findall("Kanarie[a-z]+", answer.content.decode()))
    assert Post.objects.count() == 1


def test_a_form_for_anothers_post_shows_nothing_of_it(log_in, start, url):
    post = start("anna", title="Titel", text="Tekst van Anna.").posts.get()

    answer = log_in("ben").post(url(f"bericht/{post.pk}/bewerk/"), {"title": "x", "body": "y"})

    assert answer.status_code == 403
    assert "Tekst van Anna." not in answer.content.decode()
