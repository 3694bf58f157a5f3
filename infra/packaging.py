"""Packages of functions and layers, made without Docker and the same on every machine.

A package is a folder that Lambda unpacks: under `/var/task` for a function, under `/opt` for a layer. Third-party
packages are wheels for the target's Python and architecture, whatever this machine has. All bytecode is compiled in the
"unchecked-hash" mode of PEP 552: files in an archive are dated 1980, so bytecode checked by date would never be valid.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ROOT / "layers"

# Only schema work needs these; SQLAlchemy is in no other package.
SCHEMA_FOLDERS = ("migrations", "models")

# Parts of wheels that nothing reads at run time. METADATA stays, for `importlib.metadata`; so do licences.
UNUSED_AT_TOP = ("bin", ".lock")
UNUSED_NOTES = ("RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json")
UNUSED_SUFFIXES = (".pyi", ".pyx", ".pxd", ".c", ".h")
UNUSED_FOLDERS = ("__pycache__", "tests")


class PackagingError(Exception):
    """A package could not be made; the message says which and why."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a package will run: Python version `major.minor`, and a platform in uv's spelling."""

    python: str
    platform: str


AWS = Target(python="3.13", platform="aarch64-manylinux_2_28")


def layer_names() -> list[str]:
    """Layers of third-party packages."""
    return sorted(path.parent.name for path in LAYERS.glob("*/requirements.txt"))


def function_files(context: str, *, migrations: bool = False) -> list[Path]:
    """Sources of a context's functions, relative to the project; with `migrations`, all of `shared` as well.

    The migration function brings `shared` itself instead of using the shared layer: Python imports a package from one
    place, so `shared.migrations` cannot be added to a `shared` that comes from a layer.
    """
    files = [Path("functions/__init__.py"), *_sources(Path("functions", context))]
    return [*files, *_sources(Path("shared"))] if migrations else files


def shared_files() -> list[Path]:
    """Sources of the shared layer, relative to the project."""
    return [path for path in _sources(Path("shared")) if path.parts[1] not in SCHEMA_FOLDERS]


def _sources(folder: Path) -> list[Path]:
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts and path.suffix != ".pyc")


def digest(files: Iterable[Path], target: Target = AWS) -> str:
    """Hash of what a package is made from: names and contents of files, target, this module; no place, no date."""
    total = hashlib.sha256(f"{target.python} {target.platform} {compiler(target.python) is not None}".encode())
    for path in [*files, Path(__file__).relative_to(ROOT)]:
        try:
            content = (ROOT / path).read_bytes()
        except FileNotFoundError:
            continue  # removed since it was listed: then it is not part of the package either
        total.update(f"\n{path.as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def requirements_file(layer: str) -> Path:
    """Pinned packages of a layer, relative to the project."""
    return Path("layers", layer, "requirements.txt")


def package_sources(files: Iterable[Path], folder: Path, target: Target = AWS) -> None:
    """Copy `files` to the same places under `folder`, and compile them."""
    for path in files:
        destination = folder / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, destination)
    compile_bytecode(folder, target)


def package_requirements(layer: str, folder: Path, target: Target = AWS) -> None:
    """Install the packages of a layer into `folder`, strip and compile them."""
    _uv(
        "pip",
        "install",
        "--quiet",
        "--target",
        str(folder),
        "--python-version",
        target.python,
        "--python-platform",
        target.platform,
        "--only-binary",
        ":all:",
        # The file is complete without what the core layer brings.
        "--no-deps",
        "--require-hashes",
        "--link-mode",
        "copy",
        "-r",
        str(ROOT / requirements_file(layer)),
    )
    strip(folder)
    compile_bytecode(folder, target)


def strip(folder: Path) -> None:
    """Remove from installed packages what nothing reads at run time."""
    unused = [folder / name for name in UNUSED_AT_TOP]
    for path in folder.rglob("*"):
        note = path.parent.suffix == ".dist-info" and path.name in UNUSED_NOTES
        if note or path.suffix in UNUSED_SUFFIXES or path.name in UNUSED_FOLDERS:
            unused.append(path)
    for path in unused:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def compile_bytecode(folder: Path, target: Target = AWS) -> None:
    """Compile everything under `folder`, if this machine has an interpreter of the target's version.

    Without one the package still works, and starts several times slower; `compiler` tells beforehand.
    """
    python = compiler(target.python)
    if python is None:
        return
    command = [python, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    result = subprocess.run([*command, "-p", "/", str(folder)], capture_output=True, text=True, check=False)
    if result.returncode:
        raise PackagingError(f"cannot compile {folder}: {result.stdout}{result.stderr}")


@cache
def compiler(version: str) -> str | None:
    """A Python interpreter of `version` (`major.minor`) on this machine, or None."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    return next((python for python in _interpreters(version) if _runs(python, version)), None)


def _interpreters(version: str) -> Iterator[str]:
    if found := shutil.which(f"python{version}"):
        yield found
    found = subprocess.run(
        [find_uv_bin(), "python", "find", "--no-project", version], capture_output=True, text=True, check=False
    ).stdout.strip()
    if found:
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from (str(path) for path in sorted(pyenv.glob(f"versions/{version}*/bin/python{version}")))


def _runs(python: str, version: str) -> bool:
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    result = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    return result.returncode == 0 and result.stdout.strip() == version


def uncompiled_warning(target: Target = AWS) -> str | None:
    """What to tell whoever makes packages on a machine that cannot compile them, or None if it can."""
    if compiler(target.python):
        return None
    return (
        f"No Python {target.python} was found to compile bytecode with: functions would start several times slower. "
        f"Install it (`uv python install {target.python}` is enough) before you deploy."
    )


def _uv(*arguments: str) -> None:
    result = subprocess.run([find_uv_bin(), *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    if result.returncode:
        raise PackagingError(f"uv {' '.join(arguments[:2])} failed:\n{result.stderr.strip()}")


def lock(target: Target = AWS) -> None:
    """Write every layer's `requirements.txt`: the versions of `requirements.lock`, with hashes, for the target.

    What the core layer brings is left out of the others, as every function has that layer.
    """
    core: list[str] = []
    for layer in ("core", *sorted(path.parent.name for path in LAYERS.glob("*/requirements.in"))):
        source = Path("layers", layer, "requirements.in")
        inherited = [] if layer == "core" else core
        _uv(
            "pip",
            "compile",
            str(source),
            "--constraints",
            "requirements.lock",
            "--python-version",
            target.python,
            "--python-platform",
            target.platform,
            "--only-binary",
            ":all:",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-header",
            "--quiet",
            *(argument for name in inherited for argument in ("--no-emit-package", name)),
            "--output-file",
            str(requirements_file(layer)),
        )
        if layer == "core":
            core = [name for name, _ in pinned(ROOT / requirements_file(layer))]


def pinned(file: Path) -> list[tuple[str, str]]:
    """Names and versions that a compiled requirements file pins."""
    lines = (line.split(";")[0].rstrip(" \\") for line in file.read_text().splitlines() if line[:1].isalnum())
    pairs = (line.split("==") for line in lines)
    return [(name.split("[")[0].strip(), version.strip()) for name, version in pairs]


if __name__ == "__main__":
    lock()
