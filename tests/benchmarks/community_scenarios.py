"""What is measured of the community: pages of feeds, threads, people and tickers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from tests.benchmarks import generated_community
from tests.benchmarks.scenarios import Kind, Scenario, walk
from tests.benchmarks.world import Call, World

_STATEMENTS: Final = 6
_THREAD: Final = f"/api/v1/posts/{generated_community.post_id(generated_community.LONG_THREAD)}"
_WORDS: Final = ("quarter", "better", "again", "week", "number")
_CHINESE: Final = ("财报", "看好", "短期波动", "长期")
_BELOW_ROOM: Final = 50
"""The numbers of people with most followers and posts."""
_READERS: Final = 40


def _as(number: int) -> Callable[[World], dict[str, str]]:
    return lambda world: world.as_user(number)


def _as_somebody(world: World) -> dict[str, str]:
    """One of so few that each is known to be there already: that somebody came is told once a minute."""
    return world.as_user(generated_community.MUTER + 1 + world.chance.randrange(_READERS))


def _read(name: str, function: str, path: Callable[[World], str], kind: Kind = Kind.LIST) -> Scenario:
    """One request of somebody who follows about twenty people."""
    return Scenario(
        name, function, kind, lambda world: Call("GET", path(world), _as_somebody(world)), statements=_STATEMENTS
    )


def _post(world: World) -> str:
    """One of those that everybody may read."""
    number = world.chance.randrange(1, world.size.posts // 20) * 20
    return f"/api/v1/posts/{generated_community.post_id(number)}"


def _person(world: World) -> str:
    return f"/api/v1/users/user_{world.chance.randrange(_BELOW_ROOM)}"


def _ticker(world: World) -> str:
    return f"/api/v1/tickers/{generated_community.ticker_symbol(world.chance.randrange(generated_community.TICKERS))}"


def _search(name: str, asked: Callable[[World], str], kind: str) -> Scenario:
    def make(world: World) -> Call:
        return Call("GET", f"/api/v1/search?{urlencode({'q': asked(world), 'type': kind})}", _as_somebody(world))

    return Scenario(name, "discovery.api", Kind.LIST, make)


def _a_symbol(world: World) -> str:
    return generated_community.ticker_symbol(world.chance.randrange(generated_community.TICKERS))[:3]


def _a_name(world: World) -> str:
    return f"user_{world.chance.randrange(100, 1_000)}"


_FOLLOWER = _as(generated_community.FOLLOWER)
_MUTER = _as(generated_community.MUTER)

SCENARIOS: Final = (
    walk("feed: all", "/api/v1/feed?scope=all", "community.api", _as(_BELOW_ROOM), statements=_STATEMENTS),
    walk("feed: all, hot", "/api/v1/feed?scope=all&order=hot", "community.api", _as(51), statements=_STATEMENTS),
    walk("feed: following many", "/api/v1/feed?scope=following", "community.api", _FOLLOWER, statements=_STATEMENTS),
    _read("feed: following some", "community.api", lambda _: "/api/v1/feed?scope=following"),
    walk("feed: muting many", "/api/v1/feed?scope=all", "community.api", _MUTER, statements=_STATEMENTS),
    _read("a post", "community.api", _post, Kind.READ),
    _read("a post with a long thread", "community.api", lambda _: _THREAD, Kind.READ),
    walk("a long thread", f"{_THREAD}/comments", "community.api", _as(52), statements=_STATEMENTS),
    _read("a person", "profiles.api", _person, Kind.READ),
    _read("posts of a person", "community.api", lambda world: f"{_person(world)}/posts"),
    _read("followers of a person", "profiles.api", lambda world: f"{_person(world)}/followers"),
    _read("a ticker", "community.api", _ticker, Kind.READ),
    _read("posts of a ticker", "community.api", lambda world: f"{_ticker(world)}/posts"),
    _read("trending tickers", "community.api", lambda _: "/api/v1/tickers/trending"),
    walk("bookmarks", "/api/v1/bookmarks", "community.api", _as(0), statements=_STATEMENTS),
    _search("search: posts", lambda world: world.chance.choice(_WORDS), "posts"),
    _search("search: Chinese posts", lambda world: world.chance.choice(_CHINESE), "posts"),
    _search("search: tickers", _a_symbol, "tickers"),
    _search("search: people", _a_name, "users"),
    _search("search: all", _a_name, "all"),
    Scenario(
        "metrics dashboard",
        "analytics.api",
        Kind.READ,
        lambda world: Call("GET", "/api/v1/metrics/dashboard", world.as_admin()),
    ),
)
