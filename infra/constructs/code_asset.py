"""Packages as CDK assets: made by `infra.packaging` at synthesis, unless bundling is switched off.

Bundling is skipped for stacks outside the context value `aws:cdk:bundling-stacks`; tests and the local system, which
read the templates only, set it to an empty list.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_

from infra import packaging


@jsii.implements(cdk.ILocalBundling)
class LocalBundling:
    """Makes a package in the folder that CDK gives."""

    def __init__(self, make: Callable[[Path], None]) -> None:
        self._make = make

    def try_bundle(self, output_dir: str, *_options: Any, **_named_options: Any) -> bool:
        self._make(Path(output_dir))
        return True


def function_code(context: str, *, migrations: bool = False) -> lambda_.Code:
    """The package of a context's functions."""
    files = packaging.function_files(context, migrations=migrations)
    return _code("functions", files, lambda folder: packaging.package_sources(files, folder))


def shared_code() -> lambda_.Code:
    """The package of the shared layer."""
    files = packaging.shared_files()
    return _code("shared", files, lambda folder: packaging.package_sources(files, folder / "python"))


def requirements_code(layer: str) -> lambda_.Code:
    """The package of a layer of third-party packages."""
    files = [packaging.requirements_file(layer)]
    return _code("layers", files, lambda folder: packaging.package_requirements(layer, folder / "python"))


def _code(source: str, files: list[Path], make: Callable[[Path], None]) -> lambda_.Code:
    return lambda_.Code.from_asset(
        str(packaging.ROOT / source),
        asset_hash=packaging.digest(files),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        bundling=cdk.BundlingOptions(
            # Named because CDK insists; the local bundling below never leaves it anything to do.
            image=lambda_.Runtime.PYTHON_3_13.bundling_image,
            local=LocalBundling(make),
        ),
    )
