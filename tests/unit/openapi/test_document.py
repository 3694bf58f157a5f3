"""The merged document as a file: made when the code has changed, else read."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.openapi import document


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose document is the content of `functions/words.py`, upside down."""
    for folder in ("functions", "shared", "infra/openapi"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "functions" / "words.py").write_text("first")
    (tmp_path / "infra" / "openapi" / "merging.py").write_text(
        "import sys, pathlib\n"
        "words = pathlib.Path('functions/words.py').read_text()\n"
        "assert words != 'wrong', 'no such word'\n"
        "pathlib.Path(sys.argv[1]).write_text(words[::-1])\n"
    )
    return tmp_path


def test_it_is_made_again_when_the_code_has_changed(root: Path) -> None:
    assert document.read(root) == b"tsrif"
    (root / "functions" / "words.py").write_text("second")
    assert document.read(root) == b"dnoces"


def test_it_is_not_made_again_for_the_same_code(root: Path) -> None:
    file = document.write(root)
    made = file.stat().st_mtime_ns
    assert document.write(root).stat().st_mtime_ns == made


def test_it_is_made_again_when_it_was_lost(root: Path) -> None:
    document.write(root).unlink()
    assert document.read(root) == b"tsrif"


def test_code_that_cannot_be_described_is_an_error_of_one_line_every_time(root: Path) -> None:
    document.write(root)
    (root / "functions" / "words.py").write_text("wrong")
    for _ in range(2):
        with pytest.raises(document.DocumentError, match=r"^The OpenAPI document could not be made: .*no such word$"):
            document.read(root)
