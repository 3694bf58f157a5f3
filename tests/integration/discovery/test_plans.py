"""No answer reads a table from end to end, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.factories import catalog
from tests.integration.discovery.shop import FOR_CALLER, buy, customer, hold, wish, with_product
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans


def test_every_statement_finds_its_rows_by_index(
    *,
    guest: LambdaClient,
    as_customer: Callable[[User], LambdaClient],
    refresh: Callable[[], Any],
    db: Session,
    database_url: str,
) -> None:
    pot, soil, urn = (catalog.product(db, name, tags=["garden"]) for name in ("Pot", "Soil", "Urn"))
    ada = customer(db)
    buy(db, pot, buyer=ada)
    wish(db, ada, soil)
    hold(db, ada, urn)
    refresh()
    ada_s = as_customer(ada)
    ada_s.get(FOR_CALLER)
    product_id, slug, path = pot.id, pot.slug, with_product(pot)
    with executed() as statements:
        for client in (guest, ada_s):
            assert client.get(FOR_CALLER).status == 200
            for product in (product_id, slug):
                assert client.get(FOR_CALLER, query={"product": product}).status == 200
        assert guest.get(path).status == 200
    assert len(statements) == 6
    assert table_scans(database_url, statements) == {}
