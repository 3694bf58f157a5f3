"""Writes the table of regions (functions/ordering/domain/regions/regions.txt) from Unicode CLDR.

`python -m infra.regions` fetches CLDR's files with npm; what it writes is the same each time. An entry of the table is
`code<parent;English name;keys...`: other names, folded, that find the region and no other one of the country.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from functions.ordering.domain.regions.folding import folded

PACKAGE: Final = "cldr@8.0.0"
"""An npm package that holds CLDR's own files; the JSON packages have the names in English only."""
TABLE: Final = Path(__file__).resolve().parents[1] / "functions/ordering/domain/regions/regions.txt"
_SOURCE: Final = (
    f"# ISO 3166-2 subdivisions from Unicode CLDR (npm package {PACKAGE}), subdivisions and supplemental.\n"
    "# Copyright 1991-2025 Unicode, Inc., Unicode License v3: https://www.unicode.org/license.txt\n"
)
# What is written on envelopes, and is no name in CLDR.
_ON_ENVELOPES: Final = {"usdc": ("District of Columbia",), "mxcmx": ("CDMX",), "it82": ("Sicilia",)}
# Words that say what sort of region it is, and that addresses leave out.
_SORTS: Final = frozenset(
    [
        "province",
        "state",
        "region",
        "county",
        "governorate",
        "prefecture",
        "department",
        "autonomous",
        "community",
        "district",
        "municipality",
        "territory",
        "oblast",
        "krai",
        "republic",
        "emirate",
        "parish",
        "canton",
        "division",
        "council",
        "area",
        "city",
        "of",
        "the",
        "provincia",
        "estado",
        "comunidad",
        "autonoma",
        "departamento",
        "ciudad",
        "distrito",
        "regione",
        "citta",
        "metropolitana",
        "de",
        "del",
        "di",
        "da",
        "do",
        "la",
        "departement",
        "canton",
        "land",
        "kanton",
        "wojewodztwo",
        "kraj",
        "megye",
    ]
)
_SUFFIXES: Final = (
    "自治区",
    "省",
    "市",
    "縣",
    "县",
    "府",
    "県",
    "都",
    "특별자치도",
    "특별자치시",
    "특별시",
    "광역시",
    "도",
    "시",
)


def main() -> None:
    """Fetch, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        TABLE.write_text(_table(_fetched(Path(folder)) / "3rdparty/cldr/common"), "utf-8")


def _fetched(folder: Path) -> Path:
    packed = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _table(common: Path) -> str:
    about = _xml(common / "supplemental/supplementalData.xml")
    parents = _parents(_xml(common / "supplemental/subdivisions.xml"))
    aliases = _aliases(_xml(common / "supplemental/supplementalMetadata.xml"))
    languages = _languages(about)
    english = _names(common, "en")
    lines = []
    for country in sorted({key[:2] for key in parents}):
        own = {key: parent for key, parent in parents.items() if key[:2] == country and key in english}
        names = [_names(common, language) for language in languages.get(country.upper(), ())]
        keys = _keys(own, [english, *names], aliases)
        entries = [
            ";".join(
                (
                    _code(key) + (f"<{_code(parent)}" if parent in own else ""),
                    english[key].replace(";", ","),
                    *sorted(keys[key]),
                )
            )
            for key, parent in sorted(own.items())
        ]
        if entries:
            lines.append("\t".join((country.upper(), *entries)))
    return _SOURCE + "\n".join(lines) + "\n"


def _keys(
    own: Mapping[str, str], names: Iterable[Mapping[str, str]], aliases: Mapping[str, str]
) -> dict[str, set[str]]:
    """The keys that find each region. A full name goes before a shortened one; of regions of one name that contain each
    other the innermost is meant, and one that several have finds none.
    """
    full: defaultdict[str, set[str]] = defaultdict(set)
    short: defaultdict[str, set[str]] = defaultdict(set)
    for language in names:
        for key in own.keys() & language.keys():
            full[folded(language[key])].add(key)
            for shortened in _shortened(language[key]):
                short[shortened].add(key)
    for key in own.keys() & _ON_ENVELOPES.keys():
        for name in _ON_ENVELOPES[key]:
            full[folded(name)].add(key)
    for old, new in aliases.items():
        if new in own and old not in own:
            full[_code(old).lower()].add(new)
    found: dict[str, set[str]] = {key: set() for key in own}
    for text, meant in [*full.items(), *((text, meant) for text, meant in short.items() if text not in full)]:
        inner = {key for key in meant if not any(own[other] == key for other in meant)}
        if len(inner) == 1 and text:
            found[inner.pop()].add(text)
    return found


def _shortened(name: str) -> Iterator[str]:
    words = [word for word in name.replace("'", " ").replace("’", " ").split() if folded(word) not in _SORTS]
    if words and len(words) < len(name.split()):
        yield folded(" ".join(words))
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            yield folded(name.removesuffix(suffix))


def _parents(document: ElementTree.Element) -> dict[str, str]:
    """What directly contains each subdivision in use; a country is its own code in lower case."""
    groups = document.iterfind("./subdivisionContainment/subgroup")
    return {key: group.attrib["type"].lower() for group in groups for key in group.attrib["contains"].split()}


def _aliases(document: ElementTree.Element) -> dict[str, str]:
    """The present code of each former one that has just one."""
    found = {
        each.attrib["type"]: each.attrib["replacement"]
        for each in document.iterfind("./metadata/alias/subdivisionAlias")
    }
    return {old: new for old, new in found.items() if " " not in new}


def _languages(document: ElementTree.Element) -> dict[str, list[str]]:
    """The official languages of each country or a part of it, and those that are in fact."""
    return {
        territory.attrib["type"]: sorted(
            spoken.attrib["type"] for spoken in territory if "officialStatus" in spoken.attrib
        )
        for territory in document.iterfind("./territoryInfo/territory")
    }


@cache
def _names(common: Path, language: str) -> dict[str, str]:
    file = common / "subdivisions" / f"{language}.xml"
    if not file.exists():
        return {}
    found = _xml(file).iterfind("./localeDisplayNames/subdivisions/subdivision")
    return {each.attrib["type"]: each.text or "" for each in found if "alt" not in each.attrib}


def _code(key: str) -> str:
    """`usca` is CA."""
    return key[2:].upper()


def _xml(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - of a package whose version is pinned


if __name__ == "__main__":
    main()
