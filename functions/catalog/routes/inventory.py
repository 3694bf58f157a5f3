"""Staff reads stock, adjusts it with a reason, and says when it is low."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.repository.inventory import LevelFilters, LevelRow
from functions.catalog.schemas.inventory import (
    InventoryLevel,
    InventoryLevelChange,
    NewStockAdjustment,
    StockAdjustment,
    StockMovement,
)
from functions.catalog.service import inventory
from shared.permissions import Permission
from shared.web import (
    Caller,
    Fields,
    Idempotency,
    Page,
    Reader,
    Transaction,
    requires,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/inventory", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]
_RESERVED: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "More units are reserved than there would be, or there would be fewer than none"}
}


@router.get("", response_model=Page[InventoryLevel], summary="List stock levels", dependencies=_reads)
async def list_inventory_levels(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    low: Annotated[bool | None, Query(description="Only what is low, or only what is not")] = None,
    sku: Annotated[str | None, Query(max_length=255, description="Exactly this SKU")] = None,
    product_id: Annotated[UUID | None, Query(description="Variants of this product")] = None,
) -> Response:
    """Every variant with its stock, in the order in which the variants were made."""
    filters = LevelFilters(low=low, sku=sku, product_id=product_id)
    query = f"inventory {filters!r}"
    rows, last = inventory.levels(reader, filters, limit=paging.limit, after=id_before(paging, query))
    return respond_page(
        request,
        InventoryLevel,
        [_level(row) for row in rows],
        next_cursor=id_cursor(query, last),
        fields=fields,
    )


@router.get("/{variant_id}", response_model=InventoryLevel, summary="Read a stock level", dependencies=_reads)
async def get_inventory_level(request: Request, variant_id: UUID, fields: Fields, reader: Reader) -> Response:
    """How many units of a variant there are, how many are promised, and how many are owed."""
    return respond_unvalidated(request, InventoryLevel, _level(inventory.level(reader, variant_id)), fields=fields)


@router.patch(
    "/{variant_id}",
    response_model=InventoryLevel,
    summary="Change how stock is stored",
    dependencies=_writes,
    responses=_RESERVED,
)
async def update_inventory_level(
    request: Request, variant_id: UUID, body: InventoryLevelChange, tx: Transaction
) -> Response:
    """When the variant counts as low, and whether it is sold when there is none. How many there are: adjustments."""
    return respond_unvalidated(request, InventoryLevel, _level(inventory.change(tx, variant_id, body.values())))


@router.get(
    "/{variant_id}/movements", response_model=Page[StockMovement], summary="List stock movements", dependencies=_reads
)
async def list_stock_movements(
    *, request: Request, variant_id: UUID, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """What changed the number of units, newest first."""
    query = f"movements of {variant_id}"
    rows, last = inventory.movements(reader, variant_id, limit=paging.limit, before=id_before(paging, query))
    return respond_page(
        request,
        StockMovement,
        [row._asdict() for row in rows],
        next_cursor=id_cursor(query, last),
        fields=fields,
    )


@router.post(
    "/{variant_id}/adjustments",
    status_code=201,
    response_model=StockAdjustment,
    summary="Adjust stock",
    dependencies=_writes,
    responses=_RESERVED,
)
async def adjust_stock(
    variant_id: UUID, body: NewStockAdjustment, caller: Caller, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Adds a movement with who made it and why. Units that arrive serve what is owed first. 409 `stock_reserved` where
    checkouts hold more than would be left.
    """

    def act() -> StockAdjustment:
        movement, level = inventory.adjust(
            tx, variant_id, body.quantity, reason=body.reason, note=body.note or None, actor=caller.user_id
        )
        return StockAdjustment(movement=StockMovement(**movement._asdict()), level=InventoryLevel(**_level(level)))

    return idempotency.run(tx, act).response(headers={"Location": f"{router.prefix}/{variant_id}/movements"})


def _level(row: LevelRow) -> dict[str, Any]:
    return {**row._asdict(), "available": row.on_hand - row.owed - row.reserved}
