"""INIT and first requests of every packaged function: part `init`; `--only catalog` measures those of a context.

Each round starts every function once, in turn with the two baselines, so that whatever else the machine does falls on
all of them alike. What counts is processor time, and its ratio to the null handler of the same run.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.function_process import FunctionProcess, InitFailedError, median
from tests.benchmarks.run import Run, show
from tests.benchmarks.stage import BASELINES, functions, sample

# Bars of docs/performance.md, as ratios to a null handler: HTTP functions, workers, the webhook ingest.
_HTTP, _WORKER, _INGEST = 15.0, 10.0, 3.0


@dataclass
class Figures:
    """Milliseconds of processor time in each round."""

    init: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    """The middle of those after the first."""
    dearest: list[float] = field(default_factory=list)
    """The dearest of those after the first: what is done now and then, or for the first time."""
    memory: list[float] = field(default_factory=list)


def bar(function: str) -> float | None:
    """How many times the null handler's INIT a function may cost."""
    if function in BASELINES:
        return None
    if function == "payments.receive_webhook":
        return _INGEST
    return _HTTP if function.endswith(".api") else _WORKER


def measure(run: Run, names: list[str]) -> dict[str, Figures]:
    """Start everything as often as there are rounds, in turn."""
    figures: dict[str, Figures] = defaultdict(Figures)
    for turn in range(run.scale.rounds):
        for name in names:
            try:
                _once(run, name, turn, figures[name])
            except InitFailedError as error:
                sys.exit(f"{name} does not start:\n{error}")
        print(f"round {turn + 1} of {run.scale.rounds}", file=sys.stderr)
    return figures


def _once(run: Run, name: str, turn: int, figures: Figures) -> None:
    code = run.stage.code[name]
    variables = {**run.stage.variables, "SERVICE": name.partition(".")[0]}
    with FunctionProcess(
        code.handler, search_path=code.search_path, folder=code.folder, variables=variables
    ) as process:
        figures.init.append(process.init_cpu)
        figures.memory.append(process.resident_mb())
        if not (name.endswith(".api") or name in BASELINES):
            return
        event = _readable(name, turn)
        figures.first.append(_answered(process, event))
        warm = [_answered(process, event) for _ in range(run.scale.init_requests)]
        figures.warm.append(median(warm))
        figures.dearest.append(max(warm))


def _answered(process: FunctionProcess, event: Any) -> float:
    answer, cpu, _ = process.invoke(event)
    if answer.get("statusCode") not in (200, 401):
        sys.exit(f"answered {answer}:\n{process.output()}")
    return cpu


def _readable(name: str, turn: int) -> Any:
    """The function's sample, as a request that answers the same any number of times (identity's own sample logs in);
    each round is another caller's, for requests are limited.
    """
    event = sample(name)
    event["requestContext"]["http"]["sourceIp"] = (
        f"203.0.{functions().index(name) if name in functions() else 0}.{turn}"
    )
    path = {"identity.api": "/.well-known/jwks.json", "payments.api": "/api/v1/payments"}.get(name)
    if path is not None:
        event |= {"rawPath": path, "routeKey": f"ANY {path}", "body": None, "isBase64Encoded": False}
        event["requestContext"]["http"] |= {"method": "GET", "path": path}
        event["headers"] = {k: v for k, v in event["headers"].items() if k not in ("authorization", "content-length")}
    return event


def table(figures: dict[str, Figures]) -> list[dict[str, Any]]:
    """A row per function, medians over the rounds."""
    null, raw = median(figures["null"].init), median(figures["raw"].init)
    return [
        {
            "function": name,
            "init_ms": round(median(found.init), 1),
            "to_null": round(median(found.init) / null, 2),
            "to_raw": round(median(found.init) / raw, 2),
            "bar": bar(name),
            "first_ms": round(median(found.first), 2),
            "warm_ms": round(median(found.warm), 2),
            "dearest_ms": round(median(found.dearest), 2),
            "first_to_warm": round(median(found.first) / median(found.warm), 1) if found.warm else None,
            "memory_mb": round(median(found.memory)),
        }
        for name, found in figures.items()
    ]


def bench(run: Run) -> None:
    """Measure, print, keep."""
    names = [*BASELINES, *filter(run.chosen, functions())]
    rows = table(measure(run, names))
    show(rows)
    run.write("init", {"python": sys.version.split()[0], "rounds": run.scale.rounds, "functions": rows})
