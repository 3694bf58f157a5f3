"""Every environment is synthesized once per session, without packages, Docker or credentials."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from pathlib import Path

import aws_cdk as cdk
import pytest

from infra import app
from infra.environments import ENVIRONMENTS, PROD
from tests.infra import deployment
from tests.infra.deployment import Deployment

PROD_IN_TWO_REGIONS = dataclasses.replace(PROD, second_region="ap-northeast-1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of these, so that the other need not synthesize as well."""
    for item in items:
        if "tests/infra/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("infra"))


@pytest.fixture(scope="session")
def deployment_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Deployment]:
    """Gives an environment's templates by the environment's name."""

    @cache
    def synthesized(name: str) -> Deployment:
        folder = tmp_path_factory.mktemp(name)
        app.synthesize(ENVIRONMENTS[name], folder)
        return deployment.read(folder, ENVIRONMENTS[name])

    return synthesized


@pytest.fixture(scope="session", params=list(ENVIRONMENTS))
def deployed(request: pytest.FixtureRequest, deployment_of: Callable[[str], Deployment]) -> Deployment:
    """Each environment in turn."""
    return deployment_of(request.param)


@pytest.fixture(scope="session")
def dev(deployment_of: Callable[[str], Deployment]) -> Deployment:
    return deployment_of("dev")


@pytest.fixture(scope="session")
def prod(deployment_of: Callable[[str], Deployment]) -> Deployment:
    return deployment_of("prod")


@pytest.fixture(scope="session")
def two_regions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Deployment]:
    """Production with a second region: the deployments of both, `home` and `standby`."""
    folder = tmp_path_factory.mktemp("two")
    app.synthesize(PROD_IN_TWO_REGIONS, folder)
    standby = PROD_IN_TWO_REGIONS.in_second_region()
    both = deployment.read(folder, PROD_IN_TWO_REGIONS)
    home = {name: template for name, template in both.templates.items() if not name.startswith("Standby-")}
    return {
        "home": dataclasses.replace(both, templates=home),
        "standby": deployment.read(folder, standby),
    }


@pytest.fixture
def bare_app(tmp_path: Path) -> cdk.App:
    """An app with the project's settings and nothing in it."""
    return app.make_app(tmp_path)
