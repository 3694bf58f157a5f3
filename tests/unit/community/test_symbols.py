"""Canonical symbols."""

from __future__ import annotations

import pytest

from shared.contexts.community.symbols import canonical_symbol, possible_symbols


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("aapl", "AAPL"),
        ("brk_b", "BRK.B"),
        ("AAPL.US", "AAPL"),
        ("700.hk", "0700.HK"),
        ("00700.HK", "0700.HK"),
        ("HK00700", "0700.HK"),
        ("80700.HK", "80700.HK"),
        ("SH600519", "600519.SH"),
        ("600519.SS", "600519.SH"),
        ("SZ000001", "000001.SZ"),
        ("7203.T", "7203.T"),
        ("600519", None),
        ("0000.HK", None),
        ("600.SH", None),
        ("TOOLONG", None),
        ("ＡＡＰＬ", None),
        ("ſ", None),
        ("٠٧٠٠.HK", None),
        ("A.", None),
        ("", None),
    ],
)
def test_a_symbol_carries_its_market(written: str, symbol: str | None) -> None:
    assert canonical_symbol(written) == symbol
    assert symbol is None or canonical_symbol(symbol) == symbol


def test_a_code_of_six_digits_may_be_of_three_exchanges() -> None:
    assert possible_symbols("600519")[0] == "600519.SH"
    assert possible_symbols("000001")[0] == "000001.SZ"
    assert possible_symbols("835185")[0] == "835185.BJ"
    assert len(possible_symbols("600519")) == 3
    assert possible_symbols("60051") == possible_symbols("AAPLXX") == possible_symbols("٦٠٠٥١٩") == []
