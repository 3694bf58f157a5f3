"""Bytecode that is valid whatever the date of its source, and names no folder of this machine."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from uv import find_uv_bin

from infra.packaging.errors import PackagingError
from infra.packaging.targets import AWS, Target


def compile_bytecode(folder: Path, place: str, target: Target = AWS) -> None:
    """Compile everything under `folder`, which Lambda unpacks at `place`.

    Code that names the place where it really is spares the interpreter renaming it at every import.
    Without an interpreter of the target's version nothing is compiled: the package still works, and starts several
    times slower; `uncompiled_warning` tells beforehand. Raises PackagingError when a source cannot be compiled.
    """
    python = compiler(target.python)
    if python is None:
        return
    command = [python, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    result = subprocess.run(
        [*command, "-s", str(folder), "-p", place, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
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
    yield from _of_pyenv(version)


def _of_pyenv(version: str) -> Iterator[str]:
    """What pyenv has installed. Its folder may be another user's, and not for us to read."""
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: there is no home
        root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        for folder in sorted(root.glob(f"versions/{version}*")):
            python = folder / "bin" / f"python{version}"
            if os.access(python, os.X_OK):
                yield str(python)


def _runs(python: str, version: str) -> bool:
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    except OSError:  # not for us to run, or for another machine
        return False
    return result.returncode == 0 and result.stdout.strip() == version


def uncompiled_warning(target: Target = AWS) -> str | None:
    """What to tell whoever makes packages on a machine that cannot compile them, or None if it can."""
    if compiler(target.python):
        return None
    return (
        f"No Python {target.python} was found to compile bytecode with: functions would start several times slower. "
        f"Install it (`uv python install {target.python}` is enough) before you deploy."
    )
