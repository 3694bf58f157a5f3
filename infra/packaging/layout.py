"""Packages laid out on this machine as Lambda does in an execution environment.

Lambda unpacks a function under `/var/task` and all of its layers, one after the other, under `/opt`; its own runtime
client and boto3 are under `/var/runtime`. Python looks for modules there in this order:
https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-searchpath
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.manifests import ROOT
from infra.packaging import archives, requirements
from infra.packaging.build import FOLDER, Build, build
from infra.packaging.bytecode import compile_bytecode
from infra.packaging.contents import LAYERS_OF, Package, package_of
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
    wanted = made.folder / "runtime.txt"
    requirements.write_runtime(root / "requirements.lock", wanted)

    def fill(draft: Path) -> None:
        requirements.install(wanted, draft, made.target)
        compile_bytecode(draft, "/var/runtime", made.target)

    return _kept(made.folder / "runtime", wanted.read_text(), fill)


def _merge(made: Build, layers: tuple[str, ...]) -> Path:
    """Layers unpacked over each other, as hard links. Raises PackagingError when two disagree about a file."""
    unpacked = [Package("layers", layer) for layer in layers]

    def fill(draft: Path) -> None:
        for package in unpacked:
            _link(made.path(package), draft)

    hashes = "".join(f"{made.artefacts[package].sha256}\n" for package in unpacked)
    return _kept(made.folder / "opt" / "+".join(layers), hashes, fill)


def _kept(folder: Path, made_from: str, fill: Callable[[Path], None]) -> Path:
    """A folder that is filled anew, as a whole or not at all, when what it is made from has changed."""
    stamp = folder.with_name(folder.name + ".stamp")
    if folder.exists() and stamp.exists() and stamp.read_text() == made_from:
        return folder
    stamp.unlink(missing_ok=True)
    draft = folder.with_name(folder.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    fill(draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    stamp.write_text(made_from)
    return folder


def _link(source: Path, destination: Path) -> None:
    for path in archives.files(source):
        link = destination / path.relative_to(source)
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            os.link(path, link)
        elif link.read_bytes() != path.read_bytes():
            raise PackagingError(f"{path} differs from the file of the same name in another layer")
