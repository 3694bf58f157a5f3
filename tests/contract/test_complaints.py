"""`docs/complaints.md` names tests; every one of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "complaints.md").read_text()
# A test's path below `tests/`, and its name.
NAMED = sorted(set(re.findall(r"`([a-z0-9_/]+\.py)::(\w+)`", DOCUMENT)))


def rows() -> list[list[str]]:
    """The cells of the table's rows, without its head."""
    table = [line for line in DOCUMENT.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1:]]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=["::".join(pair) for pair in NAMED])
def test_a_named_test_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / "tests" / path).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_complaint_has_an_answer_and_a_test() -> None:
    assert len(rows()) >= 14
    for complaint, _raised, answer, shown in rows():
        assert answer, complaint
        assert re.search(r"`[a-z0-9_/]+\.py::test_\w+`", shown), complaint
