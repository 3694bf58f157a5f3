"""How pictures look in answers: their address, and what there is besides where they were uploaded here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.web.schemas import ResponseModel


class PictureVariant(ResponseModel):
    """One size of a picture in one format; the address shows the same for ever."""

    name: Annotated[Literal["thumbnail", "small", "medium", "large"], Field(examples=["small"])]
    url: Annotated[str, Field(examples=["https://shop.example.com/media/0199c0de/3f2a9c1b7d604e58-small.webp"])]
    content_type: Annotated[str, Field(examples=["image/webp"])]
    width: Annotated[int, Field(description="Pixels", examples=[480])]
    height: Annotated[int, Field(examples=[320])]
    bytes: Annotated[int, Field(examples=[21_034])]


class Picture(ResponseModel):
    """A picture. Of those that are somewhere else, only the address is known."""

    url: Annotated[str, Field(examples=["https://images.example.com/pot.jpg"])]
    blurhash: Annotated[str | None, Field(description="https://blurha.sh", examples=["LEHV6nWB2yk8pyo0adR*.7kCMdnj"])]
    width: Annotated[int | None, Field(description="Pixels of the original; variants are no larger")]
    height: int | None
    variants: Annotated[list[PictureVariant], Field(description="For `srcset`; empty for a picture from elsewhere")]


class Image(Picture):
    """A picture with a text in its place."""

    alt: str
