"""Comparisons of the provider's books with ours, for administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.payments.routes.cursors import id_of
from functions.payments.schemas.reconciliations import (
    DifferenceResolution,
    Reconciliation,
    ReconciliationDetail,
    ReconciliationDifference,
)
from functions.payments.service import reconciliations
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond, respond_page
from shared.web.pages import InvalidCursorError, Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/reconciliations", tags=["reconciliations"])

SHOWN_DIFFERENCES: Final = 100


@router.get(
    "",
    response_model=Page[Reconciliation],
    summary="List reconciliations",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_reconciliations(request: Request, page: Paging, fields: Fields, reader: Reader) -> Response:
    """One for each day (UTC) that is over, the latest first."""
    query = "reconciliations"
    rows, more = reconciliations.reconciliations(reader, after=_day_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [rows[-1].day.isoformat(), str(rows[-1].id)]) if more else None
    items = [_members(row, Reconciliation) for row in rows]
    return respond_page(request, Reconciliation, items, next_cursor=cursor, fields=fields)


@router.get(
    "/differences",
    response_model=Page[ReconciliationDifference],
    summary="List differences",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_reconciliation_differences(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    unresolved: Annotated[bool, Query(description="Only those that nobody has resolved")] = True,
    reconciliation_id: Annotated[UUID | None, Query(description="Only those of this comparison")] = None,
) -> Response:
    """What the provider and the ledger disagree about, the latest first, until it is resolved."""
    query = f"differences {unresolved} {reconciliation_id}"
    rows, more = reconciliations.differences(
        reader,
        unresolved=unresolved,
        reconciliation_id=reconciliation_id,
        after=id_of(page.after(query)),
        limit=page.limit,
    )
    cursor = next_cursor(query, [str(rows[-1].id)]) if more else None
    items = [_members(row, ReconciliationDifference) for row in rows]
    return respond_page(request, ReconciliationDifference, items, next_cursor=cursor, fields=fields)


@router.get(
    "/{reconciliation_id}",
    response_model=ReconciliationDetail,
    summary="Show a reconciliation",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses={404: {"description": "There is no such reconciliation"}},
)
async def get_reconciliation(request: Request, reconciliation_id: UUID, fields: Fields, reader: Reader) -> Response:
    """One day's comparison with its differences, resolved ones included."""
    row = reconciliations.reconciliation(reader, reconciliation_id)
    rows, _ = reconciliations.differences(
        reader, unresolved=False, reconciliation_id=reconciliation_id, after=None, limit=SHOWN_DIFFERENCES
    )
    differences = [ReconciliationDifference.model_validate(row) for row in rows]
    return respond(
        request,
        ReconciliationDetail(**_members(row, Reconciliation), differences=differences),
        fields=fields,
    )


@router.post(
    "/differences/{difference_id}/resolution",
    response_model=ReconciliationDifference,
    summary="Resolve a difference",
    dependencies=[requires(Permission.PAYMENTS_WRITE)],
    responses={
        404: {"description": "There is no such difference"},
        409: {"description": "It is resolved already"},
    },
)
async def resolve_reconciliation_difference(
    request: Request, difference_id: UUID, body: DifferenceResolution, caller: Caller, tx: Transaction
) -> Response:
    """Closes it, with the reason. The books are not touched: what was wrong in them is corrected by a movement."""
    row = reconciliations.resolve(tx, difference_id, admin_id=caller.user_id, note=body.note)
    return respond(request, ReconciliationDifference.model_validate(row))


def _members(row: object, schema: type[Reconciliation | ReconciliationDifference]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields}


def _day_of(values: list[object] | None) -> tuple[date, UUID] | None:
    """The day and id that the list continues after. Raises InvalidCursorError."""
    if values is None:
        return None
    try:
        day, row_id = values
        return date.fromisoformat(str(day)), UUID(str(row_id))
    except ValueError as error:
        raise InvalidCursorError from error
