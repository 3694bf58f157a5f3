"""Where something is delivered to, and where it is taxed."""

from __future__ import annotations

from dataclasses import dataclass

from functions.ordering.domain import regions


@dataclass(frozen=True, slots=True)
class Place:
    """A destination, its region as somebody wrote it. Postal codes are compared in upper case, without spaces."""

    country: str
    region: str | None = None
    postal_code: str | None = None
    region_path: tuple[str, ...] = ("region",)
    """Where in the request the region stands."""

    @property
    def region_codes(self) -> list[str]:
        """The region's code and those of the regions around it, the nearest first; empty where it is not known."""
        found = regions.find(self.country, self.region) if self.region else None
        return [found.code, *found.within] if found else []

    @property
    def region_keys(self) -> list[str]:
        """What rules may name the region by: its codes, or, as rules from before there were codes do, the text."""
        return [*self.region_codes, *([self.region.strip().upper()] if self.region else [])]

    @property
    def postal_key(self) -> str:
        return normalised_postal_code(self.postal_code or "")


def region_problem(country: str, text: str | None) -> str:
    """What is wrong with a region that is needed and not known: the values that are."""
    known = ", ".join(f"{region.code} ({region.name})" for region in regions.of(country))
    wrong = f"{text[:50]!r} is no region of {country}" if text else f"required: prices in {country} depend on it"
    return f"{wrong}; one of {known}"


def region_code(country: str, text: str) -> str:
    """The code of a region. Raises ValueError, naming those that there are."""
    found = regions.find(country, text)
    if found is None:
        raise ValueError(region_problem(country, text) if regions.of(country) else f"{country} has no regions")
    return found.code


def normalised_postal_code(text: str) -> str:
    return "".join(text.upper().split())
