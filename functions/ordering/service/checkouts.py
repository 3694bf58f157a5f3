"""From a cart to a priced checkout that holds its stock and its coupons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final
from uuid import UUID

from functions.ordering.domain import checkout_checks as checks
from functions.ordering.domain import pricing
from functions.ordering.domain.carts import CartRow
from functions.ordering.domain.checkouts import CheckoutDetail, CheckoutLineRow, CheckoutRequest, RedeemedCoupon
from functions.ordering.domain.pricing import PricedCart, PricedLine
from functions.ordering.domain.reservations import ReservedCheckout, open_checkout, time_of_next
from functions.ordering.errors import CartEmptyError, PaymentInProgressError
from functions.ordering.repository import carts, checkout_details, checkouts
from functions.ordering.repository.checkouts import CreatedRow, NewCheckout, NewLine
from functions.ordering.service.cart_pricing import price_cart
from functions.ordering.service.owners import Owner, lock_cart
from functions.ordering.settings import OrderingSettings
from shared import settings, tokens
from shared.clients.database import Connection
from shared.contexts.catalog import reservations
from shared.contexts.catalog.reservation_limits import Holder
from shared.contexts.ordering import coupons
from shared.contexts.ordering.coupons import Redemption
from shared.contexts.ordering.orders import CheckoutNotFoundError
from shared.contexts.ordering.reservations import CHECKOUT
from shared.errors import InvalidTokenError

_NETWORK_KEY: Final = "reservation-network"


def show(connection: Connection, owner: Owner, checkout_id: UUID) -> CheckoutDetail:
    """The caller's own, whatever became of it. Raises CheckoutNotFoundError, also for another owner's."""
    access = checkout_details.access(connection, checkout_id)
    if access is None or not owner.owns(user_id=access.user_id, cart_id=access.cart_id):
        raise CheckoutNotFoundError
    return access.detail


def check_out(
    connection: Connection, owner: Owner, request: CheckoutRequest, *, network: str
) -> tuple[CartRow, CheckoutDetail]:
    """Price the cart, reserve its stock for 3 minutes and redeem its coupons. An earlier open checkout of this cart is
    abandoned, and its time goes on. `network` is the caller's.

    If this fails, the earlier one stays open. Raises CartEmptyError, CartChangedError, InsufficientStockError,
    ReservationShareError, ReservationRenewalsError, CouponUsedUpError, ShippingUnavailableError,
    ShippingRateUnavailableError, AmountTooSmallError, AmountTooLargeError, AmountNotPayableError,
    PaymentInProgressError and ValidationError.
    """
    cart = lock_cart(connection, owner)
    rows = carts.lines(connection, cart.id) if cart is not None else []
    if cart is None or not rows or cart.currency is None:
        raise CartEmptyError
    if owner.user_id is None and request.email is None:
        raise checks.invalid("email", "A guest's checkout needs an e-mail address")
    priced, rules = price_cart(
        connection, cart, rows, place=request.place, email=request.email, rate_id=request.shipping_rate_id
    )
    email = _email(owner, request, rules.account_email)
    _check(priced, cart.currency, request)
    draft = _draft(cart, priced, request, email=email, language=rules.language or request.language)
    redemptions = _redemptions(priced)
    quantities = {line.row.variant_id: line.row.quantity for line in priced.lines}
    reserved = checkouts.lock_reservations(connection, cart.id)
    previous = open_checkout(reserved)
    if previous is not None and previous.being_paid:
        raise PaymentInProgressError(checkout_id=previous.id)
    time = time_of_next(reserved)
    if previous is not None:  # its stock is released later
        coupon_ids = [each.coupon_id for each in redemptions]
        coupons.release(connection, previous.id, closing_as="abandoned", also_lock=coupon_ids)
    created = checkouts.insert(connection, draft, [_line(line) for line in priced.lines], time)
    coupons.redeem(connection, created.id, email, redemptions)
    holder = _holder(connection, network, reserved)
    if previous is not None:  # stock is last: other transactions wait for these rows until the commit
        reservations.release(connection, previous.id, also_lock=quantities, is_carried_on=time.is_carried_on)
    reservations.reserve(connection, created.id, quantities, holder=holder, lasting=CHECKOUT)
    return cart, _detail(created, draft, priced)


def _detail(created: CreatedRow, draft: NewCheckout, priced: PricedCart) -> CheckoutDetail:
    return CheckoutDetail(
        id=created.id,
        status="open",
        email=draft.email,
        currency=draft.currency,
        amounts=priced.amounts,
        lines=[
            CheckoutLineRow(
                **asdict(_line(line)),
                product_id=line.row.product_id,
                name=line.row.name,
                variant_title=line.row.variant_title,
                sku=line.row.sku,
            )
            for line in priced.lines
        ],
        coupons=[
            RedeemedCoupon(
                code=each.row.code,
                description=each.row.description,
                kind=each.row.kind,
                discount_amount=each.discount_amount,
                shipping_discount_amount=each.shipping_discount_amount,
            )
            for each in priced.coupons
            if each.problem is None
        ],
        shipping_rate_id=draft.shipping_rate_id,
        shipping_method=draft.shipping_method,
        shipping_address=draft.shipping_address,
        billing_address=draft.billing_address,
        expires_at=created.expires_at,
    )


def _email(owner: Owner, request: CheckoutRequest, account_email: str | None) -> str:
    """A guest's address is in the request; a customer's is the account's only."""
    if owner.user_id is None:
        assert request.email is not None
        return request.email
    if account_email is None:
        raise InvalidTokenError("The account does not exist any more")
    if request.email is not None and request.email.lower() != account_email.lower():
        raise checks.invalid("email", "A customer's order goes to the account's own e-mail address; leave this out")
    return account_email


def _check(priced: PricedCart, currency: str, request: CheckoutRequest) -> None:
    checks.check_goods(priced, currency)
    if request.shipping_address is None and priced.shipping.state is not pricing.ShippingState.NOT_NEEDED:
        raise checks.invalid("shipping_address", "required: something of this is shipped")
    checks.check_delivery(priced, request.place, currency)
    checks.check_price(
        priced, currency, expected_total_amount=request.expected_total_amount, accept_changes=request.accept_changes
    )


def _draft(cart: CartRow, priced: PricedCart, request: CheckoutRequest, *, email: str, language: str) -> NewCheckout:
    assert cart.currency is not None
    chosen = priced.shipping.chosen
    return NewCheckout(
        cart_id=cart.id,
        user_id=cart.user_id,
        email=email,
        language=language,
        currency=cart.currency,
        **asdict(priced.amounts),
        total_amount=priced.amounts.total_amount,
        shipping_rate_id=chosen.rate_id if chosen else None,
        shipping_method=chosen.name if chosen else None,
        shipping_address=request.shipping_address,
        billing_address=request.billing_address,
    )


def _redemptions(priced: PricedCart) -> list[Redemption]:
    return [
        Redemption(each.row.id, each.row.code, each.discount_amount, each.shipping_discount_amount)
        for each in priced.coupons
        if each.problem is None
    ]


def _line(line: PricedLine) -> NewLine:
    return NewLine(
        variant_id=line.row.variant_id,
        quantity=line.row.quantity,
        unit_amount=line.row.price_amount,
        discount_amount=line.discount_amount,
        tax_amount=line.tax_amount,
        tax_rate_basis_points=line.tax_rate_basis_points,
        total_amount=line.total_amount,
    )


def _holder(connection: Connection, network: str, reserved: Sequence[ReservedCheckout]) -> Holder:
    configuration = settings.load(OrderingSettings)
    ordered = [checkout.id for checkout in reserved if checkout.status == "ordered"]
    return Holder(
        network=tokens.digest(_NETWORK_KEY, network.encode()),
        held_by_cart=checkouts.held(connection, ordered) if ordered else {},
        share_percent=int(configuration.reservation_share_percent),
        least_units=int(configuration.reservation_least_units),
    )
