"""The country by a file in MaxMind's format (https://maxmind.github.io/MaxMind-DB/): GeoLite2, DB-IP and others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from functions.profiles.providers.visitors import Visitor

if TYPE_CHECKING:
    import maxminddb


@dataclass(frozen=True, slots=True)
class CountryFile:
    """The file is opened once per process."""

    path: str

    def country(self, visitor: Visitor) -> str | None:
        found: Any = _reader(self.path).get(visitor.address)
        if not isinstance(found, dict):
            return None
        place = found.get("country") or found.get("registered_country") or {}
        return place.get("iso_code")


@lru_cache(maxsize=1)
def _reader(path: str) -> maxminddb.Reader:
    import maxminddb

    return maxminddb.open_database(path, maxminddb.MODE_MMAP)
