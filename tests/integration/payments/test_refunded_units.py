"""What is refunded is not shipped, what cannot be supplied can be closed, and stock follows: through both contexts."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import text

from shared.contexts.catalog.models.products import StockLevel
from shared.contexts.ordering import order_links
from shared.contexts.ordering.models.orders import Order, OrderItem
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Refund
from tests.contract.applications import entry_point
from tests.factories import shipments
from tests.factories.ordering import Shopper, stock_mismatches
from tests.integration.payments.stage import Stage
from tests.integration.payments.test_order_events import deliver
from tests.integration.payments.test_returned_goods import come_back, requests
from tests.support import database_logins
from tests.support.lambda_client import Answer, LambdaClient

PAID = ("charge.succeeded", "payment_intent.succeeded")


class Sale:
    """A paid and judged order of some units of one line, ten of which were there, and the people around it."""

    def __init__(self, stage: Stage, units: int, amount: int) -> None:
        self.stage = stage
        payment = stage.a_payment("pm_card_gb", amount=amount, quantity=units)
        assert stage.deliver(*stage.events(*PAID)) == []
        stage.db.refresh(payment)
        self.payment: Payment = payment
        self.order_id: uuid.UUID = stage.order_of(payment).id
        self.item_id: uuid.UUID = stage.db.query(OrderItem.id).filter_by(order_id=self.order_id).scalar()
        self.staff = stage.admin()
        self.ordering = Shopper(LambdaClient(entry_point("ordering"), self.staff.headers))

    def refund(self, units: int | None = None, **options: Any) -> Answer:
        body: dict[str, Any] = {"reason": "other"}
        if units is None:
            body |= options
        else:
            body["lines"] = [{"order_item_id": str(self.item_id), "quantity": units, **options}]
        path = f"/api/v1/admin/payments/{self.payment.id}/refunds"
        return self.staff.post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})

    def ship(self, units: int | None = None) -> Answer:
        body: dict[str, Any] = {"carrier": "zto"}
        if units is not None:
            body["lines"] = [{"order_item_id": str(self.item_id), "quantity": units}]
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return self.ordering.send("POST", f"/admin/orders/{self.order_id}/shipments", json=body, headers=headers)

    def arrive(self, parcel: Any) -> None:
        body = {"status": "delivered", "version": parcel["version"]}
        assert self.ordering.send("PATCH", f"/shipments/{parcel['id']}", json=body).status == 200

    def set(self, status: str) -> Answer:
        body = {"status": status, "version": self.shown()["version"]}
        return self.ordering.send("PUT", f"/admin/orders/{self.order_id}", json=body)

    def shown(self) -> Any:
        return self.ordering.send("GET", f"/admin/orders/{self.order_id}").json()

    def states(self) -> tuple[str, str, str, str]:
        shown = self.shown()
        return shown["state"], shown["payment_status"], shown["fulfilment_status"], shown["status"]

    def stock(self) -> int:
        self.stage.db.rollback()
        assert stock_mismatches(self.stage.db) == []
        return int(self.stage.db.query(StockLevel.on_hand).scalar())

    def hand_over_requests(self) -> None:
        """What ordering asked for reaches payments."""
        with database_logins.logged_in("payments"):
            assert deliver(*requests(self.stage)) == []

    def refund_at_dashboard(self, amount: int | None = None) -> None:
        self.stage.refund_at_dashboard(self.payment, amount)
        with database_logins.logged_in("payments"):
            events = self.stage.events("refund.created", "refund.updated", "charge.refunded")
            assert self.stage.deliver(*events) == []

    def returned(self) -> Any:
        [one] = self.ordering.send("GET", "/admin/returns").json()["items"]
        return one

    def told(self) -> list[str]:
        return [event["detail-type"] for event in self.stage.cloud.published()]


@pytest.fixture
def sale(stage: Stage) -> Sale:
    return Sale(stage, units=4, amount=3600)


def test_refunded_units_are_not_shipped_and_the_order_ends_without_them(sale: Sale) -> None:
    assert sale.refund(1).status == 201
    assert sale.stock() == 7, "one of four is back"
    parcel = sale.ship().json()
    assert [line["quantity"] for line in parcel["lines"]] == [3]
    assert sale.states() == ("open", "partially_refunded", "shipped", "shipped")
    sale.told()
    sale.arrive(parcel)
    assert sale.states() == ("completed", "partially_refunded", "delivered", "delivered")
    assert "OrderDelivered" in sale.told()
    assert sale.shown()["moves"] == []


def test_a_refund_of_what_is_left_ends_an_order_whose_parcels_have_arrived(sale: Sale) -> None:
    sale.arrive(sale.ship(3).json())
    assert sale.states() == ("open", "paid", "partially_shipped", "processing")
    assert sale.refund(1).status == 201
    assert sale.states() == ("completed", "partially_refunded", "delivered", "delivered")
    assert sale.ship().json()["code"] == "not_shippable"
    assert sale.set("shipped").json()["code"] == "illegal_status_move"
    assert len(sale.shown()["shipments"]) == 1, "nobody has made up a parcel"


def test_units_refunded_one_after_the_other_leave_nothing_and_close_the_order(sale: Sale) -> None:
    for _ in range(2):
        assert sale.refund(2).status == 201
    assert sale.states() == ("completed", "refunded", "unfulfilled", "refunded")
    assert sale.stock() == 10


@pytest.mark.parametrize(
    ("options", "left_to_ship", "stock"),
    [
        ({}, 1, 7),
        ({"restock": False}, 1, 6),
        ({"handed_over": True}, 2, 6),
        ({"handed_over": True, "restock": True}, 2, 7),
    ],
)
def test_a_refund_says_which_units_it_takes_and_whether_they_go_back_to_stock(
    options: dict[str, bool], left_to_ship: int, stock: int, sale: Sale
) -> None:
    sale.ship(2)
    assert sale.refund(1, **options).status == 201
    [item] = sale.shown()["items"]
    assert (item["refunded_quantity"], item["handed_over_quantity"]) == (1, 2)
    assert (item["remaining_quantity"], sale.stock()) == (left_to_ship, stock)


def test_no_more_units_are_refunded_as_handed_over_than_were(sale: Sale) -> None:
    sale.ship(1)
    refused = sale.refund(2, handed_over=True)
    assert (refused.status, refused.json()["refundable_quantity"]) == (409, 1)


def test_restock_belongs_to_units_and_to_a_refund_of_all(sale: Sale) -> None:
    assert sale.refund(amount=100, restock=True).status == 422
    assert sale.refund(1, restock="yes").status == 422


@pytest.mark.parametrize(("restock", "stock"), [(None, 10), (True, 10), (False, 6)])
def test_a_full_refund_closes_the_order_and_restocks_unless_told_otherwise(
    restock: bool | None, stock: int, sale: Sale
) -> None:
    assert sale.refund(restock=restock).status == 201
    assert sale.states() == ("completed", "refunded", "unfulfilled", "refunded")
    assert sale.stock() == stock
    assert sale.shown()["moves"] == []


def test_a_full_refund_of_a_partly_shipped_order_restocks_what_never_left(sale: Sale) -> None:
    parcel = sale.ship(3).json()
    sale.refund()
    assert sale.states() == ("open", "refunded", "shipped", "refunded")
    assert sale.stock() == 7
    sale.arrive(parcel)
    assert sale.states()[:3] == ("completed", "refunded", "delivered")


def test_a_refund_made_at_the_dashboard_takes_the_same_way(sale: Sale) -> None:
    sale.refund_at_dashboard(1000)
    assert sale.states() == ("open", "partially_refunded", "unfulfilled", "partially_refunded")
    assert sale.stock() == 6, "an amount takes no units"
    sale.refund_at_dashboard()
    assert sale.states() == ("completed", "refunded", "unfulfilled", "refunded")
    assert sale.stock() == 10
    assert sale.ship().json()["code"] == "not_shippable"


def test_the_rest_of_a_partly_refunded_order_can_be_cancelled(sale: Sale) -> None:
    sale.refund(1)
    sale.refund(amount=250)
    assert "cancelled" in sale.shown()["moves"]
    assert sale.set("cancelled").status == 200
    assert sale.states() == ("cancelled", "partially_refunded", "unfulfilled", "cancelled")
    sale.hand_over_requests()
    assert sale.states() == ("cancelled", "refunded", "unfulfilled", "refunded")
    assert sum(sale.stage.refunds_at_provider(sale.payment)) == 3600
    assert sale.stock() == 10


def test_a_partly_shipped_order_does_not_list_a_cancellation_that_is_refused(sale: Sale) -> None:
    sale.ship(1)
    assert sale.shown()["moves"] == ["shipped"]
    assert sale.set("cancelled").json()["code"] == "already_shipped"


def test_a_delivered_order_with_a_goodwill_refund_is_still_delivered(sale: Sale) -> None:
    sale.arrive(sale.ship().json())
    sale.refund(amount=100)
    assert sale.states() == ("completed", "partially_refunded", "delivered", "delivered")
    for status in ("delivered", "partially_refunded"):
        listed = sale.ordering.send("GET", "/admin/orders", query={"status": status}).json()["items"]
        assert [order["id"] for order in listed] == [str(sale.order_id)], status
    assert sale.set("processing").json()["code"] == "illegal_status_move"


def test_units_that_were_free_can_be_refunded_with_nothing(stage: Stage) -> None:
    sale = Sale(stage, units=4, amount=3600)
    stage.db.query(OrderItem).update({"discount_amount": 3599, "total_amount": 1})
    stage.db.commit()
    reply = sale.refund(1)
    assert (reply.status, reply.json()["amount"], reply.json()["status"]) == (201, 0, "succeeded")
    assert stage.refunds_at_provider(sale.payment) == []
    assert (sale.shown()["items"][0]["remaining_quantity"], sale.stock()) == (3, 7)
    assert sale.states()[1] == "partially_refunded"


def test_a_refund_that_fails_after_all_is_no_second_restock_when_it_is_repeated(sale: Sale) -> None:
    """Its units are off the order already, and back in stock; only the money has to go once more."""
    assert sale.refund(1).status == 201
    sale.stage.db.execute(text("UPDATE refunds SET status = 'failed'"))
    sale.stage.db.commit()
    assert sale.shown()["items"][0]["remaining_quantity"] == 3
    assert sale.refund(1).status == 201
    assert (sale.shown()["items"][0]["remaining_quantity"], sale.stock()) == (3, 7)
    assert sale.refund(1).status == 201
    assert (sale.shown()["items"][0]["remaining_quantity"], sale.stock()) == (2, 8)


def test_a_return_promises_what_payments_sends(sale: Sale) -> None:
    shipments.sent(sale.stage.db, sale.order_id, delivered=True)
    sale.refund(amount=3000)
    come_back(sale.order_id, sale.item_id, 4)
    assert sale.returned()["refund_amount"] is None
    sale.hand_over_requests()
    shown = sale.returned()
    assert (shown["status"], shown["refund_amount"], shown["lines"][0]["refund_amount"]) == ("refunded", 600, 600)
    assert sorted(sale.stage.refunds_at_provider(sale.payment)) == [600, 3000]
    lines = sale.stage.db.execute(text("SELECT sum(amount) FROM refund_lines")).scalar_one()
    assert lines == 600, "what stands on the lines is what was sent"


def test_a_return_of_which_nothing_is_left_to_refund_is_closed(sale: Sale) -> None:
    shipments.sent(sale.stage.db, sale.order_id, delivered=True)
    come_back(sale.order_id, sale.item_id, 2)
    sale.refund()
    sale.hand_over_requests()
    shown = sale.returned()
    assert (shown["status"], shown["refund_amount"]) == ("refunded", 0)


def test_the_money_of_a_disputed_order_is_not_asked_back_from_the_provider(stage: Stage) -> None:
    sale = Sale(stage, units=2, amount=2000)
    columns = "payment_id, order_id, provider, provider_dispute_id, amount, currency, reason, status, opened_at"
    values = "id, order_id, provider, 'dp_1', amount, currency, 'fraudulent', 'under_review', now()"
    stage.db.execute(text(f"INSERT INTO disputes ({columns}) SELECT {values} FROM payments"))
    order = stage.db.get_one(Order, sale.order_id)
    order.user_id = None
    stage.db.commit()
    token = order_links.encode(order.id, order.created_at)
    customer = Shopper(LambdaClient(entry_point("ordering")))
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    path = f"/orders/{order.id}/cancel"
    refused = customer.send("POST", path, json={}, query={"token": token}, headers=headers)
    assert (refused.status, refused.json()["code"]) == (409, "payment_disputed")
    assert sale.set("cancelled").status == 200, "staff can stop it from being shipped"
    sale.hand_over_requests()
    assert (stage.db.query(Refund).count(), stage.refunds_at_provider(sale.payment)) == (0, [])
