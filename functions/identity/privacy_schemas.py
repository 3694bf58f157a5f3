"""Documents about consents, copies of one's data, and the end of an account."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.identity.consent_texts import Purpose
from functions.identity.schemas import ConsentChoice, LinkToken, Password, each_once
from shared.web import AnswerModel, RequestModel


class ConsentChoices(RequestModel):
    """What is not named stays as it is."""

    consents: Annotated[list[ConsentChoice], Field(min_length=1, max_length=len(Purpose)), AfterValidator(each_once)]


class Consent(AnswerModel):
    """Where somebody stands with one purpose. `granted` is false also where nothing was ever said."""

    purpose: Purpose
    granted: bool
    version: str | None
    """Of the text that was agreed to."""
    current_version: str
    """Of the text in force: another than `version`, and the person is to be asked again."""
    can_be_withdrawn: bool
    source: str | None
    changed_at: datetime | None


class ConsentEntry(AnswerModel):
    """One thing said."""

    purpose: Purpose
    granted: bool
    version: str
    source: str
    created_at: datetime


class Consents(AnswerModel):
    consents: list[Consent]
    history: list[ConsentEntry]
    """The last 100, the newest first."""


class DataExport(AnswerModel):
    """A copy of everything about the caller. `url` is good for 15 minutes, and made anew whenever one looks."""

    id: UUID
    status: Literal["pending", "completed", "failed", "expired"]
    bytes: int | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    """When the file is removed; null until there is one."""
    url: str | None


class ErasureRequest(RequestModel):
    """The password is asked for again. Reviews stay, without a name and pictures, unless they are to go as well."""

    password: Password
    delete_reviews: Annotated[bool, Field(strict=True, description="Whether one's reviews go as well")] = False


class ErasureAnswer(AnswerModel):
    due_at: datetime
    """From then on it cannot be undone. Until then, the link in the mail keeps the account."""
    waits_for: Literal["checkout", "payment", "delivery", "return", "refund", "dispute"] | None
    """What is not settled yet. The account is erased when it is, and not before `due_at`."""


class ErasureCancellation(RequestModel):
    token: LinkToken
