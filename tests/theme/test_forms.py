"""Forms say what is wrong beside the field and in a summary that leads there."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django import forms

from groupspace.forms import Form


class Example(Form):
    name = forms.CharField(label="Naam", help_text="Kies iets.", max_length=5)
    mail = forms.EmailField(label="E-mail", required=False)
    often = forms.ChoiceField(label="Hoe vaak?", widget=forms.RadioSelect, choices=[("a", "Nooit"), ("b", "Altijd")])
    rules = forms.BooleanField(label="Akkoord")


def soup_of(form: Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_field_is_tied_to_its_label_hint_and_error():
    field = soup_of(Example({"name": ""})).select_one("#id_name")

    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_name_helptext id_name_error"
    soup = soup_of(Example({"name": ""}))
    assert soup.select_one("#id_name_error").text.split() == ["Fout:", "Vul", "dit", "in."]
    assert soup.select_one("label[for=id_name]").text == "Naam"


def test_summary_leads_to_every_field_that_is_wrong():
    soup = soup_of(Example({"name": "te lang", "mail": "geen"}))

    targets = [link["href"][1:] for link in soup.select("[role=alert] a")]
    assert targets == ["id_name", "id_mail", "id_often_0", "id_rules"]
    assert all(soup.find(id=target) for target in targets)


def test_what_is_wrong_is_said_in_plain_words():
    errors = Example({"name": "te lang", "mail": "geen"}).errors

    assert errors["name"] == ["Dit is te lang. Er passen 5 tekens in, nu zijn het er 7."]
    assert errors["mail"] == ["Dit is geen e-mailadres. Een adres ziet er zo uit: naam@voorbeeld.nl."]


def test_optional_field_says_so_and_browser_messages_are_off():
    soup = soup_of(Example())

    assert soup.select_one("label[for=id_mail]").text == "E-mail (niet verplicht)"
    assert soup.select("[required], [role=alert], [aria-invalid]") == []


def test_typed_text_comes_back_and_is_escaped():
    soup = soup_of(Example({"name": '<b>"x"</b>'}))

    assert soup.select_one("#id_name")["value"] == '<b>"x"</b>'
    assert soup.b is None


def test_choices_are_a_fieldset_with_a_legend():
    fieldset = soup_of(Example({})).fieldset

    assert fieldset.legend.text == "Hoe vaak?"
    assert fieldset["aria-describedby"] == "id_often_error"
    assert len(fieldset.select("label.gs-choice input[type=radio]")) == 2


class LongForm(Form):
    sections = (("Eerst", ("b", "weg")), ("Dan", ("a",)))
    a, b, c = forms.CharField(), forms.CharField(), forms.CharField()
    hidden = forms.CharField(widget=forms.HiddenInput)


def test_long_form_is_read_in_parts_and_no_field_gets_lost():
    page = BeautifulSoup(str(LongForm()), "html.parser")

    parts = [
        (part.h2.get_text() if part.h2 else "", [field["name"] for field in part.select("input")])
        for part in page.select("section")
    ]
    assert parts == [("", ["c"]), ("Eerst", ["b"]), ("Dan", ["a"])]
    assert [part.get("aria-labelledby") for part in page.select("section")] == [
        part.h2["id"] if part.h2 else None for part in page.select("section")
    ]
    assert page.select_one("input[type=hidden]")["name"] == "hidden"
    assert len({part["id"] for part in page.select("h2")}) == 2
