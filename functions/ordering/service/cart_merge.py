"""Merging a guest's cart into the cart of their account."""

from __future__ import annotations

from uuid import UUID

from functions.ordering.domain.cart_merge import Addition, CappedLine, MergeResult, capacity
from functions.ordering.domain.carts import CartRow
from functions.ordering.domain.reservations import open_checkout
from functions.ordering.errors import CartTokenRequiredError, CurrencyMismatchError, PaymentInProgressError
from functions.ordering.repository import cart_coupons, cart_merges, carts, checkouts
from functions.ordering.service.carts import view
from functions.ordering.service.owners import Owner, lock_cart
from shared.clients.database import Connection
from shared.contexts.ordering import orders
from shared.contexts.ordering.cart_limits import MAX_COUPONS, MAX_LINES


def merge(connection: Connection, owner: Owner) -> MergeResult:
    """Add the guest's quantities to the customer's, up to the stock and the limits, and delete the guest's cart.

    A cart that has expired or was merged before changes nothing. The customer's own quantities stay, also where they
    exceed the stock. An open checkout of the guest is abandoned: its units are for the merged cart.
    Raises CartTokenRequiredError and InvalidCartTokenError; CurrencyMismatchError, and PaymentInProgressError where
    that checkout is being paid (its units would be bought twice), which leave both carts as they are.
    """
    token = owner.guest_token()
    if token is None:
        raise CartTokenRequiredError
    own, guests = _lock_both(connection, owner, token.cart_id)
    capped: list[CappedLine] = []
    if guests is not None and not token.is_expired:
        if None not in (own.currency, guests.currency) and own.currency != guests.currency:
            raise CurrencyMismatchError(
                f"The account's cart is in {own.currency}, the guest's in {guests.currency}; empty one of them",
                cart_currency=own.currency,
                currency=guests.currency,
            )
        _abandon_checkout(connection, guests.id)
        capped = _move_lines(connection, own, guests)
        cart_coupons.move(connection, from_cart=guests.id, to_cart=own.id, most=MAX_COUPONS)
        carts.delete(connection, guests.id)
    return MergeResult(view(connection, owner), capped)


def _lock_both(connection: Connection, owner: Owner, guest_cart_id: UUID) -> tuple[CartRow, CartRow | None]:
    """Create the customer's cart if there is none, by a statement of its own; then lock both in order."""
    assert owner.user_id is not None
    own = carts.of_customer(connection, owner.user_id) or lock_cart(connection, owner)
    assert own is not None
    locked = carts.lock_for_merge(connection, [own.id, guest_cart_id])
    guests = locked.get(guest_cart_id)
    return locked.get(own.id, own), guests if guests is not None and guests.user_id is None else None


def _abandon_checkout(connection: Connection, cart_id: UUID) -> None:
    checkout = open_checkout(checkouts.lock_reservations(connection, cart_id))
    if checkout is None:
        return
    if checkout.being_paid:
        raise PaymentInProgressError(checkout_id=checkout.id)
    orders.close_checkout(connection, checkout.id, status="abandoned")


def _move_lines(connection: Connection, own: CartRow, guests: CartRow) -> list[CappedLine]:
    free_lines = MAX_LINES - cart_merges.count_lines(connection, own.id)
    additions: list[Addition] = []
    capped: list[CappedLine] = []
    for line in cart_merges.candidates(connection, cart_id=own.id, guest_cart_id=guests.id):
        capacity_left, reason = capacity(line, free_lines)
        added = min(line.quantity, capacity_left)
        if added:
            additions.append(Addition(line.variant_id, added, line.price_at_time))
            free_lines -= line.in_cart == 0
        if added < line.quantity:
            capped.append(
                CappedLine(
                    variant_id=line.variant_id,
                    name=line.name,
                    variant_title=line.variant_title,
                    wanted=line.in_cart + line.quantity,
                    quantity=line.in_cart + added,
                    reason=reason,
                )
            )
    if additions:
        cart_merges.add_all(connection, own.id, additions)
        carts.touch(connection, own.id)
        if own.currency is None and guests.currency is not None:
            carts.set_currency(connection, own.id, guests.currency)
    return capped
