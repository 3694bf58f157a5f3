"""Merging the cart that somebody filled as a guest into the cart of their account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from functions.ordering.errors import CartTokenRequiredError, CurrencyMismatchError, PaymentInProgressError
from functions.ordering.repository import cart_coupons, carts, checkouts, merges
from functions.ordering.repository.carts import CartRow
from functions.ordering.repository.merges import Addition, CandidateRow
from functions.ordering.service.cart_coupons import MAX_COUPONS
from functions.ordering.service.carts import MAX_LINES, MAX_QUANTITY, CartView, view
from functions.ordering.service.owners import Owner, lock_cart
from shared.clients.database import Connection
from shared.transactions import orders


@dataclass(frozen=True, slots=True)
class Capped:
    """A line of which not everything came over, and why: `removed`, `insufficient_stock` or `limit`."""

    variant_id: UUID
    name: str
    variant_title: str
    wanted: int
    """Units that both carts held together."""
    quantity: int
    """Units that the cart holds now."""
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    view: CartView
    capped: list[Capped]


def merge(connection: Connection, owner: Owner) -> Merged:
    """Add the guest's quantities to the customer's, up to the stock and the limits; the guest's cart is gone after.

    A cart that has ended or was merged before changes nothing. What the customer's cart held stays as it was, also
    where it is more than the stock. An open checkout of the guest is given up: its units are for the merged cart.
    Raises CartTokenRequiredError and InvalidCartTokenError; CurrencyMismatchError, and PaymentInProgressError where
    that checkout is being paid (its units would be bought twice), which leave both carts as they are.
    """
    token = owner.guest_token()
    if token is None:
        raise CartTokenRequiredError
    mine, guests = _lock_both(connection, owner, token.cart_id)
    capped: list[Capped] = []
    if guests is not None and not token.ended:
        if None not in (mine.currency, guests.currency) and mine.currency != guests.currency:
            raise CurrencyMismatchError(
                f"The account's cart is in {mine.currency}, the guest's in {guests.currency}; empty one of them",
                cart_currency=mine.currency,
                currency=guests.currency,
            )
        _give_up_checkout(connection, guests.id)
        capped = _move_lines(connection, mine, guests)
        cart_coupons.move(connection, from_cart=guests.id, to_cart=mine.id, most=MAX_COUPONS)
        carts.delete(connection, guests.id)
    return Merged(view(connection, owner), capped)


def _lock_both(connection: Connection, owner: Owner, guest_cart_id: UUID) -> tuple[CartRow, CartRow | None]:
    """The customer's cart is made first, by a statement of its own, if there is none; then both are locked in order."""
    assert owner.user_id is not None
    mine = carts.of_customer(connection, owner.user_id) or lock_cart(connection, owner)
    assert mine is not None
    found = carts.lock_for_merge(connection, [mine.id, guest_cart_id])
    guests = found.get(guest_cart_id)
    return found.get(mine.id, mine), guests if guests is not None and guests.user_id is None else None


def _give_up_checkout(connection: Connection, cart_id: UUID) -> None:
    checkout = checkouts.lock_open(connection, cart_id)
    if checkout is None:
        return
    if checkout.being_paid:
        raise PaymentInProgressError(checkout_id=checkout.id)
    orders.give_up(connection, checkout.id, status="abandoned")


def _move_lines(connection: Connection, mine: CartRow, guests: CartRow) -> list[Capped]:
    free_lines = MAX_LINES - merges.count_lines(connection, mine.id)
    additions: list[Addition] = []
    capped: list[Capped] = []
    for line in merges.candidates(connection, cart_id=mine.id, guest_cart_id=guests.id):
        room, reason = _room(line, free_lines)
        taken = min(line.quantity, room)
        if taken:
            additions.append(Addition(line.variant_id, taken, line.price_at_time))
            free_lines -= line.in_cart == 0
        if taken < line.quantity:
            capped.append(
                Capped(
                    variant_id=line.variant_id,
                    name=line.name,
                    variant_title=line.variant_title,
                    wanted=line.in_cart + line.quantity,
                    quantity=line.in_cart + taken,
                    reason=reason,
                )
            )
    if additions:
        merges.add_all(connection, mine.id, additions)
        carts.touch(connection, mine.id)
        if mine.currency is None and guests.currency is not None:
            carts.set_currency(connection, mine.id, guests.currency)
    return capped


def _room(line: CandidateRow, free_lines: int) -> tuple[int, str]:
    """How many more units the customer's line can take, and what stands in the way of more."""
    if not line.sellable:
        return 0, "removed"
    if line.in_cart == 0 and free_lines <= 0:
        return 0, "limit"
    by_limit = MAX_QUANTITY - line.in_cart
    by_stock = by_limit if line.available is None else line.available - line.in_cart
    return max(0, min(by_limit, by_stock)), "limit" if by_limit < by_stock else "insufficient_stock"
