"""Counts whose pace matters, in DynamoDB."""

from __future__ import annotations

from shared.clients import counters
from shared.clients.counters import Tally
from tests.support.cloud import Cloud


def test_a_tally_is_read_as_it_was_stored_until_it_is_forgotten(aws: Cloud) -> None:
    assert counters.tally("guesses") is None
    first = Tally(count=1, last_at=1_000, expires_at=1_900)
    assert counters.advance("guesses", None, first)
    assert counters.tally("guesses") == first
    counters.delete_tally("guesses")
    assert counters.tally("guesses") is None


def test_of_two_that_saw_the_same_tally_one_advances_it(aws: Cloud) -> None:
    first, second = Tally(1, 1_000, 1_900), Tally(2, 1_000, 1_900)
    assert counters.advance("guesses", None, first)
    assert not counters.advance("guesses", None, first)
    assert counters.advance("guesses", first, second)
    assert not counters.advance("guesses", first, second)
    assert counters.tally("guesses") == second


def test_a_tally_and_a_counter_of_one_name_are_two_things(aws: Cloud) -> None:
    counters.add("guesses", 3, expires_at=2_000_000_000)
    assert counters.tally("guesses") is None
    counters.advance("guesses", None, Tally(1, 1_000, 1_900))
    assert counters.read("guesses") == 3
