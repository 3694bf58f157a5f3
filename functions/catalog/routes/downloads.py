"""Buyers download the files of what they paid for."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.schemas.downloads import DownloadLink, OrderDownload, OrderDownloadList
from functions.catalog.service import downloads
from shared.web import MaybeCaller, Reader, Transaction, respond

router = APIRouter(prefix="/api/v1/orders/{order_id}/downloads", tags=["downloads"])

LinkToken = Annotated[str | None, Query(max_length=200, description="A guest's, from the placed order")]
_NEITHER: Final[dict[int | str, dict[str, Any]]] = {401: {"description": "Neither signed in nor a token"}}


@router.get("", response_model=OrderDownloadList, summary="List an order's files", responses=_NEITHER)
async def list_order_downloads(
    request: Request, order_id: UUID, caller: MaybeCaller, reader: Reader, token: LinkToken = None
) -> Response:
    """Of a paid order of the caller's, or of a guest's by the token that came with it."""
    rows = downloads.of_order(reader, order_id, user_id=caller.user_id if caller else None, link_token=token)
    offered = [
        OrderDownload(
            order_item_id=row.order_item_id,
            media_id=row.media_id,
            product_name=row.product_name,
            variant_title=row.variant_title,
            file_name=row.file_name,
            content_type=row.content_type,
            size_bytes=row.size_bytes,
            downloads_left=max(0, downloads.allowed(row) - row.downloads),
        )
        for row in rows
    ]
    return respond(request, OrderDownloadList(order_id=order_id, items=offered))


@router.post(
    "/{media_id}",
    response_model=DownloadLink,
    summary="Download a file",
    responses={
        **_NEITHER,
        409: {
            "description": "The file was downloaded as often as it may be, or the order's payment is being reviewed,"
            " checked or disputed"
        },
    },
)
async def create_download_link(
    *,
    request: Request,
    order_id: UUID,
    media_id: UUID,
    caller: MaybeCaller,
    tx: Transaction,
    token: LinkToken = None,
) -> Response:
    """Answers a link that is good for five minutes. A file may be downloaded five times for each unit bought."""
    user_id = caller.user_id if caller else None
    link = downloads.link(tx, order_id, media_id, user_id=user_id, link_token=token)
    return respond(request, DownloadLink.model_validate(link))
