"""The double-entry ledger, for administrators."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime
from starlette.responses import Response

from functions.payments.repository.ledger import Filters, LedgerAccount
from functions.payments.routes.cursors import id_of
from functions.payments.schemas.ledger import LedgerBalanceList, LedgerTransaction
from functions.payments.service import ledger
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, requires, respond_page, respond_unvalidated
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/ledger", tags=["ledger"])


@router.get(
    "",
    response_model=Page[LedgerTransaction],
    summary="List the ledger's transactions",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_ledger_transactions(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    account: Annotated[LedgerAccount | None, Query(description="Only what touched this account")] = None,
    payment_id: Annotated[UUID | None, Query(description="Only what this payment moved")] = None,
    created_from: Annotated[AwareDatetime | None, Query(description="Entered at or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="Entered before")] = None,
) -> Response:
    """Movements of money with their entries, newest first. They are never changed: a correction is a movement."""
    filters = Filters(account, payment_id, created_from, created_before)
    query = f"ledger {filters}"
    rows, more = ledger.transactions(reader, filters, after=id_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [str(rows[-1].id)]) if more else None
    items = [{name: getattr(row, name) for name in LedgerTransaction.model_fields} for row in rows]
    return respond_page(request, LedgerTransaction, items, next_cursor=cursor, fields=fields)


@router.get(
    "/balances",
    response_model=LedgerBalanceList,
    summary="Show the ledger's balances",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_ledger_balances(request: Request, reader: Reader) -> Response:
    """What every account holds, by currency: a debit balance is positive, a credit balance negative."""
    return respond_unvalidated(request, LedgerBalanceList, {"items": ledger.balances(reader)})
