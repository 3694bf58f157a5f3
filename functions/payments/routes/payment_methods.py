"""A customer's saved payment methods."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.payments import providers
from functions.payments.schemas.methods import PaymentMethodSetup, SavedPaymentMethod, SavedPaymentMethodList
from functions.payments.service import saved_methods
from shared.web import Caller, Idempotency, Reader, limited_as, no_content, respond
from shared.web.rate_limits import Kind

router = APIRouter(prefix="/api/v1/payment-methods", tags=["payment-methods"])

_UNAVAILABLE: dict[int | str, dict[str, Any]] = {503: {"description": "The payment provider does not answer"}}

MethodId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_]{3,255}$", description="The provider's token")]


@router.post(
    "/setup",
    status_code=201,
    response_model=PaymentMethodSetup,
    summary="Save a payment method",
    openapi_extra=limited_as(Kind.PAYMENTS),
    responses=_UNAVAILABLE,
)
async def set_up_payment_method(request: Request, caller: Caller, idempotency: Idempotency, reader: Reader) -> Response:
    """Answers what the customer's browser needs to hand a card to the provider, which keeps it. The same key answers
    the same setup. From then on the customer's intents can use what is saved.
    """
    provider = providers.of(providers.DEFAULT)
    secret = saved_methods.set_up(reader, caller.user_id, provider, request_key=idempotency.key)
    made = PaymentMethodSetup(provider=provider.name, publishable_key=provider.publishable_key(), client_secret=secret)
    return respond(request, made, status=201)


@router.get(
    "", response_model=SavedPaymentMethodList, summary="List one's saved payment methods", responses=_UNAVAILABLE
)
async def list_payment_methods(request: Request, caller: Caller, reader: Reader) -> Response:
    """What may be shown of them: brand, last four digits, expiry."""
    methods = saved_methods.saved(reader, caller.user_id, providers.of(providers.DEFAULT))
    return respond(request, SavedPaymentMethodList(items=[SavedPaymentMethod.model_validate(one) for one in methods]))


@router.delete(
    "/{payment_method_id}",
    status_code=204,
    summary="Forget a payment method",
    openapi_extra=limited_as(Kind.PAYMENTS),
    responses={404: {"description": "There is no such method, or it is somebody else's"}, **_UNAVAILABLE},
)
async def delete_payment_method(payment_method_id: MethodId, caller: Caller, reader: Reader) -> Response:
    """Takes it from the customer at the provider; it cannot be used again."""
    saved_methods.delete(reader, caller.user_id, payment_method_id, providers.of(providers.DEFAULT))
    return no_content()
