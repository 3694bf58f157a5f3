"""What an outbox of ActivityPub says, item by item: which of it can be a post here, and why the rest cannot.

Only what is addressed to everybody comes in. What was unlisted was kept out of other networks' searches and lists;
there is no such audience here, so it stays out, as all that is for fewer people does: a file opens nothing. Votes are
their voters', and an answer to somebody else says little without what it answers; neither comes in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from functions.community.domain.archive_texts import TooMuchHtmlError, plain_text

MAX_PICTURES: Final = 4
MAX_SOURCE_ID: Final = 1_000
_PUBLIC: Final = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_IMAGE: Final = re.compile(r"image/[A-Za-z0-9.+-]{1,80}")
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS: Final = timedelta(minutes=5)
"""How far the clocks of two networks may differ."""
_SENSITIVE: Final[Mapping[bool, str]] = {False: "Sensitive content", True: "敏感内容"}
"""What is marked as sensitive without a word stays behind one here; True for Chinese."""


class Outcome(StrEnum):
    """What became of an item. `waiting`: for its pictures."""

    WAITING = "waiting"
    CREATED = "created"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ArchivedPicture:
    """`path`: where it is in the archive, or its address."""

    path: str
    alt: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPost:
    """A post as it can be written here, with its own times."""

    text: str
    published_at: datetime
    edited_at: datetime | None
    language: str | None
    content_warning: str | None
    pictures: tuple[ArchivedPicture, ...]


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """An item by its place in the file, the first is 0. Without a `post`, `reason` says why it is none."""

    place: int
    source_id: str
    outcome: Outcome
    reason: str | None = None
    post: ArchivedPost | None = None


class _NotTakenError(Exception):
    def __init__(self, outcome: Outcome, reason: str) -> None:
        self.outcome = outcome
        self.reason = reason


def read_item(written: object, place: int, own_ids: Collection[str], now: datetime) -> ArchivedItem:
    """`own_ids` are those of all posts of the file: an answer to one of them is part of a thread of one's own."""
    source_id = source_of(written) or f"#{place}"
    try:
        note = _note(written)
        post = _post(note, own_ids, now)
    except _NotTakenError as end:
        return ArchivedItem(place, source_id, end.outcome, end.reason)
    return ArchivedItem(place, source_id, Outcome.CREATED, post=post)


def source_of(written: object) -> str | None:
    """The id of an item's post, or of the item itself; None where it has none that can be told apart."""
    if not isinstance(written, dict):
        return None
    note = written.get("object")
    for found in (note.get("id") if isinstance(note, dict) else None, written.get("id")):
        if isinstance(found, str) and 0 < len(found) <= MAX_SOURCE_ID and found.isprintable():
            return found
    return None


def _note(written: object) -> dict[str, Any]:
    if not isinstance(written, dict):
        raise _NotTakenError(Outcome.REFUSED, "malformed")
    match written.get("type"):
        case "Create":
            note = written.get("object")
        case "Announce":
            raise _NotTakenError(Outcome.SKIPPED, "repost")
        case str():
            raise _NotTakenError(Outcome.SKIPPED, "not_a_post")
        case _:
            raise _NotTakenError(Outcome.REFUSED, "malformed")
    if not isinstance(note, dict) or source_of(written) is None:
        raise _NotTakenError(Outcome.REFUSED, "malformed")
    if note.get("type") == "Question":
        raise _NotTakenError(Outcome.SKIPPED, "poll")
    if note.get("type") != "Note":
        raise _NotTakenError(Outcome.SKIPPED, "not_a_post")
    for audience in (written, note):
        _require_public(audience)
    if _name(written.get("actor")) != _name(note.get("attributedTo", written.get("actor"))):
        raise _NotTakenError(Outcome.REFUSED, "somebody_elses")
    return note


def _require_public(addressed: Mapping[str, Any]) -> None:
    if _PUBLIC & _names(addressed.get("to")):
        return
    raise _NotTakenError(Outcome.SKIPPED, "unlisted" if _PUBLIC & _names(addressed.get("cc")) else "not_public")


def _names(written: object) -> frozenset[str]:
    found = written if isinstance(written, list) else [written]
    return frozenset(name for name in map(_name, found) if name)


def _name(written: object) -> str | None:
    """An address, or the `id` of the object that stands in its place."""
    if isinstance(written, dict):
        written = written.get("id")
    return written if isinstance(written, str) else None


def _post(note: Mapping[str, Any], own_ids: Collection[str], now: datetime) -> ArchivedPost:
    answered = note.get("inReplyTo")
    if answered is not None and _name(answered) not in own_ids:
        raise _NotTakenError(Outcome.SKIPPED, "reply")
    language, content = _content(note)
    published_at = _instant(note.get("published"))
    if published_at is None or not _EARLIEST <= published_at <= now + _CLOCKS:
        raise _NotTakenError(Outcome.REFUSED, "date")
    published_at = min(published_at, now)
    edited_at = _instant(note.get("updated"))
    return ArchivedPost(
        text=_text(content),
        published_at=published_at,
        edited_at=edited_at if edited_at and published_at < edited_at <= now else None,
        language=language,
        content_warning=_warning(note, language),
        pictures=_pictures(note),
    )


def _content(note: Mapping[str, Any]) -> tuple[str | None, object]:
    by_language = note.get("contentMap")
    language = None
    if isinstance(by_language, dict) and len(by_language) == 1:
        [(language, content)] = by_language.items()
        if not isinstance(language, str) or len(language) > 35 or not _LANGUAGE.fullmatch(language):
            language = None
        return language, note.get("content") or content
    return language, note.get("content")


def _text(content: object) -> str:
    if content is None:
        return ""
    if not isinstance(content, str):
        raise _NotTakenError(Outcome.REFUSED, "malformed")
    try:
        return plain_text(content)
    except TooMuchHtmlError as error:
        raise _NotTakenError(Outcome.REFUSED, "text_not_accepted") from error


def _warning(note: Mapping[str, Any], language: str | None) -> str | None:
    warning = _text(note.get("summary"))
    if not warning and note.get("sensitive") is True:
        return _SENSITIVE[(language or "").lower().startswith("zh")]
    return warning or None


def _instant(written: object) -> datetime | None:
    """Without a zone it is UTC, as the standard has it."""
    if not isinstance(written, str):
        return None
    try:
        found = datetime.fromisoformat(written)
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _pictures(note: Mapping[str, Any]) -> tuple[ArchivedPicture, ...]:
    attached = note.get("attachment") or []
    attached = attached if isinstance(attached, list) else [attached]
    if len(attached) > MAX_PICTURES:
        raise _NotTakenError(Outcome.REFUSED, "too_many_pictures")
    return tuple(map(_picture, attached))


def _picture(attached: object) -> ArchivedPicture:
    if not isinstance(attached, dict):
        raise _NotTakenError(Outcome.REFUSED, "malformed")
    content_type, address = attached.get("mediaType"), attached.get("url")
    if not isinstance(content_type, str) or not _IMAGE.fullmatch(content_type) or not isinstance(address, str):
        raise _NotTakenError(Outcome.REFUSED, "attachment_not_a_picture")
    alt = attached.get("name")
    return ArchivedPicture(address, alt if isinstance(alt, str) else "", content_type)
