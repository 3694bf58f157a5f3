"""Makes packages, once for as long as nothing that they are made from changes."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from infra.manifests import ROOT
from infra.packaging import archives, contents, requirements
from infra.packaging.bytecode import compile_bytecode
from infra.packaging.contents import LAYERS_OF, Package, package_of, packages, requirements_file
from infra.packaging.targets import AWS, Target
from shared.manifest import SHARED_LAYER

FOLDER: Final = ROOT / "build" / "packages"

# Where Lambda unpacks a package; in a layer, Python finds what is under `python`.
_PLACES: Final = {"functions": "/var/task", "layers": "/opt/python"}


@dataclass(frozen=True)
class Artefact:
    """A package that was made: what from, hashes of its contents and its archive, and sizes in bytes."""

    inputs: str
    sha256: str
    archive_sha256: str
    files: int
    unzipped: int
    zipped: int


@dataclass(frozen=True)
class Build:
    """All packages of a target, under `folder`."""

    target: Target
    folder: Path
    artefacts: dict[Package, Artefact]

    def path(self, package: Package) -> Path:
        """The unpacked package."""
        return self.folder / package.kind / package.name

    def archive(self, package: Package) -> Path:
        """The archive that Lambda gets."""
        return _beside(self.path(package), ".zip")

    def packages_of(self, function: str) -> list[Package]:
        """A function's own package, and its layers."""
        return [package_of(function), *(Package("layers", layer) for layer in LAYERS_OF[function])]


def build(target: Target = AWS, folder: Path = FOLDER, root: Path = ROOT) -> Build:
    """Make every package of a target into `folder/<target>`, and the manifest there.

    Raises PackagingError when one cannot be made.
    """
    home = folder / str(target)
    with _alone(home):
        artefacts = {package: _make(package, target, home, root) for package in packages()}
        made = Build(target, home, artefacts)
        (home / "manifest.json").write_text(json.dumps(manifest(made), indent=2) + "\n")
    return made


def archive_of(package: Package, target: Target = AWS, folder: Path = FOLDER, root: Path = ROOT) -> Path:
    """The archive of one package, made if need be. Raises PackagingError when it cannot be made."""
    home = folder / str(target)
    with _alone(home):
        made = Build(target, home, {package: _make(package, target, home, root)})
    return made.archive(package)


def manifest(made: Build) -> dict[str, object]:
    """What was made, as a JSON document: a hash per package, and the packages of each function."""
    return {
        "target": asdict(made.target),
        "packages": {str(package): asdict(artefact) for package, artefact in made.artefacts.items()},
        "functions": {
            function: {
                "handler": "functions.{}.handlers.{}.handler".format(*function.split(".")),
                "package": str(package_of(function)),
                "layers": [f"layers/{layer}" for layer in layers],
            }
            for function, layers in LAYERS_OF.items()
        },
    }


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time makes packages of a target."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(package: Package, target: Target, home: Path, root: Path) -> Artefact:
    inputs = contents.digest(package, target, root)
    path = home / package.kind / package.name
    note = _beside(path, ".json")
    known = Artefact(**json.loads(note.read_text())) if note.exists() else None
    if known is not None and known.inputs == inputs and known == _measure(path, inputs):
        return known
    note.unlink(missing_ok=True)
    draft = _beside(path, ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _fill(package, draft, target, root)
    shutil.rmtree(path, ignore_errors=True)
    draft.rename(path)
    archives.pack(path, _beside(path, ".zip"))
    artefact = _measure(path, inputs)
    note.write_text(json.dumps(asdict(artefact)))
    return artefact


def _fill(package: Package, folder: Path, target: Target, root: Path) -> None:
    code = folder / "python" if package.kind == "layers" else folder
    if package.kind == "layers" and package.name != SHARED_LAYER:
        requirements.install(root / requirements_file(package.name), code, target)
    else:
        _copy(package, code, root)
    compile_bytecode(code, _PLACES[package.kind], target)


def _copy(package: Package, folder: Path, root: Path) -> None:
    for path in contents.sources(package, root):
        destination = folder / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, destination)
    for path, content in contents.generated(package, root).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _measure(path: Path, inputs: str) -> Artefact:
    """What is there now, whether it was made a moment ago or long before."""
    archive = _beside(path, ".zip")
    found = archives.contents(path)
    packed = archive.read_bytes() if archive.exists() else b""
    return Artefact(
        inputs=inputs,
        sha256=found.sha256,
        archive_sha256=hashlib.sha256(packed).hexdigest(),
        files=found.files,
        unzipped=found.unzipped,
        zipped=len(packed),
    )


def _beside(path: Path, suffix: str) -> Path:
    """`with_suffix` would cut a name at its dot."""
    return path.with_name(path.name + suffix)
