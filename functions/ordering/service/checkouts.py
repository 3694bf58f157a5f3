"""From a cart to a priced checkout that holds its stock and its coupons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from functions.ordering.errors import CartEmptyError, PaymentInProgressError
from functions.ordering.repository import carts, checkouts
from functions.ordering.repository.carts import CartRow
from functions.ordering.repository.checkouts import NewCheckout, NewLine
from functions.ordering.repository.pricing_rules import Place
from functions.ordering.service import checkout_checks as checks
from functions.ordering.service import pricing
from functions.ordering.service.owners import Owner, lock_cart
from functions.ordering.service.pricing import PricedCart, PricedLine
from shared.clients.database import Connection
from shared.errors import InvalidTokenError
from shared.transactions import coupons, stock
from shared.transactions.coupons import Redemption

RESERVED_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutWish:
    """What the caller asks for. `expected_total_amount` is the total that the customer saw, in minor units."""

    email: str | None
    shipping_address: dict[str, Any] | None
    place: Place | None
    """Where it goes to; without an address, where it is taxed."""
    shipping_rate_id: UUID | None
    expected_total_amount: int | None
    accept_changes: bool
    language: str
    """What a guest reads (BCP 47); a customer's account says it."""


@dataclass(frozen=True, slots=True)
class PricedCheckout:
    id: UUID
    cart: CartRow
    email: str
    currency: str
    priced: PricedCart
    shipping_address: dict[str, Any] | None
    expires_at: datetime

    @property
    def lines(self) -> Sequence[PricedLine]:
        return self.priced.lines


def check_out(connection: Connection, owner: Owner, wish: CheckoutWish) -> PricedCheckout:
    """Price the cart, reserve its stock for 15 minutes and redeem its coupons. A checkout of this cart that was open
    before is given up.

    When this one cannot be had, the one before stays as it was. Raises CartEmptyError, CartChangedError,
    InsufficientStockError, CouponUsedUpError, ShippingUnavailableError, ShippingRateUnavailableError,
    AmountTooLargeError, PaymentInProgressError and ValidationError.
    """
    cart = lock_cart(connection, owner)
    rows = carts.lines(connection, cart.id) if cart is not None else []
    if cart is None or not rows or cart.currency is None:
        raise CartEmptyError
    if owner.user_id is None and wish.email is None:
        raise checks.invalid("body.email", "A guest's checkout needs an e-mail address")
    priced, rules = pricing.price_cart(
        connection, cart, rows, place=wish.place, email=wish.email, rate_id=wish.shipping_rate_id
    )
    email = _email(owner, wish, rules.account_email)
    _check(priced, cart.currency, wish)
    draft = _draft(cart, priced, wish, email=email, language=rules.language or wish.language)
    redemptions = _redemptions(priced)
    quantities = {line.row.variant_id: line.row.quantity for line in priced.lines}
    previous = _close_previous(connection, cart.id, also_lock=[each.coupon_id for each in redemptions])
    created = checkouts.insert(connection, draft, [_line(line) for line in priced.lines], lifetime=RESERVED_FOR)
    coupons.redeem(connection, created.id, email, redemptions)
    if previous is not None:  # stock is last: others wait for these rows until we commit
        stock.release(connection, previous, also_lock=quantities)
    stock.reserve(connection, created.id, quantities)
    return PricedCheckout(
        id=created.id,
        cart=cart,
        email=email,
        currency=cart.currency,
        priced=priced,
        shipping_address=wish.shipping_address,
        expires_at=created.expires_at,
    )


def _email(owner: Owner, wish: CheckoutWish, account_email: str | None) -> str:
    """A guest says where to write; to a customer we write at the account's address only."""
    if owner.user_id is None:
        assert wish.email is not None
        return wish.email
    if account_email is None:
        raise InvalidTokenError("The account does not exist any more")
    if wish.email is not None and wish.email.lower() != account_email.lower():
        raise checks.invalid(
            "body.email", "A customer's order goes to the account's own e-mail address; leave this out"
        )
    return account_email


def _check(priced: PricedCart, currency: str, wish: CheckoutWish) -> None:
    checks.check_goods(priced, currency)
    if wish.shipping_address is None and priced.shipping.state is not pricing.ShippingState.NOT_NEEDED:
        raise checks.invalid("body.shipping_address", "required: something of this is shipped")
    checks.check_delivery(priced, wish.place, currency)
    checks.check_price(
        priced, currency, expected_total_amount=wish.expected_total_amount, accept_changes=wish.accept_changes
    )


def _draft(cart: CartRow, priced: PricedCart, wish: CheckoutWish, *, email: str, language: str) -> NewCheckout:
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
        shipping_address=wish.shipping_address,
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


def _close_previous(connection: Connection, cart_id: UUID, *, also_lock: list[UUID]) -> UUID | None:
    """Close the cart's open checkout, if there is one, and release its coupons; its stock is released later."""
    previous = checkouts.lock_open(connection, cart_id)
    if previous is None:
        return None
    if previous.being_paid:
        raise PaymentInProgressError(checkout_id=previous.id)
    coupons.release(connection, previous.id, closing_as="abandoned", also_lock=also_lock)
    return previous.id
