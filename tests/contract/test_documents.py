"""The documents: nothing cites one that does not exist, the decisions are indexed, the drawings name what there is."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from infra.manifests import ROOT

DECISIONS = ROOT / "docs" / "decisions"
PAPERS = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
HEADINGS = ["Context", "Decision", "Alternatives", "Consequences"]

_HEAD = re.compile(
    r"# \S.*\n\nNumber: (\d{4})\. Date: (\d{4}-\d\d-\d\d)\. Status: (accepted|superseded by \d{4})\.\n\n"
)
_INDEX_ROW = re.compile(r"^\| (\d{4}) \| ([\d-]+) \| ([\w ]+) \| \[(.+)\]\((\S+\.md)\) \| (.+) \|$", re.MULTILINE)
# A document by its path or its name; in an address of the web the match begins with a slash.
_CITATION = re.compile(r"[\w./-]*\w\.md\b")
# A file or folder of the repository, as documents write it.
_PATH = re.compile(r"`((?:functions|shared|infra|simulators|demo|layers|tests|docs|events)/[\w./-]*)`")
_SOURCES = {"functions", "shared", "infra", "simulators", "demo", "layers", "tests", "docs", "events"}
_TEXT = {".py", ".md", ".toml", ".tmpl", ".txt", ".sql", ".html", ".mako"}


def texts() -> list[Path]:
    """Every text of the repository that people write, without what is generated or installed."""
    files = [path for path in ROOT.iterdir() if path.is_file() and (path.suffix in _TEXT or path.name == "Makefile")]
    for folder in sorted(_SOURCES):
        files += [path for path in (ROOT / folder).rglob("*") if path.suffix in _TEXT and path.is_file()]
    return files


def is_there(citation: str, file: Path) -> bool:
    """Whether it is cited by its path from the root or from the file, or in code by the name of one in `docs`."""
    if file.suffix == ".py" and "/" not in citation and any((ROOT / "docs").rglob(citation)):
        return True
    return any((base / citation).is_file() for base in (ROOT, file.parent))


def test_every_document_that_is_cited_exists() -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {citation}"
        for file in texts()
        for citation in _CITATION.findall(file.read_text(encoding="utf-8"))
        if not citation.startswith("//") and not is_there(citation, file)
    ]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_decision_has_number_date_and_status(paper: Path) -> None:
    head = _HEAD.match(paper.read_text(encoding="utf-8"))
    assert head is not None, "the title, an empty line, `Number: 0001. Date: 2026-11-20. Status: accepted.`"
    assert paper.name.startswith(f"{head[1]}-")
    assert date.fromisoformat(head[2]).isoformat() == head[2]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_decision_is_divided_by_the_same_headings(paper: Path) -> None:
    headings = re.findall(r"^## (.+)$", paper.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[:2] == HEADINGS[:2]
    assert headings == [heading for heading in HEADINGS if heading in headings]


def test_numbers_are_without_gaps_and_in_the_order_of_dates() -> None:
    heads = [_HEAD.match(paper.read_text(encoding="utf-8")) for paper in PAPERS]
    numbers_and_dates = [(head[1], head[2]) for head in heads if head]
    assert [number for number, _ in numbers_and_dates] == [f"{number:04d}" for number in range(1, len(PAPERS) + 1)]
    assert [day for _, day in numbers_and_dates] == sorted(day for _, day in numbers_and_dates)


def test_the_index_of_decisions_is_complete() -> None:
    rows = _INDEX_ROW.findall((DECISIONS / "README.md").read_text(encoding="utf-8"))
    papers = []
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        assert head is not None
        papers.append((*head.groups(), text.splitlines()[0].removeprefix("# "), paper.name))
    assert [row[:-1] for row in rows] == papers


def test_a_superseded_decision_names_one_that_exists() -> None:
    for paper in PAPERS:
        head = _HEAD.match(paper.read_text(encoding="utf-8"))
        if head and head[3].startswith("superseded by "):
            number = head[3].removeprefix("superseded by ")
            assert number > head[1]
            assert list(DECISIONS.glob(f"{number}-*.md"))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md"])
def test_every_file_that_a_newcomer_is_led_to_exists(document: str) -> None:
    paths = _PATH.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def drawn_imports() -> set[tuple[str, str]]:
    """The arrows of the first drawing in the architecture."""
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("```mermaid\n")[2]
    return set(re.findall(r"^ +(\w+) --> (\w+)$", drawing.partition("```")[0], re.MULTILINE))


def published_imports() -> set[tuple[str, str]]:
    """Which contexts' published modules import those of which others."""
    pairs = set()
    for file in (ROOT / "shared" / "contexts").rglob("*.py"):
        context = file.relative_to(ROOT / "shared" / "contexts").parts[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", ())] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            pairs |= {(context, name.split(".")[2]) for name in names if name.startswith("shared.contexts.")}
    return {(importer, imported) for importer, imported in pairs if importer != imported}


def test_the_drawing_of_contexts_is_that_of_the_imports() -> None:
    assert drawn_imports() == published_imports()


def test_the_contexts_stand_in_one_order() -> None:
    """Nothing that is imported, directly or through others, leads back to its importer."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    order = re.search(r"payments(?:\s*>\s*\w+)+", text)
    assert order is not None
    positions = {name: position for position, name in enumerate(re.split(r"\s*>\s*", order[0]))}
    for importer, imported in published_imports():
        assert positions.get(importer, -1) < positions[imported], f"{importer} imports {imported}"
