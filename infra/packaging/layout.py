"""Packages laid out on this machine as Lambda does in an execution environment.

Lambda unpacks a function under `/var/task` and all of its layers, one after the other, under `/opt`; its own runtime
client and boto3 are under `/var/runtime`. Python looks for modules there in this order:
https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-searchpath
"""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.packaging import archives, requirements
from infra.packaging.build import FOLDER, Build, build
from infra.packaging.bytecode import compile_bytecode
from infra.packaging.contents import LAYERS_OF, ROOT, Package, package_of
from infra.packaging.errors import PackagingError
from infra.packaging.targets import Target, here


@dataclass(frozen=True)
class Layout:
    """Where the code of a function is: folders that stand for `/var/task`, `/opt` and `/var/runtime`."""

    task: Path
    layers: Path
    runtime: Path

    @property
    def search_path(self) -> str:
        """The value of `PYTHONPATH`."""
        return os.pathsep.join(str(folder) for folder in (self.task, self.layers / "python", self.runtime))


def lay_out(target: Target | None = None, folder: Path = FOLDER, root: Path = ROOT) -> dict[str, Layout]:
    """Make the packages that run on this machine, if need be, and lay them out; gives the layout of every function.

    Raises PackagingError for a target that is not compiled, or when a package cannot be made.
    """
    made = build(target or here(), folder, root)
    with (made.folder / "layout.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        runtime = _runtime(made, root)
        merged = {layers: _merge(made, layers) for layers in set(LAYERS_OF.values())}
    return {
        function: Layout(made.path(package_of(function)), merged[layers], runtime)
        for function, layers in LAYERS_OF.items()
    }


def _runtime(made: Build, root: Path) -> Path:
    """What stands for `/var/runtime`, in the versions of the lock file."""
    folder = made.folder / "runtime"
    wanted = made.folder / "runtime.txt"
    before = wanted.read_text() if wanted.exists() else None
    requirements.write_runtime(root / "requirements.lock", wanted)
    if folder.exists() and wanted.read_text() == before:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    requirements.install(wanted, folder, made.target)
    compile_bytecode(folder, "/var/runtime", made.target)
    return folder


def _merge(made: Build, layers: tuple[str, ...]) -> Path:
    """Layers unpacked over each other, as hard links. Raises PackagingError when two disagree about a file."""
    folder = made.folder / "opt" / "+".join(layers)
    stamp = folder.with_name(folder.name + ".stamp")
    hashes = "".join(made.artefacts[Package("layers", layer)].sha256 + "\n" for layer in layers)
    if stamp.exists() and stamp.read_text() == hashes:
        return folder
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    for layer in layers:
        _link(made.path(Package("layers", layer)), folder)
    stamp.write_text(hashes)
    return folder


def _link(source: Path, destination: Path) -> None:
    for path in archives.files(source):
        link = destination / path.relative_to(source)
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            os.link(path, link)
        elif link.read_bytes() != path.read_bytes():
            raise PackagingError(f"{path} differs from the file of the same name in another layer")
