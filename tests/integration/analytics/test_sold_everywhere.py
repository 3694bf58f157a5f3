"""One set of sales through all that counts them: what was cancelled or refunded counts nowhere."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import outbox
from shared.contexts.catalog.models.products import Product
from shared.contexts.ordering import order_refunds
from shared.contexts.ordering.order_refunds import RefundedUnits
from shared.permissions import Role
from tests.contract.applications import entry_point
from tests.factories import catalog, identity
from tests.factories.ordering import Shopper, pay
from tests.integration.ordering.fulfilment import cancel
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

EVENTS = Path(__file__).parents[3] / "events"


def run(context: str, schedule: str) -> None:
    handler = entry_point(context, schedule)
    handler(json.loads((EVENTS / context / f"{schedule}.json").read_text()), Context())


@database_logins.logged_in("payments")
def refunded(order: Any, units: dict[int, int] | None, *, in_full: bool = False) -> None:
    """Units of the order's lines, by their number, or an amount that takes no units."""
    lines = []
    for number, quantity in (units or {}).items():
        item = order["items"][number]
        amount = item["total_amount"] * quantity // item["quantity"]
        lines.append(RefundedUnits(uuid.UUID(item["id"]), quantity, amount, 0))
    with outbox.unit_of_work() as connection:
        order_refunds.record(connection, uuid.UUID(order["id"]), in_full=in_full, lines=lines)


def test_ranking_popularity_recommendations_and_overview_count_the_same(
    db: Session, aws: Cloud, signing_key: TestSigningKey
) -> None:
    products = [catalog.product(db, f"Tile {letter}", amount=100 + 7 * n, stock=500) for n, letter in enumerate("ABCD")]
    variants = [catalog.variants(db, product)[0].id for product in products]

    def bought(*quantities: int) -> tuple[Shopper, Any]:
        shopper = Shopper(LambdaClient(entry_point("ordering")))
        shopper = shopper.signed_in(signing_key.authorization(identity.user(db)))
        for variant_id, quantity in zip(variants, quantities, strict=True):
            if quantity:
                shopper.add(variant_id, quantity)
        order = shopper.order(shopper.check_out().json()["id"]).json()
        assert pay(order["checkout_id"]) == "paid"
        return shopper, order

    bought(2, 1, 0, 0)
    bought(1, 3, 0, 0)
    shopper, order = bought(0, 0, 200, 100)
    assert cancel(shopper, order).status == 200
    refunded(bought(0, 0, 90, 80)[1], None, in_full=True)
    refunded(bought(5, 0, 4, 0)[1], {0: 2, 1: 4})
    refunded(bought(0, 2, 0, 0)[1], None)  # goodwill: the units stay sold
    refunded(bought(0, 0, 3, 3)[1], {0: 3, 1: 3})
    expected = {products[0].id: 2 + 1 + 3, products[1].id: 1 + 3 + 2}
    revenue = {products[0].id: 6 * 100, products[1].id: 6 * 107}

    run("analytics", "refresh_views")
    run("catalog", "refresh_popularity")
    run("discovery", "refresh_recommendations")

    admin = LambdaClient(entry_point("analytics"), signing_key.authorization(identity.user(db, Role.ADMIN)))
    ranked = admin.get("/api/v1/admin/analytics/products", query={"by": "units", "currency": "USD"}).json()["products"]
    assert {uuid.UUID(row["product_id"]): row["units"] for row in ranked} == expected
    assert {uuid.UUID(row["product_id"]): row["revenue_amount"] for row in ranked} == revenue
    overview = admin.get("/api/v1/admin/analytics", query={"currency": "USD"}).json()["sales"][0]["total"]
    assert (overview["units"], overview["orders"]) == (sum(expected.values()), 4)
    db.rollback()
    popular = {product.id: product.sold_count for product in db.query(Product) if product.sold_count}
    assert popular == expected
    together = db.execute(text("SELECT product_id FROM product_neighbours WHERE bought > 0")).scalars()
    assert set(together) == set(expected), "two people bought A and B, and nobody kept C and D"
