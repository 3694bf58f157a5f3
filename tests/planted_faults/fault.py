"""A fault: where it is planted, which is found by what stands there and not by the file's name, and who catches it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SOURCES: Final = ("functions", "shared", "infra", "simulators", "demo")


class NotPlantableError(LookupError):
    """None of a fault's edits fits the sources: they have changed, and the fault's edits must follow."""


class Edit:
    """Text that stands in one place of the sources, and what replaces it. White space may differ.

    A compiled pattern is taken as it is; its replacement may name groups. `every` edits all places that fit.
    """

    def __init__(self, find: str | re.Pattern[str], replace: str, *, every: bool = False) -> None:
        self._find = find if isinstance(find, re.Pattern) else re.compile(r"\s+".join(map(re.escape, find.split())))
        self._template = replace if isinstance(find, re.Pattern) else replace.replace("\\", r"\\")
        self._every = every

    def apply(self, root: Path) -> dict[Path, str]:
        """The new text of the files that change; empty where the edit does not fit."""
        changed: dict[Path, str] = {}
        places = 0
        for path, source in _sources(root).items():
            text, count = self._find.subn(self._template, source)
            if count:
                changed[path] = text
                places += count
        return changed if places == 1 or self._every else {}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault. The first of the `edits` that fits is made; later ones are for sources that were rearranged.

    `tests` are globs below `tests/`, of which those count that exist; `keyword` is pytest's `-k`.
    """

    id: str
    what: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    keyword: str = ""

    def texts(self, root: Path) -> dict[Path, str]:
        """The planted text of each file that changes. Raises NotPlantableError."""
        for edit in self.edits:
            if changed := edit.apply(root):
                _check(self.id, changed)
                return changed
        raise NotPlantableError(f"{self.id}: its text stands in no place, or in several")

    def selection(self, root: Path) -> list[str]:
        """pytest's arguments that choose the tests. Raises NotPlantableError where there are none."""
        paths = sorted({str(path.relative_to(root)) for glob in self.tests for path in (root / "tests").glob(glob)})
        if not paths:
            raise NotPlantableError(f"{self.id}: no tests at {', '.join(self.tests)}")
        return [*paths, *(("-k", self.keyword) if self.keyword else ())]


def _check(fault: str, texts: dict[Path, str]) -> None:
    """A fault is one of behaviour. Raises NotPlantableError where the text is no Python any more."""
    for path, text in texts.items():
        try:
            ast.parse(text, path.name)
        except SyntaxError as error:
            raise NotPlantableError(f"{fault}: {path.name} would not compile: {error}") from error


@cache
def _sources(root: Path) -> dict[Path, str]:
    """What stands in the files without any fault."""
    return {
        path: path.read_text(encoding="utf-8")
        for folder in SOURCES
        for path in sorted((root / folder).rglob("*.py"))
        if "versions" not in path.parts  # a migration that was released is never edited
    }
