"""The table of costs: computed from the templates, and current."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from infra import costs
from infra.environments import DEV, PROD
from infra.order_traffic import REFUND, REFUNDED, SALE, per_order
from tests.infra.deployment import Deployment, deployment_of


@pytest.fixture
def bills() -> dict[str, tuple[costs.Bill, costs.Bill]]:
    """Bills by the names of the table's columns."""
    found = {}
    for name, (environment, idle, busy) in costs.columns().items():
        templates = list(deployment_of(environment).templates.values())
        found[name] = (costs.bill(environment, templates, idle), costs.bill(environment, templates, busy))
    return found


def test_the_document_holds_today_s_table(bills: dict[str, tuple[costs.Bill, costs.Bill]]) -> None:
    document = costs.DOCUMENT.read_text()
    assert document == costs.embed(document, costs.render(bills)), "run `make costs`"


def test_an_idle_development_environment_costs_less_than_25_dollars(
    bills: dict[str, tuple[costs.Bill, costs.Bill]],
) -> None:
    assert bills["dev"][0].total < 25


def test_budgets_are_above_busy_months(bills: dict[str, tuple[costs.Bill, costs.Bill]]) -> None:
    """A budget that every good month breaks is not looked at."""
    for name, (environment, _, _) in costs.columns().items():
        assert bills[name][1].total < environment.monthly_budget, name


def changed(deployed: Deployment, kind: str, change: Callable[[dict[str, Any]], None]) -> list[dict[str, Any]]:
    """The environment's templates with every resource of a kind changed."""
    templates = copy.deepcopy(list(deployed.templates.values()))
    for template in templates:
        for body in template["Resources"].values():
            if body["Type"] == kind:
                change(body["Properties"])
    return templates


def database(templates: list[dict[str, Any]]) -> float:
    return costs.bill(DEV, templates, costs.IDLE).lines["database"]


def test_a_database_that_something_keeps_awake_never_sleeps(dev: Deployment) -> None:
    asleep = database(list(dev.templates.values()))
    acu_hour = costs.price_table()["prices"]["aurora_acu_hour"]
    awake = costs.HOURS * 0.5 * acu_hour
    assert asleep == pytest.approx(0.1 * awake, rel=0.05)
    storage = costs.price_table()["prices"]["aurora_gb_month"]
    every_minute = changed(
        dev, "AWS::Scheduler::Schedule", lambda schedule: schedule.update(ScheduleExpression="rate(1 minute)")
    )
    at_minutes_of_their_own = changed(
        dev, "AWS::Scheduler::Schedule", lambda schedule: schedule.update(ScheduleExpression="rate(1 hour)")
    )
    connected = changed(
        dev,
        "AWS::Lambda::Function",
        lambda function: function.get("Environment", {}).get("Variables", {}).pop("DATABASE_PAUSES", None),
    )
    for templates in (every_minute, at_minutes_of_their_own, connected):
        assert database(templates) == pytest.approx(awake + storage, rel=0.01)


def test_metrics_of_every_route_would_be_seen_in_the_bill(dev: Deployment) -> None:
    detailed = changed(
        dev,
        "AWS::ApiGatewayV2::Stage",
        lambda stage: stage["DefaultRouteSettings"].update(DetailedMetricsEnabled=True),
    )
    routes = len(dev.resources("AWS::ApiGatewayV2::Route"))
    watched = [costs.bill(DEV, one, costs.IDLE).lines["watching"] for one in (list(dev.templates.values()), detailed)]
    assert watched[1] - watched[0] == pytest.approx(6 * 0.30 * routes, abs=3.0)  # ten metrics are free


def test_gigabytes_through_the_network_and_in_buckets_are_paid_for(prod: Deployment) -> None:
    templates = list(prod.templates.values())
    busy = costs.BUSY["prod"]
    before = costs.bill(PROD, templates, busy).lines
    more_orders = costs.bill(PROD, templates, replace(busy, orders=busy.orders + 1)).lines
    assert more_orders["network"] - before["network"] > 200 * 0.045  # what they ask of Stripe, by NAT
    more_requests = costs.bill(PROD, templates, replace(busy, requests=busy.requests + 100)).lines
    assert more_requests["network"] > before["network"]
    more_objects = costs.bill(PROD, templates, replace(busy, object_gb=busy.object_gb + 100)).lines
    assert more_objects["objects"] - before["objects"] == pytest.approx(100 * (0.023 + 0.005))


def test_snapshots_of_the_releases_of_two_weeks_are_paid_for(prod: Deployment) -> None:
    assert costs.VERSIONS_WITH_SNAPSHOT == 1 + 2 * costs.RELEASES_A_WEEK
    snapped = sum(
        function.properties["MemorySize"] / 1024 for function in prod.functions() if "SnapStart" in function.properties
    )
    month = snapped * costs.price_table()["prices"]["snapshot_gb_second"] * costs.HOURS * 3600
    functions = costs.bill(PROD, list(prod.templates.values()), costs.IDLE).lines["functions"]
    assert functions == pytest.approx(month * costs.VERSIONS_WITH_SNAPSHOT, rel=0.01)


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


def test_pages_cost_when_they_are_looked_at_and_nothing_else(prod: Deployment) -> None:
    templates = list(prod.templates.values())
    busy = costs.BUSY["prod"]
    assert costs.bill(PROD, templates, costs.IDLE).lines["pages"] == 0
    all_cached = costs.bill(PROD, templates, replace(busy, requests=10, cached=1)).lines["pages"]
    assert all_cached == pytest.approx(2 * 1.00 + 0.10 + 40 * 0.085)
    assert costs.bill(PROD, templates, replace(busy, requests=10)).lines["pages"] > all_cached


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
