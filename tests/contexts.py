"""`--context NAME`: the tests of one bounded context, or of several. A pytest plugin.

These are the tests below a folder of the context's name (`tests/unit/catalog`, `tests/integration/catalog`), the cases
of `tests/contract` that are about one of its routes or functions, and those of the whole system that need neither the
database nor AWS. `NAME+` adds the contexts whose code imports what this one publishes (`shared/contexts/NAME`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from infra.imports import with_imported

TESTS = Path(__file__).parent
ROOT = TESTS.parent
_SLOW_FIXTURES = frozenset({"aws", "db", "environment"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--context", action="append", default=[], metavar="NAME", help="only the tests of this context; may be repeated"
    )


def pytest_configure(config: pytest.Config) -> None:
    chosen_contexts(config.getoption("context"))  # an unknown name ends the run before a database is started


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out whole folders, so that their modules are not even imported."""
    names = chosen_contexts(config.getoption("context"))
    if not names or not collection_path.is_relative_to(TESTS):
        return None
    parts = collection_path.relative_to(TESTS).parts
    if len(parts) < 2 or parts[0] == "contract" or parts[1] in names:
        return None
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    names = chosen_contexts(config.getoption("context"))
    if names:
        chosen = [item for item in items if _is_of(item, names)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def chosen_contexts(options: Iterable[str], root: Path = ROOT) -> frozenset[str]:
    """The contexts that the options name. Raises `pytest.UsageError` for one that does not exist."""
    known = {path.parent.name for path in (root / "functions").glob("*/handlers")}
    names: set[str] = set()
    for option in options:
        name = option.removesuffix("+")
        if name not in known:
            raise pytest.UsageError(f"there is no context {name!r}; known: {', '.join(sorted(known))}")
        names |= {name} | (importers(name, root) & known if option.endswith("+") else set())
    return frozenset(names)


def importers(context: str, root: Path = ROOT) -> set[str]:
    """Contexts whose code imports what `context` publishes, directly or through what others publish."""
    published = root / "shared" / "contexts" / context
    return {
        folder.name
        for folder in (root / "functions").glob("*/")
        if folder.name != context
        and any(file.is_relative_to(published) for file in with_imported(folder.rglob("*.py"), root))
    }


def _is_of(item: pytest.Item, names: frozenset[str]) -> bool:
    if not item.path.is_relative_to(TESTS / "contract"):
        return True  # the other folders' tests were chosen before they were collected
    contexts = context_of(item)
    if contexts is not None:
        return contexts in names
    return _SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def context_of(item: pytest.Item) -> str | None:
    """The context that a case of a parametrized test is about: by its route, its function or its operation's path."""
    callspec = getattr(item, "callspec", None)
    params = callspec.params if callspec else {}
    for name, value in params.items():
        if name == "context":
            return str(value)
        if isinstance(owner := getattr(value, "context", None), str):
            return owner
        if name == "function":
            return str(value).partition(".")[0]
        if name == "path":
            return _contexts_by_path().get(str(value))
    return None


@cache
def _contexts_by_path() -> dict[str, str]:
    from tests.contract.applications import every_route

    return {route.path: route.context for route in every_route()}
