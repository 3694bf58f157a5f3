"""Counters for the administration's badges: one call for all of them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.operations.schemas.counters import Counters
from functions.operations.service import counters
from shared.permissions import Permission
from shared.web import Caller, Fields, Reader, requires, respond

router = APIRouter(prefix="/api/v1/admin/counters", tags=["operations"])


@router.get(
    "",
    response_model=Counters,
    summary="Count what waits for staff",
    dependencies=[requires(Permission.COUNTERS_READ)],
)
async def get_counters(request: Request, caller: Caller, reader: Reader, fields: Fields) -> Response:
    """Each counter needs the permission to read what it counts; without, it is null."""
    return respond(request, Counters(**counters.count(reader, caller.permissions)), fields=fields)
