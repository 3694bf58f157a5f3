"""The order's status machine, whole."""

from __future__ import annotations

import pytest

from shared.transactions.order_status import (
    LEGAL_MOVES,
    MONEY_MOVES,
    IllegalStatusMoveError,
    OrderStatus,
    check_move,
)

EVERY_MOVE = [(before, after) for before in OrderStatus for after in OrderStatus]
ENDS = {OrderStatus.REFUNDED}


@pytest.mark.parametrize(("before", "after"), EVERY_MOVE)
@pytest.mark.parametrize("by_hand", [True, False])
def test_a_move_is_made_or_refused_with_the_moves_that_can_be_made(
    before: OrderStatus, after: OrderStatus, by_hand: bool
) -> None:
    legal = LEGAL_MOVES[before] - (MONEY_MOVES if by_hand else frozenset())
    if after in legal:
        check_move(before, after, by_hand=by_hand)
        return
    with pytest.raises(IllegalStatusMoveError) as caught:
        check_move(before, after, by_hand=by_hand)
    assert caught.value.extra["legal"] == sorted(legal)


def test_money_never_moves_by_hand() -> None:
    for before in OrderStatus:
        for after in (OrderStatus.PAID, OrderStatus.REFUNDED, OrderStatus.PARTIALLY_REFUNDED):
            with pytest.raises(IllegalStatusMoveError):
                check_move(before, after, by_hand=True)


def test_every_order_can_end_and_only_a_refund_is_final() -> None:
    for status in OrderStatus:
        reached, todo = set(), {status}
        while todo:
            reached |= todo
            todo = {move for step in todo for move in LEGAL_MOVES[step]} - reached
        assert reached & ENDS
    assert {status for status, moves in LEGAL_MOVES.items() if not moves} == ENDS


def test_nothing_is_shipped_unpaid_and_nothing_shipped_is_cancelled() -> None:
    shipping = {OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.DELIVERED}
    assert not LEGAL_MOVES[OrderStatus.PENDING] & shipping
    for status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        assert OrderStatus.CANCELLED not in LEGAL_MOVES[status]
