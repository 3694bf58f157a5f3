from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from demo import copying
from demo.contents.customers import ADA, PASSWORD
from shared import keys
from tests.contract.demo_shop.shop import ADDRESS, ADMIN_PASSWORD, EMAIL, ROOT, Made, signed_in
from tests.support import databases, triggers
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context


@pytest.fixture(scope="session")
def made(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Made once, as a local start does it."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "demo", str(folder / "result.json")]
    command += ["--address", ADDRESS, "--admin-email", EMAIL, "--admin-password", ADMIN_PASSWORD]
    with databases.another_database(database_url, "TEMPLATE template_migrated") as url:
        with (folder / "log").open("w") as log:
            done = subprocess.run(command, input=url, text=True, cwd=ROOT, stdout=log, stderr=log, check=False)
        assert done.returncode == 0, (folder / "log").read_text()[-4000:]
        yield Made(url, json.loads((folder / "result.json").read_text()))


@pytest.fixture(autouse=True)
def _shop(made: Made, db: Session, aws: Cloud, database_url: str) -> None:
    copying.copy(made.url, database_url)
    triggers.handler("identity.rotate_signing_keys")({}, Context())
    keys.reset()


@pytest.fixture
def admin() -> dict[str, str]:
    """The administrator's header."""
    return signed_in(EMAIL, ADMIN_PASSWORD)


@pytest.fixture
def ada() -> dict[str, str]:
    """A customer's header."""
    return signed_in(ADA, PASSWORD)
