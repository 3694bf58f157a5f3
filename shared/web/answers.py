"""Answers: JSON straight from the model, sparse fields, ETags and cache lifetimes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any, Final, get_args

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from shared.errors import ValidationError
from shared.web.pages import Page
from shared.web.query import from_query


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """What goes into Cache-Control."""

    header: str
    tagged: bool
    """Whether the answer carries an ETag and answers If-None-Match."""


PRIVATE: Final = CachePolicy("private, no-store", tagged=False)
CATALOG_PAGES: Final = CachePolicy("public, max-age=60, s-maxage=3600, stale-while-revalidate=86400", tagged=True)
CATEGORY_TREE: Final = CachePolicy("public, max-age=300, s-maxage=21600, stale-while-revalidate=86400", tagged=True)
DOCUMENTATION: Final = CachePolicy("public, max-age=300, s-maxage=3600", tagged=True)
KEY_SET: Final = CachePolicy("public, max-age=300, s-maxage=300", tagged=True)


async def _fields(
    fields: Annotated[
        str | None, Query(max_length=500, description="Only these fields, comma-separated", examples=["id,name"])
    ] = None,
) -> frozenset[str] | None:
    if fields is None:
        return None
    return frozenset(name.strip() for name in fields.split(",") if name.strip())


Fields = Annotated[frozenset[str] | None, from_query(_fields)]
"""Query parameter `fields`: the names the caller wants, or None for all of them."""


def answer(
    request: Request,
    model: BaseModel,
    *,
    status: int = 200,
    fields: frozenset[str] | None = None,
    cache: CachePolicy = PRIVATE,
    headers: dict[str, str] | None = None,
) -> Response:
    """`model` as JSON. `fields` prunes it (the items, for a page); an unknown name raises ValidationError.

    With a tagged policy the answer carries a strong ETag, and 304 answers an If-None-Match that names it.
    """
    body = model.model_dump_json(include=_include(model, fields)).encode()
    return document(request, body, "application/json", status=status, cache=cache, headers=headers)


def document(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    cache: CachePolicy = PRIVATE,
    headers: dict[str, str] | None = None,
) -> Response:
    """`body` as it is, with the same caching as `answer`."""
    sent = {"Cache-Control": cache.header, **(headers or {})}
    if cache.tagged:
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        sent["ETag"] = etag
        sent["Vary"] = "Accept-Encoding"
        if _matches(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers=sent)
    return Response(body, status, sent, media_type=media_type)


def no_content() -> Response:
    """204."""
    return Response(status_code=204, headers={"Cache-Control": PRIVATE.header})


def _matches(header: str | None, etag: str) -> bool:
    """RFC 9110, section 13.1.2: a list of tags or `*`, compared weakly (a gzip variant carries a suffix of ours)."""
    if header is None:
        return False
    given = {tag.strip().removeprefix("W/").replace('-gzip"', '"') for tag in header.split(",")}
    return "*" in given or etag in given


def _include(model: BaseModel, fields: frozenset[str] | None) -> Any:
    if fields is None:
        return None
    page = isinstance(model, Page)
    shown = _item_type(model) if page else type(model)
    unknown = fields - set(shown.model_fields)
    if unknown:
        raise ValidationError(
            f"fields: unknown name {sorted(unknown)[0]!r}",
            errors=[
                {
                    "field": "query.fields",
                    "message": f"unknown name {name!r}; known are {', '.join(shown.model_fields)}",
                }
                for name in sorted(unknown)
            ],
        )
    return {"items": {"__all__": set(fields)}, "next_cursor": True} if page else set(fields)


def _item_type(page: BaseModel) -> type[BaseModel]:
    annotation = type(page).model_fields["items"].annotation
    item: type[BaseModel] = get_args(annotation)[0]
    return item
