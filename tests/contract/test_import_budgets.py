"""What each function imports in INIT: how many modules of third parties, and none of those that do not belong there.

Modules are counted, not milliseconds, so that the result depends on no machine. A budget that is too small is an
occasion to look at `docs/performance.md` and at `python -X importtime`, not to raise it at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.manifests import functions
from shared.manifest import Api, Function, Queue
from tests.support.cloud import Cloud

ROOT = Path(__file__).resolve().parents[2]

# One process imports what it is told, then forks a child for every line that it reads: the name of a module to import,
# and the file to answer in. Interpreter and common libraries start once, yet every child has imported for itself alone.
PROGRAM = """
import asyncio, email, http.client, importlib, json, logging, os, sys, traceback, unittest.mock
for name in sys.argv[1:]:
    importlib.import_module(name)
for line in sys.stdin:
    module, path = line.split()
    child = os.fork()
    if child == 0:
        answer = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(answer, 1)
        os.dup2(answer, 2)
        try:
            importlib.import_module(module)
            import gc
            state = {"modules": sorted(sys.modules), "collecting": gc.isenabled(), "frozen": gc.get_freeze_count()}
            print("\\n" + json.dumps(state), flush=True)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

# What a process imports before it forks counts as imported by every function that comes out of it. So nothing that a
# function may not import, or does not import anyway, is among them: a budget could only be missed by it, never kept.
# pydantic is not: Powertools imports more of itself where it finds it imported.
OF_WORKERS = ("psycopg", "aws_lambda_powertools")
OF_APIS = (*OF_WORKERS, "fastapi", "mangum")

WEB = {"fastapi", "starlette", "mangum", "anyio", "opentelemetry"}
# `botocore` itself is nearly empty and Powertools' user agent imports it; what costs is below it.
HEAVY = {
    "boto3",
    "botocore.session",
    "botocore.client",
    "sqlalchemy",
    "alembic",
    "stripe",
    "requests",
    "jinja2",
    "aws_xray_sdk",
    "httpx",
}
TOKENS = {"jwt", "cryptography"}


@dataclass(frozen=True)
class Budget:
    """Third-party modules at most, and those that must not be among them, with all that is below them."""

    modules: int
    forbidden: frozenset[str]


def budget(modules: int, *forbidden: set[str], allowed: set[str] | None = None) -> Budget:
    return Budget(modules, frozenset(HEAVY.union(*forbidden) - (allowed or set())))


BUDGETS = {
    "analytics.refresh_views": budget(140, WEB, TOKENS, {"pydantic"}),
    "catalog.api": budget(335, TOKENS, {"nh3"}),
    "catalog.on_export_requested": budget(237, WEB, TOKENS, {"nh3"}),
    "catalog.purge_pages": budget(190, WEB, TOKENS, {"nh3", "psycopg"}),
    "catalog.rebuild_search": budget(190, WEB, TOKENS, {"pydantic"}),
    "community.rebuild_search": budget(190, WEB, TOKENS, {"pydantic"}),
    "catalog.refresh_popularity": budget(190, WEB, TOKENS, {"pydantic"}),
    "discovery.refresh_recommendations": budget(140, WEB, TOKENS, {"pydantic"}),
    "identity.rotate_signing_keys": budget(137, WEB, TOKENS),
    "notifications.on_account_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_offer_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_order_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_security_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_shop_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "media.api": budget(400, {"PIL"}),
    "media.process_image": budget(230, WEB, TOKENS),
    "media.remove_unused": budget(190, WEB, TOKENS, {"PIL"}),
    "operations.api": budget(335, TOKENS),
    "operations.migrate": budget(137, WEB, TOKENS),
    "operations.sweep_outbox": budget(140, WEB, TOKENS, {"pydantic"}),
    "ordering.api": budget(400, {"typst"}),
    "ordering.prepare_partitions": budget(140, WEB, TOKENS, {"pydantic"}),
    "payments.receive_webhook": budget(0, WEB, TOKENS, {"pydantic", "psycopg", "aws_lambda_powertools", "orjson"}),
}


_NOT_PACKAGED = "pydantic.v1"  # left out of layers (`infra/packaging/requirements.py`)


# What a function of a kind may import that has no budget of its own.
USUAL = {Api: budget(400), Queue: budget(237, WEB, TOKENS), Function: budget(190, WEB, TOKENS)}


def budget_of(name: str, function: Function) -> Budget:
    usual = next(usual for kind, usual in USUAL.items() if isinstance(function, kind))
    return BUDGETS.get(name, usual)


ALL = {name: budget_of(name, function) for name, _, function in functions()}


def test_every_budget_is_of_a_function() -> None:
    assert set(BUDGETS) <= set(ALL)


@pytest.mark.parametrize("function", sorted(ALL))
def test_a_function_imports_no_more_than_its_budget(function: str, aws: Cloud) -> None:
    found = initialized(function)
    packages = _third_party(found["modules"])
    third_party = {
        name for name in found["modules"] if _package(name) in packages and not name.startswith(_NOT_PACKAGED)
    }
    allowed = ALL[function]
    assert not third_party & allowed.forbidden
    assert len(third_party) <= allowed.modules


def test_what_administrators_need_is_not_loaded_before_one_comes(aws: Cloud) -> None:
    loaded = initialized("ordering.api")["modules"]
    assert "functions.ordering.routes.carts" in loaded
    assert not [name for name in loaded if name.startswith("functions.ordering.routes.admin_")]


@pytest.mark.parametrize("function", sorted(ALL))
def test_init_ends_with_the_collector_at_work(function: str, aws: Cloud) -> None:
    found = initialized(function)
    assert found["collecting"]
    if function != "payments.receive_webhook":
        assert found["frozen"] > 0


def initialized(function: str) -> dict[str, list[str]]:
    """What a process of its own says of itself after INIT, warm-up requests included, with a database and a cloud."""
    if function not in _initialized:
        context, _, handler = function.partition(".")
        _initialized[function] = _forked(f"functions.{context}.handlers.{handler}", _common(function))
    return _initialized[function]


_initialized: dict[str, dict[str, list[str]]] = {}
_parents: dict[tuple[str, ...], subprocess.Popen[str]] = {}


def _common(function: str) -> tuple[str, ...]:
    if function.endswith(".api"):
        return OF_APIS
    return () if ALL[function].forbidden.intersection(OF_WORKERS) else OF_WORKERS


def _forked(module: str, common: tuple[str, ...]) -> dict[str, list[str]]:
    if common not in _parents:
        _parents[common] = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *common],
            cwd=ROOT,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    parent = _parents[common]
    assert parent.stdin is not None
    assert parent.stdout is not None
    with tempfile.NamedTemporaryFile("r") as answer:
        print(module, answer.name, file=parent.stdin, flush=True)
        status = parent.stdout.readline().strip()
        output = answer.read()
    assert status == "0", output
    assert "no database connection" not in output
    document: dict[str, list[str]] = json.loads(output.splitlines()[-1])
    return document


@pytest.fixture(scope="module", autouse=True)
def _ended_parents() -> Iterator[None]:
    """Processes end with the module, and take nothing from one cloud to another."""
    yield
    while _parents:
        parent = _parents.popitem()[1]
        parent.communicate()


def _package(module: str) -> str:
    return module.partition(".")[0]


def _third_party(modules: list[str]) -> set[str]:
    """Not the standard library, not ours, not what site-packages put into every process of the test environment."""
    ours = {"functions", "shared", "infra", "tests", "__main__", "__mp_main__"}
    return {_package(name) for name in modules} - set(sys.stdlib_module_names) - ours - _ALWAYS


def _always() -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", "import json, sys; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {_package(name) for name in json.loads(result.stdout)}


_ALWAYS = _always()
