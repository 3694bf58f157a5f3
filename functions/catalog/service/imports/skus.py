"""SKUs of an import that are somebody else's already: a vendor has each once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeAlias

from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.shopify_product import ParsedProduct
from functions.catalog.domain.shopify_variants import without_skus
from functions.catalog.repository import product_aggregate
from shared.clients.database import Connection

_Sku: TypeAlias = tuple[str, str]
"""A vendor and a SKU of theirs."""


def leave_out_taken(
    connection: Connection, parsed: Mapping[str, ParsedProduct], current: Mapping[str, ProductAggregate | None]
) -> None:
    """Take SKUs out of the drafts that another product has, or an earlier one of these."""
    named = {
        handle: {(product.draft.fields.vendor, v.sku) for v in product.draft.variants if v.sku is not None}
        for handle, product in parsed.items()
        if product.draft is not None
    }
    stored = {handle: _stored(current[handle]) for handle in named}
    new = {sku for handle, pairs in named.items() for sku in pairs - stored[handle]}
    if not new:
        return
    handle_of = {aggregate.product.id: handle for handle, aggregate in current.items() if aggregate is not None}
    owners: dict[_Sku, str] = {}
    for pair, product_id in product_aggregate.sku_owners(connection, new).items():
        handle = handle_of.get(product_id, "")
        if pair in named.get(handle, {pair}):  # otherwise its owner gives it up
            owners[pair] = handle
    for handle, pairs in named.items():
        for pair in pairs & stored[handle]:
            owners.setdefault(pair, handle)
    for handle, pairs in named.items():
        taken = {pair[1]: _message(pair) for pair in pairs if owners.setdefault(pair, handle) != handle}
        if taken:
            _leave_out(parsed[handle], current[handle], taken)


def _stored(aggregate: ProductAggregate | None) -> set[_Sku]:
    if aggregate is None:
        return set()
    return {(aggregate.product.vendor, variant.sku) for variant in aggregate.variants if variant.sku is not None}


def _message(pair: _Sku) -> str:
    return f"another product of {pair[0]!r} has the SKU {pair[1]!r}"


def _leave_out(product: ParsedProduct, current: ProductAggregate | None, taken: Mapping[str, str]) -> None:
    assert product.draft is not None
    before = {variant.id: variant for variant in current.variants} if current is not None else {}
    read = without_skus(zip(product.draft.variants, product.variant_rows, strict=True), taken, before)
    product.draft = dataclasses.replace(product.draft, variants=[draft for draft, _ in read])
