"""Answers from a run, scaled up from its sample: what was needed, what was refused, what an hour costs."""

from dataclasses import dataclass
from typing import Any, Final

from infra.capacity.measurements import Measurements
from infra.capacity.model import Model, Seen
from infra.capacity.scenario import Limits, Load, Step
from infra.costs import LOG_KILOBYTES_PER_INVOCATION, QUEUE_CALLS_PER_MESSAGE, WRITES_PER_REQUEST, Bill, price_table
from infra.order_traffic import SALE

KILOBYTES: Final = 4.0
INSTANCES: Final = 2
"""Of the database: the reader scales with the writer, ready to take its place."""
_EVENTS_PER_ORDER: Final = sum(SALE.events.values())


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Rates are per second after the ramp, times in seconds; `refused` is the share of requests by limit."""

    requests: float
    served: float
    cached: float
    orders: float
    p50: float
    p95: float
    refused: dict[str, float]
    first_limit: str | None
    first_limit_at: float | None
    concurrency: int
    connections: int
    acu: float
    database_busy: float
    oldest_event: float
    dollars_per_hour: float


def answer(load: Load, limits: Limits, steps: tuple[Step, ...], measured: Measurements) -> Answer:
    """Simulate and sum up."""
    model = Model(load, limits, steps, measured)
    coming, seen = model.run()
    second = load.sample / (load.seconds - load.ramp)
    times = sorted(seen.seconds) or [0.0]
    hit = {**seen.first_refusal, **coming.first_refusal}
    first = min(hit, key=lambda name: hit[name], default=None)
    return Answer(
        requests=seen.arrivals * second,
        served=(len(seen.seconds) + seen.cached) * second,
        cached=seen.cached * second,
        orders=seen.orders * second,
        p50=times[len(times) // 2],
        p95=times[int(len(times) * 0.95)],
        refused={limit: count / seen.arrivals for limit, count in sorted(seen.refused.items())},
        first_limit=first,
        first_limit_at=hit[first] if first else None,
        concurrency=max(1, model.account.peak) * load.sample,
        connections=max(coming.connections, seen.connections) * load.sample,
        acu=max(coming.acu + seen.acu),
        database_busy=seen.database_busy,
        oldest_event=max(coming.oldest_event, seen.oldest_event),
        dollars_per_hour=_dollars(seen, second * 3600, max(seen.acu, default=limits.least_acu)),
    )


def _dollars(seen: Seen, hours: float, acu: float) -> float:
    """What an hour at this rate costs; `hours` scales a count of the run to an hour. Standing costs not included."""
    bill = Bill(price_table())
    million = hours / 1e6
    gateway = seen.arrivals - seen.cached
    for name in ("cloudfront_million_requests", "web_acl_million_requests"):
        bill.add("edge", seen.arrivals * million, name)
    bill.add("edge", seen.arrivals * million * KILOBYTES, "cloudfront_gb_out")
    bill.add("gateway", gateway * million, "http_api_million")
    bill.add("functions", seen.invocations * million, "lambda_million")
    bill.add("functions", seen.gigabyte_seconds * hours, "lambda_gb_second")
    bill.add("logs", seen.invocations * million * LOG_KILOBYTES_PER_INVOCATION, "log_gb_ingested")
    bill.add("database", acu * INSTANCES, "aurora_acu_hour")
    bill.add("database", max(acu * INSTANCES, 8), "proxy_acu_hour")
    # Also of what comes later, parcels and reviews: as many orders of earlier days are at that.
    events = seen.orders * _EVENTS_PER_ORDER * million
    messages = events + seen.orders * SALE.webhooks * million
    bill.add("messages", messages * QUEUE_CALLS_PER_MESSAGE, "sqs_million")
    bill.add("messages", events, "events_million")
    bill.add("messages", seen.orders * SALE.mails * hours / 1000, "mail_thousand")
    bill.add("counters", gateway * million * WRITES_PER_REQUEST, "dynamodb_million_writes")
    return bill.total


def table(answers: dict[str, Answer]) -> str:
    """A Markdown table, a column per scenario."""
    rows: list[tuple[str, Any]] = [
        ("requests a second", lambda a: f"{a.requests:,.0f}"),
        ("of these served, CloudFront's included", lambda a: f"{a.served / a.requests:.1%}"),
        ("orders paid for a minute", lambda a: f"{a.orders * 60:,.0f}"),
        ("answer of a function, median / p95", lambda a: f"{a.p50 * 1000:,.0f} / {a.p95 * 1000:,.0f} ms"),
        ("environments at work at once, at most", lambda a: f"{a.concurrency:,}"),
        ("connections borrowed at once, at most", lambda a: f"{a.connections:,}"),
        ("database capacity, at most", lambda a: f"{a.acu:,.0f} ACU"),
        ("of which busy after the ramp", lambda a: f"{a.database_busy:.0%}"),
        ("oldest webhook in the queue", lambda a: f"{a.oldest_event:,.1f} s"),
        ("first limit hit", _first),
        ("refused, by limit", lambda a: ", ".join(f"{n} {s:.1%}" for n, s in a.refused.items()) or "nothing"),
        ("an hour of this, besides what stands anyway", lambda a: f"${a.dollars_per_hour:,.0f}"),
    ]
    lines = [f"| | {' | '.join(answers)} |", f"|---|{'---:|' * len(answers)}"]
    lines += [f"| {name} | {' | '.join(show(one) for one in answers.values())} |" for name, show in rows]
    return "\n".join(lines)


def _first(one: Answer) -> str:
    return f"{one.first_limit}, after {one.first_limit_at:.0f} s" if one.first_limit else "none"
