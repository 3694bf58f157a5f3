"""How long somebody has to wait after failed logins."""

from __future__ import annotations

from functions.identity.domain.throttling import delay


def test_nobody_waits_below_the_limit() -> None:
    assert [delay(failures, 5) for failures in range(5)] == [0] * 5


def test_the_delay_doubles_with_every_failure_up_to_fifteen_minutes() -> None:
    assert [delay(failures, 5) for failures in range(5, 12)] == [30, 60, 120, 240, 480, 900, 900]
    assert delay(10**6, 5) == 900
