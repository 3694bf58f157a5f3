"""What a text of a post, a comment or a description of a picture must be like before it is stored."""

from __future__ import annotations

import re
from typing import Final, Literal

from shared.graphemes import grapheme_count, has_visible_character, longest_cluster
from shared.texts import DIRECTION_CHANGES, composed

MAX_POST: Final = 2_000
"""Grapheme clusters."""
BYTES_PER_CHARACTER: Final = 32
"""Of UTF-8, on the average of a text that is as long as it may be: a family of four takes 25, a flag of a region 28."""
MAX_CLUSTER: Final = 32
"""Code points piled upon one character; the longest emoji has ten."""

Fault = Literal["empty", "too_long", "too_many_bytes", "piled_up", "direction", "control"]

_LINE_ENDS: Final = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MESSAGES: Final[dict[Fault, str]] = {
    "empty": "has no visible character",
    "too_long": "has more than {limit} characters",
    "too_many_bytes": "takes more than {limit} bytes",
    "piled_up": "has more than {limit} marks on one character",
    "direction": "changes the direction of the text around it",
    "control": "has control characters",
}


class TextError(ValueError):
    """A text that is not taken; the message goes behind the name of its field."""

    def __init__(self, fault: Fault, limit: int = 0) -> None:
        super().__init__(_MESSAGES[fault].format(limit=f"{limit:,}"))
        self.fault = fault
        self.limit = limit


def accepted_text(text: str, *, most: int = MAX_POST, may_be_empty: bool = False) -> str:
    """The text as it is stored: composed (NFC), lines ended by `\\n`, no white space around it.

    Lengths are in extended grapheme clusters, `most` of them. Raises `TextError`.
    """
    if len(text.encode(errors="replace")) > most * BYTES_PER_CHARACTER:
        raise TextError("too_many_bytes", most * BYTES_PER_CHARACTER)
    if _CONTROLS.search(text := _LINE_ENDS.sub("\n", text)):
        raise TextError("control")
    if DIRECTION_CHANGES.search(text):
        raise TextError("direction")
    text = composed(text).strip()
    if grapheme_count(text) > most:
        raise TextError("too_long", most)
    if longest_cluster(text) > MAX_CLUSTER:
        raise TextError("piled_up", MAX_CLUSTER)
    if not has_visible_character(text):
        if may_be_empty and not text:
            return ""
        raise TextError("empty")
    return text
