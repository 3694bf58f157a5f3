"""What identity reads from its environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySettings(settings.Settings):
    """The variables of identity's functions."""

    signing_keys_secret_arn: str
    password_hash_cost: str = "12"  # noqa: S105 - a number
    """bcrypt's cost, the base-2 logarithm of its rounds (OWASP asks for 10 or more). Tests lower it to be quick."""


def load() -> IdentitySettings:
    """The settings of this process."""
    return settings.load(IdentitySettings)
