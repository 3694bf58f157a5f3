"""One embedded PostgreSQL per test run, one database per worker, moto in-process, handlers called with real events."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from infra.environments import SITE_FILE
from infra.local.aws.cloud_server import CloudApplication, QuietHandler
from infra.openapi import document
from shared import process
from shared.clients import database
from shared.web import rate_limits
from tests.support import cloud, database_logins, databases, kept_connections
from tests.support.tokens import TestSigningKey

pytest_plugins = ["tests.contexts"]

SERVER_VARIABLE = "SHARESTACK_TEST_DATABASE_URL"

# No deadline and no check of pace: they would fail on a loaded machine. Examples of one test share its fixtures; tests
# reset between examples what that would disturb.
hypothesis.settings.register_profile(
    "ci",
    hypothesis.settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile("dev", hypothesis.settings.get_profile("ci"), max_examples=25)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


class _DatabaseServer:
    """Started by the process that controls the run; the workers inherit its address."""

    def __init__(self) -> None:
        from infra.local.host.database import start_server
        from shared.migrations import runner

        self.folder = Path(tempfile.mkdtemp(prefix="sharestack-test-"))
        self.server = start_server(self.folder / "postgresql", durable=False)
        # As people sort, once in a while: LOCPATH may name a folder with locales that the system has not installed.
        self.server.create_database(databases.MIGRATED, locale=os.environ.get("COLLATION"))
        runner.upgrade(self.server.url(databases.MIGRATED))
        for number in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")) or _worker_count()):
            self.server.create_database(f"worker_{number}", template=databases.MIGRATED)
        os.environ[SERVER_VARIABLE] = self.server.url("{database}")

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _worker_count() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: the worker with the tests of the whole system waits more than it computes."""
    return (os.cpu_count() or 1) + 1


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
def database_url(worker_id: str) -> Iterator[str]:
    """URL of this worker's own database, migrated, with the role that owns the schema."""
    number = worker_id.removeprefix("gw") if worker_id.startswith("gw") else "0"
    database._connect = kept_connections.connect
    yield os.environ[SERVER_VARIABLE].replace("%7Bdatabase%7D", f"worker_{number}")
    kept_connections.close()
    databases.close()


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """What tests arrange and look with. Its connections stay open; one that a test ended is replaced."""
    made = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True)
    yield made
    made.dispose()


@pytest.fixture
def environment(database_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """The variables that CDK gives every function, for this worker's database and moto's cloud."""
    login = database_logins.login(database_url, database_logins.role_of_tests(request.path))
    started = time.time()
    monkeypatch.setattr(rate_limits, "clock", lambda: started)  # the minute of a limit does not end in a test
    here = {
        "DATABASE_URL": login,
        "OPENAPI_FILE": str(document.path()),
        "SITE": SITE_FILE.read_text(encoding="utf-8"),
    }
    for name, value in {**cloud.ENVIRONMENT, **here}.items():
        monkeypatch.setenv(name, value)
    process.reset()
    yield
    process.reset()


@pytest.fixture(scope="session")
def openapi_file() -> Path:
    """The merged OpenAPI document, as the code is now. For tests of what operations serves from it."""
    return document.write()


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
    with cloud.simulated() as made:
        monkeypatch.setenv("AWS_ENDPOINT_URL", moto_address)
        yield made
        process.reset()


@pytest.fixture
def db(environment: None, database_url: str, engine: Engine) -> Iterator[Session]:
    """A session to arrange and to look with, apart from the connection of the code under test.

    Every table but the service keys is empty at the start of the test. Commit what the code under test shall see
    (the factories do).
    """
    databases.empty(database_url)
    with Session(engine, expire_on_commit=True) as session:
        yield session


@pytest.fixture
def signing_key(db: Session) -> TestSigningKey:
    """An access-token key whose public half the functions know: `signing_key.authorization(user)`."""
    return TestSigningKey.publish(db)
