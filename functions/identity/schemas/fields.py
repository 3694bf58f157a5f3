"""Types of fields that several requests have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared import emails

# Passwords are taken as typed (blanks count) and left out of representations. `domain.passwords` validates them.
Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=1000),
    Field(repr=False, examples=["sunny-orchard-42"], json_schema_extra={"format": "password"}),
]
# Where an address is only looked up, one that could not be registered is not found instead of refused.
LooseEmail = Annotated[
    str,
    StringConstraints(min_length=1, max_length=emails.MAX_LENGTH),
    Field(examples=["ada@example.com"], json_schema_extra={"format": "email"}),
]
LinkToken = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(
        repr=False,
        description="`token` of the link in the mail",
        examples=["w1Yh3bqkq0XJdRz8mT5s2gGaD4XCdHpSjj1Q9M7v0wQ"],
    ),
]
Token = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
DeviceToken = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(
        description="`device_token` of this device's last sign-in. It only keeps strangers' failures apart",
        examples=["2pPmWQyqZ0JmD6mF2m2hJkE9v0d0Vw2lqv6m8z7uT5w"],
    ),
]
Mode = Annotated[
    Literal["body", "cookie"],
    Field(
        description="Where the refresh token goes: into the answer's body (native clients), or into an HttpOnly cookie"
        " with a CSRF token beside it (browsers)"
    ),
]
