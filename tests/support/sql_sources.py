"""The SQL of the sources: every string of functions and of the shared layer, the tables it writes and reads, and the
context that owns each.

The platform's own tables (`shared/tables/platform.py`) belong to operations.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shared.tables import everything
from shared.tables.base import Base

ROOT = Path(__file__).resolve().parents[2]

# "FOR UPDATE" locks, and "DO UPDATE SET" belongs to the INSERT before it.
_WRITE = re.compile(
    r"""
    \b(?: INSERT\s+INTO | DELETE\s+FROM | MERGE\s+INTO | TRUNCATE(?:\s+TABLE)? | COPY
        | (?<!FOR\ )(?<!DO\ )(?<!NO\ KEY\ )UPDATE(?:\s+ONLY)? )
    \s+(?! SET\b | OF\b | SKIP\b | NOWAIT\b )
    (\{\w*\} | "?[a-z_]\w*"?)
    """,
    re.VERBOSE,
)
# After FROM and USING there may be several: `FROM orders o, LATERAL (...) AS x, payments p`.
_NAME = r'(?:ONLY\s+)?"?[a-z_]\w*+"?(?!\s*[.(])'
_ALIAS = r"(?:\s+(?:AS\s+)?[a-z_]\w*)?"
_READ = re.compile(rf"\b(?:FROM|JOIN|USING|TABLE)\s+({_NAME}{_ALIAS}(?:\s*,\s*{_NAME}{_ALIAS})*)")
_FURTHER = re.compile(rf"\)\s+(?:AS\s+)?[a-z_]\w*(?:\([^()]*\))?\s*,\s*({_NAME})")


class Access(NamedTuple):
    """One statement that touches a table or a view."""

    file: str
    line: int
    relation: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.relation}"


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a source, with its line; what an f-string puts in stands as `{}`."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def writes_in(file: str, source: str) -> list[Access]:
    """The writes of one source."""
    return [
        Access(file, line, match.group(1).strip('"'))
        for line, text in strings(ast.parse(source))
        for match in _WRITE.finditer(text)
    ]


def reads_in(file: str, source: str) -> list[Access]:
    """What one source names after FROM, JOIN and USING: tables, views, and names of the statement's own."""
    return [Access(file, line, name) for line, text in strings(ast.parse(source)) for name in names_read(text)]


def names_read(text: str) -> Iterator[str]:
    """What one statement, or a part of it, names after FROM, JOIN and USING."""
    for match in (*_READ.finditer(text), *_FURTHER.finditer(text)):
        yield from _names(match.group(1))


def _names(text: str) -> Iterator[str]:
    for part in text.split(","):
        words = part.split()
        yield words[1 if words[0] == "ONLY" else 0].strip('"')


def sources() -> dict[str, str]:
    """Every source of functions and of the shared layer; migrations make tables and views, and are not read."""
    files = [
        path.relative_to(ROOT)
        for folder in ("functions", "shared")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    return {file.as_posix(): (ROOT / file).read_text() for file in files}


@cache
def every_write() -> list[Access]:
    return _every(writes_in)


@cache
def every_read() -> list[Access]:
    return _every(reads_in)


def _every(find: Callable[[str, str], list[Access]]) -> list[Access]:
    return [access for file, source in sources().items() for access in find(file, source)]


def owners() -> dict[str, str]:
    """The owning context of every table."""
    everything()
    return {mapper.local_table.name: owner_of(mapper.class_.__module__) for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


def owner_of(module: str) -> str:
    """The context that a module with models belongs to."""
    parts = module.split(".")
    return parts[2] if parts[1] == "contexts" else "operations"
