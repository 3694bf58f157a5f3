"""Screening: what people write is judged by keyword rules before it is written, in the transaction that writes it.

    verdict = screening.judge(connection, {"text": text}, language=language)    # refuses
    post_id = posts.insert(...)
    holding.file(connection, verdict, "post", post_id, owner_id=author_id, version=1)    # flags and holds

Names and other short texts that nothing can be shown instead of are judged with `may_hold=False`, and filed by `file`.
An edit is judged as a new text. One text is judged for all actions: the one that is stored, in normal form C.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.moderation import keyword_rules, open_cases
from shared.contexts.moderation.keyword_rules import RuleMatch
from shared.contexts.moderation.open_cases import KEEP_SNAPSHOT
from shared.errors import FieldError, ValidationError

HELD_REASON: Final = "Held until a moderator has read it"
"""What an author reads of a text that is held."""


class TextRefusedError(ValidationError):
    """Names the fields, and the words in them that are not accepted."""

    code, title = "text_refused", "The text has words that are not accepted here"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What screening says of texts that are accepted."""

    texts: Mapping[str, str]
    matches: Sequence[RuleMatch]

    @property
    def is_held(self) -> bool:
        """Whether nobody but the author sees it until a moderator decides."""
        return any(match.rule.action == "hold" for match in self.matches)


_NOTE: Final = f"""
WITH noted AS (
    INSERT INTO screenings (case_id, rule_id, rule_version, phrase, action, field, start_offset, end_offset,
        target_version)
    SELECT %(case_id)s, m.rule_id, m.rule_version, m.phrase, m.action, m.field, m.start_offset, m.end_offset,
        %(target_version)s
    FROM unnest(%(rules)s::uuid[], %(versions)s::int[], %(phrases)s::text[], %(actions)s::text[], %(fields)s::text[],
        %(starts)s::int[], %(ends)s::int[])
        AS m (rule_id, rule_version, phrase, action, field, start_offset, end_offset)
)
UPDATE report_cases c SET is_screened = true, is_held = c.is_held OR %(is_held)s, version = c.version + 1,
    {KEEP_SNAPSHOT}
WHERE c.id = %(case_id)s
"""


def judge(
    connection: Connection, texts: Mapping[str, str], *, language: str | None = None, may_hold: bool = True
) -> Verdict:
    """Judge texts by the names of their fields. Raises TextRefusedError where a rule refuses one; without `may_hold`,
    also where one would be held.
    """
    matches = keyword_rules.current(connection).matches(texts, language)
    refusing = {"refuse"} if may_hold else {"refuse", "hold"}
    errors = [
        FieldError(tuple(match.field.split(".")), f"not accepted: {texts[match.field][match.start : match.end]}")
        for match in matches
        if match.rule.action in refusing
    ]
    if errors:
        raise TextRefusedError.about(errors)
    return Verdict(texts, matches)


def file(
    connection: Connection,
    verdict: Verdict,
    kind: str,
    target_id: UUID,
    *,
    owner_id: UUID,
    version: int | None = None,
    is_held: bool = False,
) -> None:
    """Open a case where rules matched, with these as they are now. `is_held`: the target is hidden by it."""
    if not verdict.matches:
        return
    matches = verdict.matches
    values = {
        "case_id": open_cases.open_case(connection, kind, target_id, owner_id),
        "target_version": version,
        "is_held": is_held,
        "rules": [match.rule.id for match in matches],
        "versions": [match.rule.version for match in matches],
        "phrases": [match.rule.phrase for match in matches],
        "actions": [match.rule.action for match in matches],
        "fields": [match.field for match in matches],
        "starts": [match.start for match in matches],
        "ends": [match.end for match in matches],
        **open_cases.snapshot(verdict.texts),
    }
    connection.execute(_NOTE, values)
