"""Pictures of products and reviews: addresses, or ids of what was uploaded here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from functions.catalog.repository import pictures
from functions.catalog.repository.pictures import PictureRow
from shared import media_urls
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError


@dataclass(frozen=True, slots=True)
class ReviewPictures:
    """What a review shows: addresses, and of those that were uploaded here what there is besides, and their ids."""

    urls: list[str]
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    media_ids: list[UUID] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """As the review's row has it."""
        return {"image_urls": self.urls, "image_media": self.media or None}


def addressed(connection: Connection, images: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The images of a product, each with its address in the place of a `media_id`.

    Raises ValidationError for an id under which no picture for products is ready.
    """
    found = pictures.ready(connection, {image["media_id"] for image in images if image.get("media_id")})
    usable = {media_id: row for media_id, row in found.items() if row.purpose == "product"}
    _check(images, usable)
    return [
        {
            **{name: value for name, value in image.items() if name != "media_id"},
            "url": usable[image["media_id"]].url if image.get("media_id") else image["url"],
        }
        for image in images
    ]


def of_review(connection: Connection, images: Sequence[dict[str, Any]], *, author: UUID) -> ReviewPictures:
    """What a review with these images shows. Pictures of others are shown by their address like any from elsewhere:
    a review keeps nobody from deleting what is theirs.

    Raises ValidationError for an id under which no picture of the author's for reviews is ready, and for one address
    twice.
    """
    named = [image.get("media_id") or media_urls.media_id(image["url"]) for image in images]
    found = pictures.ready(connection, {media_id for media_id in named if media_id is not None})
    own = {key: row for key, row in found.items() if row.owner_id == author and row.purpose == "review"}
    _check(images, own)
    urls = [own[image["media_id"]].url if image.get("media_id") else image["url"] for image in images]
    if len(set(urls)) < len(urls):
        raise _not_valid([{"field": "body.images", "message": "a picture is shown twice"}])
    shown = {row.url: row for row in own.values() if row.url in urls}
    return ReviewPictures(urls, {url: row.media for url, row in shown.items()}, [row.id for row in shown.values()])


def _check(images: Sequence[dict[str, Any]], usable: dict[UUID, PictureRow]) -> None:
    errors: list[FieldError] = [
        {"field": f"body.images.{number}.media_id", "message": "no picture that can be used here is ready under it"}
        for number, image in enumerate(images)
        if image.get("media_id") and image["media_id"] not in usable
    ]
    if errors:
        raise _not_valid(errors)


def _not_valid(errors: list[FieldError]) -> ValidationError:
    return ValidationError(f"{errors[0]['field']}: {errors[0]['message']}", errors=errors)
