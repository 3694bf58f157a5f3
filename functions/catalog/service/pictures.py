"""Pictures of products (addresses, or ids of what was uploaded here) and of reviews (ids)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from functions.catalog.domain.product_draft import ImageDraft, image_at
from functions.catalog.repository import pictures
from functions.catalog.repository.pictures import PictureRow
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError


@dataclass(frozen=True, slots=True)
class ReviewPictures:
    """The pictures of a review: their addresses, descriptions and ids."""

    urls: list[str]
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    media_ids: list[UUID] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """As the review's row has it."""
        return {"image_urls": self.urls, "image_media": self.media or None}


def product_images(connection: Connection, images: Sequence[dict[str, Any]]) -> list[ImageDraft]:
    """The images of a product, named by their address (`url`) or by the id of an uploaded picture (`media_id`).

    Raises ValidationError for an id under which no picture for products is ready.
    """
    ready = pictures.ready(connection, {image["media_id"] for image in images if image["media_id"]})
    usable = {media_id: row for media_id, row in ready.items() if row.purpose == "product"}
    _check(images, usable)
    return [
        ImageDraft(usable[image["media_id"]].url, image["alt"], media_id=image["media_id"])
        if image["media_id"]
        else image_at(image["url"], image["alt"])
        for image in images
    ]


def of_review(connection: Connection, images: Sequence[dict[str, Any]], *, author: UUID) -> ReviewPictures:
    """The pictures of a review with these images, which its author has uploaded here.

    Raises ValidationError for an id under which no picture of the author's for reviews is ready, and for one picture
    twice.
    """
    ready = pictures.ready(connection, {image["media_id"] for image in images})
    own = {key: row for key, row in ready.items() if row.owner_id == author and row.purpose == "review"}
    _check(images, own)
    shown = [own[image["media_id"]] for image in images]
    urls = [row.url for row in shown]
    if len(set(urls)) < len(urls):
        raise ValidationError(field=FieldError(("images",), "a picture is shown twice"))
    return ReviewPictures(urls, {row.url: row.media for row in shown}, [row.id for row in shown])


def _check(images: Sequence[dict[str, Any]], usable: dict[UUID, PictureRow]) -> None:
    errors = [
        FieldError(("images", number, "media_id"), "no picture that can be used here is ready under it")
        for number, image in enumerate(images)
        if image.get("media_id") and image["media_id"] not in usable
    ]
    if errors:
        raise ValidationError.about(errors)
