"""One running system for all end-to-end tests of a worker (they run in one group)."""

from __future__ import annotations

import shutil
import tempfile
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
def _system(request: pytest.FixtureRequest) -> Iterator[RunningSystem]:
    # Not in pytest's own folder: another run of pytest would close that to the account that the database runs under.
    folder = Path(tempfile.mkdtemp(prefix="sharestack-e2e-"))
    system = running_system.start(folder)
    yield system
    assert system.stop() == 0
    if not request.session.testsfailed:
        shutil.rmtree(folder)


@pytest.fixture
def system(_system: RunningSystem, request: pytest.FixtureRequest, worker_id: str) -> Iterator[RunningSystem]:
    """The running system, with Stripe and AWS behaving as usual again after the test."""
    grouped = worker_id == "master" or request.node.nodeid.endswith("@e2e")
    assert grouped, "each worker would start a system of its own; see the pin of pytest in pyproject.toml"
    yield _system
    _system.stripe_control("PUT", "/delivery-mode", {})
    _system.recover()


@pytest.fixture
def admin(system: RunningSystem) -> Shopper:
    """The administrator whose credentials the start prints."""
    credentials = system.ready["admin"]
    return Shopper(system).log_in(credentials["email"], credentials["password"])
