"""Interests and watched tickers."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from functions.profiles.domain.limits import MAX_INTERESTS
from shared.phrase_patterns import folded
from shared.web import RequestModel, ResponseModel

_TOPIC: Final = re.compile(r"\w[\w &+./-]*")


def _topic(text: str) -> str:
    topic = folded(text)
    if not _TOPIC.fullmatch(topic) or len(topic) > 50:
        raise ValueError("letters, digits, blanks and & + . / - only")
    return topic


Topic = Annotated[str, Field(min_length=1, max_length=50, examples=["semiconductors"]), AfterValidator(_topic)]


class InterestChoice(RequestModel):
    """All of them; what is left out goes."""

    topics: Annotated[list[Topic], Field(max_length=MAX_INTERESTS)]


class Interests(ResponseModel):
    topics: Annotated[list[str], Field(description="In lower case")]


class WatchedTicker(ResponseModel):
    symbol: Annotated[str, Field(description="In its canonical form", examples=["BRK.B"])]
    created_at: datetime
