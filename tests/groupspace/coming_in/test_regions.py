"""The list of regions: the provinces hold every postcode once, and staff keep the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from groupspace import register
from groupspace.models import Region
from groupspace.models.regions import ranges_in
from home.staff import BEHEER, REDACTIE, ensure_staff_groups
from tests.cast import Cast, make_user, verified
from tests.logged_in import logged_in

pytestmark = pytest.mark.django_db

#: Places on both sides of the borders between provinces, and all capitals.
PLACES = {
    "9711": "Groningen",
    "9747": "Groningen",
    "9479": "Groningen",  # Noordlaren
    "9501": "Groningen",  # Stadskanaal
    "9561": "Groningen",  # Ter Apel
    "9351": "Groningen",  # Leek
    "8911": "Friesland",
    "8391": "Friesland",  # Noordwolde
    "8431": "Friesland",  # Oosterwolde
    "9163": "Friesland",  # Nes, Ameland
    "9851": "Friesland",  # Burum
    "9873": "Friesland",  # Gerkesklooster
    "9401": "Drenthe",
    "7811": "Drenthe",  # Emmen
    "7941": "Drenthe",  # Meppel
    "8437": "Drenthe",  # Zorgvlied
    "9761": "Drenthe",  # Eelde
    "9521": "Drenthe",  # Nieuw-Buinen
    "9749": "Drenthe",  # Matsloot
    "8011": "Overijssel",
    "7411": "Overijssel",  # Deventer
    "7772": "Overijssel",  # Hardenberg
    "7951": "Overijssel",  # Staphorst
    "8331": "Overijssel",  # Steenwijk
    "8196": "Overijssel",  # Welsum
    "8232": "Flevoland",
    "1315": "Flevoland",  # Almere
    "3891": "Flevoland",  # Zeewolde
    "8321": "Flevoland",  # Urk
    "6811": "Gelderland",
    "7439": "Gelderland",  # Steenenkamer
    "8051": "Gelderland",  # Hattem
    "3925": "Gelderland",  # Scherpenzeel
    "5301": "Gelderland",  # Zaltbommel
    "6511": "Gelderland",  # Nijmegen
    "4147": "Gelderland",  # Asperen
    "3511": "Utrecht",
    "1391": "Utrecht",  # Abcoude
    "3464": "Utrecht",  # Papekop
    "4141": "Utrecht",  # Leerdam, since 2019
    "4231": "Utrecht",  # Meerkerk, since 2019
    "3791": "Utrecht",  # Achterveld
    "2011": "Noord-Holland",
    "1012": "Noord-Holland",
    "1271": "Noord-Holland",  # Huizen
    "1791": "Noord-Holland",  # Den Burg, Texel
    "2165": "Noord-Holland",  # Lisserbroek
    "2511": "Zuid-Holland",
    "2161": "Zuid-Holland",  # Lisse
    "3653": "Zuid-Holland",  # Woerdense Verlaat
    "3465": "Zuid-Holland",  # Driebruggen
    "4201": "Zuid-Holland",  # Gorinchem
    "4331": "Zeeland",
    "4675": "Zeeland",  # Sint Philipsland
    "4691": "Zeeland",  # Tholen
    "5211": "Noord-Brabant",
    "4251": "Noord-Brabant",  # Werkendam
    "4671": "Noord-Brabant",  # Dinteloord
    "5831": "Noord-Brabant",  # Boxmeer
    "6021": "Noord-Brabant",  # Budel
    "6211": "Limburg",
    "5801": "Limburg",  # Venray
    "6591": "Limburg",  # Gennep
    "6585": "Limburg",  # Mook
}


@pytest.fixture
def provinces() -> dict[str, str]:
    from importlib import import_module

    return import_module("groupspace.migrations.0002_provinces").PROVINCES


def test_each_postcode_is_in_one_province(provinces: dict[str, str]) -> None:
    numbers = [number for text in provinces.values() for part in ranges_in(text) for number in part]

    assert len(provinces) == 12
    assert sorted(numbers) == list(range(1000, 10_000))


@pytest.mark.parametrize("digits", sorted(PLACES))
def test_places_are_in_their_province(provinces: dict[str, str], digits: str) -> None:
    holding = [name for name, text in provinces.items() if Region(name=name, postcodes=text).holds(digits)]

    assert holding == [PLACES[digits]]


def test_are_there_from_the_start(provinces: dict[str, str]) -> None:
    assert dict(Region.objects.values_list("name", "postcodes")) == provinces


@pytest.mark.parametrize("text", ["", " , ", "97", "9700-", "9747-9700", "97o0", "9700–9747"])
def test_a_range_that_is_none_is_refused(cast: Cast, text: str) -> None:
    editor = make_user(is_superuser=True)

    with pytest.raises(ValidationError):
        register.write_region(verified(editor), name="Streek", postcodes=text)
    assert not Region.objects.filter(name="Streek").exists()


def test_are_kept_by_who_keeps_the_register(cast: Cast) -> None:
    ensure_staff_groups()
    keepers = {}
    for group in (BEHEER, REDACTIE):
        keepers[group] = make_user()
        keepers[group].groups.add(Group.objects.get(name=group))
    browser = logged_in(keepers[BEHEER], verified=True)
    region = Region.objects.get(name="Groningen")

    assert "Groningen" in browser.get("/cms/register/regios/").content.decode()
    made = browser.post("/cms/register/regios/create/", {"name": "Stad", "postcodes": "9700-9747"})
    assert made.status_code == 302
    assert Region.objects.get(name="Stad").holds("9711")
    browser.post(f"/cms/register/regios/edit/{region.pk}/", {"name": "Groningen", "postcodes": "9700-9799"})
    region.refresh_from_db()
    assert region.postcodes == "9700-9799"

    denied: list[Any] = [logged_in(keepers[REDACTIE], verified=True), logged_in(cast.anna, verified=True)]
    for other in denied:
        assert "9700-9799" not in other.get("/cms/register/regios/").content.decode()
        other.post("/cms/register/regios/create/", {"name": "Elders", "postcodes": "9700-9747"})
    assert not Region.objects.filter(name="Elders").exists()
    with pytest.raises(PermissionDenied):
        register.write_region(cast.actor("anna"), name="Elders", postcodes="9700")
