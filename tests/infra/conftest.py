"""Environments as they are deployed: read from templates that are synthesized only when their sources have changed."""

from __future__ import annotations

import dataclasses

import pytest

from infra.environments import DEV, ENVIRONMENTS, PROD
from tests.infra.deployment import Deployment, deployment_of, regions

PROD_IN_TWO_REGIONS = dataclasses.replace(PROD, second_region="ap-northeast-1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of these, so that CDK is loaded once when templates have to be synthesized."""
    for item in items:
        if "tests/infra/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("infra"))


@pytest.fixture(scope="session", params=list(ENVIRONMENTS))
def deployed(request: pytest.FixtureRequest) -> Deployment:
    """Each environment in turn."""
    return deployment_of(ENVIRONMENTS[request.param])


@pytest.fixture(scope="session")
def dev() -> Deployment:
    return deployment_of(DEV)


@pytest.fixture(scope="session")
def prod() -> Deployment:
    return deployment_of(PROD)


@pytest.fixture(scope="session")
def two_regions() -> dict[str, Deployment]:
    """Production with a second region: the deployments of both, `home` and `standby`."""
    return regions(deployment_of(PROD_IN_TWO_REGIONS))
