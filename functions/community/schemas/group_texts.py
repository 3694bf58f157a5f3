"""Texts of groups that are shown in a line, and their addresses."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from functions.community.domain.group_slugs import RESERVED
from shared.slugs import slug_problem
from shared.texts import composed
from shared.web.fields import single_line


def seen_line(text: str) -> str:
    """A line in which a reader sees something. Raises ValueError."""
    line = single_line(text)
    if not any(unicodedata.category(character)[0] in "LNPS" for character in line):
        raise ValueError("nothing of it can be seen")
    return line


def _slug(value: str) -> str:
    value = composed(value)
    if problem := slug_problem(value, RESERVED):
        raise ValueError(problem)
    if value != value.lower():
        raise ValueError("lower case only")
    return value


GroupSlug = Annotated[str, Field(min_length=2, max_length=60, examples=["value-investors"]), AfterValidator(_slug)]
