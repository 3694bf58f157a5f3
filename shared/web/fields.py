"""Types of request fields that several contexts have: whatever people call themselves, their places and their files."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared import emails
from shared.texts import composed, refused_in_lines


def single_line(text: str) -> str:
    """The text in Unicode normal form C. What people are called, and where they live, goes into mails, labels,
    documents and headers of downloads: it has no line breaks and no control characters, and nothing that turns the
    direction of what is around it. Raises ValueError.
    """
    normal = composed(text)
    if any(map(refused_in_lines, normal)):
        raise ValueError("line breaks, control characters and marks of direction are not allowed")
    return normal


def _file_name(name: str) -> str:
    if any(character in "/\\" for character in name) or name in (".", ".."):
        raise ValueError("a name without a folder")
    return single_line(name)


SingleLine = AfterValidator(single_line)
"""For `Annotated[str, Field(...), SingleLine]`."""

Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=emails.MAX_LENGTH),
    AfterValidator(emails.normalise),
    Field(examples=["ada@example.com"], json_schema_extra={"format": "email"}),
]
IdOrSlug = Annotated[str, AfterValidator(composed), Field(description="Id or slug")]
"""Of a product. Slugs are stored in normal form C; some programs write addresses in another."""

Slug = Annotated[str, AfterValidator(composed)]
"""In an address, as `IdOrSlug`."""

FileName = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_file_name)]
