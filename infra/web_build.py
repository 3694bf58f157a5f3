"""The pages' build: `npm ci` and `npm run build` in `web/`, each only when what it is made from has changed.

`build/web/site` is what their bucket holds, `build/web/render` the function that renders them.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from infra.manifests import ROOT

SITE: Final = Path("build", "web", "site")
RENDER: Final = Path("build", "web", "render")

_WEB: Final = Path("web")
# Beside the folder, which a build begins by removing.
_BUILT: Final = Path("build", "web.digest")
_LOCK: Final = Path("build", "web.lock")
_BROWSER_TESTS: Final = _WEB / "e2e"
_INSTALLED: Final = Path("node_modules", ".lock-digest")
_NO_SOURCES: Final = frozenset({"node_modules", "coverage", "dist", "e2e", ".vite"})
_NO_SOURCE_FILES: Final = frozenset({"schema.d.ts"})
"""Made from the OpenAPI document, for the compiler only."""


class WebBuildError(Exception):
    """Packages that could not be installed, or pages that could not be built; with the end of what was said."""


def exists(root: Path = ROOT) -> bool:
    """Whether this checkout has pages."""
    return (root / _WEB / "package.json").exists()


def digest(root: Path = ROOT) -> str:
    """Hash of what the pages are made from: names and contents of the files below `web/`."""
    total = hashlib.sha256()
    for path in sorted(_sources(root / _WEB)):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue  # removed since it was listed
        total.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return total.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NO_SOURCES]
        yield from (Path(place, name) for name in files if name not in _NO_SOURCE_FILES)


def is_built(root: Path = ROOT) -> bool:
    """Whether `build/web` holds the pages of the present sources."""
    return _read(root / _BUILT) == digest(root)


def build(root: Path = ROOT) -> bool:
    """Install and build what is not current; True where pages were built.

    Several processes may ask for it: one of them builds, the others wait. Raises WebBuildError.
    """
    with _alone(root):
        if is_built(root):
            return False
        _install(root / _WEB)
        sources = digest(root)
        (root / _BUILT).unlink(missing_ok=True)
        _run(root / _WEB, "npm", "run", "--silent", "build")
        (root / _BUILT).write_text(sources)
        return True


def install(root: Path = ROOT) -> None:
    """The packages of the lock file, where others are there, or none. Raises WebBuildError."""
    with _alone(root):
        _install(root / _WEB)


def install_browser_tests(root: Path = ROOT) -> None:
    """Playwright and a browser, which nobody needs who only runs the system. Raises WebBuildError."""
    with _alone(root):
        _install(root / _BROWSER_TESTS)


def _install(folder: Path) -> None:
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if _read(folder / _INSTALLED) == lock:
        return
    _run(folder, "npm", "ci", "--no-progress", "--no-audit", "--no-fund")
    (folder / _INSTALLED).write_text(lock)


def _run(folder: Path, *command: str) -> None:
    # With a NODE_ENV of its own, npm would leave packages out, or Vite would build for development.
    environment = {name: value for name, value in os.environ.items() if name != "NODE_ENV"} | {"FORCE_COLOR": "0"}
    try:
        result = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise WebBuildError(f"`{command[0]}` cannot be run: {error.strerror}") from error
    if result.returncode != 0:
        raise WebBuildError(f"`{' '.join(command)}` failed:\n" + "\n".join(result.stdout.splitlines()[-20:]))


def _read(file: Path) -> str | None:
    try:
        return file.read_text()
    except OSError:
        return None


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    file = root / _LOCK
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """`python -m infra.web_build [install | install-browser-tests]`: gives the exit status."""
    work = {"install": install, "install-browser-tests": install_browser_tests}
    try:
        work.get("".join(arguments), build)()
    except WebBuildError as error:
        print(f"web: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
