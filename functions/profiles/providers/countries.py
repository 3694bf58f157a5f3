"""The port: which country a visitor's network is in, as far as a source knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from functions.profiles.providers import cloudfront, ip_api, maxmind
from functions.profiles.providers.visitors import Visitor
from functions.profiles.settings import CountrySettings
from shared.log import logger

_CODE: Final = re.compile(r"[A-Z]{2}")
# ISO 3166-1 leaves them to users; sources mean "unknown" or an anonymous network by them.
_NOWHERE: Final = frozenset({"XX", "ZZ", "T1", "A1", "A2", "EU", "AP"})


class CountrySource(Protocol):
    """One adapter. It may raise anything: that is never the visitor's problem."""

    def country(self, visitor: Visitor) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Unset:
    def country(self, visitor: Visitor) -> str | None:
        return None


SOURCES: Final[dict[str, Callable[[CountrySettings], CountrySource]]] = {
    "": lambda settings: _Unset(),
    "cloudfront": lambda settings: cloudfront.ViewerCountry(),
    "maxmind": lambda settings: maxmind.CountryFile(settings.maxmind_file),
    "ip-api": lambda settings: ip_api.IpApi(settings.ip_api_base),
}


def country_of(visitor: Visitor, settings: CountrySettings) -> str | None:
    """ISO 3166-1 alpha-2; None where the source does not know or fails."""
    try:
        found = SOURCES[settings.country_source](settings).country(visitor)
    except Exception:
        logger().warning("no country for a visitor", exc_info=True)
        return None
    code = (found or "").upper()
    return code if _CODE.fullmatch(code) and code not in _NOWHERE else None
