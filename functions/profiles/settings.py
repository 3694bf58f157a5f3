"""What profiles' functions read from their environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CountrySettings(Settings):
    """`country_source` names an adapter of `functions.profiles.providers`, or is empty for none."""

    country_source: str = "cloudfront"
    maxmind_file: str = ""
    ip_api_base: str = "http://ip-api.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSettings(Settings):
    """`reserved_names`: the words that addresses of the API have, separated by blanks."""

    reserved_names: str = ""
