"""Registration, login, and the tokens that they return."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.identity.schemas.consents import ConsentChoice, each_once
from functions.identity.schemas.fields import (
    DeviceToken,
    LooseEmail,
    Mode,
    Password,
    Token,
)
from shared.contexts.identity.consents import ConsentPurpose
from shared.contexts.identity.schemas import AcceptsMarketing, FullName, Language, Profile
from shared.permissions import Permission, Role
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email


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
            max_length=len(ConsentPurpose),
            description="What was agreed to. What is not named is not agreed to",
        ),
        AfterValidator(each_once),
    ]
    mode: Mode = "body"


class Login(RequestModel):
    email: LooseEmail
    password: Password
    mode: Mode = "body"
    device_token: DeviceToken | None = Field(default=None, repr=False)


class TokenRefresh(RequestModel):
    """Empty in cookie mode."""

    refresh_token: Token | None = Field(
        default=None, repr=False, examples=["b_bbnYgbLzDd9ui7P0T3nlqHjN1a0YuGzMNweOj0SCU"]
    )


class TokenVerificationRequest(RequestModel):
    """Empty where the Authorization header carries the token."""

    token: Token | None = Field(
        default=None,
        repr=False,
        description="The access token to verify",
        examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl"],
    )


class Tokens(ResponseModel):
    """In cookie mode `refresh_token` is null, as it is in a cookie, and `csrf_token` is to be sent back as a header."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - RFC 6749, section 7.1
    expires_in: int
    """Seconds until the access token ends."""
    refresh_token: str | None
    refresh_expires_in: int
    """Seconds until the refresh token ends."""
    csrf_token: str | None
    permissions: list[Permission]
    """What the access token's roles may do."""


class SignedIn(Tokens):
    user: Profile
    device_token: str | None
    """To be sent with the next sign-in from this device, also after signing out; null in cookie mode."""


class TokenClaims(ResponseModel):
    """The access token's claims (RFC 7519 and RFC 9068); times are seconds since 1970."""

    sub: UUID
    sid: UUID
    roles: list[Role]
    iat: int
    exp: int
    iss: str
    aud: str
    jti: str


class TokenVerification(ResponseModel):
    """Whether the access token is valid now, and what it says; `reason` tells why not."""

    valid: bool
    reason: str | None
    claims: TokenClaims | None
    permissions: list[Permission]
