"""Everybody's payments and their refunds, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.payments.payment_status import PaymentStatus
from functions.payments.providers import RefundStatus, stripe
from functions.payments.repository.refunds import RefundDetail
from functions.payments.routes.cursors import id_of, position_of
from functions.payments.schemas.payments import AnyPayment, AnyPaymentDetail, StatusChange
from functions.payments.schemas.refunds import NewRefund, RefundAnswer
from functions.payments.service import reading
from functions.payments.service.refunds import executing, requesting
from shared import outbox
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, answer, answer_page, requires
from shared.web.pages import PageRequest, Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin", tags=["payments-admin"])

_NO_PAYMENT: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such payment"}}


@router.get(
    "/payments",
    response_model=Page[AnyPayment],
    summary="List all payments",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_all_payments(
    *,
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    status: Annotated[PaymentStatus | None, Query()] = None,
    order_id: Annotated[UUID | None, Query(description="Payments of this order")] = None,
) -> Response:
    """Everybody's payments, newest first."""
    query = f"all payments {status} {order_id}"
    rows, more = reading.all_payments(
        reader, status=status, order_id=order_id, after=position_of(page.after(query)), limit=page.limit
    )
    cursor = next_cursor(query, [rows[-1].created_at.isoformat(), str(rows[-1].id)]) if more else None
    items = [{name: getattr(row, name) for name in AnyPayment.model_fields} for row in rows]
    return answer_page(request, AnyPayment, items, next_cursor=cursor, fields=fields)


@router.get(
    "/payments/{payment_id}",
    response_model=AnyPaymentDetail,
    summary="Show any payment",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses=_NO_PAYMENT,
)
async def show_any_payment(request: Request, payment_id: UUID, fields: Fields, reader: Reader) -> Response:
    """A payment with its history, and how much of it can still be refunded."""
    row, changes, refundable = reading.any_payment(reader, payment_id)
    members = {name: getattr(row, name) for name in AnyPayment.model_fields}
    history = [StatusChange.model_validate(change) for change in changes]
    return answer(request, AnyPaymentDetail(**members, history=history, refundable_amount=refundable), fields=fields)


@router.post(
    "/payments/{payment_id}/refunds",
    status_code=201,
    response_model=RefundAnswer,
    summary="Refund a payment",
    dependencies=[requires(Permission.PAYMENTS_REFUND)],
    responses={
        **_NO_PAYMENT,
        409: {"description": "More than is left of the payment or of a line, or the payment is disputed"},
    },
)
async def refund_payment(
    payment_id: UUID, body: NewRefund, caller: Caller, once: Idempotency, reader: Reader
) -> Response:
    """Gives money back, in full, in part or for units of lines; never more than was captured, whoever asks at once.

    The answer is the refund as it is recorded, `pending`: the provider is asked next, and where it does not answer
    that is repeated until what became of it is known. The refund's own address tells how it stands.
    """
    kept = once.earlier(reader)
    if kept is None:
        with outbox.unit_of_work() as tx:

            def record() -> RefundAnswer:
                refund = requesting.by_administrator(
                    tx,
                    payment_id,
                    amount=body.amount,
                    quantities={line.order_item_id: line.quantity for line in body.lines},
                    reason=body.reason,
                    note=body.note,
                    admin_id=caller.user_id,
                )
                return RefundAnswer.model_validate(reading.refund(tx, refund.id))

            kept = once.keep(tx, record)
    first = RefundAnswer.model_validate_json(kept.body)
    if not kept.replayed:
        executing.submit(first.id, stripe.provider())
    return kept.response(headers={"Location": f"{router.prefix}/refunds/{first.id}"})


@router.get(
    "/payments/{payment_id}/refunds",
    response_model=Page[RefundAnswer],
    summary="List the refunds of a payment",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses=_NO_PAYMENT,
)
async def list_refunds_of_payment(
    request: Request, payment_id: UUID, page: Paging, fields: Fields, reader: Reader
) -> Response:
    """Newest first."""
    reading.any_payment(reader, payment_id)
    return _refunds(request, page, fields, reader, payment_id=payment_id, status=None)


@router.get(
    "/refunds",
    response_model=Page[RefundAnswer],
    summary="List all refunds",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
)
async def list_all_refunds(
    request: Request,
    page: Paging,
    fields: Fields,
    reader: Reader,
    status: Annotated[RefundStatus | None, Query(description="`failed`: what somebody has to look at")] = None,
) -> Response:
    """Newest first. One that failed counts as not given back: its amount can be refunded again."""
    return _refunds(request, page, fields, reader, payment_id=None, status=status)


@router.get(
    "/refunds/{refund_id}",
    response_model=RefundAnswer,
    summary="Show a refund",
    dependencies=[requires(Permission.PAYMENTS_READ_ALL)],
    responses={404: {"description": "There is no such refund"}},
)
async def show_refund(request: Request, refund_id: UUID, fields: Fields, reader: Reader) -> Response:
    """A refund with the lines that it pays back, as it stands."""
    return answer(request, RefundAnswer.model_validate(reading.refund(reader, refund_id)), fields=fields)


def _refunds(
    request: Request,
    page: PageRequest,
    fields: frozenset[str] | None,
    reader: Reader,
    *,
    payment_id: UUID | None,
    status: RefundStatus | None,
) -> Response:
    query = f"refunds {payment_id} {status}"
    rows, more = reading.refunds(
        reader, payment_id=payment_id, status=status, after=id_of(page.after(query)), limit=page.limit
    )
    cursor = next_cursor(query, [str(rows[-1].id)]) if more else None
    return answer_page(request, RefundAnswer, [_members(row) for row in rows], next_cursor=cursor, fields=fields)


def _members(row: RefundDetail) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RefundAnswer.model_fields}
