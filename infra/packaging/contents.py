"""What goes into which package: functions and their layers, as manifests have them, and the sources of each package."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from infra.manifests import ROOT, functions
from infra.openapi import document
from infra.packaging.bytecode import compiler
from infra.packaging.errors import PackagingError
from infra.packaging.targets import AWS, Target
from shared.manifest import SHARED_LAYER, Invoked

# Layers by function (`context.handler`). The stacks read it too: what is deployed is what is packaged and tested.
LAYERS_OF: Final[dict[str, tuple[str, ...]]] = {name: function.all_layers for name, _, function in functions()}

MIGRATION_FUNCTION: Final = next(
    name for name, _, function in functions() if isinstance(function, Invoked) and function.brings_schema
)

# Only schema work needs these parts of `shared`; SQLAlchemy is in no other package.
SCHEMA_PARTS: Final = frozenset({"migrations", "tables", "models", "models.py"})

_DOCUMENT: Final = Path("functions", "operations", "openapi.json")
"""Where the function that serves the merged OpenAPI document reads it."""

_LEGAL_TEXTS: Final = (Path("web", "site", "legal"), Path("functions", "ordering", "legal_texts"))
"""The operator's legal texts, and where the function that tells them reads those that a new shop begins with."""

Kind = Literal["functions", "layers"]


@dataclass(frozen=True, order=True)
class Package:
    """One archive that Lambda unpacks. The functions of a context share one; the migration function has its own."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


def packages() -> list[Package]:
    """Every package there is."""
    bundles = {package_of(function) for function in LAYERS_OF}
    layers = {Package("layers", layer) for names in LAYERS_OF.values() for layer in names}
    return sorted(bundles | layers)


def package_of(function: str) -> Package:
    """The package that a function (`context.handler`) is in."""
    name = function if function == MIGRATION_FUNCTION else function.partition(".")[0]
    return Package("functions", name)


def sources(package: Package, root: Path = ROOT) -> list[Path]:
    """The files that a package is made from, relative to the project; for a third-party layer, its requirements."""
    if package.kind == "layers":
        return _shared_files(root) if package.name == SHARED_LAYER else [requirements_file(package.name)]
    context = package.name.partition(".")[0]
    files = [Path("functions/__init__.py"), *_files(root, Path("functions", context))]
    return [*files, *_files(root, Path("shared"))] if package.name == MIGRATION_FUNCTION else files


def generated(package: Package, root: Path = ROOT) -> dict[Path, bytes]:
    """Files of a package that are no sources: made from those of every context, or the operator's.

    Raises PackagingError.
    """
    if package == package_of("ordering.api"):
        source, packed = _LEGAL_TEXTS
        return {packed / path.name: path.read_bytes() for path in sorted((root / source).glob("*.md"))}
    if package != package_of("operations.api"):
        return {}
    try:
        return {_DOCUMENT: document.read(root)}
    except document.DocumentError as error:
        raise PackagingError(str(error)) from error


def _shared_files(root: Path) -> list[Path]:
    return [path for path in _files(root, Path("shared")) if not SCHEMA_PARTS.intersection(path.parts)]


def requirements_file(layer: str) -> Path:
    """Pinned packages of a layer, relative to the project."""
    return Path("layers", layer, "requirements.txt")


def third_party_layers(root: Path = ROOT) -> list[str]:
    """Layers of third-party packages."""
    return sorted(path.parent.name for path in (root / "layers").glob("*/requirements.txt"))


def _files(root: Path, folder: Path) -> list[Path]:
    found = (path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts and path.suffix != ".pyc")


def digest(package: Package, target: Target = AWS, root: Path = ROOT) -> str:
    """Hash of what a package is made from: names and contents of files, target, packaging code; no place, no date.

    Raises PackagingError when a file that is to be generated cannot be.
    """
    total = hashlib.sha256(f"{target} {compiler(target.python) is not None}".encode())

    def add(path: Path, content: bytes) -> None:
        total.update(f"\n{path.as_posix()} {len(content)}\n".encode())
        total.update(content)

    for path in [*sources(package, root), *_files(root, Path("infra/packaging"))]:
        try:
            content = (root / path).read_bytes()
        except FileNotFoundError:
            continue  # removed since it was listed: then it is not part of the package either
        add(path, content)
    for path, content in generated(package, root).items():
        add(path, content)
    return total.hexdigest()


def functions_in(packages_: Iterable[Package]) -> list[str]:
    """Names of the functions whose code is in these packages."""
    wanted = set(packages_)
    return [function for function in LAYERS_OF if package_of(function) in wanted]
