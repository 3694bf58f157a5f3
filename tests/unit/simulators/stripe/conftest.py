from collections.abc import Iterator

import pytest

from tests.support.stripe_account import Account, simulated_account


@pytest.fixture(scope="session")
def _served() -> Iterator[Account]:
    with simulated_account() as served:
        yield served


@pytest.fixture
def account(_served: Account) -> Account:
    """A simulated account that holds nothing, over real HTTP, with the real library as its client."""
    _served.reset()
    return _served
