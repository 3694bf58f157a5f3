"""Whatever is done to stock, and in whatever order: the levels are what the movements and reservations say."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from functions.catalog.repository import inventory
from functions.catalog.service import product_writer
from functions.catalog.service.product_writer import StockTarget
from infra.database_roles import OWNER
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.catalog import reservations, stock
from shared.errors import ConflictError
from tests.factories import catalog
from tests.factories.ordering import stock_mismatches, stock_of, variant
from tests.support import database_logins
from tests.support.contenders import at_once

VARIANTS = 3
_MISMATCHES = """
SELECT s.variant_id, s.on_hand, s.owed, s.reserved FROM stock_levels s
WHERE s.on_hand - s.owed <> (SELECT coalesce(sum(quantity), 0) FROM stock_movements WHERE variant_id = s.variant_id)
   OR s.reserved <> (SELECT coalesce(sum(quantity), 0) FROM stock_reservations WHERE variant_id = s.variant_id)
   OR s.on_hand < 0 OR s.owed < 0 OR s.on_hand > 0 AND s.owed > 0
   OR s.reserved < 0 OR (s.reserved > s.on_hand AND NOT s.allow_backorder)
   OR s.is_low <> (NOT s.allow_backorder AND s.on_hand - s.reserved <= s.low_stock_threshold)
   OR s.sold_out <> (s.on_hand <= s.reserved AND NOT s.allow_backorder)
"""


@pytest.fixture(autouse=True)
def _as_the_owner(db: Session) -> None:
    """What catalog and ordering do, in one transaction."""
    database_logins.log_in(OWNER)


which = st.integers(0, VARIANTS - 1)
units = st.integers(1, 8)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("adjust"), which, st.integers(-8, 8).filter(bool)),
        st.tuples(st.just("reserve"), st.dictionaries(which, units, min_size=1), st.none()),
        st.tuples(st.just("release"), st.integers(0, 20), st.none()),
        st.tuples(st.just("sell"), st.integers(0, 20), st.none()),
        st.tuples(st.just("restock"), st.integers(0, 20), units),
        st.tuples(st.just("put back"), which, units),
        st.tuples(st.just("import"), which, st.integers(0, 12)),
        st.tuples(st.just("backorders"), which, st.booleans()),
    ),
    max_size=16,
)


class Shelf:
    """Some variants, and the checkouts and orders that were made of them so far."""

    def __init__(self, connection: Connection, variants: list[uuid.UUID]) -> None:
        self.connection = connection
        self.variants = variants
        self.checkouts: list[uuid.UUID] = []

    def do(self, operation: str, first: Any, second: Any) -> None:
        acts: dict[str, Callable[[Any, Any], None]] = {
            "adjust": self._adjust,
            "reserve": self._reserve,
            "release": lambda number, _: self._of_one(number, lambda c: reservations.release(self.connection, c)),
            "sell": lambda number, _: self._of_one(number, lambda c: stock.sell(self.connection, c, reference=c)),
            "restock": self._restock,
            "put back": self._put_back,
            "import": self._import,
            "backorders": self._backorders,
        }
        try:
            with self.connection.transaction():
                acts[operation](first, second)
        except ConflictError:
            pass  # refused, which must leave everything as it was

    def _adjust(self, number: int, quantity: int) -> None:
        stock.adjust(self.connection, self.variants[number], quantity, reason="counted", actor="admin:1", note=None)

    def _reserve(self, wanted: dict[int, int], _: None) -> None:
        checkout_id = uuid.uuid4()
        reservations.reserve(
            self.connection, checkout_id, {self.variants[n]: quantity for n, quantity in wanted.items()}
        )
        self.checkouts.append(checkout_id)

    def _of_one(self, number: int, act: Callable[[uuid.UUID], object]) -> None:
        if self.checkouts:
            act(self.checkouts[number % len(self.checkouts)])

    def _restock(self, number: int, units: int) -> None:
        back = dict.fromkeys(self.variants, units)
        self._of_one(number, lambda c: stock.restock(self.connection, back, reference=c, reason="refunded"))

    def _put_back(self, number: int, quantity: int) -> None:
        back = {self.variants[number]: quantity}
        stock.return_units(self.connection, back, reference=uuid.uuid4(), reason="returned", actor="admin:1")

    def _import(self, number: int, on_hand: int) -> None:
        product_writer.set_stock(self.connection, [StockTarget(self.variants[number], on_hand, None)], reason="import")

    def _backorders(self, number: int, allowed: bool) -> None:
        inventory.change_settings(
            self.connection, self.variants[number], sets_threshold=False, threshold=None, allow_backorder=allowed
        )


@settings(max_examples=30)
@given(done=operations)
def test_levels_equal_movements_and_reservations_after_any_sequence(
    db: Session, done: list[tuple[str, Any, Any]]
) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M", "L"]}, stock=5)
    variants = [made.id for made in catalog.variants(db, shirt)]
    db.rollback()
    with database.transaction() as connection:
        shelf = Shelf(connection, variants)
        for operation in done:
            shelf.do(*operation)
            assert connection.execute(_MISMATCHES).fetchall() == [], operation


def test_adjustments_and_buyers_at_once_never_promise_what_is_not_there(db: Session) -> None:
    pot = variant(db, stock=10)

    def act(number: int) -> int:
        promised = 0
        for _ in range(15):
            try:
                with database.transaction() as connection:
                    if number % 2:
                        stock.adjust(connection, pot, -1, reason="lost", actor="admin:1", note=None)
                    else:
                        reservations.reserve(connection, uuid.uuid4(), {pot: 1})
                        promised += 1
            except ConflictError:
                pass
        return promised

    promised = sum(at_once(6, act))
    on_hand, reserved = stock_of(db, pot)
    assert reserved == promised == on_hand
    assert stock_mismatches(db) == []
