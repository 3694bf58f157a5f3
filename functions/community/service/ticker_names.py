"""Which symbols are known, by the names that staff gives them."""

from __future__ import annotations

from functions.community.repository import names, ticker_names
from functions.community.repository.ticker_names import NamedTicker
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.community.symbols import canonical_symbol, typed_code
from shared.errors import FieldError, ValidationError


def name(connection: Connection, written: str, *, english: str | None, chinese: str | None) -> NamedTicker:
    """The ticker with these names, new where nobody wrote of it yet; without any it is not known. Raises
    ValidationError for what is no symbol.
    """
    symbol = canonical_symbol(typed_code(written))
    if symbol is None:
        raise ValidationError(field=FieldError(("symbol",), "no symbol such as AAPL, BRK.B or 0700.HK", "path"))
    names.add_tickers(connection, [symbol])
    before = ticker_names.locked(connection, symbol)
    after = before._replace(name=english, name_zh=chinese)
    if after != before:
        ticker_names.name(connection, before.id, (english, chinese))
        changes = audit.differences(before._asdict(), after._asdict())
        audit.record(connection, "ticker.named", Subject("ticker", before.id), changes=changes)
    return after
