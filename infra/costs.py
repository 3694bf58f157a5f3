"""What a month costs: resources counted in the synthesized templates, use assumed below, prices from `prices.json`.

`python -m infra.costs` writes the table into `docs/operations/costs.md`; a test fails when it is not current.
"""

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from infra import page_traffic
from infra.checked_templates import checked_templates
from infra.constructs.alarms import NAMESPACE
from infra.environments import DEV, PROD, STAGING, Environment
from infra.order_traffic import PerOrder, per_order
from infra.wakings import HOURS, MINUTES, runs, wakings

ROOT: Final = Path(__file__).resolve().parent.parent
PRICES_FILE: Final = ROOT / "infra" / "prices.json"
DOCUMENT: Final = ROOT / "docs" / "operations" / "costs.md"
BEGIN, END = "<!-- costs: begin -->", "<!-- costs: end -->"

# RDS Proxy in front of Aurora Serverless v2 is charged for eight units at least.
PROXY_MINIMUM_ACU: Final = 8

Template = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Use:
    """A month's use, on top of what stands there anyway.

    `requests` reach CloudFront, in millions; `cached` is the share that it answers by itself. Answers have `kilobytes`,
    invocations last `milliseconds`. `orders` are in millions; what each sets going stands in `infra/order_traffic.py`.
    `acu` is the database's average capacity while it is awake, `database_gb` what it stores, `object_gb` what is in the
    buckets.
    """

    requests: float
    cached: float
    kilobytes: float
    milliseconds: float
    orders: float
    acu: float
    database_gb: float
    object_gb: float


IDLE: Final = Use(requests=0, cached=0, kilobytes=0, milliseconds=0, orders=0, acu=0, database_gb=1, object_gb=1)
BUSY: Final = {
    "dev": Use(
        requests=0.1, cached=0.2, kilobytes=4, milliseconds=60, orders=0.001, acu=0.5, database_gb=1, object_gb=1
    ),
    "staging": Use(
        requests=1, cached=0.5, kilobytes=4, milliseconds=30, orders=0.01, acu=1, database_gb=5, object_gb=10
    ),
    "prod": Use(
        requests=100, cached=0.6, kilobytes=4, milliseconds=25, orders=0.5, acu=6, database_gb=100, object_gb=200
    ),
}
# Of a working month, in hours: how long somebody uses an environment whose database pauses.
WORKING_HOURS: Final = 160
INVOCATION_MB: Final = 512
# Lambda keeps a version's snapshot, and is paid for it, until nobody has called the version for two weeks: the present
# one, and those of so many releases before.
RELEASES_A_WEEK: Final = 2
VERSIONS_WITH_SNAPSHOT: Final = 1 + 2 * RELEASES_A_WEEK
COLD_STARTS: Final = 0.002
LOG_KILOBYTES_PER_INVOCATION: Final = 1.0
QUEUE_CALLS_PER_MESSAGE: Final = 3
# CloudFront's additional ones, at the price of others (CloudFront guide, "Additional CloudFront metrics").
METRICS_OF_A_DISTRIBUTION: Final = 8
# Long polling by Lambda's five pollers per queue, each of 20 seconds at most.
POLLS_PER_QUEUE: Final = 5 * MINUTES * 3
# Lambda keeps one in twenty traces, and the first of every second.
TRACED: Final = 0.05
WRITES_PER_REQUEST: Final = 0.2
IO_PER_INVOCATION: Final = 2
# Metrics of each route, where the gateway counts by route (API Gateway guide, "Working with CloudWatch metrics").
METRICS_OF_A_ROUTE: Final = 6
# To and from Stripe, through NAT: its objects are large, and each order reads some of them again.
PROVIDER_KILOBYTES_PER_ORDER: Final = 200
# To and from the bus, queues and secrets, through interface endpoints.
SERVICE_KILOBYTES_PER_INVOCATION: Final = 4
# Objects that are written or read from buckets by others than CloudFront's caches, per gigabyte kept.
OBJECT_CALLS_PER_GB: Final = 1_000


class Bill:
    """Lines of a month's bill in US dollars, by what they are for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.prices: Mapping[str, float] = table["prices"]
        self.free: Mapping[str, float] = table["free"]
        self.lines: dict[str, float] = {}

    def add(self, line: str, quantity: float, price: str, *, free: str | None = None) -> None:
        """Charge `quantity` less what is free."""
        charged = max(0.0, quantity - (self.free[free] if free else 0.0))
        self.lines[line] = self.lines.get(line, 0.0) + charged * self.prices[price]

    @property
    def total(self) -> float:
        return sum(self.lines.values())


def price_table() -> dict[str, Any]:
    """The prices with their region, date and source."""
    table: dict[str, Any] = json.loads(PRICES_FILE.read_text())
    return table


def bill(environment: Environment, templates: Iterable[Template], use: Use) -> Bill:
    """What a month of `use` costs in an environment with these stacks."""
    resources = [body for template in templates for body in template["Resources"].values()]
    result, order = Bill(price_table()), per_order(resources)
    _network(result, resources, use, order)
    _database(result, environment, resources, use)
    _objects(result, use)
    _watching(result, resources, use, order)
    _edge(result, resources, use)
    _functions(result, resources, use, order)
    page_traffic.charge(result, use.requests, cached=use.cached)
    return result


def _of(resources: list[Template], kind: str) -> list[dict[str, Any]]:
    return [body.get("Properties", {}) for body in resources if body["Type"] == kind]


def _network(result: Bill, resources: list[Template], use: Use, order: PerOrder) -> None:
    gateways = len(_of(resources, "AWS::EC2::NatGateway"))
    instances = len(_of(resources, "AWS::EC2::Instance"))
    result.add("network", gateways * HOURS, "nat_gateway_hour")
    result.add("network", instances * HOURS, "t4g_nano_hour")
    result.add("network", instances * 8, "gp3_gb_month")
    result.add("network", (gateways + instances) * HOURS, "public_ipv4_hour")
    zones = [
        len(endpoint["SubnetIds"])
        for endpoint in _of(resources, "AWS::EC2::VPCEndpoint")
        if endpoint["VpcEndpointType"] == "Interface"
    ]
    result.add("network", sum(zones) * HOURS, "interface_endpoint_hour")
    if gateways:
        result.add("network", use.orders * PROVIDER_KILOBYTES_PER_ORDER, "nat_gateway_gb")
    if zones:
        gigabytes = _invocations(use, order) * SERVICE_KILOBYTES_PER_INVOCATION
        result.add("network", gigabytes, "interface_endpoint_gb")


def _invocations(use: Use, order: PerOrder) -> float:
    """By requests, and by what orders set going; in millions, so that kilobytes of each are gigabytes."""
    return use.requests * (1 - use.cached) + use.orders * order.invocations


def _objects(result: Bill, use: Use) -> None:
    result.add("objects", use.object_gb, "s3_gb_month")
    result.add("objects", use.object_gb * OBJECT_CALLS_PER_GB / 1_000, "s3_thousand_writes")


def _database(result: Bill, environment: Environment, resources: list[Template], use: Use) -> None:
    instances = len(_of(resources, "AWS::RDS::DBInstance"))
    result.add("database", _acu_hours(environment, resources, use, instances), "aurora_acu_hour")
    clusters = len(_of(resources, "AWS::RDS::DBCluster"))
    result.add("database", clusters * use.database_gb, "aurora_gb_month")
    # One copy of the data is free; changes of the kept days are about as much again in a month.
    result.add("database", clusters * use.database_gb * environment.backup_days / 30, "aurora_backup_gb_month")
    result.add("database", use.requests * (1 - use.cached) * IO_PER_INVOCATION, "aurora_million_io")
    proxies = len(_of(resources, "AWS::RDS::DBProxy"))
    units = max(PROXY_MINIMUM_ACU, use.acu * (1 + environment.database_readers))
    result.add("proxy", proxies * units * HOURS, "proxy_acu_hour")


def _acu_hours(environment: Environment, resources: list[Template], use: Use, instances: int) -> float:
    pause = environment.database_pause_minutes
    if pause is None:
        return max(environment.database_min_capacity, use.acu) * HOURS * instances
    # Awake for a minute and the pause after each time that schedules wake it, at the smallest capacity there is.
    woken = min(HOURS, wakings(resources) * (pause + 1) / 60) * 0.5
    return (woken + (use.acu * WORKING_HOURS if use.requests else 0)) * instances


def _watching(result: Bill, resources: list[Template], use: Use, order: PerOrder) -> None:
    result.add("keys and secrets", len(_of(resources, "AWS::KMS::Key")), "kms_key_month")
    secrets = sum(1 + len(secret.get("ReplicaRegions", [])) for secret in _of(resources, "AWS::SecretsManager::Secret"))
    managed = sum(bool(cluster.get("ManageMasterUserPassword")) for cluster in _of(resources, "AWS::RDS::DBCluster"))
    result.add("keys and secrets", secrets + managed, "secret_month")
    result.add("keys and secrets", use.orders * 10, "kms_million_requests", free="kms_million")
    # One that computes is paid for by the metric.
    alarms = _of(resources, "AWS::CloudWatch::Alarm")
    looked_at = sum(sum("MetricStat" in one for one in alarm.get("Metrics", ())) or 1 for alarm in alarms)
    result.add("watching", looked_at, "alarm_month", free="alarms")
    result.add("watching", len(_of(resources, "AWS::CloudWatch::Dashboard")), "dashboard_month", free="dashboards")
    result.add("watching", _metrics(resources), "metric_month", free="metrics")
    invocations = _invocations(use, order)
    gigabytes = invocations * LOG_KILOBYTES_PER_INVOCATION
    result.add("watching", gigabytes, "log_gb_ingested", free="log_gb")
    result.add("watching", gigabytes, "log_gb_month", free="log_gb")
    result.add("watching", invocations * TRACED, "trace_million", free="traces_million")


def _metrics(resources: list[Template]) -> int:
    """Metrics that are paid for: those that filters make, that alarms name in our namespace, CloudFront's, and those of
    routes.
    """
    filters = len(_of(resources, "AWS::Logs::MetricFilter"))
    edge = METRICS_OF_A_DISTRIBUTION * len(_of(resources, "AWS::CloudFront::MonitoringSubscription"))
    alarms = [a for a in _of(resources, "AWS::CloudWatch::Alarm") if a.get("Namespace") == NAMESPACE]
    by_route = METRICS_OF_A_ROUTE * len(_of(resources, "AWS::ApiGatewayV2::Route"))
    stages = _of(resources, "AWS::ApiGatewayV2::Stage")
    detailed = any(stage["DefaultRouteSettings"].get("DetailedMetricsEnabled") for stage in stages)
    named = {alarm["MetricName"] for alarm in alarms if alarm.get("Dimensions")}
    return filters + edge + len(named) + (by_route if detailed else 0)


def _edge(result: Bill, resources: list[Template], use: Use) -> None:
    for acl in _of(resources, "AWS::WAFv2::WebACL"):
        result.add("firewall", 1, "web_acl_month")
        result.add("firewall", len(acl["Rules"]), "web_acl_rule_month")
        result.add("firewall", use.requests, "web_acl_million_requests")
    result.add("edge", 1 if _of(resources, "AWS::Route53::RecordSet") else 0, "hosted_zone_month")
    result.add("edge", len(_of(resources, "AWS::Route53::HealthCheck")), "health_check_month")
    result.add("edge", use.requests, "cloudfront_million_requests", free="cloudfront_million")
    result.add("edge", use.requests * use.kilobytes, "cloudfront_gb_out", free="cloudfront_gb")
    result.add("edge", use.requests * (1 - use.cached), "http_api_million")


def _functions(result: Bill, resources: list[Template], use: Use, order: PerOrder) -> None:
    scheduled = sum(
        runs(schedule["ScheduleExpression"]) / 1e6
        for schedule in _of(resources, "AWS::Scheduler::Schedule")
        if schedule["State"] == "ENABLED"
    )
    invocations = _invocations(use, order) + scheduled
    milliseconds = use.milliseconds or 50
    result.add("functions", invocations, "lambda_million", free="lambda_million")
    seconds = invocations * 1e6 * milliseconds / 1000 * INVOCATION_MB / 1024
    result.add("functions", seconds, "lambda_gb_second", free="lambda_gb_seconds")
    snapped = [f["MemorySize"] / 1024 for f in _of(resources, "AWS::Lambda::Function") if "SnapStart" in f]
    result.add("functions", sum(snapped) * VERSIONS_WITH_SNAPSHOT * MINUTES * 60, "snapshot_gb_second")
    restored = invocations * 1e6 * COLD_STARTS * INVOCATION_MB / 1024 if snapped else 0
    result.add("functions", restored, "snapshot_restored_gb")
    mappings = len(_of(resources, "AWS::Lambda::EventSourceMapping"))
    calls = mappings * POLLS_PER_QUEUE / 1e6 + use.orders * order.messages * QUEUE_CALLS_PER_MESSAGE
    result.add("messages", calls, "sqs_million", free="sqs_million")
    result.add("messages", use.orders * order.events, "events_million")
    result.add("messages", scheduled, "scheduler_million", free="scheduler_million")
    result.add("messages", use.orders * 1000 * order.mails, "mail_thousand")
    result.add("messages", use.requests * (1 - use.cached) * WRITES_PER_REQUEST, "dynamodb_million_writes")


def columns() -> dict[str, tuple[Environment, Use, Use]]:
    """Environments of the table, by their names there: with their idle and their busy month."""
    two = dataclasses.replace(PROD, second_region="ap-northeast-1")
    sizes = {"dev": DEV, "staging": STAGING, "prod": PROD, "prod, two regions": two}
    return {name: (size, IDLE, BUSY[size.name]) for name, size in sizes.items()}


def render(bills: Mapping[str, tuple[Bill, Bill]]) -> str:
    """The table in Markdown: a row per line of the bills, a column per environment and month."""
    table = price_table()
    names = [name for size in bills for name in (f"{size}, idle", f"{size}, busy")]
    ordered = [one for pair in bills.values() for one in pair]
    lines = list(dict.fromkeys(line for one in ordered for line in one.lines))
    rows = [f"| US dollars a month | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    rows += [f"| {line} | {' | '.join(_dollars(one.lines.get(line, 0.0)) for one in ordered)} |" for line in lines]
    rows.append(f"| **together** | {' | '.join(f'**{_dollars(one.total)}**' for one in ordered)} |")
    origin = f"Prices of {table['region']}, {table['date']}: {table['source']}. {table['note']}."
    return "\n".join([*rows, "", origin])


def _dollars(amount: float) -> str:
    return f"{amount:,.2f}" if amount < 10 else f"{amount:,.0f}"


def embed(document: str, table: str) -> str:
    """The document with the table between its two marks. Raises `ValueError` where the marks are missing."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not pattern.search(document):
        raise ValueError(f"no {BEGIN} ... {END} in the document")
    return pattern.sub(lambda _: f"{BEGIN}\n{table}\n{END}", document)


def main() -> None:
    """Synthesize every environment, and write the table into the document."""
    bills = {}
    for name, (environment, idle, busy) in columns().items():
        with checked_templates(environment) as folder:
            templates = [json.loads(path.read_text()) for path in sorted(folder.glob("*.template.json"))]
        bills[name] = (bill(environment, templates, idle), bill(environment, templates, busy))
    DOCUMENT.write_text(embed(DOCUMENT.read_text(), render(bills)))
    print(f"{DOCUMENT.relative_to(ROOT)} is current.")


if __name__ == "__main__":
    main()
