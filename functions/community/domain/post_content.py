"""What somebody writes as a post, and what a post must hold before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from functions.community.domain.post_texts import TextError, accepted_text
from shared.errors import FieldError, ValidationError
from shared.phrase_patterns import folded

MAX_OPTION: Final = 80
MAX_ALT: Final = 1_000
MAX_WARNING: Final = 200
"""Characters, as people count them."""


class PostStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """An uploaded picture, described for who cannot see it."""

    media_id: UUID
    alt: str


@dataclass(frozen=True, slots=True)
class WrittenPoll:
    options: tuple[str, ...]
    minutes: int
    hides_results: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """A post as its author writes it, its texts as they are stored; `group_id` makes it one for that group."""

    body: str
    content_warning: str | None = None
    sentiment: str | None = None
    language: str | None = None
    visibility: str = "public"
    reply_policy: str = "everybody"
    group_id: UUID | None = None
    quoted_post_id: UUID | None = None
    pictures: tuple[WrittenPicture, ...] = ()
    poll: WrittenPoll | None = None
    status: PostStatus = PostStatus.PUBLISHED
    publish_at: datetime | None = None

    def changed(self, written: Mapping[str, Any]) -> Self:
        """With these fields of a request in the place of its own. Raises ValidationError for what no post may be."""
        values: dict[str, Any] = dict(written)
        errors: list[FieldError] = []
        if "status" in values:
            values["status"] = PostStatus(values["status"])
        if "text" in values:
            values["body"] = values.pop("text")
        if "media" in values:
            values["pictures"] = tuple(
                WrittenPicture(item["media_id"], _accepted(errors, ("media", place, "alt"), item["alt"], MAX_ALT))
                for place, item in enumerate(values.pop("media"))
            )
        if values.get("poll") is not None:
            values["poll"] = _poll(errors, values["poll"])
        if values.get("content_warning") is not None:
            warning = _accepted(errors, ("content_warning",), values["content_warning"], MAX_WARNING)
            values["content_warning"] = warning or None
        content = replace(self, **values)
        content = replace(content, body=content._accepted_body(errors))
        content = replace(content, visibility=content._audience())
        errors += content._contradictions()
        if content.status is not PostStatus.SCHEDULED and written.get("publish_at") is not None:
            errors.append(FieldError(("publish_at",), "for scheduled posts only"))
        if errors:
            raise ValidationError.about(errors)
        return content

    def folded_text(self) -> str:
        """What filters of words judge."""
        return folded_text(
            self.body,
            self.content_warning,
            (picture.alt for picture in self.pictures),
            self.poll.options if self.poll else (),
        )

    def texts(self) -> dict[str, str]:
        """All that is shown of it in words, by the names of the request's fields."""
        texts = {"text": self.body, "content_warning": self.content_warning or ""}
        texts |= {f"media.{place}.alt": picture.alt for place, picture in enumerate(self.pictures)}
        options = self.poll.options if self.poll else ()
        texts |= {f"poll.options.{place}": option for place, option in enumerate(options)}
        return {name: text for name, text in texts.items() if text}

    def _accepted_body(self, errors: list[FieldError]) -> str:
        may_be_bare = (bool(self.pictures) or self.quoted_post_id is not None) and self.poll is None
        try:
            return accepted_text(self.body, may_be_empty=may_be_bare)
        except TextError as error:
            errors.append(FieldError(("text",), str(error)))
            return ""

    def _audience(self) -> str:
        if self.group_id is not None:
            return "group"
        return "public" if self.visibility == "group" else self.visibility

    def _contradictions(self) -> list[FieldError]:
        errors: list[FieldError] = []
        if len({picture.media_id for picture in self.pictures}) < len(self.pictures):
            errors.append(FieldError(("media",), "a picture is shown twice"))
        if self.status is PostStatus.SCHEDULED and self.publish_at is None:
            errors.append(FieldError(("publish_at",), "when shall it be published?"))
        return errors


def folded_text(body: str, warning: str | None, alts: Iterable[str], options: Iterable[str]) -> str:
    """All that is shown of a post in words, for filters of words."""
    return folded("\n".join((body, warning or "", *alts, *options)))


def _poll(errors: list[FieldError], written: Mapping[str, Any]) -> WrittenPoll:
    options = tuple(
        _accepted(errors, ("poll", "options", place), option, MAX_OPTION, may_be_empty=False)
        for place, option in enumerate(written["options"])
    )
    if len({folded(option) for option in options}) < len(options):
        errors.append(FieldError(("poll", "options"), "no two options are the same"))
    return WrittenPoll(options, written["duration_minutes"], written["hides_results"])


def _accepted(
    errors: list[FieldError], place: tuple[str | int, ...], text: str, most: int, *, may_be_empty: bool = True
) -> str:
    try:
        return accepted_text(text, most=most, may_be_empty=may_be_empty)
    except TextError as error:
        errors.append(FieldError(place, str(error)))
        return ""
