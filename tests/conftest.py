"""One embedded PostgreSQL per test run, one database per worker, moto in-process, handlers called with real events."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from werkzeug.serving import make_server

from infra.local.cloud_server import CloudApplication, QuietHandler
from tests.support import cloud, databases, process_state
from tests.support.tokens import TestSigningKey

SERVER_VARIABLE = "SHARESTACK_TEST_DATABASE_URL"
_TEMPLATE = "template_migrated"


class _DatabaseServer:
    """Started by the process that controls the run; the workers inherit its address."""

    def __init__(self) -> None:
        from infra.local.database import start_server
        from shared.migrations import runner

        self.folder = Path(tempfile.mkdtemp(prefix="sharestack-test-"))
        self.server = start_server(self.folder / "postgresql", durable=False)
        self.server.create_database(_TEMPLATE)
        runner.upgrade(self.server.url(_TEMPLATE))
        for number in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")) or _worker_count()):
            self.server.create_database(f"worker_{number}", template=_TEMPLATE)
        os.environ[SERVER_VARIABLE] = self.server.url("{database}")

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _worker_count() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


_SERVER_KEY = pytest.StashKey[_DatabaseServer]()


def pytest_configure(config: pytest.Config) -> None:
    if SERVER_VARIABLE not in os.environ and not config.getoption("collectonly"):
        config.stash[_SERVER_KEY] = _DatabaseServer()


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_SERVER_KEY, None)
    if server is not None:
        server.stop()
        del os.environ[SERVER_VARIABLE]


@pytest.fixture(scope="session")
def database_url(worker_id: str) -> str:
    """URL of this worker's own database, migrated."""
    number = worker_id.removeprefix("gw") if worker_id.startswith("gw") else "0"
    return os.environ[SERVER_VARIABLE].replace("%7Bdatabase%7D", f"worker_{number}")


@pytest.fixture
def environment(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The variables that CDK gives every function, for this worker's database and moto's cloud."""
    for name, value in {**cloud.ENVIRONMENT, "DATABASE_URL": database_url}.items():
        monkeypatch.setenv(name, value)
    process_state.forget()
    yield
    process_state.forget()


@pytest.fixture(scope="session")
def moto_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """moto's AWS over HTTP, one call at a time as `make run` has it; it shows what `aws` made, for both live in this
    process.
    """
    application = CloudApplication(tmp_path_factory.mktemp("cloud") / "secrets.json")
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def aws(environment: None, moto_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[cloud.Cloud]:
    """moto's cloud with the bus, table, buckets, queues and secrets of the functions; empty at every test."""
    with mock_aws():
        made = cloud.create()
        monkeypatch.setenv("AWS_ENDPOINT_URL", moto_address)
        yield made
        process_state.forget()


@pytest.fixture
def db(environment: None, database_url: str) -> Iterator[Session]:
    """A session to arrange and to look with, apart from the connection of the code under test.

    Every table but the service keys is empty at the start of the test. Commit what the code under test shall see
    (the factories do).
    """
    databases.empty(database_url)
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    with Session(engine, expire_on_commit=True) as session:
        yield session
    engine.dispose()


@pytest.fixture
def signing_key(db: Session) -> TestSigningKey:
    """An access-token key whose public half the functions know: `signing_key.authorization(user)`."""
    return TestSigningKey.publish(db)
