"""Two pairs of eyes, through the CMS as staff use it: nobody publishes alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from groupspace.notify import periodic
from home.publishing import OWN_TEXT, keep_schedule
from home.setup import ensure_home
from home.versions import versions
from knowledgebase.models import TopicPage
from tests.knowledgebase.pages import SHARED_FIELDS, make_index, make_plain, make_topic

pytestmark = pytest.mark.django_db


def plain_form(title: str = "Huisregels", words: str = "Praat vanuit jezelf.", **action: str) -> dict[str, Any]:
    return {
        **nested_form_data(
            {
                **SHARED_FIELDS,
                "title": title,
                "slug": "huisregels",
                "body": streamfield([("text", rich_text(f"<p>{words}</p>"))]),
            }
        ),
        **action,
    }


def write(client: Client, **action: str) -> Page | None:
    """Make a plain page in the CMS under the home page, with a button of the editor."""
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", ensure_home().pk])
    client.post(url, plain_form(**action))
    return Page.objects.filter(slug="huisregels").first()


def edit(client: Client, page: Page, **changes: str) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), plain_form(**changes), follow=True)


def approve(client: Client, page: Page) -> Any:
    state = TaskState.objects.get(status="in_progress")
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), follow=True)


def told_why(response: Any, page: Page) -> bool:
    """Whether the editor of this page now says why this person may not approve it."""
    said = " ".join(str(message) for message in response.context["messages"])
    return response.request["PATH_INFO"] == reverse("wagtailadmin_pages:edit", args=[page.pk]) and str(OWN_TEXT) in said


APPROVAL = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_two_people_bring_a_page_online(redactie: Client, colleague: Client, client: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})
    assert not is_live(page)

    approve(colleague, page)

    assert is_live(page)
    assert "Praat vanuit jezelf." in client.get("/huisregels/").content.decode()


def test_author_cannot_approve_own_page(redactie: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})

    assert told_why(approve(redactie, page), page)

    assert not is_live(page)
    assert TaskState.objects.get().status == "in_progress"


def test_author_cannot_approve_from_the_editor(redactie: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})

    assert told_why(edit(redactie, page, **APPROVAL), page)

    assert not is_live(page)


def test_reviewer_who_changes_the_text_cannot_approve_it(redactie: Client, colleague: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})

    answer = edit(colleague, page, words="Heel iets anders.", **APPROVAL)

    assert told_why(answer, page)
    assert not is_live(page)
    assert "Heel iets anders." in Page.objects.get(pk=page.pk).get_latest_revision_as_object().body[0].value.source


def test_reviewer_who_changed_the_text_before_cannot_approve_it(redactie: Client, colleague: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})
    editor = edit(colleague, page, words="Heel iets anders.").content.decode()

    assert 'data-workflow-action-name="approve"' not in editor
    assert 'data-workflow-action-name="reject"' in editor
    assert told_why(approve(colleague, page), page)
    assert not is_live(page)


@pytest.mark.parametrize(
    ("view", "answer"),
    [("workflow_action", "redirect"), ("collect_workflow_action_data", "cleaned_data")],
)
def test_dialog_for_a_comment_leads_the_author_to_the_reason(redactie: Client, view: str, answer: str) -> None:
    page = write(redactie, **{"action-submit": "1"})
    url = reverse(f"wagtailadmin_pages:{view}", args=[page.pk, "approve", TaskState.objects.get().pk])

    dialog = redactie.get(url, headers={"X-Requested-With": "XMLHttpRequest"}).json()

    assert dialog["step"] == "success"
    assert answer in dialog
    assert told_why(edit(redactie, page, **APPROVAL), page)


def test_two_who_both_wrote_get_it_online_as_the_message_says(redactie: Client, colleague: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})
    edit(colleague, page, words="Heel iets anders.", **APPROVAL)

    edit(redactie, page, words="Heel iets anders.", **{"action-cancel-workflow": "1"})
    edit(redactie, page, words="Heel iets anders.", **{"action-submit": "1"})
    approve(colleague, page)

    assert is_live(page)


@pytest.mark.parametrize("field", ["body-count", "body-0-deleted", "body-0-order", "body-0-type"])
def test_form_made_by_hand_is_a_bad_request(redactie: Client, field: str) -> None:
    page = write(redactie)
    form = plain_form()
    assert form.pop(field) is not None

    urls = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", ensure_home().pk]),
    ]

    assert [redactie.post(url, form).status_code for url in urls] == [400, 400, 400]


@pytest.mark.parametrize(
    "wrong", [{"body-count": "veel"}, {"body-0-order": "x"}, {"body-0-value": "[]"}, {"body-0-value": "geen json"}]
)
def test_wrong_types_in_the_editor_are_a_bad_request(redactie: Client, wrong: dict[str, str]) -> None:
    page = write(redactie)

    answer = redactie.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), plain_form() | wrong)

    assert answer.status_code == 400


def test_superuser_cannot_approve_own_work_either(staff: Any) -> None:
    technician = staff("technicus", None, is_superuser=True)
    page = write(technician, **{"action-submit": "1"})

    approve(technician, page)

    assert not is_live(page)


@pytest.mark.parametrize("role", ["redactie", "beheer"])
def test_nobody_publishes_alone(request: pytest.FixtureRequest, role: str) -> None:
    client = request.getfixturevalue(role)

    page = write(client, **{"action-publish": "1"})
    assert page is None or not page.live

    page = page or write(client)
    edit(client, page, **{"action-publish": "1"})
    client.post(f"/cms/api/main/pages/{page.pk}/action/publish/")
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")

    assert not is_live(page)


def test_live_page_keeps_its_text_until_a_colleague_agrees(redactie: Client, colleague: Client, client: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})
    approve(colleague, page)
    assert "Praat vanuit jezelf." in client.get("/huisregels/").content.decode()

    edit(redactie, page, words="Een tweede tekst.", **{"action-submit": "1"})
    assert "Een tweede tekst." not in client.get("/huisregels/").content.decode()

    approve(redactie, page)
    assert "Een tweede tekst." not in client.get("/huisregels/").content.decode()
    approve(colleague, page)
    assert "Een tweede tekst." in Page.objects.get(pk=page.pk).specific.body[0].value.source


def test_colleague_can_send_it_back(redactie: Client, colleague: Client) -> None:
    page = write(redactie, **{"action-submit": "1"})
    state = TaskState.objects.get()

    colleague.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk]), {"comment": "Te lang"}
    )

    assert TaskState.objects.get().status == "rejected"
    assert not is_live(page)


def test_beheer_takes_a_page_offline_alone(beheer: Client, client: Client) -> None:
    page = make_plain()

    assert beheer.get(reverse("home_take_offline", args=[page.pk])).status_code == 200
    beheer.post(reverse("home_take_offline", args=[page.pk]))

    assert not is_live(page)
    assert client.get(page.url).status_code == 404


def test_redactie_does_not_take_a_page_offline(redactie: Client) -> None:
    page = make_plain()

    redactie.post(reverse("home_take_offline", args=[page.pk]))
    redactie.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert is_live(page)


def test_home_page_cannot_be_taken_offline(beheer: Client) -> None:
    home = ensure_home()

    beheer.post(reverse("home_take_offline", args=[home.pk]))

    assert is_live(home)


def test_topic_can_be_written_and_previewed_in_the_cms(redactie: Client) -> None:
    topic = make_topic(make_index(), live=False)

    editor = redactie.get(reverse("wagtailadmin_pages:edit", args=[topic.pk]))

    assert editor.status_code == 200
    assert "Herken je dit?" in editor.content.decode()
    assert "action-publish" not in editor.content.decode()
    assert redactie.get(reverse("wagtailadmin_pages:view_draft", args=[topic.pk])).status_code == 200
    assert not TopicPage.objects.get(pk=topic.pk).live


def as_sent(block: Any) -> Any:
    """The value of a block as a browser sends it: nothing for the parts that are not filled in."""
    if block.block_type == "text":
        return rich_text(block.value.source)
    if hasattr(block.value, "items"):
        return {key: part for key, part in block.value.items() if part is not None}
    return block.value


def as_the_editor_sends_it(topic: TopicPage) -> dict[str, Any]:
    """The form of the editor as a browser sends it when nobody changed a word."""
    draft = TopicPage.objects.get(pk=topic.pk).get_latest_revision_as_object()
    plain = ("title", "slug", "summary", "theme_id", "audience", "age_band", "content_note", "picture_alt")
    data: dict[str, Any] = SHARED_FIELDS | {name: getattr(draft, name) for name in plain}
    data |= {"theme": data.pop("theme_id"), "checked_on": str(draft.checked_on)}
    for name in ("what", "recognise", "steps", "seek_help", "further", "sources"):
        blocks = list(getattr(draft, name))
        data[name] = streamfield([(block.block_type, as_sent(block)) for block in blocks])
        for number, block in enumerate(blocks):
            data[name][str(number)]["id"] = block.id
    return nested_form_data(data)


def test_colleague_approves_a_topic_from_the_editor(redactie: Client, colleague: Client, client: Client) -> None:
    topic = make_topic(make_index(), live=False)
    topic.save_revision()
    url = reverse("wagtailadmin_pages:edit", args=[topic.pk])
    redactie.post(url, as_the_editor_sends_it(topic) | {"action-submit": "1"})

    approval = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    colleague.post(url, as_the_editor_sends_it(topic) | approval)

    assert is_live(topic)
    assert topic.revisions.latest("pk").user == redactie.user
    assert client.get(topic.url).status_code == 200


NOWHERE = ("link", {"label": "Lees dit", "page": "", "address": "/bestaat-niet/", "text": ""})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": ""}, "Samenvatting: Dit is nog leeg."),
        ({"checked_on": ""}, "Gecontroleerd op: Dit is nog leeg."),
        ({"further": streamfield([NOWHERE])}, "De link “Lees dit” werkt niet"),
    ],
)
def test_what_a_draft_lost_during_the_review_is_not_approved(
    redactie: Client, colleague: Client, changes: dict[str, Any], sentence: str
) -> None:
    topic = make_topic(make_index(), live=False)
    topic.save_revision()
    url = reverse("wagtailadmin_pages:edit", args=[topic.pk])
    redactie.post(url, as_the_editor_sends_it(topic) | {"action-submit": "1"})
    redactie.post(url, as_the_editor_sends_it(topic) | nested_form_data(changes))  # a draft may be unfinished
    state = TaskState.objects.get(status="in_progress")

    address = reverse("wagtailadmin_pages:workflow_action", args=[topic.pk, "approve", state.pk])
    response = colleague.post(address, follow=True)

    assert not is_live(topic)
    assert sentence in response.content.decode()
    assert TaskState.objects.get(pk=state.pk).status == "in_progress"


def test_editor_speaks_dutch(redactie: Client) -> None:
    content = redactie.get(reverse("wagtailadmin_home")).content.decode()

    assert 'lang="nl"' in content
    assert "Pagina" in content


def test_root_of_the_tree_cannot_be_taken_offline(beheer: Client) -> None:
    root = Page.objects.get(depth=1)

    assert beheer.post(reverse("home_take_offline", args=[root.pk])).status_code in (302, 403)
    root.refresh_from_db()
    assert root.live


def test_approved_page_comes_and_goes_on_the_moment_that_stands_in_it(
    redactie: Client, colleague: Client, client: Client, time_machine: Any
) -> None:
    now = timezone.now()
    hours = {name: now + timedelta(hours=number) for name, number in (("go_live_at", 1), ("expire_at", 3))}
    moments = {name: timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") for name, moment in hours.items()}
    page = write(redactie, **moments, **{"action-submit": "1"})
    approve(colleague, page)
    job = periodic._table["home.schedule"].function

    def read(hours: int) -> int:
        time_machine.move_to(now + timedelta(hours=hours), tick=False)
        job()
        return client.get("/huisregels/").status_code

    assert read(0) == 404
    assert read(2) == 200
    assert [version.number for version in versions(Page.objects.get(pk=page.pk))] == [1]
    assert read(4) == 404


def test_nothing_comes_online_by_its_moment_alone(redactie: Client, time_machine: Any) -> None:
    soon = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    page = write(redactie, go_live_at=soon, **{"action-submit": "1"})
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=False)
    keep_schedule()

    assert not is_live(page)
