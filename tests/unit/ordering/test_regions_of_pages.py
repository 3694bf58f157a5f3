"""Pages offer some countries' regions in the country's own writing: each must be one that prices are found by."""

from __future__ import annotations

import re

from functions.ordering.domain import regions
from infra.manifests import ROOT

SOURCE = (ROOT / "web/apps/storefront/src/ordering/nativeRegions.ts").read_text(encoding="utf-8")
# Chinese and Japanese names, between blanks or quotes.
NAMES = {
    country: re.findall(r"[\u4e00-\u9fff]+", SOURCE[SOURCE.index(f"const {constant} =") :].partition(";")[0])
    for country, constant in {"CN": "CHINA", "JP": "JAPAN"}.items()
}


def test_every_region_that_is_offered_is_known_by_its_name() -> None:
    unknown = [name for country, names in NAMES.items() for name in names if regions.find(country, name) is None]
    assert unknown == []


def test_each_is_offered_once_and_none_is_missing() -> None:
    for country, names in NAMES.items():
        codes = [region.code for name in names if (region := regions.find(country, name)) is not None]
        own = {region.code for region in regions.of(country)} - {"HK", "MO", "TW"}
        assert sorted(codes) == sorted(own)
