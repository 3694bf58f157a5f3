"""What each function imports in INIT: how many modules of third parties, and none of those that do not belong there.

Modules are counted, not milliseconds, so that the result depends on no machine. A budget that is too small is an
occasion to look at `docs/performance.md` and at `python -X importtime`, not to raise it at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.packaging.contents import LAYERS_OF
from tests.support.cloud import Cloud

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
import gc
print(json.dumps({"modules": sorted(sys.modules), "collecting": gc.isenabled(), "frozen": gc.get_freeze_count()}))
"""

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
    "analytics.api": budget(400),
    "analytics.refresh_views": budget(140, WEB, TOKENS, {"pydantic"}),
    "catalog.api": budget(335, TOKENS, {"nh3"}),
    "catalog.import_products": budget(190, WEB, TOKENS),
    "catalog.notice_low_stock": budget(190, WEB, TOKENS),
    "catalog.on_product_changed": budget(237, WEB, TOKENS),
    "catalog.on_export_requested": budget(237, WEB, TOKENS, {"nh3"}),
    "catalog.purge_pages": budget(190, WEB, TOKENS, {"nh3", "psycopg"}),
    "catalog.rebuild_search": budget(190, WEB, TOKENS, {"pydantic"}),
    "catalog.refresh_popularity": budget(190, WEB, TOKENS, {"pydantic"}),
    "discovery.api": budget(400),
    "discovery.refresh_recommendations": budget(140, WEB, TOKENS, {"pydantic"}),
    "identity.api": budget(400),
    "identity.rotate_signing_keys": budget(137, WEB, TOKENS),
    "identity.on_export_requested": budget(237, WEB, TOKENS),
    "identity.erase_accounts": budget(190, WEB, TOKENS),
    "notifications.on_account_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_offer_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_order_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "notifications.on_shop_events": budget(257, WEB, TOKENS, allowed={"jinja2"}),
    "media.api": budget(400, {"PIL"}),
    "media.process_image": budget(230, WEB, TOKENS),
    "media.remove_unused": budget(190, WEB, TOKENS, {"PIL"}),
    "operations.api": budget(335, TOKENS),
    "operations.migrate": budget(137, WEB, TOKENS),
    "operations.seed": budget(190, WEB, TOKENS),
    "operations.sweep_outbox": budget(140, WEB, TOKENS, {"pydantic"}),
    "ordering.api": budget(400, {"reportlab", "PIL"}),
    "ordering.expire_reservations": budget(190, WEB, TOKENS),
    "ordering.notice_abandoned_carts": budget(190, WEB, TOKENS),
    "ordering.prepare_partitions": budget(140, WEB, TOKENS, {"pydantic"}),
    "payments.api": budget(400),
    "payments.on_webhook": budget(237, WEB, TOKENS),
    "payments.on_order_events": budget(237, WEB, TOKENS),
    "payments.on_account_erased": budget(237, WEB, TOKENS),
    "payments.resolve_refunds": budget(190, WEB, TOKENS),
    "payments.reconcile": budget(190, WEB, TOKENS),
    "payments.notice_disputes": budget(190, WEB, TOKENS),
    "payments.receive_webhook": budget(0, WEB, TOKENS, {"pydantic", "psycopg", "aws_lambda_powertools", "orjson"}),
}


_NOT_PACKAGED = "pydantic.v1"  # left out of layers (`infra/packaging/requirements.py`)


def test_every_function_has_a_budget() -> None:
    assert set(BUDGETS) == set(LAYERS_OF)


@pytest.mark.parametrize("function", sorted(BUDGETS))
def test_a_function_imports_no_more_than_its_budget(function: str, aws: Cloud) -> None:
    found = initialized(function)
    packages = _third_party(found["modules"])
    third_party = {
        name for name in found["modules"] if _package(name) in packages and not name.startswith(_NOT_PACKAGED)
    }
    allowed = BUDGETS[function]
    assert not third_party & allowed.forbidden
    assert len(third_party) <= allowed.modules


def test_what_administrators_need_is_not_loaded_before_one_comes(aws: Cloud) -> None:
    loaded = initialized("ordering.api")["modules"]
    assert "functions.ordering.routes.carts" in loaded
    assert not [name for name in loaded if name.startswith("functions.ordering.routes.admin_")]


@pytest.mark.parametrize("function", sorted(BUDGETS))
def test_init_ends_with_the_collector_at_work(function: str, aws: Cloud) -> None:
    found = initialized(function)
    assert found["collecting"]
    if function != "payments.receive_webhook":
        assert found["frozen"] > 0


def initialized(function: str) -> dict[str, list[str]]:
    """What a fresh process says of itself after INIT, the rehearsal included, with a database and a cloud."""
    context, _, handler = function.partition(".")
    module = f"functions.{context}.handlers.{handler}"
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, module],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    document: dict[str, list[str]] = json.loads(result.stdout.splitlines()[-1])
    assert "no database connection" not in result.stdout
    return document


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
