"""Payments over HTTP. Webhooks have functions of their own: `receive_webhook` and `on_webhook`."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response

from functions.payments import providers
from functions.payments.domain.payer import Payer
from functions.payments.errors import NobodyError
from functions.payments.repository.payments import PaymentRow
from functions.payments.routes.cursors import position_of
from functions.payments.schemas.payments import (
    NewPaymentIntent,
    Payment,
    PaymentDetail,
    PaymentIntent,
    PaymentStatusChange,
    StoredPaymentIntent,
)
from functions.payments.service import intents, queries
from shared import outbox
from shared.contexts.ordering import cart_tokens
from shared.web import (
    Caller,
    Fields,
    Idempotency,
    MaybeCaller,
    Page,
    Reader,
    client_address,
    limited_as,
    respond,
    respond_page,
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
    response_model=PaymentIntent,
    summary="Open the payment of a checkout",
    openapi_extra=limited_as(Kind.PAYMENTS),
    responses={
        403: {"description": "The payment is refused: too many attempts"},
        404: {"description": "There is no such checkout, or it is somebody else's"},
        409: {
            "description": "The checkout is paid already, has expired, or costs nothing, or too many charges of it were"
            " declined"
        },
        503: {"description": "The payment provider does not answer; repeat with the same key"},
    },
)
async def create_payment_intent(
    body: NewPaymentIntent, idempotency: Idempotency, payer: AnyPayer, reader: Reader
) -> Response:
    """One payment intent per checkout: repeated calls, under any key, answer the same one. The amount is that of the
    checkout, and the payer's browser confirms it with the provider.

    The first call extends the checkout's reservation to 15 minutes from then; later ones leave it as it is
    (`payable_until`). It lasts as long as the provider works on a payment. After 5 declined charges the payment is
    canceled, its order as well, and the checkout takes no more.

    Guests send the `X-Cart-Token` of the cart that was checked out.
    """
    stored = idempotency.stored_response(reader)
    if stored is None:
        opened = intents.open_intent(reader, body.checkout_id, payer, providers.of(providers.DEFAULT))
        publishable_key = opened.provider.publishable_key()

        def record() -> StoredPaymentIntent:
            recorded = intents.record(tx, opened)
            payment = recorded.payment
            return StoredPaymentIntent(
                id=payment.id,
                checkout_id=payment.checkout_id,
                provider=payment.provider,
                publishable_key=publishable_key,
                amount=payment.amount,
                currency=payment.currency,
                status=opened.intent.status,
                methods=list(opened.intent.method_types),
                payable_until=recorded.payable_until,
            )

        with outbox.unit_of_work() as tx:
            stored = idempotency.run(tx, record)
        secret = None if stored.replayed else intents.secret_of(opened.intent)
    else:
        secret = None
    payment_id = UUID(json.loads(stored.body)["id"])
    secret = secret or intents.client_secret(reader, payment_id)
    return stored.response(headers={"Location": f"/api/v1/payments/{payment_id}"}, client_secret=secret)


@router.get("", response_model=Page[Payment], summary="List one's payments")
async def list_payments(request: Request, caller: Caller, page: Paging, fields: Fields, reader: Reader) -> Response:
    """The signed-in customer's payments, newest first."""
    rows, more = queries.payments(reader, caller.user_id, after=position_of(page.after(_LIST)), limit=page.limit)
    cursor = next_cursor(_LIST, [rows[-1].created_at.isoformat(), str(rows[-1].id)]) if more else None
    items = [Payment.model_validate(row).model_dump() for row in rows]
    return respond_page(request, Payment, items, next_cursor=cursor, fields=fields)


@router.get(
    "/{payment_id}",
    response_model=PaymentDetail,
    summary="Show a payment",
    responses={404: {"description": "There is no such payment, or it is somebody else's"}},
)
async def get_payment(request: Request, payment_id: UUID, payer: AnyPayer, fields: Fields, reader: Reader) -> Response:
    """One's own payment with its history. Guests send the `X-Cart-Token` of the cart that was checked out."""
    row, changes = queries.payment(reader, payment_id, payer)
    history = [PaymentStatusChange.model_validate(change) for change in changes]
    return respond(request, PaymentDetail(**_members(row), history=history), fields=fields)


def _members(row: PaymentRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in Payment.model_fields}
