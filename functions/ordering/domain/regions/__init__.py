"""Regions of countries: the subdivisions of ISO 3166-2, found by code or by name.

The table (`regions.txt`, written by `python -m infra.regions`) holds the codes that are in use, what contains what, the
English names and those in the official languages of each country, from Unicode CLDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from functions.ordering.domain.regions.folding import folded

_TABLE: Final = Path(__file__).with_name("regions.txt")


@dataclass(frozen=True, slots=True)
class Region:
    """A subdivision: its code without the country's (`CA` of `US-CA`), and its English name."""

    code: str
    name: str
    within: tuple[str, ...]
    """The codes of the regions that contain it, the nearest first: a province's of Italy is its `regione`."""


def find(country: str, text: str) -> Region | None:
    """The region that a text means: a code with or without the country's, or a name, whatever its case, accents and
    normal form. None for an unknown one, and for a name that several regions have.
    """
    regions, keys = _regions(country)
    named, separator, rest = text.strip().partition("-")
    code = keys.get(folded(text)) or (keys.get(folded(rest)) if separator and named.upper() == country else None)
    return regions[code] if code is not None else None


def of(country: str) -> list[Region]:
    """All regions of a country, by name; empty where ISO 3166-2 has none."""
    return sorted(_regions(country)[0].values(), key=lambda region: (folded(region.name), region.code))


def exist(country: str) -> bool:
    """Whether ISO 3166-2 has regions of a country; without reading them."""
    return f"\n{country}\t" in _text()


@cache
def _text() -> str:
    return _TABLE.read_text(encoding="utf-8")


@cache
def _regions(country: str) -> tuple[dict[str, Region], dict[str, str]]:
    """The regions of a country by code, and the code for each key that finds one."""
    start = _text().find(f"\n{country}\t")
    if start < 0:
        return {}, {}
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    keys: dict[str, str] = {}
    codes: dict[str, str] = {}
    for entry in _text()[start + 1 : _text().index("\n", start + 1)].split("\t")[1:]:
        head, name, *aliases = entry.split(";")
        code, _, parent = head.partition("<")
        names[code], parents[code] = name, parent
        codes[folded(code)] = code
        keys.update(dict.fromkeys(aliases, code))
    regions = {code: Region(code, name, tuple(_ancestors(code, parents))) for code, name in names.items()}
    return regions, keys | codes


def _ancestors(code: str, parents: dict[str, str]) -> list[str]:
    found = []
    while code := parents[code]:
        found.append(code)
    return found
