"""Consents of users."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.contexts.identity.consents import ConsentPurpose
from shared.web import RequestModel, ResponseModel

TextVersion = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    Field(description="Of the text that the person was shown", examples=["2026-11-01"]),
]


class ConsentChoice(RequestModel):
    """Yes or no to one purpose. A yes names the version of the text that it is about."""

    purpose: Annotated[ConsentPurpose, Field(examples=["marketing"])]
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


class ConsentChoices(RequestModel):
    """What is not named stays as it is."""

    consents: Annotated[
        list[ConsentChoice], Field(min_length=1, max_length=len(ConsentPurpose)), AfterValidator(each_once)
    ]


class Consent(ResponseModel):
    """The state of one consent. `granted` is false also where the user has never chosen."""

    purpose: ConsentPurpose
    granted: bool
    version: str | None
    """Of the text that was agreed to."""
    current_version: str
    """Of the text in force: if it differs from `version`, the user has to be asked again."""
    can_be_withdrawn: bool
    source: str | None
    changed_at: datetime | None


class ConsentEntry(ResponseModel):
    """One change of a consent."""

    purpose: ConsentPurpose
    granted: bool
    version: str
    source: str
    created_at: datetime


class Consents(ResponseModel):
    consents: list[Consent]
    history: list[ConsentEntry]
    """The last 100, the newest first."""
