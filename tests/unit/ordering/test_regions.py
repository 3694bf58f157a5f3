"""Regions are found however somebody writes them."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ordering.domain import regions
from functions.ordering.domain.countries import COUNTRIES
from functions.ordering.domain.places import Place, region_code, region_problem

with_regions = st.sampled_from([country for country in sorted(COUNTRIES) if regions.of(country)])
FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")


@given(country=with_regions, data=st.data(), form=st.sampled_from(FORMS))
def test_a_code_and_a_name_find_their_region_in_any_form(
    country: str, data: st.DataObject, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    region = data.draw(st.sampled_from(regions.of(country)))
    change = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    for text in (region.code, f"{country}-{region.code}"):
        assert regions.find(country, f" {change(text)} ") == region
    found = regions.find(country, unicodedata.normalize(form, change(region.name)))
    assert found is None or region.name == found.name or found.code in region.within or region.code in found.within


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("US", "new york", "NY"),
        ("US", "US-TX", "TX"),
        ("US", "district of columbia", "DC"),
        ("CA", "Nouveau-Brunswick", "NB"),
        ("CA", "Ile du Prince Edouard", "PE"),
        ("DE", "Thüringen", "TH"),
        ("DE", "THURINGIA", "TH"),
        ("AU", "Victoria", "VIC"),
        ("BR", "Sa\u0303o Paulo", "SP"),
        ("JP", "大阪府", "27"),
        ("JP", "Osaka", "27"),
        ("CN", "四川", "SC"),
        ("KR", "부산광역시", "26"),
        ("KR", "부산", "26"),
        ("IT", "Torino", "TO"),
        ("ES", "Sevilla", "SE"),
        ("PL", "mazowieckie", "14"),
        ("IN", "Kerala", "KL"),
        ("MX", "Nuevo León", "NLE"),
        ("MX", "CDMX", "CMX"),
        ("GB", "Scotland", "SCT"),
    ],
)
def test_names_of_the_country_s_own_languages_are_known(country: str, text: str, code: str) -> None:
    assert region_code(country, text) == code


@pytest.mark.parametrize("text", ["", " ", "Calif", "California, USA", "12345", "US-", "US-ZZ", "é"])
def test_what_is_no_region_finds_none(text: str) -> None:
    assert regions.find("US", text) is None
    with pytest.raises(ValueError, match=r"CA \(California\)"):
        region_code("US", text)


def test_a_province_is_within_its_region() -> None:
    assert Place("IT", "Torino").region_codes == ["TO", "21"]
    assert Place("GB", "Kent").region_codes == ["KEN", "ENG"]
    assert Place("IT", "Torino").region_keys == ["TO", "21", "TORINO"]
    assert Place("IT").region_keys == []


def test_a_missing_region_is_told_with_all_that_there_are() -> None:
    assert region_problem("AE", None).startswith("required: prices in AE depend on it; one of AZ (Abu Dhabi), ")
    assert region_problem("AE", "Texas").startswith("'Texas' is no region of AE; one of ")


def test_kosovo_is_a_country_without_regions() -> None:
    assert "XK" in COUNTRIES
    with pytest.raises(ValueError, match="XK has no regions"):
        region_code("XK", "Pristina")
