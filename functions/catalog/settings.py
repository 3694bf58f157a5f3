"""What catalog's functions read from their environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogSettings(Settings):
    imports_bucket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSettings(Settings):
    downloads_bucket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontSettings(Settings):
    """Where CloudFront's distribution is written down: an SSM parameter, of another region where that is said."""

    distribution_parameter: str
    distribution_region: str = ""
