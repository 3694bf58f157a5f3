"""Packages as CDK assets: the archives of `infra.packaging`, made at synthesis unless bundling is switched off.

Bundling is skipped for stacks outside the context value `aws:cdk:bundling-stacks`; tests and the local system, which
read the templates only, set it to an empty list.
"""

import shutil
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_

from infra.manifests import ROOT
from infra.packaging import contents
from infra.packaging.build import archive_of
from infra.packaging.contents import Package


@jsii.implements(cdk.ILocalBundling)
class LocalBundling:
    """Puts a package's archive, the very one that `make package` makes, into the folder that CDK gives."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def try_bundle(self, output_dir: str, *_options: Any, **_named_options: Any) -> bool:
        shutil.copyfile(archive_of(self._package), Path(output_dir, "package.zip"))
        return True


def code(package: Package) -> lambda_.Code:
    """The code of a function or a layer."""
    return lambda_.Code.from_asset(
        str(ROOT / package.kind),
        asset_hash=contents.digest(package),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        bundling=cdk.BundlingOptions(
            # Named because CDK insists; the local bundling below never leaves it anything to do.
            image=lambda_.Runtime.PYTHON_3_13.bundling_image,
            local=LocalBundling(package),
            output_type=cdk.BundlingOutput.ARCHIVED,
        ),
    )
