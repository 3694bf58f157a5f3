"""The caller's wishlist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.catalog.repository.wishlist import WishRow
from functions.catalog.schemas.wishlist import Wish
from functions.catalog.service import wishlist
from shared.contexts.catalog.product_lists import image
from shared.web import Caller, Fields, Page, Reader, Transaction, no_content, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/wishlist", tags=["wishlist"])


@router.get("", response_model=Page[Wish], summary="List one's wishes")
async def list_wishes(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Latest first, with prices and stock as they are now."""
    query = f"wishes of {caller.user_id}"
    rows, last = wishlist.page(reader, caller.user_id, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        Wish,
        [_wish(row) for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.put(
    "/{product_id}",
    status_code=204,
    summary="Wish for a product",
    responses={409: {"description": "The wishlist is full"}},
)
async def add_wish(product_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Who agreed to marketing mails is told when it costs less, and when it is back in stock. Up to 500 products."""
    wishlist.wish(tx, caller.user_id, product_id)
    return no_content()


@router.delete("/{product_id}", status_code=204, summary="No longer wish for a product")
async def delete_wish(product_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also where it was not wished for."""
    wishlist.unwish(tx, caller.user_id, product_id)
    return no_content()


def _wish(row: WishRow) -> dict[str, Any]:
    return {
        "product_id": row.product_id,
        "slug": row.slug,
        "name": row.name,
        "currency": row.currency,
        "price_min_amount": row.price_min_amount,
        "on_sale": row.on_sale,
        "in_stock": row.on_sale and row.in_stock,
        "known_amount": row.known_amount,
        "variant_id": row.variant_id,
        "image": image(row.image_url, row.image_alt, row.image_media),
        "created_at": row.created_at,
    }
