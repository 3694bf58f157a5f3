"""The circuit breaker: a provider that does not answer is left alone, and tried again by one call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from functions.payments.errors import ProviderRefusedError, ProviderUnavailableError
from functions.payments.providers import circuit
from functions.payments.providers.circuit import FAILURES_TO_OPEN, OPEN_SECONDS, WINDOW_SECONDS, Circuit


class Provider:
    """Something to call, and how often it was."""

    def __init__(self) -> None:
        self.calls = 0
        self.error: Exception | None = ProviderUnavailableError()

    def ask(self) -> str:
        self.calls += 1
        if self.error is not None:
            raise self.error
        return "an answer"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(circuit.time, "monotonic", lambda: now[0])

    def advance(seconds: float) -> None:
        now[0] += seconds

    return advance


@pytest.fixture
def shared_count(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the table says of all processes: nobody else fails, until a test says so."""
    count = [0]
    monkeypatch.setattr(circuit.counters, "add", lambda *_, **__: count[0])
    monkeypatch.setattr(circuit.counters, "read", lambda *_: 0)
    return count


def fail(one: Circuit, provider: Provider, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(ProviderUnavailableError):
            one.call(provider.ask)


def test_it_opens_after_failures_and_tells_when_to_come_back(
    clock: Callable[[float], None], shared_count: list[int]
) -> None:
    one, provider = Circuit("stripe"), Provider()
    fail(one, provider, FAILURES_TO_OPEN)
    with pytest.raises(ProviderUnavailableError) as refused:
        one.call(provider.ask)
    assert provider.calls == FAILURES_TO_OPEN
    assert 0 < int(refused.value.headers["Retry-After"]) <= OPEN_SECONDS + 1


def test_one_call_is_let_through_after_a_while_and_closes_or_opens_it(
    clock: Callable[[float], None], shared_count: list[int]
) -> None:
    one, provider = Circuit("stripe"), Provider()
    fail(one, provider, FAILURES_TO_OPEN)
    clock(OPEN_SECONDS)
    fail(one, provider, 2)
    assert provider.calls == FAILURES_TO_OPEN + 1  # the second was not let through
    clock(OPEN_SECONDS)
    provider.error = None
    assert [one.call(provider.ask) for _ in range(2)] == ["an answer"] * 2


def test_failures_that_are_far_apart_do_not_add_up(clock: Callable[[float], None], shared_count: list[int]) -> None:
    one, provider = Circuit("stripe"), Provider()
    for _ in range(3 * FAILURES_TO_OPEN):
        fail(one, provider)
        clock(WINDOW_SECONDS)
    assert provider.calls == 3 * FAILURES_TO_OPEN


def test_one_failure_is_enough_where_all_other_processes_fail(
    clock: Callable[[float], None], shared_count: list[int]
) -> None:
    one, provider = Circuit("stripe"), Provider()
    shared_count[0] = FAILURES_TO_OPEN
    fail(one, provider, 2)
    assert provider.calls == 1


def test_an_outage_that_began_in_the_window_before_counts(
    clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows: dict[str, int] = {}

    def add(key: str, amount: int, *, expires_at: int) -> int:
        windows[key] = windows.get(key, 0) + amount
        return windows[key]

    monkeypatch.setattr(circuit.counters, "add", add)
    monkeypatch.setattr(circuit.counters, "read", lambda key: windows.get(key, 0))
    monkeypatch.setattr(circuit.time, "time", lambda: WINDOW_SECONDS * 1_000 - 1)
    for _ in range(FAILURES_TO_OPEN):
        fail(Circuit("stripe"), Provider())
    monkeypatch.setattr(circuit.time, "time", lambda: WINDOW_SECONDS * 1_000 + 1)
    one, provider = Circuit("stripe"), Provider()
    fail(one, provider, 2)
    assert provider.calls == 1


@pytest.mark.parametrize(
    "error", [ProviderRefusedError("no"), ProviderUnavailableError(outage=False), ProviderRefusedError("declined")]
)
def test_a_provider_that_says_no_is_there(
    clock: Callable[[float], None], shared_count: list[int], error: Exception
) -> None:
    one, provider = Circuit("stripe"), Provider()
    provider.error = error
    for _ in range(2 * FAILURES_TO_OPEN):
        with pytest.raises(type(error)):
            one.call(provider.ask)
    assert provider.calls == 2 * FAILURES_TO_OPEN


def test_the_table_being_away_leaves_the_own_count(
    clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise TimeoutError

    monkeypatch.setattr(circuit.counters, "add", broken)
    one, provider = Circuit("stripe"), Provider()
    fail(one, provider, FAILURES_TO_OPEN + 1)
    assert provider.calls == FAILURES_TO_OPEN
