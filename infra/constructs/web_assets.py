"""The built pages as CDK assets. They are built at synthesis, unless bundling is switched off as for packages."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_

from infra import web_build
from infra.manifests import ROOT

_INFRA = ROOT / "infra"


@jsii.implements(cdk.ILocalBundling)
class PageBundling:
    """Builds the pages, and fills the folder that CDK gives."""

    def __init__(self, fill: Callable[[Path], None]) -> None:
        self._fill = fill

    def try_bundle(self, output_dir: str, *_options: Any, **_named_options: Any) -> bool:
        web_build.build()
        self._fill(Path(output_dir))
        return True


def site_upload() -> lambda_.Code:
    """The function that uploads the site, with the site beside it."""

    def fill(folder: Path) -> None:
        shutil.copyfile(_INFRA / "site_upload" / "handler.py", folder / "handler.py")
        shutil.copytree(ROOT / web_build.SITE, folder / "site")

    return _code("site_upload", fill)


def render() -> lambda_.Code:
    """The function that renders pages, behind the one that Lambda calls."""

    def fill(folder: Path) -> None:
        shutil.copytree(ROOT / web_build.RENDER, folder, dirs_exist_ok=True)
        shutil.copyfile(_INFRA / "render" / "entry.mjs", folder / "entry.mjs")

    return _code("render", fill)


def build_digest() -> str:
    """Hash of everything that is deployed of the pages."""
    total = hashlib.sha256(web_build.digest().encode())
    for folder in ("render", "site_upload"):
        for path in sorted((_INFRA / folder).glob("*.*")):
            total.update(path.read_bytes())
    return total.hexdigest()


def _code(name: str, fill: Callable[[Path], None]) -> lambda_.Code:
    return lambda_.Code.from_asset(
        str(_INFRA / name),
        asset_hash=hashlib.sha256(f"{name} {build_digest()}".encode()).hexdigest(),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        bundling=cdk.BundlingOptions(
            # Named because CDK insists; the local bundling above never leaves it anything to do.
            image=lambda_.Runtime.NODEJS_22_X.bundling_image,
            local=PageBundling(fill),
        ),
    )
