"""Texts of groups that are shown in a line, and their addresses."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from functions.community.domain.group_slugs import RESERVED
from shared.graphemes import has_visible_character
from shared.slugs import slug_problem
from shared.texts import composed
from shared.web.fields import single_line


def seen_line(text: str) -> str:
    """A line in which a reader sees something. Raises ValueError."""
    return seen(single_line(text))


def seen(text: str) -> str:
    """A text of which a reader sees something. Raises ValueError."""
    if not has_visible_character(text):
        raise ValueError("nothing of it can be seen")
    return text


def seen_or_empty(text: str) -> str:
    """Nothing, in the place of what nobody can see."""
    return text if has_visible_character(text) else ""


def _slug(value: str) -> str:
    value = composed(value)
    if problem := slug_problem(value, RESERVED):
        raise ValueError(problem)
    if value != value.lower():
        raise ValueError("lower case only")
    return value


GroupSlug = Annotated[str, Field(min_length=2, max_length=60, examples=["value-investors"]), AfterValidator(_slug)]
