"""Cloud assemblies: the folders of templates that CDK synthesizes, made again only when their sources have changed."""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from infra.environments import DEV, Environment
from infra.imports import with_imported

ROOT: Final = Path(__file__).resolve().parent.parent

# The development environment with the schedules of production: nothing on a laptop has to sleep to be cheap.
LOCAL: Final = replace(DEV, housekeeping_minutes=1, database_pause_minutes=None)

_LOCK_FILES: Final = ("cdk.json", "package-lock.json", "requirements.lock")
_FINGERPRINT: Final = "fingerprint"

Synthesize = Callable[[Environment, Path], None]


def synthesize(environment: Environment, folder: Path) -> None:
    """Write the templates of `environment` into `folder`. CDK is imported here, because that starts Node.js."""
    from infra import app

    app.synthesize(environment, folder)


def is_current(folder: Path, environment: Environment, root: Path = ROOT) -> bool:
    """Whether `folder` holds the assembly of `environment` for the present sources."""
    try:
        return (folder / _FINGERPRINT).read_text() == fingerprint(environment, root)
    except OSError:
        return False


@contextmanager
def assembly(
    folder: Path, environment: Environment, synthesize: Synthesize = synthesize, root: Path = ROOT
) -> Iterator[Path]:
    """The assembly of `environment` in `folder`, synthesized first where its sources have changed.

    Processes may share the folder: it is locked until the context ends, so one of them synthesizes and the others wait.
    When `synthesize` raises, the former assembly stays. Raises OSError when the folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(folder.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current(folder, environment, root):
            stamp = fingerprint(environment, root)
            draft = folder.with_name(folder.name + ".new")
            shutil.rmtree(draft, ignore_errors=True)
            synthesize(environment, draft)
            (draft / _FINGERPRINT).write_text(stamp)
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
        yield folder


def fingerprint(environment: Environment, root: Path = ROOT) -> str:
    """A hash of the environment and of everything that its templates are made from, except code of functions.

    Their code is in the templates only as the name of an asset, which nobody reads where packages are left out.
    """
    return hashlib.sha256(f"{environment!r} {_sources_digest(root)}".encode()).hexdigest()


def _sources_digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sources(root):
        content = (root / path).read_bytes()
        digest.update(f"{path.as_posix()} {len(content)}\n".encode() + content)
    for path in _named(root):
        digest.update(f"{path.as_posix()}\n".encode())
    return digest.hexdigest()


def sources(root: Path = ROOT) -> list[Path]:
    """Files whose contents decide the templates, relative to `root`.

    These are the CDK app, the contexts' manifests, what either imports of the product, and the lock files.
    """
    infra = [path for path in (root / "infra").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    app = [path for path in infra if not path.is_relative_to(root / "infra" / "local")]
    manifests = (root / "functions").glob("*/manifest.py")
    locks = [root / name for name in _LOCK_FILES if (root / name).exists()]
    return sorted(path.relative_to(root) for path in {*with_imported([*app, *manifests], root), *locks})


def _named(root: Path) -> list[Path]:
    """Files and folders of which only the names matter: functions' handlers and layers."""
    handlers = (root / "functions").glob("*/handlers/*.py")
    return sorted(path.relative_to(root) for path in [*handlers, *(root / "layers").glob("*")])


if __name__ == "__main__":  # in a process of its own: `python -m infra.assemblies FOLDER`
    with assembly(Path(sys.argv[1]), LOCAL):
        pass
