"""`make context NAME=x`: a bounded context with a first route, worker and schedule, their tests and samples.

The schedule announces an event, which goes over outbox, bus and queue to the worker: a thin slice through all parts, to
be replaced by what the context is for. A migration grants the context's database role what its code does. No existing
file is edited: contexts are found by their folders.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template
from typing import Final

from infra.manifests import ROOT, manifests

_TEMPLATE: Final = Path(__file__).resolve().parent / "template"
_SUFFIX: Final = ".tmpl"
_NAME: Final = re.compile(r"[a-z][a-z]{2,19}")


class ContextNameError(Exception):
    """The name cannot be a context's; the message says why."""


def check(name: str, root: Path = ROOT) -> None:
    """Raises ContextNameError where a context cannot have this name."""
    if _NAME.fullmatch(name) is None:
        raise ContextNameError(f"{name!r} is no name for a context: 3 to 20 letters a-z, as in 'messages'.")
    if name in manifests() or (root / "functions" / name).exists():
        raise ContextNameError(f"There is a context {name} already: functions/{name}/.")
    if taken := next((f"{prefix}" for prefix in _prefixes() if prefix == f"/api/v1/{name}"), None):
        raise ContextNameError(f"{taken} belongs to another context; choose another name.")


def _prefixes() -> list[str]:
    apis = [function for manifest in manifests().values() for function in manifest.functions]
    return [prefix.rstrip("/") for api in apis for prefix in getattr(api, "prefixes", ())]


def write(name: str, root: Path = ROOT) -> list[Path]:
    """Write the files of the context below `root`; returns them, relative to it. Raises ContextNameError."""
    check(name, root)
    newest = max(int(path.name[:4]) for path in (root / "shared/migrations/versions").glob("[0-9]*.py"))
    values = {
        "name": name,
        "Name": name.title(),
        "down_revision": f"{newest:04d}",
        "revision": f"{newest + 1:04d}",
    }
    written = []
    for source in sorted(_TEMPLATE.rglob(f"*{_SUFFIX}")):
        place = source.relative_to(_TEMPLATE).as_posix().removesuffix(_SUFFIX)
        path = Path(Template(place).substitute(values))
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(Template(source.read_text()).substitute(values))
        written.append(path)
    return written


def main() -> None:
    """Entry point: `python -m infra.new_context NAME`."""
    try:
        [name] = sys.argv[1:] or [""]
        written = write(name)
    except ContextNameError as error:
        sys.exit(f"{error}\nSay, for example: make context NAME=messages")
    print("\n".join(str(path) for path in written))
    print(f"{len(written)} files. Next: make test CONTEXT={name}; README's map; words in docs/glossary.md.")


if __name__ == "__main__":
    main()
