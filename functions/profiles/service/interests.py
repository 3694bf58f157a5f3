"""What somebody is interested in, and which tickers they watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.profiles.domain.limits import MAX_WATCHED
from functions.profiles.errors import WatchlistFullError
from functions.profiles.repository import interests
from functions.profiles.repository.interests import WatchedRow
from shared.clients.database import Connection
from shared.contexts.community.symbols import canonical_symbol, typed_code
from shared.errors import FieldError, ValidationError
from shared.pages import split_page


def topics(connection: Connection, viewer: UUID) -> list[str]:
    """The viewer's interests."""
    return interests.topics(connection, viewer)


def choose(connection: Connection, viewer: UUID, chosen: Sequence[str]) -> list[str]:
    """The viewer's interests, which are these now."""
    interests.replace_topics(connection, viewer, chosen)
    return interests.topics(connection, viewer)


def watched(
    connection: Connection, viewer: UUID, *, limit: int, after: list[Any] | None
) -> tuple[Sequence[WatchedRow], list[Any] | None]:
    """Tickers that the viewer watches."""
    rows = interests.watched(connection, viewer, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: [row.created_at.isoformat(), row.symbol])


def watch(connection: Connection, viewer: UUID, symbol: str) -> WatchedRow:
    """The ticker, in its canonical form. Raises ValidationError and WatchlistFullError."""
    row = interests.watch(connection, viewer, _canonical(symbol), most=MAX_WATCHED)
    if row is None:
        raise WatchlistFullError(f"At most {MAX_WATCHED} tickers")
    return row


def unwatch(connection: Connection, viewer: UUID, symbol: str) -> None:
    """The ticker is watched no longer. Raises ValidationError."""
    interests.unwatch(connection, viewer, _canonical(symbol))


def _canonical(symbol: str) -> str:
    found = canonical_symbol(typed_code(symbol))
    if found is None:
        raise ValidationError(field=FieldError(("symbol",), "no symbol such as AAPL, BRK.B or 0700.HK", "path"))
    return found
