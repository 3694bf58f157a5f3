"""The table of costs: computed from the templates, and current."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from infra import costs
from infra.environments import DEV, PROD
from infra.order_traffic import REFUND, REFUNDED, SALE, per_order
from tests.infra.deployment import Deployment


@pytest.fixture
def bills(
    deployment_of: Callable[[str], Deployment], two_regions: dict[str, Deployment]
) -> dict[str, tuple[costs.Bill, costs.Bill]]:
    """Bills by the names of the table's columns."""
    found = {}
    for name, (environment, idle, busy) in costs.columns().items():
        if environment.second_region:
            templates = [t for deployed in two_regions.values() for t in deployed.templates.values()]
        else:
            templates = list(deployment_of(environment.name).templates.values())
        found[name] = (costs.bill(environment, templates, idle), costs.bill(environment, templates, busy))
    return found


def test_the_document_holds_today_s_table(bills: dict[str, tuple[costs.Bill, costs.Bill]]) -> None:
    document = costs.DOCUMENT.read_text()
    assert document == costs.embed(document, costs.render(bills)), "run `make costs`"


def test_an_idle_development_environment_costs_less_than_a_nat_gateway(
    bills: dict[str, tuple[costs.Bill, costs.Bill]],
) -> None:
    prices = costs.price_table()["prices"]
    gateway = prices["nat_gateway_hour"] + prices["public_ipv4_hour"]  # it needs an address
    assert bills["dev"][0].total < gateway * costs.HOURS


def test_budgets_are_above_busy_months(bills: dict[str, tuple[costs.Bill, costs.Bill]]) -> None:
    """A budget that every good month breaks is not looked at."""
    for name, (environment, _, _) in costs.columns().items():
        assert bills[name][1].total < environment.monthly_budget, name


def test_a_database_that_is_woken_every_minute_never_sleeps(dev: Deployment) -> None:
    templates = list(dev.templates.values())
    hourly = costs.bill(DEV, templates, costs.IDLE).lines["database"]
    every_minute = costs.bill(replace(DEV, housekeeping_minutes=1), templates, costs.IDLE).lines["database"]
    acu_hour = costs.price_table()["prices"]["aurora_acu_hour"]
    assert every_minute - hourly == pytest.approx(0.5 * acu_hour * costs.HOURS * 0.9)


def test_what_is_free_is_not_charged() -> None:
    bill = costs.Bill(costs.price_table())
    bill.add("watching", 3, "dashboard_month", free="dashboards")
    bill.add("watching", 4, "dashboard_month", free="dashboards")
    assert bill.total == 3.00


def test_more_requests_cost_more(prod: Deployment) -> None:
    templates = list(prod.templates.values())
    busy = costs.BUSY["prod"]
    twice = replace(busy, requests=2 * busy.requests)
    assert costs.bill(PROD, templates, twice).total > costs.bill(PROD, templates, busy).total


def test_prices_say_when_and_where_they_are_from() -> None:
    table = costs.price_table()
    assert table["date"]
    assert table["region"]
    assert "aws.amazon.com" in table["source"]


def test_a_document_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="costs: begin"):
        costs.embed("nothing", "table")


def test_an_order_fills_the_queues_that_the_templates_name(dev: Deployment) -> None:
    resources = [body for template in dev.templates.values() for body in template["Resources"].values()]
    order = per_order(resources)
    without_queues = per_order([body for body in resources if body["Type"] != "AWS::Events::Rule"])
    webhooks = SALE.webhooks + REFUNDED * REFUND.webhooks
    assert without_queues.messages == pytest.approx(webhooks)
    # Confirmation, parcel, delivery and refund are mailed; a product's change wakes those who wish, and the purge.
    assert order.messages >= webhooks + 3 + 2 * SALE.events["ProductChanged"] + REFUNDED
    assert order.events == pytest.approx(sum(SALE.events.values()) + REFUNDED * sum(REFUND.events.values()))
