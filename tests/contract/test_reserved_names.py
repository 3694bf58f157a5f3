"""No word of an address can be a username."""

from __future__ import annotations

from functions.profiles.domain.reserved_names import is_reserved
from infra.environments import DEV
from shared.contexts.profiles.usernames import problem_of
from tests.contract.applications import every_route


def test_no_word_of_an_address_is_a_username() -> None:
    """All routes of all applications, not only what the gateway names."""
    segments = {part for route in every_route() for part in route.path.split("/")[1:] if part and part[0] != "{"}
    below_users = {route.path.split("/")[4] for route in every_route() if route.path.startswith("/api/v1/users/")}
    first = {route.path.split("/")[3] for route in every_route() if route.path.startswith("/api/v1/")}
    words = {word.replace("-", "_") for word in (first | below_users) & segments}
    assert {"users", "orders", "unsubscribe", "me", "word_filters"} <= words
    assert [word for word in words if problem_of(word) is None and not is_reserved(word, DEV.reserved_names)] == []
    assert not is_reserved("ada_lovelace", DEV.reserved_names)
