"""Pictures as callers name them."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from functions.catalog.domain.image_urls import MAX_URL, image_url_problem
from shared.web import RequestModel


def _image_url(value: str) -> str:
    if problem := image_url_problem(value):
        raise ValueError(problem)
    return value


ImageUrl = Annotated[str, Field(max_length=MAX_URL), AfterValidator(_image_url)]


class WrittenPicture(RequestModel):
    """A picture somewhere else, by its address, or one that was uploaded here, by its id: one of the two."""

    url: Annotated[ImageUrl | None, Field(examples=["https://images.example.com/pot.jpg"])] = None
    media_id: Annotated[UUID | None, Field(description="Of an upload that is `ready`")] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.url is None) == (self.media_id is None):
            raise ValueError("either 'url' or 'media_id'")
        return self
