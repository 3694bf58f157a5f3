"""The migration handler. What the migrations themselves do: see `tests/integration/test_migrations.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.operations.handlers.migrate import handler
from shared import process
from shared.migrations import runner
from tests.support import databases
from tests.support.lambda_client import Context

EVENTS = Path(__file__).parents[3] / "events" / "operations"


@pytest.fixture
def empty_database(environment: None, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database without a schema, which the handler's environment names."""
    with databases.another_database(database_url) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        process.reset()
        yield url
        process.reset()


def test_an_empty_database_is_migrated_to_the_newest_revision(empty_database: str) -> None:
    history = runner.revisions()
    outcome = handler(json.loads((EVENTS / "migrate.json").read_text()), Context())
    assert outcome == {"action": "upgrade", "before": None, "after": history[-1], "pending": [], "newer": False}
    assert runner.revision_of(empty_database) == history[-1]


def test_a_deployment_that_sends_nothing_upgrades_and_does_so_once(empty_database: str) -> None:
    newest = runner.revisions()[-1]
    assert handler(None, Context())["after"] == newest
    again = handler({}, Context())
    assert (again["before"], again["after"]) == (newest, newest)


def test_status_changes_nothing_and_lists_what_is_pending(empty_database: str) -> None:
    first, *others = runner.revisions()
    handler({"action": "upgrade", "revision": first}, Context())
    outcome = handler({"action": "status"}, Context())
    assert outcome == {"action": "status", "before": first, "after": first, "pending": others, "newer": False}


def test_the_schema_goes_down_to_the_named_revision(empty_database: str) -> None:
    *_, before, newest = runner.revisions()
    handler({}, Context())
    outcome = handler({"action": "downgrade", "revision": before}, Context())
    assert outcome == {"action": "downgrade", "before": newest, "after": before, "pending": [newest], "newer": False}


@pytest.mark.parametrize(
    "event", [{"action": "erase"}, {"action": "downgrade"}, {"action": "upgrade", "revision": "no-such-revision"}]
)
def test_what_cannot_be_done_fails_the_invocation_and_so_the_deployment(
    event: dict[str, str], empty_database: str
) -> None:
    with pytest.raises(Exception, match=r"unknown action|names the revision|no-such-revision"):
        handler(event, Context())
    assert runner.revision_of(empty_database) is None
