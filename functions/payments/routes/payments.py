"""Payments over HTTP. Webhooks have functions of their own: `receive_webhook` and `on_webhook`."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response

from functions.payments.errors import NobodyError
from functions.payments.payer import Payer
from functions.payments.providers import stripe
from functions.payments.repository.payments import PaymentRow
from functions.payments.routes.cursors import position_of
from functions.payments.schemas.payments import (
    IntentAnswer,
    KeptIntentAnswer,
    NewIntent,
    PaymentAnswer,
    PaymentDetail,
    StatusChange,
)
from functions.payments.service import intents, reading
from shared import cart_tokens, outbox
from shared.web import (
    Caller,
    Fields,
    Idempotency,
    MaybeCaller,
    Page,
    Reader,
    answer,
    answer_page,
    client_address,
    limited_as,
)
from shared.web.pages import Paging, next_cursor
from shared.web.rate_limits import Kind

router = APIRouter(prefix="/api/v1/payments", tags=["payments"])

_LIST = "payments"


async def _payer(
    request: Request,
    caller: MaybeCaller,
    x_cart_token: Annotated[
        str | None, Header(max_length=200, description="A guest's cart token, as the cart answered it")
    ] = None,
) -> Payer:
    if caller is None and x_cart_token is None:
        raise NobodyError
    cart = cart_tokens.decode(x_cart_token) if x_cart_token is not None else None
    return Payer(caller.user_id if caller else None, cart, client_address(request))


AnyPayer = Annotated[Payer, Depends(_payer)]


@router.post(
    "/intent",
    status_code=201,
    response_model=IntentAnswer,
    summary="Open the payment of a checkout",
    openapi_extra=limited_as(Kind.PAYMENTS),
    responses={
        403: {"description": "The payment is refused: too many attempts"},
        404: {"description": "There is no such checkout, or it is somebody else's"},
        409: {"description": "The checkout is paid already, has expired, or costs nothing"},
        503: {"description": "The payment provider does not answer; repeat with the same key"},
    },
)
async def create_intent(body: NewIntent, once: Idempotency, payer: AnyPayer, reader: Reader) -> Response:
    """One payment intent per checkout: repeated calls, under any key, answer the same one. The amount is that of the
    checkout, and the payer's browser confirms it with the provider.

    Guests send the `X-Cart-Token` of the cart that was checked out.
    """
    provider = stripe.provider()
    kept = once.earlier(reader)
    if kept is None:
        opened = intents.open_intent(reader, body.checkout_id, payer, provider)
        publishable_key = provider.publishable_key()

        def record() -> KeptIntentAnswer:
            payment = intents.record(tx, opened, provider)
            return KeptIntentAnswer(
                id=payment.id,
                checkout_id=payment.checkout_id,
                provider=payment.provider,
                publishable_key=publishable_key,
                amount=payment.amount,
                currency=payment.currency,
                status=opened.intent.status,
                methods=list(opened.intent.method_types),
            )

        with outbox.unit_of_work() as tx:
            kept = once.keep(tx, record)
        secret = None if kept.replayed else intents.secret_of(opened.intent)
    else:
        secret = None
    first = KeptIntentAnswer.model_validate_json(kept.body)
    secret = secret or intents.client_secret(reader, first.id, provider)
    return kept.response(headers={"Location": f"/api/v1/payments/{first.id}"}, client_secret=secret)


@router.get("", response_model=Page[PaymentAnswer], summary="List one's payments")
async def list_payments(request: Request, caller: Caller, page: Paging, fields: Fields, reader: Reader) -> Response:
    """The signed-in customer's payments, newest first."""
    rows, more = reading.payments(reader, caller.user_id, after=position_of(page.after(_LIST)), limit=page.limit)
    cursor = next_cursor(_LIST, [rows[-1].created_at.isoformat(), str(rows[-1].id)]) if more else None
    items = [PaymentAnswer.model_validate(row).model_dump() for row in rows]
    return answer_page(request, PaymentAnswer, items, next_cursor=cursor, fields=fields)


@router.get(
    "/{payment_id}",
    response_model=PaymentDetail,
    summary="Show a payment",
    responses={404: {"description": "There is no such payment, or it is somebody else's"}},
)
async def show_payment(request: Request, payment_id: UUID, payer: AnyPayer, fields: Fields, reader: Reader) -> Response:
    """One's own payment with its history. Guests send the `X-Cart-Token` of the cart that was checked out."""
    row, changes = reading.payment(reader, payment_id, payer)
    history = [StatusChange.model_validate(change) for change in changes]
    return answer(request, PaymentDetail(**_members(row), history=history), fields=fields)


def _members(row: PaymentRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in PaymentAnswer.model_fields}
