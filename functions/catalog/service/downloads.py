"""Buyers download the files of what they paid for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.catalog.errors import DownloadLimitError, MediaNotFoundError, NoSuchPurchaseError
from functions.catalog.media_schemas import DownloadLink
from functions.catalog.repository import downloads
from functions.catalog.repository.downloads import DownloadRow
from functions.catalog.settings import MediaSettings
from shared import order_links, settings
from shared.clients import object_links
from shared.clients.database import Connection
from shared.errors import NotAuthenticatedError
from shared.transactions.order_status import OrderStatus

LINK_SECONDS: Final = 300
DOWNLOADS_PER_UNIT: Final = 5
"""For another device, or a connection that broke; not for everybody."""

_PAID: Final = frozenset(
    {
        OrderStatus.PAID,
        OrderStatus.PROCESSING,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.PARTIALLY_REFUNDED,
    }
)


def of_order(
    connection: Connection, order_id: UUID, *, user_id: UUID | None, link_token: str | None
) -> Sequence[DownloadRow]:
    """The files of a customer's own order, or of the one that a link opens; of paid ones only.

    Raises NoSuchPurchaseError, and NotAuthenticatedError where the caller shows neither.
    """
    if user_id is None and link_token is None:
        raise NotAuthenticatedError
    found = downloads.purchase(connection, order_id)
    opened = link_token is not None and order_links.opens(link_token, order_id)
    if found is None or found.status not in _PAID or not (opened or (user_id and found.user_id == user_id)):
        raise NoSuchPurchaseError
    return downloads.of_order(connection, order_id)


def link(
    connection: Connection, order_id: UUID, media_id: UUID, *, user_id: UUID | None, link_token: str | None
) -> DownloadLink:
    """A link to one of the files, and one download less. Raises as `of_order`, MediaNotFoundError and
    DownloadLimitError.
    """
    lines = [
        row
        for row in of_order(connection, order_id, user_id=user_id, link_token=link_token)
        if row.media_id == media_id
    ]
    if not lines:
        raise MediaNotFoundError
    for row in lines:
        done = downloads.count(connection, row.order_item_id, media_id, most=allowed(row))
        if done is not None:
            return _link(row, done)
    raise DownloadLimitError


def allowed(row: DownloadRow) -> int:
    """How often the file may be downloaded for its line."""
    return DOWNLOADS_PER_UNIT * row.quantity


def _link(row: DownloadRow, done: int) -> DownloadLink:
    bucket = settings.load(MediaSettings).downloads_bucket
    ends = datetime.now(UTC) + timedelta(seconds=LINK_SECONDS)
    return DownloadLink(
        url=object_links.download_link(bucket, row.object_key, seconds=LINK_SECONDS, file_name=row.file_name),
        file_name=row.file_name,
        expires_at=ends,
        downloads_left=allowed(row) - done,
    )
