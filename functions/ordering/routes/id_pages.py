"""Responses with pages of lists that are sorted by id alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from shared.web import ResponseModel, respond_page
from shared.web.pages import id_cursor


def respond_id_page(
    request: Request,
    schema: type[ResponseModel],
    page: tuple[Sequence[Any], UUID | None],
    *,
    query: str,
    fields: frozenset[str] | None,
) -> Response:
    """A page of rows, each as `schema` reads it, and the cursor of the next page of the list that `query` names."""
    rows, position = page
    items = [schema.model_validate(row).model_dump() for row in rows]
    return respond_page(request, schema, items, next_cursor=id_cursor(query, position), fields=fields)
