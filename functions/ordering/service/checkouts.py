"""From a cart to a priced checkout that holds its stock."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from functions.ordering.errors import (
    AmountTooLargeError,
    CartChangedError,
    CartEmptyError,
    PaymentInProgressError,
)
from functions.ordering.repository import carts, checkouts
from functions.ordering.repository.carts import CartRow
from functions.ordering.repository.checkouts import NewCheckout, NewLine
from functions.ordering.service import pricing
from functions.ordering.service.owners import Owner, lock_cart
from functions.ordering.service.pricing import Amounts, LineProblem, PricedLine
from shared import languages
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, ValidationError
from shared.money import MAX_AMOUNT
from shared.transactions import orders, stock

RESERVED_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CheckoutWish:
    """What the caller asks for. `expected_total_amount` is the total that the customer saw, in minor units."""

    email: str | None
    shipping_address: dict[str, Any]
    expected_total_amount: int | None
    accept_changes: bool


@dataclass(frozen=True, slots=True)
class PricedCheckout:
    id: UUID
    cart: CartRow
    email: str
    currency: str
    lines: list[PricedLine]
    amounts: Amounts
    shipping_address: dict[str, Any]
    expires_at: datetime


def check_out(connection: Connection, owner: Owner, wish: CheckoutWish) -> PricedCheckout:
    """Price the cart and reserve its stock for 15 minutes. A checkout of this cart that was open before is given up.

    When this one cannot be had, the one before stays as it was. Raises CartEmptyError, CartChangedError,
    InsufficientStockError, AmountTooLargeError, PaymentInProgressError and ValidationError.
    """
    cart = lock_cart(connection, owner)
    rows = carts.lines(connection, cart.id) if cart is not None else []
    if cart is None or not rows or cart.currency is None:
        raise CartEmptyError
    email = _email(connection, owner, wish)
    lines = pricing.priced(rows, cart.currency)
    amounts = pricing.amounts(lines)
    _check(lines, amounts, cart.currency, wish)
    quantities = {line.row.variant_id: line.row.quantity for line in lines}
    _give_up_previous(connection, cart.id, quantities)
    created = checkouts.insert(
        connection,
        NewCheckout(
            cart_id=cart.id,
            user_id=owner.user_id,
            email=email,
            language=languages.DEFAULT,
            currency=cart.currency,
            **asdict(amounts),
            total_amount=amounts.total_amount,
            prices_include_tax=False,
            shipping_tax_amount=0,
            shipping_rate_id=None,
            shipping_method=None,
            shipping_address=wish.shipping_address,
        ),
        [
            NewLine(line.row.variant_id, line.row.quantity, line.row.price_amount, 0, 0, 0, line.amount)
            for line in lines
        ],
        lifetime=RESERVED_FOR,
    )
    stock.reserve(connection, created.id, quantities)  # last: others wait for these rows until we commit
    return PricedCheckout(
        id=created.id,
        cart=cart,
        email=email,
        currency=cart.currency,
        lines=lines,
        amounts=amounts,
        shipping_address=wish.shipping_address,
        expires_at=created.expires_at,
    )


def _email(connection: Connection, owner: Owner, wish: CheckoutWish) -> str:
    """A guest says where to write; to a customer we write at the account's address only."""
    if owner.user_id is None:
        if wish.email is None:
            raise _wrong_email("A guest's checkout needs an e-mail address")
        return wish.email
    email = checkouts.email_of(connection, owner.user_id)
    if email is None:
        raise InvalidTokenError("The account does not exist any more")
    if wish.email is not None and wish.email.lower() != email.lower():
        raise _wrong_email("A customer's order goes to the account's own e-mail address; leave this out")
    return email


def _wrong_email(message: str) -> ValidationError:
    return ValidationError(f"body.email: {message}", errors=[{"field": "body.email", "message": message}])


def _check(lines: list[PricedLine], amounts: Amounts, currency: str, wish: CheckoutWish) -> None:
    """What cannot be bought always stops a checkout; another price only where the customer has not agreed to it."""
    if any(not line.buyable for line in lines):
        raise _changed("Some items are not for sale any more; take them out of the cart", lines, amounts, currency)
    shortages = {
        line.row.variant_id: (line.row.quantity, line.row.available or 0)
        for line in lines
        if LineProblem.INSUFFICIENT_STOCK in line.problems
    }
    if shortages:
        raise stock.insufficient(shortages)
    if amounts.total_amount > MAX_AMOUNT:
        raise AmountTooLargeError
    if wish.accept_changes:
        return
    if wish.expected_total_amount is not None:
        if wish.expected_total_amount != amounts.total_amount:
            raise _changed("The total is another than expected", lines, amounts, currency)
    elif any(LineProblem.PRICE_CHANGED in line.problems for line in lines):
        raise _changed("Prices have changed since the items were added", lines, amounts, currency)


def _changed(detail: str, lines: list[PricedLine], amounts: Amounts, currency: str) -> CartChangedError:
    return CartChangedError(
        detail,
        items=[
            {
                "id": line.row.id,
                "variant_id": line.row.variant_id,
                "name": line.row.name,
                "quantity": line.row.quantity,
                "price_at_time": line.row.price_at_time,
                "unit_amount": line.row.price_amount if line.buyable else None,
                "problems": line.problems,
            }
            for line in lines
            if line.problems
        ],
        total_amount=amounts.total_amount,
        currency=currency,
    )


def _give_up_previous(connection: Connection, cart_id: UUID, quantities: dict[UUID, int]) -> None:
    previous = checkouts.lock_open(connection, cart_id)
    if previous is None:
        return
    if previous.being_paid:
        raise PaymentInProgressError(checkout_id=previous.id)
    stock.lock(connection, quantities, checkout_id=previous.id)
    orders.give_up(connection, previous.id, status="abandoned")
