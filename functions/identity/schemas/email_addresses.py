"""Verification and change of e-mail addresses."""

from __future__ import annotations

from datetime import datetime

from functions.identity.schemas.fields import LinkToken, Password
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email


class EmailVerification(RequestModel):
    token: LinkToken


class EmailReversal(RequestModel):
    token: LinkToken


class EmailDenial(RequestModel):
    token: LinkToken


class EmailChange(RequestModel):
    new_email: Email
    password: Password


class VerifiedEmail(ResponseModel):
    """An address that is proven, and since when."""

    email: str
    email_verified_at: datetime
    password_reset_token: str | None
    """Where the account was given to the reader of the mail: chooses its password, as a link by mail does."""
