"""What grows with the shop is handled in parts: no function's memory grows with it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.catalog.service import exports
from infra.openapi.applications import application, context_names
from shared.clients import database, storage
from shared.contexts.catalog.models.products import Product
from shared.contexts.catalog.models.search import ProductExport
from tests.factories import catalog
from tests.support.cloud import IMPORTS_BUCKET, Cloud

LARGEST_PAGE = 100


def lists() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every route that answers pages, with its parameters."""
    for context in context_names():
        document = application(context).openapi()
        for path, operations in document["paths"].items():
            answer = json.dumps(operations.get("get", {}).get("responses", {}).get("200", {}))
            name = answer.partition("#/components/schemas/")[2].partition('"')[0]
            if "next_cursor" in document["components"]["schemas"].get(name, {}).get("properties", {}):
                parameters = operations["get"].get("parameters", [])
                yield f"GET {path}", {parameter["name"]: parameter["schema"] for parameter in parameters}


def test_no_list_gives_more_than_a_hundred_rows(environment: None) -> None:
    found = dict(lists())
    assert len(found) > 15
    for route, parameters in found.items():
        assert parameters["limit"]["maximum"] <= LARGEST_PAGE, route


def test_an_export_of_a_large_shop_needs_no_more_memory_than_one_of_a_small_shop(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured at a fiftieth of the real sizes of batches and files."""
    sizes: list[int] = []
    monkeypatch.setattr(exports, "_BATCH", 5)
    monkeypatch.setattr(exports, "FILE_BYTES", 40_000)
    # The storage of tests is in this process.
    monkeypatch.setattr(storage, "put", lambda _bucket, _key, body, **_: sizes.append(len(body)))

    def peak_of(products: int) -> int:
        while catalog_size(db) < products:
            catalog.product(db, f"Vase {catalog_size(db)}").description = f"<p>{'x' * 4_000}</p>"
        asked = ProductExport(currency="USD")
        db.add(asked)
        db.commit()
        tracemalloc.start()
        done = exports.run_export(database.connection(), asked.id, bucket=IMPORTS_BUCKET, time_is_left=lambda: True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done is not None
        assert done.products == products
        return peak

    peak_of(10)  # what is made once in a process
    few, many = peak_of(20), peak_of(120)
    assert many < 1.3 * few
    assert max(sizes) < 50_000


def catalog_size(db: Session) -> int:
    return db.query(Product).count()
