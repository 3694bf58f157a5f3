"""Which files of the product import which others, read from their sources without importing anything."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

PACKAGES: Final = ("functions", "infra", "shared")


def with_imported(files: Iterable[Path], root: Path) -> set[Path]:
    """The files, and the files of the modules of the product that they import, directly or through each other.

    Imports inside functions count; modules that are imported by a computed name are not seen.
    """
    seen: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += _imported(file, root) if file.suffix == ".py" else []
    return seen


def _imported(file: Path, root: Path) -> Iterator[Path]:
    for name in _names(file.read_bytes()):
        place = root.joinpath(*name.split("."))
        yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists())


@cache
def _names(source: bytes) -> frozenset[str]:
    """Names of the product's modules, and perhaps of things in them, that a source imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(name for name in names if name.partition(".")[0] in PACKAGES)
