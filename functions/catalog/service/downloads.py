"""Buyers download the files of what they paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.catalog.errors import DigitalFileNotFoundError, DownloadLimitError, NoSuchPurchaseError
from functions.catalog.repository import downloads
from functions.catalog.repository.downloads import DownloadRow
from functions.catalog.settings import DigitalFileSettings
from shared import settings
from shared.clients import object_links
from shared.clients.database import Connection
from shared.contexts.ordering import order_links
from shared.contexts.ordering.order_locks import OrderNotFoundError, lock_order
from shared.contexts.payments import goods_clearance
from shared.contexts.payments.goods_clearance import NotShippableError
from shared.errors import NotAuthenticatedError

LINK_SECONDS: Final = 300
DOWNLOADS_PER_UNIT: Final = 5
"""For another device, or a connection that broke; not for everybody."""


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """A GET of `url` saves the file, without credentials, until `expires_at`. `downloads_left` is without this one."""

    url: str
    file_name: str
    expires_at: datetime
    downloads_left: int


def of_order(
    connection: Connection, order_id: UUID, *, user_id: UUID | None, link_token: str | None
) -> Sequence[DownloadRow]:
    """The files of a customer's own order, or of the one that a link opens; of paid ones only.

    Raises NoSuchPurchaseError, and NotAuthenticatedError where the caller has neither.
    """
    _identify(user_id, link_token)
    purchase = downloads.purchase(connection, order_id)
    if purchase is None or not purchase.is_valid or not _owns(order_id, purchase.user_id, user_id, link_token):
        raise NoSuchPurchaseError
    return downloads.of_order(connection, order_id)


def link(
    connection: Connection, order_id: UUID, media_id: UUID, *, user_id: UUID | None, link_token: str | None
) -> DownloadLink:
    """A link to one of the files, and one download less, under the order's lock: what was downloaded was handed over.

    Raises as `of_order`, DigitalFileNotFoundError, DownloadLimitError, PaymentDisputedError, OrderOnHoldError and
    PaymentUnjudgedError.
    """
    _identify(user_id, link_token)
    try:
        order = lock_order(connection, order_id)
        if not _owns(order_id, order.user_id, user_id, link_token):
            raise NoSuchPurchaseError
        goods_clearance.check(connection, order)
    except (OrderNotFoundError, NotShippableError) as error:
        raise NoSuchPurchaseError from error
    lines = [row for row in downloads.of_order(connection, order_id) if row.media_id == media_id]
    if not lines:
        raise DigitalFileNotFoundError
    for row in lines:
        done = downloads.count(connection, row.order_item_id, media_id, most=allowed(row))
        if done is not None:
            return _link(row, done)
    raise DownloadLimitError


def _identify(user_id: UUID | None, link_token: str | None) -> None:
    if user_id is None and link_token is None:
        raise NotAuthenticatedError


def _owns(order_id: UUID, owner_id: UUID | None, user_id: UUID | None, link_token: str | None) -> bool:
    is_opened = link_token is not None and order_links.opens(link_token, order_id)
    return is_opened or (user_id is not None and owner_id == user_id)


def allowed(row: DownloadRow) -> int:
    """How often the file may be downloaded for its line."""
    return DOWNLOADS_PER_UNIT * row.quantity


def _link(row: DownloadRow, done: int) -> DownloadLink:
    bucket = settings.load(DigitalFileSettings).downloads_bucket
    ends = datetime.now(UTC) + timedelta(seconds=LINK_SECONDS)
    return DownloadLink(
        url=object_links.download_link(bucket, row.object_key, seconds=LINK_SECONDS, file_name=row.file_name),
        file_name=row.file_name,
        expires_at=ends,
        downloads_left=allowed(row) - done,
    )
