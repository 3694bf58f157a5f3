"""Administrators write rules of screening, and try them out."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from functions.moderation.errors import InvalidPhraseError, PhraseTakenError, RuleNotFoundError
from functions.moderation.repository import keyword_rules
from functions.moderation.repository.keyword_rules import WRITTEN, RuleRow
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.moderation import keyword_rules as rule_sets
from shared.contexts.moderation.keyword_rules import KeywordRule, RuleMatch, RuleSet
from shared.contexts.moderation.rule_matcher import RuleMatcher
from shared.errors import FieldError, VersionConflictError
from shared.pages import split_page

MAX_PHRASE: Final = 200

_DRAFT: Final = UUID(int=0)
_SEVERITY: Final = ("refuse", "hold", "flag")


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of a text."""

    text: str
    outcome: str
    """`accept`, or the most severe action."""
    matches: Sequence[RuleMatch]


def listed(
    connection: Connection, *, action: str | None, is_active: bool | None, limit: int, before: UUID | None
) -> tuple[Sequence[RuleRow], UUID | None]:
    """A page of rules, the newest first, and where the next one starts."""
    rows = keyword_rules.list_all(connection, action=action, is_active=is_active, limit=limit + 1, before=before)
    return split_page(rows, limit, lambda row: row.id)


def show(connection: Connection, rule_id: UUID) -> RuleRow:
    """Raises RuleNotFoundError."""
    row = keyword_rules.one(connection, rule_id)
    if row is None:
        raise RuleNotFoundError
    return row


def add(connection: Connection, content: Mapping[str, Any], *, actor: UUID) -> RuleRow:
    """A new rule; other processes apply it within a minute. Raises InvalidPhraseError, PhraseTakenError."""
    values = {**content, "phrase": _accepted(content["phrase"])}
    rule_id = keyword_rules.insert(connection, values, actor)
    if rule_id is None:
        raise PhraseTakenError
    audit.record(connection, "keyword_rule.added", Subject("keyword_rule", rule_id), changes=_created(values))
    return show(connection, rule_id)


def change(connection: Connection, rule_id: UUID, changes: Mapping[str, Any], *, version: int) -> RuleRow:
    """Raises RuleNotFoundError, VersionConflictError, InvalidPhraseError, PhraseTakenError."""
    rule = keyword_rules.one(connection, rule_id, locks=True)
    if rule is None:
        raise RuleNotFoundError
    if rule.version != version:
        raise VersionConflictError(current_version=rule.version)
    values = dict(changes)
    if "phrase" in values:
        values["phrase"] = _accepted(values["phrase"])
    if values and not keyword_rules.update(connection, rule, values):
        raise PhraseTakenError
    changed = show(connection, rule_id)
    differences = audit.differences(_fields(rule), _fields(changed))
    audit.record(connection, "keyword_rule.changed", Subject("keyword_rule", rule_id), changes=differences)
    return changed


def delete(connection: Connection, rule_id: UUID) -> None:
    """Raises RuleNotFoundError."""
    rule = keyword_rules.one(connection, rule_id, locks=True)
    if rule is None:
        raise RuleNotFoundError
    keyword_rules.delete(connection, rule_id)
    changes = audit.deleted(_fields(rule))
    audit.record(connection, "keyword_rule.deleted", Subject("keyword_rule", rule_id), changes=changes)


def attempt(
    connection: Connection, text: str, *, language: str | None, draft: Mapping[str, Any] | None, actor: UUID
) -> Trial:
    """Judge a text by the rules as they are now, and by one that is not written yet. Raises InvalidPhraseError."""
    rules = list(rule_sets.read(connection))
    if draft is not None:
        rules.append(KeywordRule(_DRAFT, _accepted(draft["phrase"]), draft["language"], draft["action"], 1))
    stored = unicodedata.normalize("NFC", text)
    matches = RuleSet(rules).matches({"text": stored}, language)
    actions = {match.rule.action for match in matches}
    outcome = next((action for action in _SEVERITY if action in actions), "accept")
    audit.record(connection, "keyword_rule.tried", Subject("user", actor))
    return Trial(stored, outcome, matches)


def _accepted(phrase: str) -> str:
    """The phrase as it is stored."""
    stored = unicodedata.normalize("NFC", phrase)
    if len(stored) > MAX_PHRASE:
        raise InvalidPhraseError(field=FieldError(("phrase",), f"at most {MAX_PHRASE} characters in normal form C"))
    try:
        RuleMatcher([(_DRAFT, stored)])
    except ValueError as error:
        raise InvalidPhraseError(field=FieldError(("phrase",), "at least one letter or digit")) from error
    return stored


def _fields(rule: RuleRow) -> dict[str, Any]:
    """As the audit log has them: the note says something of people now and then, and is withheld there."""
    return {name: getattr(rule, name) for name in WRITTEN}


def _created(values: Mapping[str, Any]) -> audit.Changes:
    return audit.created({name: values[name] for name in WRITTEN})
