"""What the operator says about the shop, as administrators maintain it, and legal texts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.config import JsonDict

from shared.contexts.media.schemas import Picture
from shared.texts import composed, refused_in_lines
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email, SingleLine

_EXAMPLE: Final[JsonDict] = {
    "name": "ShareStack",
    "email": "shop@sharestack.example",
    "phone": "+49 40 123456",
    "address": "Speicherstadt 1\n20457 Hamburg",
    "time_zone": "Europe/Berlin",
    "logo_id": None,
}
_TEXT: Final[JsonDict] = {"markdown": "# Terms\n\nWe sell what we describe."}


def _lines(text: str) -> str:
    lines = [line.strip() for line in composed(text).splitlines()]
    if any(refused_in_lines(character) for line in lines for character in line):
        raise ValueError("control characters and marks of direction are not allowed")
    return "\n".join(line for line in lines if line)


BaseVersion = Annotated[
    int,
    Field(
        ge=0,
        le=2**31 - 1,
        description="The version that this change is based on; 0 is what the operator's files say",
        examples=[0],
    ),
]


class SiteSettingsReplacement(RequestModel):
    """What the shop is called, and how people reach it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_EXAMPLE, "version": 0}]})

    name: Annotated[str, Field(min_length=1, max_length=80), SingleLine]
    email: Annotated[Email, Field(description="Where customers write to")]
    phone: Annotated[str, Field(pattern=r"^(\+?[0-9 ()/.-]{3,32})?$", description="Empty: there is none")] = ""
    address: Annotated[
        str, Field(max_length=500, description="Lines of a letter to the shop"), AfterValidator(_lines)
    ] = ""
    time_zone: Annotated[str, Field(min_length=1, max_length=64, description="IANA name")]
    logo_id: Annotated[UUID | None, Field(description="An upload for the site that is `ready`")] = None
    version: BaseVersion


class SiteSettings(ResponseModel):
    """What the operator says about the shop. Version 0 is what the operator's files say."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_EXAMPLE, "logo": None, "version": 0, "updated_at": None}]}
    )

    name: str
    email: str
    phone: str
    address: str
    time_zone: str
    logo_id: UUID | None
    logo: Picture | None
    version: int
    updated_at: datetime | None


class LegalTextReplacement(RequestModel):
    """A legal page in one language."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_TEXT, "version": 0}]})

    markdown: Annotated[
        str,
        Field(min_length=1, description="The first line is the title, after `# `; at most 100 KiB"),
        AfterValidator(composed),
    ]
    version: BaseVersion


class LegalDocument(ResponseModel):
    """A legal page in one language, as its readers see it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "terms",
                    "language": "en",
                    "title": "Terms",
                    **_TEXT,
                    "html": "<p>We sell what we describe.</p>\n",
                    "updated_at": None,
                }
            ]
        }
    )

    name: str
    language: str
    title: str
    markdown: Annotated[str, Field(description="With the title as its first line")]
    html: Annotated[str, Field(description="What is below the title; without anything that could run")]
    updated_at: datetime | None


class LegalText(LegalDocument):
    """A legal page in one language, as administrators maintain it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "terms",
                    "language": "en",
                    "title": "Terms",
                    **_TEXT,
                    "html": "<p>We sell what we describe.</p>\n",
                    "updated_at": None,
                    "version": 0,
                }
            ]
        }
    )

    version: int
