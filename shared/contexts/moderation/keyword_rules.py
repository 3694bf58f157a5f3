"""Rules of screening: read by whoever screens, once a minute in each process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from shared import process
from shared.clients.database import Connection
from shared.contexts.moderation.rule_matcher import RuleMatcher

REFRESH_SECONDS: Final = 60

clock = time.monotonic

_ACTIVE: Final = """
SELECT id, phrase, language, action, version FROM keyword_rules WHERE is_active AND deleted_at IS NULL ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class KeywordRule:
    """A phrase that is looked for, and what is done about it: `flag`, `hold` or `refuse`."""

    id: UUID
    phrase: str
    language: str | None
    action: str
    version: int


class RuleMatch(NamedTuple):
    """Where a rule matched in a text: code points, the end behind the last."""

    rule: KeywordRule
    field: str
    start: int
    end: int


class RuleSet:
    """Rules with the matcher of their phrases. Immutable: what it finds in a text never depends on other texts."""

    def __init__(self, rules: Iterable[KeywordRule]) -> None:
        self._rules: Mapping[UUID, KeywordRule] = {rule.id: rule for rule in rules}
        self._matcher = RuleMatcher((rule.id, rule.phrase) for rule in self._rules.values())

    def matches(self, texts: Mapping[str, str], language: str | None) -> list[RuleMatch]:
        """Of texts by the names of their fields. A rule of one language passes over texts that are in another."""
        return [
            RuleMatch(rule, field, match.start, match.end)
            for field, text in texts.items()
            for match in self._matcher.matches(text)
            if _speaks(rule := self._rules[match.rule_id], language)
        ]


def _speaks(rule: KeywordRule, language: str | None) -> bool:
    if rule.language is None or language is None:
        return True
    return rule.language.partition("-")[0].lower() == language.partition("-")[0].lower()


_cached: list[tuple[float, RuleSet]] = []
process.on_reset(_cached.clear, before_snapshot=True)


def read(connection: Connection) -> Sequence[KeywordRule]:
    """The rules that apply now."""
    with connection.cursor(row_factory=class_row(KeywordRule)) as cursor:
        return cursor.execute(_ACTIVE).fetchall()


def current(connection: Connection) -> RuleSet:
    """The rules as they were at most a minute ago."""
    if not _cached or clock() - _cached[0][0] >= REFRESH_SECONDS:
        _cached[:] = [(clock(), RuleSet(read(connection)))]
    return _cached[0][1]
