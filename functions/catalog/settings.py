"""What catalog's functions read from their environment: a class for each resource, which not all of them have."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings, SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFileSettings(Settings):
    imports_bucket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFetchSettings(Settings):
    """`fetch_loopback_pictures` is "true" on a developer's machine and in tests only: addresses of the machine itself
    are fetched then.
    """

    fetch_loopback_pictures: str = "false"

    @property
    def allows_loopback(self) -> bool:
        """Raises SettingsError where functions log in to the database as they do on AWS."""
        if self.fetch_loopback_pictures != "true":
            return False
        if self.database_auth == "iam":
            raise SettingsError("FETCH_LOOPBACK_PICTURES is for local systems and tests")
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitalFileSettings(Settings):
    downloads_bucket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeCacheSettings(Settings):
    """The SSM parameter that names CloudFront's distribution, and its region where that is another one."""

    distribution_parameter: str
    distribution_region: str = ""
