"""The erasure of an account."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from functions.identity.schemas.fields import LinkToken, Password
from shared.web import RequestModel, ResponseModel


class ErasureRequest(RequestModel):
    """The password is asked for again. Reviews stay, without a name and pictures, unless they are to go as well."""

    password: Password
    delete_reviews: Annotated[bool, Field(strict=True, description="Whether one's reviews go as well")] = False


class Erasure(ResponseModel):
    due_at: datetime
    """From then on it cannot be undone. Until then, the link in the mail keeps the account."""
    waits_for: Literal["checkout", "payment", "delivery", "return", "refund", "dispute"] | None
    """What is not settled yet. The account is erased when it is, and not before `due_at`."""


class ErasureCancellation(RequestModel):
    token: LinkToken
