"""What identity's functions read from their environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySettings(Settings):
    """The variables of functions that authenticate users or rotate keys."""

    signing_keys_secret_arn: str
    password_hash_cost: str = "12"  # noqa: S105 - a number
    """bcrypt's cost, the base-2 logarithm of its rounds (OWASP asks for 10 or more). Tests lower it to be quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSettings(Settings):
    """The variables of functions that handle copies of personal data; not all of them authenticate users."""

    imports_bucket: str
