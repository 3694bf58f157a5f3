"""Packages laid out on this machine as Lambda unpacks them."""

from __future__ import annotations

import pytest

from infra.packaging import archives
from infra.packaging.build import Build, build
from infra.packaging.contents import LAYERS_OF
from infra.packaging.layout import Layout, lay_out
from infra.packaging.targets import here


@pytest.fixture(scope="module")
def layouts() -> dict[str, Layout]:
    return lay_out()


@pytest.fixture(scope="module")
def made() -> Build:
    return build(here())


@pytest.mark.parametrize("function", sorted(LAYERS_OF))
def test_a_function_finds_the_files_of_its_package_and_of_all_its_layers(
    layouts: dict[str, Layout], made: Build, function: str
) -> None:
    layout = layouts[function]
    own, *layers = made.packages_of(function)
    assert archives.contents(layout.task).sha256 == made.artefacts[own].sha256
    expected = {path.relative_to(made.path(layer)) for layer in layers for path in archives.files(made.path(layer))}
    assert {path.relative_to(layout.layers) for path in archives.files(layout.layers)} == expected
    assert layout.search_path.split(":") == [str(layout.task), str(layout.layers / "python"), str(layout.runtime)]


def test_the_runtime_is_lambda_s_client_and_boto3_in_the_versions_of_the_lock_file(layouts: dict[str, Layout]) -> None:
    runtime = layouts["ordering.api"].runtime
    assert (runtime / "awslambdaric" / "bootstrap.py").is_file()
    assert (runtime / "boto3").is_dir()
    assert not (runtime / "moto").exists()


def test_the_same_layers_are_laid_out_once(layouts: dict[str, Layout]) -> None:
    assert layouts["analytics.api"].layers == layouts["operations.api"].layers
    assert layouts["analytics.api"].layers != layouts["catalog.api"].layers
