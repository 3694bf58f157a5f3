"""Posts brought from elsewhere, written here: with their own times, and without a word to anybody.

They are read on their author's page, at their times in lists, and found by search. They tell nobody of themselves:
no event, no mention, no place in figures or trends; and they make no new account an old one (`imported_at`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from functions.community.domain.archive_items import ArchivedPost
from functions.community.domain.post_content import PostContent
from functions.community.repository import posts
from functions.community.repository.posts import Elsewhere
from functions.community.service import names, post_screening
from functions.community.service.names import NamesOfText
from functions.community.service.post_writer import columns_of, explain, shown_pictures
from shared.clients.database import Connection
from shared.contexts.community import post_index
from shared.contexts.moderation import holding
from shared.errors import ProblemError, ValidationError


@dataclass(frozen=True, slots=True)
class ImportedContent:
    """A post as it is to be written: `written` has the fields of a request for a new post."""

    written: Mapping[str, Any]
    times: Elsewhere

    @classmethod
    def of(cls, post: ArchivedPost, media_ids: Sequence[UUID]) -> Self:
        pictures = [
            {"media_id": media_id, "alt": picture.alt}
            for media_id, picture in zip(media_ids, post.pictures, strict=True)
        ]
        written = {
            "text": post.text,
            "media": pictures,
            "content_warning": post.content_warning,
            "language": post.language,
        }
        return cls(written, Elsewhere(post.published_at, post.edited_at))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        written = dict(stored["written"])
        written["media"] = [{**picture, "media_id": UUID(picture["media_id"])} for picture in written["media"]]
        return cls(written, Elsewhere(*(when and datetime.fromisoformat(when) for when in stored["times"])))

    def as_json(self) -> dict[str, Any]:
        return {"written": self.written, "times": list(self.times)}

    def content(self) -> PostContent:
        """Raises ValidationError for what no post may be."""
        return PostContent(body="").changed(self.written)


def write(connection: Connection, imported: ImportedContent, *, author_id: UUID) -> UUID:
    """The post, if it may be one here.

    Raises ValidationError, TextRefusedError, and what `post_writer.explain` raises.
    """
    content = imported.content()
    verdict = post_screening.judge(connection, content)
    found = _without_people(names.read(connection, content.body, writer=author_id))
    columns = columns_of(content, found.entities, author_id)
    made = posts.insert(connection, columns, shown_pictures(connection, content, author_id), None, imported.times)
    if made is None:
        explain(connection, columns)
    holding.file(connection, verdict, "post", made.id, owner_id=author_id, version=1)
    if not found.is_empty:
        assert made.published_at is not None
        names.keep(connection, made.id, found, published_at=made.published_at)
    post_index.index(connection, [made.id])
    return made.id


def reason(problem: ProblemError) -> str:
    """Why an item was refused, as a code."""
    if problem.code == ValidationError.code and problem.errors:
        return f"{problem.errors[0].path[0]}_not_accepted"
    return problem.code


def _without_people(found: NamesOfText) -> NamesOfText:
    """Whoever has that name here is not whom somebody meant elsewhere."""
    return replace(
        found,
        entities=[entity for entity in found.entities if entity["kind"] != "mention"],
        named=found.named._replace(people=()),
    )
