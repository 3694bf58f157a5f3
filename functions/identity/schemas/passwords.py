"""Changes and resets of passwords."""

from __future__ import annotations

from pydantic import Field

from functions.identity.schemas.fields import DeviceToken, LinkToken, LooseEmail, Password
from shared.web import RequestModel


class PasswordResetRequest(RequestModel):
    email: LooseEmail
    device_token: DeviceToken | None = Field(default=None, repr=False)


class PasswordReset(RequestModel):
    token: LinkToken
    new_password: Password


class PasswordChange(RequestModel):
    current_password: Password
    new_password: Password
