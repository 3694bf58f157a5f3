"""Answers: JSON straight from the model, sparse fields, ETags and cache lifetimes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

import orjson
from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from shared.errors import FieldError, ValidationError
from shared.web.query import from_query

_JSON: Final = "application/json"
_JSON_OPTIONS: Final = orjson.OPT_UTC_Z


CACHE_TAG_HEADER: Final = "Cache-Tag"
"""Where CloudFront reads what an answer is about (`infra/stacks/front.py`); callers do not see it."""


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """What goes into Cache-Control."""

    header: str
    tagged: bool
    """Whether the answer carries an ETag and answers If-None-Match."""
    cache_tags: str = ""
    """What the answer is about, comma-separated: all that is about a thing can be purged from CloudFront at once."""

    def about(self, *cache_tags: str) -> CachePolicy:
        """The same policy for an answer about these."""
        return replace(self, cache_tags=",".join(cache_tags))


PRIVATE: Final = CachePolicy("private, no-store", tagged=False)
CATALOG_PAGES: Final = CachePolicy("public, max-age=60, s-maxage=3600, stale-while-revalidate=86400", tagged=True)
CATEGORY_TREE: Final = CachePolicy("public, max-age=300, s-maxage=21600, stale-while-revalidate=86400", tagged=True)
DOCUMENTATION: Final = CachePolicy("public, max-age=300, s-maxage=3600", tagged=True)
KEY_SET: Final = CachePolicy("public, max-age=300, s-maxage=300", tagged=True)


FieldNames = Annotated[
    str | None, Query(max_length=500, description="Only these fields, comma-separated", examples=["id,name"])
]


def parse_fields(fields: str | None) -> frozenset[str] | None:
    """The names in `id,name`; None where nothing was said, which means all."""
    return None if fields is None else frozenset(name.strip() for name in fields.split(",") if name.strip())


async def _fields(fields: FieldNames = None) -> frozenset[str] | None:
    return parse_fields(fields)


Fields = Annotated[frozenset[str] | None, from_query(_fields)]
"""Query parameter `fields`: the names the caller wants, or None for all of them."""


def respond(
    request: Request,
    model: BaseModel,
    *,
    status: int = 200,
    fields: frozenset[str] | None = None,
    cache: CachePolicy = PRIVATE,
    headers: dict[str, str] | None = None,
) -> Response:
    """`model` as JSON. `fields` prunes it; an unknown name raises ValidationError.

    With a tagged policy the answer carries a strong ETag, and 304 answers an If-None-Match that names it.
    """
    shown = None if fields is None else _known(type(model), fields)
    body = model.model_dump_json(include=shown).encode()
    return document(request, body, _JSON, status=status, cache=cache, headers=headers)


def respond_unvalidated(
    request: Request,
    schema: type[BaseModel],
    content: dict[str, Any],
    *,
    fields: frozenset[str] | None = None,
    cache: CachePolicy = PRIVATE,
) -> Response:
    """`content`, which is as `schema` says, as JSON; otherwise as `respond`.

    For what is read often: making a model of it first takes several times as long as writing it.
    """
    if fields is not None:
        known = _known(schema, fields)
        content = {name: value for name, value in content.items() if name in known}
    return document(request, orjson.dumps(content, option=_JSON_OPTIONS), _JSON, cache=cache)


def respond_page(
    request: Request,
    schema: type[BaseModel],
    items: list[dict[str, Any]],
    *,
    next_cursor: str | None,
    fields: frozenset[str] | None = None,
    cache: CachePolicy = PRIVATE,
    beside: Mapping[str, Any] | None = None,
) -> Response:
    """A page of items, each as `schema` says; `fields` prunes the items. Otherwise as `respond_unvalidated`.

    `beside` are members that the page has besides its items.
    """
    if fields is not None:
        known = _known(schema, fields)
        items = [{name: value for name, value in item.items() if name in known} for item in items]
    page = {"items": items, "next_cursor": next_cursor, **(beside or {})}
    body = orjson.dumps(page, option=_JSON_OPTIONS)
    return document(request, body, _JSON, cache=cache)


def document(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    cache: CachePolicy = PRIVATE,
    headers: dict[str, str] | None = None,
) -> Response:
    """`body` as it is, with the same caching as `respond`."""
    sent = {"Cache-Control": cache.header, **(headers or {})}
    if cache.cache_tags:
        sent[CACHE_TAG_HEADER] = cache.cache_tags
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


def _known(schema: type[BaseModel], fields: frozenset[str]) -> set[str]:
    """The names; raises ValidationError for one that the schema does not have."""
    unknown = sorted(fields - set(schema.model_fields))
    if unknown:
        known = ", ".join(schema.model_fields)
        raise ValidationError(
            f"fields: unknown name {unknown[0]!r}",
            errors=[
                FieldError(("fields",), f"unknown name {name!r}; known are {known}", source="query") for name in unknown
            ],
        )
    return set(fields)
