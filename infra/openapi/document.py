"""The merged document as a file, made once for as long as the code that it describes stays the same.

It is made in a process of its own: whoever needs the file imports no context and no FastAPI.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_FILE: Final = Path("build", "openapi.json")
_FOLDERS: Final = ("functions", "shared", "infra/openapi")
_DESCRIBING: Final = ("fastapi", "pydantic")
"""Packages whose version may change what they say of the same code."""


class DocumentError(Exception):
    """The document cannot be made; the message says why in one line."""


def path(root: Path = ROOT) -> Path:
    """Where the document is once it has been written."""
    return root / _FILE


def write(root: Path = ROOT) -> Path:
    """Make the document unless it is current; return its path. Raises DocumentError.

    Of several processes one makes it, the others wait.
    """
    file = path(root)
    stamp = file.with_suffix(".fingerprint")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fingerprint = _fingerprint(root)
        if not (file.exists() and stamp.exists() and stamp.read_text() == fingerprint):
            stamp.unlink(missing_ok=True)
            _make(root, file)
            stamp.write_text(fingerprint)
    return file


def read(root: Path = ROOT) -> bytes:
    """The current document, made if need be. Raises DocumentError."""
    return write(root).read_bytes()


def _make(root: Path, file: Path) -> None:
    draft = file.with_suffix(".new")
    result = subprocess.run(
        [sys.executable, "-m", "infra.openapi.merging", str(draft)],
        cwd=root,
        # Handlers report in INIT that there is no database: here there is none.
        env={**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, "LOG_LEVEL": "CRITICAL"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        lines = result.stderr.strip().splitlines() or [f"exit status {result.returncode}"]
        raise DocumentError(f"The OpenAPI document could not be made: {lines[-1]}")
    draft.replace(file)


def _fingerprint(root: Path) -> str:
    """Hash of the code that the document describes, and of what makes it."""
    total = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _DESCRIBING).encode())
    for source in _sources(root):
        try:
            content = source.read_bytes()
        except FileNotFoundError:
            continue  # removed since it was listed
        total.update(f"\n{source.relative_to(root).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))
