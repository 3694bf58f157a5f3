"""Everybody's payments and their refunds, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.payments.providers.port import PaymentStatus, RefundStatus
from functions.payments.repository.payments import PaymentFilters
from functions.payments.repository.refunds import RefundDetail, RefundFilters
from functions.payments.routes.cursors import id_of, position_of
from functions.payments.schemas.payments import AdminPayment, AdminPaymentDetail, PaymentStatusChange
from functions.payments.schemas.refunds import NewRefund, Refund
from functions.payments.service import queries
from functions.payments.service.refunds import execution, requests
from shared import outbox
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, requires, respond, respond_page
from shared.web.pages import PageRequest, Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin", tags=["payments-admin"])

_NO_PAYMENT: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such payment"}}


@router.get(
    "/payments",
    response_model=Page[AdminPayment],
    summary="List all payments",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_admin_payments(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    status: Annotated[PaymentStatus | None, Query()] = None,
    order_id: Annotated[UUID | None, Query(description="Payments of this order")] = None,
    user_id: Annotated[UUID | None, Query(description="Payments of this customer")] = None,
) -> Response:
    """Everybody's payments, newest first."""
    filters = PaymentFilters(status=status, order_id=order_id, user_id=user_id)
    query = f"all payments {filters}"
    rows, more = queries.all_payments(reader, filters, after=position_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [rows[-1].created_at.isoformat(), str(rows[-1].id)]) if more else None
    items = [{name: getattr(row, name) for name in AdminPayment.model_fields} for row in rows]
    return respond_page(request, AdminPayment, items, next_cursor=cursor, fields=fields)


@router.get(
    "/payments/{payment_id}",
    response_model=AdminPaymentDetail,
    summary="Show any payment",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses=_NO_PAYMENT,
)
async def get_admin_payment(request: Request, payment_id: UUID, fields: Fields, reader: Reader) -> Response:
    """A payment with its history, and how much of it can still be refunded."""
    row, changes, refundable = queries.any_payment(reader, payment_id)
    members = {name: getattr(row, name) for name in AdminPayment.model_fields}
    history = [PaymentStatusChange.model_validate(change) for change in changes]
    return respond(request, AdminPaymentDetail(**members, history=history, refundable_amount=refundable), fields=fields)


@router.post(
    "/payments/{payment_id}/refunds",
    status_code=201,
    response_model=Refund,
    summary="Refund a payment",
    dependencies=[requires(Permission.PAYMENTS_REFUND)],
    responses={
        **_NO_PAYMENT,
        409: {"description": "More than is left of the payment or of a line, or the payment is disputed"},
    },
)
async def create_refund(
    payment_id: UUID, body: NewRefund, caller: Caller, idempotency: Idempotency, reader: Reader
) -> Response:
    """Gives money back, in full, in part or for units of lines; never more than was captured, whoever asks at once.

    Refunded units that were not shipped leave what is to ship, and go back to stock unless `restock` says otherwise.
    The answer is the refund as it is recorded, `pending`: the provider is asked next, and where it does not answer
    that is repeated until what became of it is known. The refund's own address tells how it stands.
    """
    stored = idempotency.stored_response(reader)
    if stored is None:
        with outbox.unit_of_work() as tx:

            def record() -> Refund:
                refund = requests.refund_for_administrator(
                    tx,
                    payment_id,
                    amount=body.amount,
                    units=[line.to_refund() for line in body.lines],
                    restock=body.restock is not False,
                    reason=body.reason,
                    note=body.note,
                    admin_id=caller.user_id,
                )
                return Refund.model_validate(queries.refund(tx, refund.id))

            stored = idempotency.run(tx, record)
    first = Refund.model_validate_json(stored.body)
    if not stored.replayed:
        execution.submit(first.id)
    return stored.response(headers={"Location": f"{router.prefix}/refunds/{first.id}"})


@router.get(
    "/payments/{payment_id}/refunds",
    response_model=Page[Refund],
    summary="List the refunds of a payment",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses=_NO_PAYMENT,
)
async def list_payment_refunds(
    request: Request, payment_id: UUID, page: Paging, fields: Fields, reader: Reader
) -> Response:
    """Newest first."""
    queries.any_payment(reader, payment_id)
    return _refunds(request, page, fields, reader, RefundFilters(payment_id=payment_id))


@router.get(
    "/refunds",
    response_model=Page[Refund],
    summary="List all refunds",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_refunds(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    status: Annotated[RefundStatus | None, Query(description="`failed`: what somebody has to look at")] = None,
    user_id: Annotated[UUID | None, Query(description="Refunds of this customer's payments")] = None,
) -> Response:
    """Newest first. One that failed counts as not given back: its amount can be refunded again."""
    return _refunds(request, page, fields, reader, RefundFilters(status=status, user_id=user_id))


@router.get(
    "/refunds/{refund_id}",
    response_model=Refund,
    summary="Show a refund",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses={404: {"description": "There is no such refund"}},
)
async def get_refund(request: Request, refund_id: UUID, fields: Fields, reader: Reader) -> Response:
    """A refund with the lines that it pays back, as it stands."""
    return respond(request, Refund.model_validate(queries.refund(reader, refund_id)), fields=fields)


def _refunds(
    request: Request,
    page: PageRequest,
    fields: frozenset[str] | None,
    reader: Reader,
    filters: RefundFilters,
) -> Response:
    query = f"refunds {filters}"
    rows, more = queries.refunds(reader, filters, after=id_of(page.after(query)), limit=page.limit)
    cursor = next_cursor(query, [str(rows[-1].id)]) if more else None
    return respond_page(request, Refund, [_members(row) for row in rows], next_cursor=cursor, fields=fields)


def _members(row: RefundDetail) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Refund.model_fields}
