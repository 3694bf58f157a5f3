"""Packaged functions under the real Lambda runtime client: nothing on their path but package, layers and runtime."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import uvloop
from sqlalchemy.orm import Session

from infra.environments import SITE_FILE
from infra.local.aws.code import CodeOf, packaged
from tests.integration.packaged.packaged_function import PackagedFunctions
from tests.support import cloud
from tests.support.stripe_account import Account, simulated_account


@pytest.fixture(scope="session")
def code() -> CodeOf:
    """The packages for this machine, made if need be."""
    return packaged()


@pytest.fixture
def account() -> Iterator[Account]:
    """An empty account at a simulated Stripe."""
    with simulated_account((cloud.WEBHOOK_SECRET,)) as served:
        yield served


@pytest.fixture
def addresses(db: Session, aws: cloud.Cloud, moto_address: str, database_url: str) -> dict[str, str]:
    """The variables that replace what a deployment has: this worker's database, emptied, and moto's cloud."""
    site = SITE_FILE.read_text(encoding="utf-8")
    return {"DATABASE_URL": database_url, "AWS_ENDPOINT_URL": moto_address, "SITE": site}


@pytest.fixture
def functions(code: CodeOf, addresses: dict[str, str], tmp_path: Path) -> PackagedFunctions:
    """Every packaged function."""
    return PackagedFunctions(code, {**cloud.ENVIRONMENT, **addresses}, tmp_path, uvloop.run)
