"""`shared.contexts.catalog.stock` on its own: what one statement promises, and what many at once keep."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy.orm import Session

from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.catalog import reservations, stock
from shared.contexts.catalog.models.products import StockLevel, StockMovement
from tests.factories.ordering import change_stock, stock_mismatches, stock_of, variant
from tests.support.contenders import at_once


@contextmanager
def reserved(checkout_id: UUID, quantities: dict[UUID, int]) -> Iterator[Connection]:
    """An open transaction of another session that has reserved this."""
    with psycopg.connect(**_same_database(), row_factory=psycopg.rows.dict_row) as other:
        reservations.reserve(other, checkout_id, quantities)
        yield other


def _same_database() -> dict[str, str]:
    info = database.connection().info
    return {"host": info.host, "port": str(info.port), "user": info.user, "dbname": info.dbname}


def reserve(quantities: dict[UUID, int]) -> UUID:
    checkout_id = uuid4()
    with database.transaction() as connection:
        reservations.reserve(connection, checkout_id, quantities)
    return checkout_id


def owed(db: Session, variant_id: UUID) -> int:
    db.rollback()
    return int(db.query(StockLevel.owed).filter_by(variant_id=variant_id).scalar())


def backordered(db: Session, *, there: int, sold: int) -> UUID:
    """A variant of which more was sold than there was."""
    pot = variant(db, stock=there)
    change_stock(db, pot, there, allow_backorder=True)
    checkout_id = reserve({pot: sold})
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=uuid4())
    return pot


def set_level(variant_id: UUID, on_hand: int, *, allow_backorder: bool = False) -> bool:
    with database.transaction() as connection:
        return stock.set_level(
            connection, variant_id, on_hand, allow_backorder=allow_backorder, reason="count", reference=None
        )


def test_all_or_nothing_is_reserved(db: Session) -> None:
    pot, lid = variant(db, "Pot", stock=5), variant(db, "Lid", stock=1)
    with pytest.raises(stock.InsufficientStockError) as caught:
        reserve({pot: 5, lid: 2})
    assert caught.value.extra["shortages"] == [{"variant_id": str(lid), "wanted": 2, "available": 1}]
    assert (stock_of(db, pot), stock_of(db, lid)) == ((5, 0), (1, 0))


def test_releasing_twice_gives_back_once(db: Session) -> None:
    pot = variant(db, stock=5)
    checkout_id = reserve({pot: 3})
    with database.transaction() as connection:
        assert [reservations.release(connection, checkout_id) for _ in range(2)] == [1, 0]
    assert stock_of(db, pot) == (5, 0)


def test_selling_twice_sells_once(db: Session) -> None:
    pot = variant(db, stock=5)
    checkout_id, order_id = reserve({pot: 3}), uuid4()
    for _ in range(2):
        with database.transaction() as connection:
            stock.sell(connection, checkout_id, reference=order_id)
    assert stock_of(db, pot) == (2, 0)
    assert stock_mismatches(db) == []


def test_restocking_twice_puts_back_once(db: Session) -> None:
    pot = variant(db, stock=5)
    checkout_id, order_id = reserve({pot: 3}), uuid4()
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=order_id)
    for _ in range(2):
        with database.transaction() as connection:
            stock.restock(connection, {pot: 3}, reference=order_id, reason="cancelled")
    assert stock_of(db, pot) == (5, 0)
    assert stock_mismatches(db) == []


def test_a_backorder_sells_what_there_is_and_owes_the_rest(db: Session) -> None:
    pot = variant(db, stock=2)
    change_stock(db, pot, 2, allow_backorder=True)
    checkout_id = reserve({pot: 5})
    assert stock_of(db, pot) == (2, 5)
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=uuid4())
    assert (stock_of(db, pot), owed(db, pot)) == ((0, 0), 3)
    assert [quantity for (quantity,) in db.query(StockMovement.quantity).filter_by(reason="sale")] == [-5]
    assert stock_mismatches(db) == []


@pytest.mark.parametrize(("arriving", "left", "still_owed"), [(2, 0, 4), (6, 0, 0), (9, 3, 0)])
def test_units_that_arrive_serve_what_is_owed_first(db: Session, arriving: int, left: int, still_owed: int) -> None:
    pot = backordered(db, there=1, sold=7)
    with database.transaction() as connection:
        stock.adjust(connection, pot, arriving, reason="received", actor="admin:1", note=None)
    assert (stock_of(db, pot), owed(db, pot)) == ((left, 0), still_owed)
    assert stock_mismatches(db) == []


def test_what_is_owed_is_not_sold_a_second_time(db: Session) -> None:
    pot = backordered(db, there=2, sold=6)
    with database.transaction() as connection:
        stock.adjust(connection, pot, 9, reason="received", actor="admin:1", note=None)
    assert set_level(pot, 5, allow_backorder=False) is True
    with pytest.raises(stock.InsufficientStockError) as caught:
        reserve({pot: 6})
    assert caught.value.extra["shortages"] == [{"variant_id": str(pot), "wanted": 6, "available": 5}]
    reserve({pot: 5})


def test_a_count_while_units_are_owed_serves_these_first_and_repeating_what_is_there_changes_nothing(
    db: Session,
) -> None:
    pot = backordered(db, there=0, sold=3)
    assert set_level(pot, 0, allow_backorder=True) is False
    assert owed(db, pot) == 3
    assert set_level(pot, 10, allow_backorder=True) is True
    assert (stock_of(db, pot), owed(db, pot)) == ((7, 0), 0)
    assert stock_mismatches(db) == []


def test_owed_units_of_a_cancelled_order_are_owed_no_longer(db: Session) -> None:
    pot, order_id = variant(db, stock=1), uuid4()
    change_stock(db, pot, 1, allow_backorder=True)
    checkout_id = reserve({pot: 4})
    with database.transaction() as connection:
        stock.sell(connection, checkout_id, reference=order_id)
        stock.restock(connection, {pot: 1}, reference=order_id, reason="refunded")
    assert (stock_of(db, pot), owed(db, pot)) == ((0, 0), 2)
    with database.transaction() as connection:
        stock.restock(connection, {pot: 4}, reference=order_id, reason="cancelled")
    assert (stock_of(db, pot), owed(db, pot)) == ((1, 0), 0)
    assert stock_mismatches(db) == []


def test_nothing_is_counted_out_that_is_not_there_while_units_are_owed(db: Session) -> None:
    pot = backordered(db, there=0, sold=2)
    with pytest.raises(stock.StockOutOfRangeError), database.transaction() as connection:
        stock.adjust(connection, pot, -1, reason="lost", actor="admin:1", note=None)


def test_a_level_is_set_with_the_movement_that_leads_to_it(db: Session) -> None:
    pot = variant(db, stock=5)
    assert set_level(pot, 8) is True
    assert set_level(pot, 8) is False
    assert set_level(pot, 0) is True
    assert stock_of(db, pot) == (0, 0)
    assert stock_mismatches(db) == []


def test_a_level_below_what_is_reserved_is_refused(db: Session) -> None:
    pot = variant(db, stock=5)
    reserve({pot: 3})
    with pytest.raises(stock.StockReservedError):
        set_level(pot, 2)
    assert set_level(pot, 2, allow_backorder=True) is True
    with pytest.raises(stock.StockReservedError):
        set_level(pot, 2, allow_backorder=False)
    assert stock_of(db, pot) == (2, 3)


def test_a_level_set_while_somebody_reserves_is_judged_by_what_was_committed(db: Session) -> None:
    """The statement begins before the reservation commits: the snapshot still shows nothing reserved."""
    pot = variant(db, stock=5)
    with reserved(uuid4(), {pot: 3}) as other:

        def act(_: int) -> str:
            try:
                return str(set_level(pot, 1))
            except stock.StockReservedError:
                return "refused"

        import threading

        threading.Timer(0.8, other.commit).start()
        assert at_once(1, act) == ["refused"]
    assert stock_of(db, pot) == (5, 3)


def test_random_work_on_the_same_variants_never_deadlocks_and_always_adds_up(db: Session) -> None:
    variants = [variant(db, f"Pot {number}", stock=60) for number in range(8)]

    def act(number: int) -> int:
        chance = random.Random(number)
        held: list[UUID] = []
        done = 0
        for _ in range(60):
            chosen = {v: chance.randint(1, 3) for v in chance.sample(variants, chance.randint(1, 8))}
            try:
                with database.transaction() as connection:
                    if held and chance.random() < 0.5:
                        checkout_id = held.pop()
                        stock.lock(connection, chosen, checkout_id=checkout_id)
                        if chance.random() < 0.5:
                            reservations.release(connection, checkout_id)
                        else:
                            stock.sell(connection, checkout_id, reference=checkout_id)
                            back = dict.fromkeys(variants, 3)
                            stock.restock(connection, back, reference=checkout_id, reason="cancelled")
                    fresh = uuid4()
                    reservations.reserve(connection, fresh, chosen)
                held.append(fresh)
                done += 1
            except stock.InsufficientStockError:
                pass
        return done

    assert sum(at_once(8, act)) > 0
    assert stock_mismatches(db) == []
