"""Names are the field's words: none of a private language in new code, and every term of the glossary in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from infra.manifests import ROOT

# A class is named by a noun that says what it is; a participle alone does not.
_PARTICIPLE = re.compile(
    "Asked|Committed|Compared|Counted|Found|Given|Kept|Left|Looked|Made|Noticed|Paid|Quoted|Said|Told|"
    "Understood|Used|Wanted"
)
# Refund, return, release, revoke, cancel, purge, expire, delete and redact are different things.
_VERB = re.compile(r"(?:give_back|put_back|take_back|forget|lapse)(?:_\w+)?|asked|found|given|kept|said|told|wanted")
# What stood for ledger, idempotency, warm-up, middleware and keyset page.
_MODULE = re.compile("bookkeeping|books|envelope|newest_first|once|rehearsal|transactions|utils?|helpers?|misc")

# Names from before, by context (or `shared`). This list only gets shorter.
ALLOWED: dict[str, set[str]] = {}

_TERM = re.compile(r"^\| ([^|]+?) \| ([^|]+) \|$", re.MULTILINE)
TERMS = _TERM.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))[1:]


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def private_words(file: Path) -> Iterator[str]:
    """The names in a file, and of it, that say less than the field's word would."""
    if _MODULE.fullmatch(file.stem):
        yield file.stem
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ClassDef(name=name):
                words = _PARTICIPLE
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                words = _VERB
            case _:
                continue
        if words.fullmatch(name.lstrip("_")):
            yield name


@cache
def words_by_context() -> dict[str, set[str]]:
    """Private words by the context they are in."""
    words: dict[str, set[str]] = {}
    for file in sources("functions", "shared"):
        folder, *parts = file.relative_to(ROOT).parts
        words.setdefault(parts[0] if folder == "functions" else folder, set()).update(private_words(file))
    return {context: names for context, names in words.items() if names}


def test_new_names_are_the_field_s_words() -> None:
    new = {context: names - ALLOWED.get(context, set()) for context, names in words_by_context().items()}
    assert {context: sorted(names) for context, names in new.items() if names} == {}


def test_every_exception_is_needed() -> None:
    unneeded = {context: names - words_by_context().get(context, set()) for context, names in ALLOWED.items()}
    assert {context: sorted(names) for context, names in unneeded.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("class Told: pass", ["Told"]),
        ("class _Asked: pass", ["_Asked"]),
        ("class TokenFoundError(Exception): pass", []),
        ("def put_back(): pass", ["put_back"]),
        ("async def forget_tally(): pass", ["forget_tally"]),
        ("def unforgettable(): pass", []),
    ],
)
def test_private_words_are_seen(source: str, words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(source)
    assert list(private_words(file)) == words


@cache
def code() -> str:
    """All sources as words: `StoredResponse`, `stored_response` and `stored-response` are the same two."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources("functions", "shared", "infra", "simulators"))
    return re.sub(r"[\s_-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).lower()


@pytest.mark.parametrize("term", [term for term, _ in TERMS])
def test_a_term_of_the_glossary_occurs_in_the_code(term: str) -> None:
    assert re.search(rf"\b{re.escape(term.lower().replace('-', ' '))}(?:s|es)?\b", code())


def test_the_glossary_is_in_alphabetical_order_and_says_each_term_once() -> None:
    terms = [term.lower() for term, _ in TERMS]
    assert len(terms) >= 50
    assert terms == sorted(set(terms))
