"""Decisions of the fraud rules and their reviews, for administrators."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.payments.domain.fraud_rules import FraudAction
from functions.payments.repository.fraud import DecisionFilters
from functions.payments.routes.cursors import id_of
from functions.payments.schemas.fraud import FraudDecision, FraudReview, FraudVerdict
from functions.payments.service import fraud
from functions.payments.service.refunds import execution
from shared import outbox
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, requires, respond, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/fraud/decisions", tags=["fraud"])


@router.get(
    "",
    response_model=Page[FraudDecision],
    summary="List fraud decisions",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_fraud_decisions(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    decision: Annotated[FraudAction | None, Query()] = None,
    held: Annotated[bool, Query(description="Only reviews that wait for a person; their orders are on hold")] = False,
    checkout_id: Annotated[
        UUID | None, Query(description="Attempts to pay this checkout, so those of one order")
    ] = None,
) -> Response:
    """Every attempt to pay was judged; newest first, with the reasons."""
    filters = DecisionFilters(decision=decision, held=held, checkout_id=checkout_id)
    query = f"fraud {filters}"
    rows, more = fraud.decisions(reader, filters, after=id_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [str(rows[-1].id)]) if more else None
    items = [{name: getattr(row, name) for name in FraudDecision.model_fields} for row in rows]
    return respond_page(request, FraudDecision, items, next_cursor=cursor, fields=fields)


@router.post(
    "/{decision_id}/review",
    response_model=FraudDecision,
    summary="Review a fraud decision",
    dependencies=[requires(Permission.PAYMENTS_WRITE)],
    responses={
        404: {"description": "There is no such decision"},
        409: {"description": "It waits for no review"},
    },
)
async def review_fraud_decision(request: Request, decision_id: UUID, body: FraudReview, caller: Caller) -> Response:
    """Ends the hold of the order: accepted, it goes on; rejected, it is cancelled and its money goes back."""
    with outbox.unit_of_work() as tx:
        reviewed, refund_id = fraud.review(
            tx, decision_id, accepted=body.verdict is FraudVerdict.ACCEPTED, note=body.note, admin_id=caller.user_id
        )
    if refund_id is not None:
        execution.submit(refund_id)
    return respond(request, FraudDecision.model_validate(reviewed))
