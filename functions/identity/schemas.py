"""Documents that identity reads and writes."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from functions.identity import emails
from functions.identity.consent_texts import Purpose
from shared import languages
from shared.permissions import Permission, Role
from shared.web import AnswerModel, ChangeModel, RequestModel, Version

_TURNS_TEXT_AROUND = {"\u061c", "\u200e", "\u200f", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


def _one_line(text: str) -> str:
    """Names go into mails and documents: no line breaks, no control characters, nothing that reverses what follows."""
    normal = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character) == "Cc" or character in _TURNS_TEXT_AROUND for character in normal):
        raise ValueError("control characters are not allowed")
    return normal


Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=emails.MAX_LENGTH),
    AfterValidator(emails.normalise),
    Field(examples=["ada@example.com"], json_schema_extra={"format": "email"}),
]
FullName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_one_line),
    Field(examples=["Ada Lovelace"]),
]
Language = Annotated[
    str,
    StringConstraints(min_length=2, max_length=languages.MAX_LENGTH),
    AfterValidator(languages.normalise),
    Field(description="A BCP 47 tag: language, and script and region if need be", examples=["zh-CN"]),
]
AcceptsMarketing = Annotated[
    bool, Field(description="Whether mails that were not asked for are welcome: left carts, offers", examples=[False])
]
# Passwords are taken as typed (blanks count) and kept out of representations. They are judged in the service.
Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=1000),
    Field(repr=False, examples=["sunny-orchard-42"], json_schema_extra={"format": "password"}),
]
# Where an address is only looked up, one that could not be registered now is merely not found.
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
Mode = Annotated[
    Literal["body", "cookie"],
    Field(
        description="Where the refresh token goes: into the answer's body (native clients), or into an HttpOnly cookie"
        " with a CSRF token beside it (browsers)"
    ),
]


TextVersion = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    Field(description="Of the text that the person was shown", examples=["2026-11-01"]),
]


class ConsentChoice(RequestModel):
    """Yes or no to one purpose. A yes names the version of the text that it is about."""

    purpose: Annotated[Purpose, Field(examples=["marketing"])]
    granted: Annotated[bool, Field(strict=True, examples=[True])]
    version: TextVersion | None = None


def each_once(choices: list[ConsentChoice]) -> list[ConsentChoice]:
    """Raises ValueError where a purpose is named twice, and for a yes to no text."""
    purposes = [choice.purpose for choice in choices]
    if len(set(purposes)) < len(purposes):
        raise ValueError("a purpose is named twice")
    for choice in choices:
        if choice.granted and choice.version is None:
            raise ValueError("a yes needs the version of its text")
    return choices


class Registration(RequestModel):
    email: Email
    password: Password
    full_name: FullName
    language: Language | None = Field(default=None, description="Without it, what `Accept-Language` asks for first")
    accepts_marketing: AcceptsMarketing = False
    consents: Annotated[
        list[ConsentChoice],
        Field(
            default_factory=list,
            max_length=len(Purpose),
            description="What was agreed to. What is not named is not agreed to",
        ),
        AfterValidator(each_once),
    ]
    mode: Mode = "body"


class Login(RequestModel):
    email: LooseEmail
    password: Password
    mode: Mode = "body"


class RefreshRequest(RequestModel):
    """Empty in cookie mode."""

    refresh_token: Token | None = Field(
        default=None, repr=False, examples=["b_bbnYgbLzDd9ui7P0T3nlqHjN1a0YuGzMNweOj0SCU"]
    )


class VerifyRequest(RequestModel):
    """Empty where the Authorization header carries the token."""

    token: Token | None = Field(
        default=None,
        repr=False,
        description="The access token to verify",
        examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl"],
    )


class EmailVerification(RequestModel):
    token: LinkToken


class EmailChange(RequestModel):
    new_email: Email
    password: Password


class ForgottenPassword(RequestModel):
    email: LooseEmail


class PasswordReset(RequestModel):
    token: LinkToken
    new_password: Password


class PasswordChange(RequestModel):
    current_password: Password
    new_password: Password


class ProfileReplacement(RequestModel):
    full_name: FullName
    language: Language
    accepts_marketing: AcceptsMarketing
    version: Version


class ProfileChange(ChangeModel):
    """Only what is named changes."""

    full_name: FullName | None = Field(default=None, examples=["Ada King"])
    language: Language | None = Field(default=None, examples=["zh-CN"])
    accepts_marketing: AcceptsMarketing | None = None
    version: Version

    @field_validator("full_name", "language", "accepts_marketing", mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("cannot be removed, only replaced")
        return value


class Profile(AnswerModel):
    """A user, as they see themselves."""

    id: UUID
    email: str
    email_verified_at: datetime | None
    full_name: str
    language: str
    accepts_marketing: bool
    marketing_consent_at: datetime | None
    """When `accepts_marketing` became true."""
    roles: list[Role]
    version: int
    created_at: datetime
    updated_at: datetime


class LinkRequested(AnswerModel):
    """A mail with a link is on its way, if there is somebody to send it to."""

    expires_in: int
    """Seconds until the link runs out."""


class VerifiedEmail(AnswerModel):
    """An address that is proven, and since when."""

    email: str
    email_verified_at: datetime


class Session(AnswerModel):
    """A sign-in that goes on."""

    id: UUID
    user_agent: str
    """What the browser or application called itself when it was last heard of."""
    created_at: datetime
    last_used_at: datetime
    """When it last asked for tokens, which is every 15 minutes while it is used."""
    current: bool
    """Whether it is the one that asks."""


class Tokens(AnswerModel):
    """In cookie mode `refresh_token` is null, as it is in a cookie, and `csrf_token` is to be sent back as a header."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - RFC 6749, section 7.1
    expires_in: int
    """Seconds until the access token ends."""
    refresh_token: str | None
    refresh_expires_in: int
    """Seconds until the refresh token ends."""
    csrf_token: str | None


class SignedIn(Tokens):
    user: Profile


class Claims(AnswerModel):
    """The access token's claims (RFC 7519 and RFC 9068); times are seconds since 1970."""

    sub: UUID
    sid: UUID
    roles: list[Role]
    iat: int
    exp: int
    iss: str
    aud: str
    jti: str


class Verification(AnswerModel):
    """Whether the access token is valid now, and what it says; `reason` tells why not."""

    valid: bool
    reason: str | None
    claims: Claims | None
    permissions: list[Permission]


class PublicKey(AnswerModel):
    """A JSON Web Key (RFC 7517) of an elliptic curve: the public members, and no others."""

    kid: str
    kty: str
    crv: str
    x: str
    y: str
    alg: str
    use: str


class KeySet(AnswerModel):
    keys: list[PublicKey]
