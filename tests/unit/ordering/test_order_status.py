"""The three states of an order, the word for them, and what somebody may do by hand."""

from __future__ import annotations

from itertools import product

import pytest

from shared.contexts.ordering.order_status import (
    FULFILMENT_TRANSITIONS,
    PAYMENT_TRANSITIONS,
    FulfilmentStatus,
    InvalidTransitionError,
    OrderPaymentStatus,
    OrderState,
    OrderStates,
    OrderStatus,
    check_move,
    check_transition,
    moves,
)

St, P, F, S = OrderState, OrderPaymentStatus, FulfilmentStatus, OrderStatus
EVERY = [OrderStates(*states) for states in product(OrderState, OrderPaymentStatus, FulfilmentStatus)]
FACTS = list(product((True, False), repeat=2))


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ((St.OPEN, P.UNPAID, F.UNFULFILLED), S.PENDING),
        ((St.OPEN, P.PAID, F.UNFULFILLED), S.PAID),
        ((St.OPEN, P.PAID, F.PROCESSING), S.PROCESSING),
        ((St.OPEN, P.PAID, F.PARTIALLY_SHIPPED), S.PROCESSING),
        ((St.OPEN, P.PAID, F.SHIPPED), S.SHIPPED),
        ((St.COMPLETED, P.PAID, F.DELIVERED), S.DELIVERED),
        ((St.OPEN, P.PARTIALLY_REFUNDED, F.UNFULFILLED), S.PARTIALLY_REFUNDED),
        ((St.OPEN, P.PARTIALLY_REFUNDED, F.PARTIALLY_SHIPPED), S.PARTIALLY_REFUNDED),
        ((St.OPEN, P.PARTIALLY_REFUNDED, F.SHIPPED), S.SHIPPED),
        ((St.COMPLETED, P.PARTIALLY_REFUNDED, F.DELIVERED), S.DELIVERED),
        ((St.COMPLETED, P.REFUNDED, F.DELIVERED), S.REFUNDED),
        ((St.CANCELLED, P.UNPAID, F.UNFULFILLED), S.CANCELLED),
        ((St.CANCELLED, P.PARTIALLY_REFUNDED, F.UNFULFILLED), S.CANCELLED),
        ((St.CANCELLED, P.REFUNDED, F.UNFULFILLED), S.REFUNDED),
    ],
)
def test_the_word_says_the_most_important_of_the_three(
    states: tuple[OrderState, OrderPaymentStatus, FulfilmentStatus], word: OrderStatus
) -> None:
    assert OrderStates(*states).status is word


@pytest.mark.parametrize(("left_to_ship", "is_handed_over"), FACTS)
def test_a_move_is_made_or_refused_with_the_moves_that_can_be_made(left_to_ship: bool, is_handed_over: bool) -> None:
    for states in EVERY:
        legal = moves(states, left_to_ship=left_to_ship, is_handed_over=is_handed_over)
        for after in OrderStatus:
            if after in legal:
                check_move(states.status, after, legal)
                continue
            with pytest.raises(InvalidTransitionError) as caught:
                check_move(states.status, after, legal)
            assert caught.value.extra["legal"] == legal


@pytest.mark.parametrize(("left_to_ship", "is_handed_over"), FACTS)
def test_what_nobody_can_do_by_hand(left_to_ship: bool, is_handed_over: bool) -> None:
    money = {S.PENDING, S.PAID, S.REFUNDED, S.PARTIALLY_REFUNDED}
    for states in EVERY:
        legal = set(moves(states, left_to_ship=left_to_ship, is_handed_over=is_handed_over))
        assert not legal & money
        if is_handed_over:
            assert S.CANCELLED not in legal
        if not left_to_ship:
            assert not legal & {S.PROCESSING, S.SHIPPED}, "a parcel of nothing"
        if states.payment_status is P.UNPAID:
            assert legal <= {S.CANCELLED}
        if states.state is St.CANCELLED or states.payment_status is P.REFUNDED:
            assert legal == set()
        if states.fulfilment_status is F.DELIVERED and states.state is St.COMPLETED:
            assert legal <= {S.CANCELLED}, "a delivered order does not go back"


@pytest.mark.parametrize("transitions", [PAYMENT_TRANSITIONS, FULFILMENT_TRANSITIONS])
def test_goods_and_money_never_go_back_to_where_they_were(transitions: dict[str, frozenset[str]]) -> None:
    for before, direct in transitions.items():
        reached, todo = set(), set(direct)
        while todo:
            reached |= todo
            todo = {after for step in todo for after in transitions[step]} - reached
        assert before not in reached


def test_a_state_that_is_reached_already_is_no_transition() -> None:
    check_transition(FULFILMENT_TRANSITIONS, F.DELIVERED, F.DELIVERED)
    with pytest.raises(InvalidTransitionError) as caught:
        check_transition(FULFILMENT_TRANSITIONS, F.DELIVERED, F.PROCESSING)
    assert caught.value.extra["legal"] == []
