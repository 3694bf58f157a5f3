"""What the shop is: told by the operator's file, the registries of the code, and the rules of delivery and taxes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from functions.ordering.domain import regions
from functions.ordering.domain.countries import COUNTRIES
from functions.ordering.domain.regions import Region
from functions.ordering.errors import CountryNotFoundError
from functions.ordering.repository import countries as country_rules
from functions.ordering.repository.countries import CountryRules
from functions.ordering.settings import OperatorSettings
from shared import settings
from shared.clients.database import Connection


class OperatorFile(BaseModel):
    """`web/site/site.json`."""

    model_config = ConfigDict(frozen=True)

    name: str
    currency: str
    email: str
    languages: list[str]
    legal_pages: list[str]


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """A country as addresses need it. `needs_region` and `needs_postal_code`: a price depends on them there."""

    code: str
    is_delivered: bool
    has_regions: bool
    needs_region: bool
    needs_postal_code: bool


def operator_file() -> OperatorFile:
    return _parsed(settings.load(OperatorSettings).site)


@cache
def _parsed(text: str) -> OperatorFile:
    return OperatorFile.model_validate_json(text)


def countries(connection: Connection) -> list[CountryFacts]:
    """All countries that an address can name, by code."""
    rules = country_rules.load(connection)
    return [_facts(code, rules) for code in sorted(COUNTRIES)]


def country(connection: Connection, code: str) -> tuple[CountryFacts, list[Region]]:
    """A country and its regions by name. Raises CountryNotFoundError."""
    if code not in COUNTRIES:
        raise CountryNotFoundError
    return _facts(code, country_rules.load(connection)), regions.of(code)


def _facts(code: str, rules: CountryRules) -> CountryFacts:
    reached = code in rules.with_rates or ("*" in rules.with_rates and code not in rules.closed)
    return CountryFacts(
        code=code,
        is_delivered=reached or not rules.has_zones,
        has_regions=regions.exist(code),
        needs_region=code in rules.by_region,
        needs_postal_code=code in rules.by_postal_code,
    )
