"""Interests and watched tickers."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from functions.profiles.service import interests
from tests.factories import profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient

INTERESTS = "/api/v1/users/me/interests"
WATCHLIST = "/api/v1/users/me/watchlist"


@pytest.fixture
def client(db: Session, sign_in: SignIn) -> LambdaClient:
    return sign_in(profiles.person(db))


def test_interests_are_replaced_as_a_whole(client: LambdaClient) -> None:
    chosen = client.put(INTERESTS, json={"topics": ["Chips", "半导体", "ｃｈｉｐｓ", "M&A"]})
    assert chosen.json() == {"topics": ["chips", "m&a", "半导体"]}
    assert client.put(INTERESTS, json={"topics": ["chips"]}).json() == client.get(INTERESTS).json()
    assert client.get("/api/v1/users/me").json()["interest_count"] == 1
    assert client.put(INTERESTS, json={"topics": []}).json() == {"topics": []}


@pytest.mark.parametrize("topics", [["#x"], [""], ["x" * 51], ["a"] * 51, "chips", None, ["\u0301"]])
def test_what_is_no_interest_is_refused(client: LambdaClient, topics: object) -> None:
    assert client.put(INTERESTS, json={"topics": topics}).status == 422


def test_a_ticker_is_watched_in_its_canonical_form_once(client: LambdaClient) -> None:
    for typed, symbol in (("aapl", "AAPL"), ("%24AAPL", "AAPL"), ("brk_b", "BRK.B"), ("0700.hk", "0700.HK")):
        reply = client.put(f"{WATCHLIST}/{typed}")
        assert (reply.status, reply.json()["symbol"]) == (200, symbol)
    assert [item["symbol"] for item in client.get(WATCHLIST).json()["items"]] == ["0700.HK", "BRK.B", "AAPL"]
    assert [client.delete(f"{WATCHLIST}/aapl").status for _ in range(2)] == [204, 204]
    first = client.get(f"{WATCHLIST}?limit=1").json()
    second = client.get(f"{WATCHLIST}?limit=1&cursor={first['next_cursor']}").json()
    assert [item["symbol"] for item in (*first["items"], *second["items"])] == ["0700.HK", "BRK.B"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("symbol", ["1000", "TOOLONGNAME", "A-B", "%20", "贵州茅台"])
def test_what_is_no_symbol_is_refused(client: LambdaClient, symbol: str) -> None:
    for method in ("PUT", "DELETE"):
        assert client.request(method, f"{WATCHLIST}/{symbol}").status == 422


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("aapl.us", "AAPL"),
        ("700.hk", "0700.HK"),
        ("HK00700", "0700.HK"),
        ("600519.SS", "600519.SH"),
        ("SH600519", "600519.SH"),
        ("%EF%BC%84%EF%BC%A1%EF%BC%A1%EF%BC%B0%EF%BC%AC", "AAPL"),
    ],
)
def test_a_symbol_is_watched_as_posts_have_it(client: LambdaClient, typed: str, symbol: str) -> None:
    assert client.put(f"{WATCHLIST}/{typed}").json()["symbol"] == symbol
    assert [item["symbol"] for item in client.get(WATCHLIST).json()["items"]] == [symbol]


def test_a_watchlist_has_an_end(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "MAX_WATCHED", 1)
    client.put(f"{WATCHLIST}/AAPL")
    assert client.put(f"{WATCHLIST}/AAPL").status == 200
    reply = client.put(f"{WATCHLIST}/MSFT")
    assert (reply.status, reply.json()["code"]) == (409, "watchlist_full")
