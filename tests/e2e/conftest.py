"""One running system for all end-to-end tests of a worker (they run in one group)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import running_system
from tests.e2e.running_system import RunningSystem
from tests.e2e.shopper import Shopper


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def _system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    system = running_system.start(tmp_path_factory.mktemp("system"))
    yield system
    assert system.stop() == 0


@pytest.fixture
def system(_system: RunningSystem) -> Iterator[RunningSystem]:
    """The running system, with Stripe behaving as usual again after the test."""
    yield _system
    _system.stripe_control("PUT", "/delivery-mode", {})
    _system.stripe_control("DELETE", "/faults")


@pytest.fixture
def admin(system: RunningSystem) -> Shopper:
    """The administrator whose credentials the start prints."""
    credentials = system.ready["admin"]
    return Shopper(system).log_in(credentials["email"], credentials["password"])
