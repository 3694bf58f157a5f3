"""Third-party packages: installed for a target from pinned, hashed versions, and stripped."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from typing import Final

from packaging.version import Version
from uv import find_uv_bin

from infra.packaging.errors import PackagingError
from infra.packaging.targets import Target

# What Lambda's own Python runtime brings, and no layer therefore:
# https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-dependencies
RUNTIME: Final = (
    "awslambdaric",
    "boto3",
    "botocore",
    "jmespath",
    "python-dateutil",
    "s3transfer",
    "simplejson",
    "six",
    "snapshot-restore-py",
    "urllib3",
)

# Parts of wheels that nothing reads at run time. METADATA stays, for `importlib.metadata`; so do licences.
_UNUSED_AT_TOP: Final = ("bin", ".lock")
_UNUSED_NOTES: Final = ("RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "uv_cache.json")
_UNUSED_SUFFIXES: Final = (".pyc", ".pyi", ".pyx", ".pxd", ".c", ".h")
_UNUSED_FOLDERS: Final = ("__pycache__", "tests")

# Parts that no function imports. FastAPI asks of every parameter whether its type is a model of pydantic's previous
# version, and imports all of that version for the question; where it is not there, it takes that for a no
# (fastapi/_compat/shared.py).
_UNUSED_PARTS: Final = (
    "pydantic/v1",
    "cffi",  # builds extensions; those that are built load `_cffi_backend` only
    "multipart",  # the former name of python_multipart
)


def install(requirements: Path, folder: Path, target: Target) -> None:
    """Install what a compiled requirements file pins into `folder`, and strip it.

    For this interpreter the packages are those that it has installed itself (`make setup` took them from the lock file
    by hash), and tests need no network. For others they are fetched, and checked by hash.
    Raises PackagingError when one is missing, differs from its hash, or cannot be fetched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if target.runs_here:
        for name, version in pinned(requirements):
            _copy_installed(name, version, folder)
    else:
        _fetch(requirements, folder, target)
    strip(folder)


def pinned(file: Path) -> list[tuple[str, str]]:
    """Names and versions that a compiled requirements file pins."""
    lines = (line.split(";")[0].rstrip(" \\") for line in file.read_text().splitlines() if line[:1].isalnum())
    pairs = (line.split("==") for line in lines)
    return [(name.split("[")[0].strip(), version.strip()) for name, version in pairs]


def write_runtime(lock: Path, file: Path) -> None:
    """Write requirements for what Lambda's runtime brings, in the versions of the lock file, with hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    by_name = {entry.partition("==")[0].partition("[")[0].strip(): entry for entry in entries}
    file.write_text("\n".join(by_name[name] for name in RUNTIME) + "\n")


def _copy_installed(name: str, version: str, folder: Path) -> None:
    try:
        found = distribution(name)
    except PackageNotFoundError as error:
        raise PackagingError(f"{name} {version} is not installed; `make setup` installs it") from error
    if Version(found.version) != Version(version):  # 1.002 is 1.2 (PEP 440)
        raise PackagingError(f"{name} {found.version} is installed, but {version} is pinned; run `make setup`")
    if found.files is None:
        raise PackagingError(f"{name} {version} has no list of its files")
    for path in found.files:
        if ".." not in path.parts and path.suffix != ".pyc":
            _copy_checked(found, path, folder)


def _copy_checked(found: Distribution, path: PackagePath, folder: Path) -> None:
    """Copy a file of an installed package, unless it is not what the wheel brought."""
    content = Path(str(found.locate_file(path))).read_bytes()
    if path.hash is not None and path.hash.mode == "sha256":
        actual = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        if actual != path.hash.value:
            raise PackagingError(f"{path} of {found.name} {found.version} has been changed since it was installed")
    destination = folder / path
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(content)


def _fetch(requirements: Path, folder: Path, target: Target) -> None:
    run_uv(
        *("pip", "install", "--quiet", "--target", str(folder)),
        *("--python-version", target.python, "--python-platform", target.platform),
        *("--only-binary", ":all:", "--require-hashes", "--link-mode", "copy"),
        "--no-deps",  # the file is complete without what the core layer brings
        *("-r", str(requirements)),
    )


def run_uv(*arguments: str, cwd: Path | None = None) -> None:
    """Run uv. Raises PackagingError with what it says when it fails."""
    # As in the Makefile: a company's own certificate authority is known to the system.
    environment = {"UV_SYSTEM_CERTS": "true", **os.environ}
    result = subprocess.run(
        [find_uv_bin(), *arguments], capture_output=True, text=True, check=False, cwd=cwd, env=environment
    )
    if result.returncode:
        raise PackagingError(f"uv {' '.join(arguments[:2])} failed:\n{result.stderr.strip()}")


def strip(folder: Path) -> None:
    """Remove from installed packages what nothing reads at run time."""
    unused = [folder / name for name in (*_UNUSED_AT_TOP, *_UNUSED_PARTS)]
    for path in folder.rglob("*"):
        note = path.parent.suffix == ".dist-info" and path.name in _UNUSED_NOTES
        if note or path.suffix in _UNUSED_SUFFIXES or path.name in _UNUSED_FOLDERS:
            unused.append(path)
    for path in unused:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
