"""In which order feeds show posts."""

from __future__ import annotations

from enum import StrEnum


class PostOrder(StrEnum):
    """`hot`: by what people did with a post, and its age."""

    NEW = "new"
    HOT = "hot"
