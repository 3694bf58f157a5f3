"""E-mail addresses: one spelling for each, checked without asking the network."""

from __future__ import annotations

from typing import Final

from shared import settings

MAX_LENGTH: Final = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets


def normalise(address: str) -> str:
    """The address with its domain in lower case and decoded from IDNA, and its text in Unicode normal form.

    The case of the local part stays; it does not count when addresses are compared (`lower(email)`).
    Impossible addresses (reserved domains, no dot in the domain) are refused; `.test` passes in dev.
    Raises ValueError with a message for the person who typed it.
    """
    from email_validator import EmailNotValidError, validate_email

    in_dev = settings.common().environment == "dev"
    try:
        validated = validate_email(address.strip(), check_deliverability=False, strict=True, test_environment=in_dev)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    return validated.normalized


def lookup_key(address: str) -> str:
    """The spelling that an address is looked up by: the normal one, or as typed where it could not be registered."""
    try:
        return normalise(address)
    except ValueError:
        return address.strip()
