"""What operations' API reads from its environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings(Settings):
    """`imports_bucket` stands for storage in the readiness check. `openapi_file` is the merged OpenAPI document, which
    packages hold beside the code and a checkout has elsewhere.
    """

    imports_bucket: str
    openapi_file: str = str(Path(__file__).with_name("openapi.json"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingSettings(Settings):
    """The address of a Sentry project, where errors are forwarded."""

    sentry_dsn: str = ""
