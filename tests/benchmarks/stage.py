"""What functions need to run outside the local system: PostgreSQL with products, moto's AWS over HTTP, and packages."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from infra.local.host.database import start_server
from infra.packaging import layout
from infra.packaging.bytecode import compile_bytecode
from infra.packaging.contents import LAYERS_OF

ROOT: Final = Path(__file__).resolve().parents[2]
BASELINES: Final = ("null", "raw")

_REGION: Final = "eu-central-1"


@dataclass(frozen=True)
class Code:
    """Where a function's code is: the folder it runs in, what Python searches, and the handler's name."""

    handler: str
    folder: Path
    search_path: str


@dataclass(frozen=True)
class Stage:
    """The variables that every function gets, and the code of each function and baseline by name."""

    variables: dict[str, str]
    code: dict[str, Code]


@contextmanager
def stage(products: int) -> Iterator[Stage]:
    """Everything started, migrated and filled; ended when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="sharestack-bench-"))
    server = start_server(folder / "postgresql", durable=False)
    try:
        server.create_database("bench")
        url = server.url("bench")
        _fill(url, products)
        with cloud_server() as cloud_url:
            variables = function_variables(url, cloud_url)
            yield Stage(variables, {**packaged(), **baselines(folder / "baselines")})
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cloud_server() -> Iterator[str]:
    """moto's AWS over HTTP; its address."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        # moto keeps its state in the process: a second server would find what the first one's users have left.
        urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()
        yield address
    finally:
        server.stop()


def function_variables(database_url: str, cloud_url: str) -> dict[str, str]:
    """The variables that every function gets; makes the resources that they name, in `cloud_server`'s cloud."""
    from tests.support import cloud

    variables = {
        **cloud.ENVIRONMENT,
        "DATABASE_URL": database_url,
        "AWS_ENDPOINT_URL": cloud_url,
        "WEBHOOK_QUEUE_URL": f"{cloud_url}/{cloud.ACCOUNT}/webhooks",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_FUNCTION_NAME": "measured",
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_EC2_METADATA_DISABLED": "true",
        "LOG_LEVEL": "INFO",
        "TZ": ":UTC",
    }
    cloud.create()
    return variables


def _fill(url: str, products: int) -> None:
    """The schema, and products with an image, a variant and stock each; samples ask about the candle."""
    import psycopg

    from shared.migrations import runner

    runner.upgrade(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO products (name, slug, vendor, description, currency, price_min, price_max)"
            " SELECT 'Product ' || n, CASE n WHEN 1 THEN 'beeswax-candle' ELSE 'product-' || n END,"
            " 'Vendor ' || n %% 50, '<p>What it is made of.</p>', 'USD',"
            " 500 + n, 500 + n FROM generate_series(1, %s) n",
            (products,),
        )
        connection.execute(
            "INSERT INTO product_images (product_id, position, url, alt)"
            " SELECT id, 1, 'https://images.example.com/' || slug || '.jpg', name FROM products"
        )
        connection.execute(
            "INSERT INTO variants (product_id, vendor, position, option_values, price_amount, sku)"
            " SELECT id, vendor, 1, '{}', price_min, slug FROM products"
        )
        connection.execute("INSERT INTO stock_levels (variant_id, on_hand) SELECT id, 10 FROM variants")
        connection.execute("VACUUM ANALYZE")


def packaged() -> dict[str, Code]:
    """The code of every function, by name; packages it first where it changed."""
    layouts = layout.lay_out()
    return {
        name: Code("functions.{}.handlers.{}.handler".format(*name.split(".")), found.task, found.search_path)
        for name, found in layouts.items()
    }


def baselines(folder: Path) -> dict[str, Code]:
    """The baselines in a new folder, compiled as packages are, over the layer that has psycopg and pydantic."""
    shutil.copytree(ROOT / "tests/benchmarks/baselines", folder, ignore=shutil.ignore_patterns("__pycache__"))
    compile_bytecode(folder, "/var/task", _target())
    worker = layout.lay_out()["operations.sweep_outbox"]
    null = os.pathsep.join((str(folder), str(worker.runtime)))
    raw = os.pathsep.join((str(folder), str(worker.layers / "python"), str(worker.runtime)))
    return {"null": Code("null.handler", folder, null), "raw": Code("raw.handler", folder, raw)}


def _target() -> Any:
    from infra.packaging.targets import here

    return here()


def functions() -> list[str]:
    """Every function, by context and handler."""
    return sorted(LAYERS_OF)


def sample(function: str) -> Any:
    """What wakes the function: its sample in `events/`; for a baseline, that of the product list."""
    context, _, handler = function.partition(".")
    path = f"events/{context}/{handler}.json" if handler else "events/catalog/api.json"
    return json.loads((ROOT / path).read_text())
