"""What staff set is what pages show, at once and without a query."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from groupspace.safety.current import DEFAULTS, contact_url, safety
from groupspace.safety.models import CrisisLine, SafetySettings, check_is_due, validate_contact

pytestmark = pytest.mark.django_db


def strip() -> str:
    return Template("{% load safety %}{% quick_exit %}{% crisis_strip %}").render(Context())


def test_settings_cost_no_query_the_second_time(django_assert_num_queries):
    with django_assert_num_queries(2):
        strip()
    with django_assert_num_queries(0):
        strip()


def test_settings_change_shows_at_once(django_capture_on_commit_callbacks):
    strip()
    row = SafetySettings.load()
    row.lines.set([CrisisLine(label="Buurtlijn", contact="010-1234567", short="Buurt", sort_order=0)])

    with django_capture_on_commit_callbacks(execute=True):
        row.save()

    assert "Buurtlijn" in strip()
    assert "tel:0101234567" in strip()
    assert "Veilig Thuis" not in strip()


def test_migration_fills_in_the_national_lines():
    assert SafetySettings.read()["lines"] == DEFAULTS["lines"]


def test_settings_without_any_line_show_the_national_ones():
    CrisisLine.objects.all().delete()

    assert safety()["lines"] == DEFAULTS["lines"]


def test_settings_without_row_are_the_defaults():
    SafetySettings.objects.all().delete()

    assert safety() == DEFAULTS


def test_line_without_short_name_stays_off_the_strip():
    assert "Luisterlijn" not in strip()


@pytest.mark.parametrize("contact", ["112", "0800-2000", "088 0767 000", "+31 88 123", "https://www.113.nl/chat"])
def test_contact_is_a_number_or_a_web_address(contact):
    validate_contact(contact)


@pytest.mark.parametrize("contact", ["", "bel mij", "javascript:alert(1)", "http://113.nl", "tel:112", "<b>112</b>"])
def test_contact_is_nothing_else(contact):
    with pytest.raises(ValidationError):
        validate_contact(contact)


def test_contact_becomes_an_address():
    assert contact_url("088 0767 000") == "tel:0880767000"
    assert contact_url("https://www.113.nl/") == "https://www.113.nl/"


@pytest.mark.parametrize(
    ("days", "due"), [(None, True), (0, False), (90, False), (91, True)], ids=["never", "today", "90 days", "91 days"]
)
def test_check_is_due_after_90_days(days, due, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC))
    checked_on = None if days is None else datetime.date(2026, 11, 22) - datetime.timedelta(days)

    assert check_is_due(checked_on) is due


@pytest.mark.parametrize(("may_change", "panels"), [(True, 1), (False, 0)])
def test_staff_who_can_change_the_numbers_are_reminded(may_change, panels, rf, django_user_model):
    from groupspace.safety.wagtail_hooks import remind_to_check

    request = rf.get("/cms/")
    request.user = django_user_model.objects.create_user("redactie", password="x", is_superuser=may_change)
    shown = []

    remind_to_check(request, shown)

    assert len(shown) == panels
    if shown:
        assert "nog nooit gecontroleerd" in shown[0].render_html({})
