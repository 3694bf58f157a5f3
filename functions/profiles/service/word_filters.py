"""Words that somebody does not want to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from functions.profiles.domain.limits import MAX_WORD_FILTERS
from functions.profiles.errors import FilterLimitError, WordFilterExistsError, WordFilterNotFoundError
from functions.profiles.repository import word_filters
from functions.profiles.repository.word_filters import SamePatternError, WordFilterRow
from shared.clients.database import Connection
from shared.errors import FieldError, InvalidTokenError, ValidationError
from shared.graphemes import has_visible_character
from shared.pages import HIGHEST_ID, split_by_id
from shared.phrase_patterns import phrase_pattern


def listed(
    connection: Connection, viewer: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[WordFilterRow], UUID | None]:
    """The viewer's filters, those that have ended too."""
    return split_by_id(word_filters.page(connection, viewer, limit=limit + 1, before=before or HIGHEST_ID), limit)


def create(connection: Connection, viewer: UUID, values: Mapping[str, Any]) -> WordFilterRow:
    """The new filter. Raises FilterLimitError, WordFilterExistsError and ValidationError."""
    if word_filters.count(connection, viewer) >= MAX_WORD_FILTERS:
        raise FilterLimitError(f"At most {MAX_WORD_FILTERS} word filters")
    pattern = _pattern(values["phrase"])
    row = word_filters.add(connection, viewer, {**values, "pattern": pattern})
    if row is not None:
        return row
    existing = word_filters.id_of(connection, viewer, pattern)
    if existing is None:
        raise InvalidTokenError("The account does not exist any more")
    raise WordFilterExistsError(word_filter_id=str(existing))


def change(connection: Connection, viewer: UUID, filter_id: UUID, changes: Mapping[str, Any]) -> WordFilterRow:
    """The filter, of which what is named is replaced. Raises WordFilterNotFoundError and WordFilterExistsError."""
    values = dict(changes)
    if "phrase" in values:
        values["pattern"] = _pattern(values["phrase"])
    try:
        row = word_filters.change(connection, viewer, filter_id, values)
    except SamePatternError as error:
        existing = word_filters.id_of(connection, viewer, values["pattern"])
        raise WordFilterExistsError(word_filter_id=str(existing)) from error
    if row is None:
        raise WordFilterNotFoundError
    return row


def delete(connection: Connection, viewer: UUID, filter_id: UUID) -> None:
    """The filter is gone. Can be repeated."""
    word_filters.delete(connection, viewer, filter_id)


def _pattern(phrase: str) -> str:
    if not has_visible_character(phrase):
        raise ValidationError(field=FieldError(("phrase",), "nothing that can be searched for"))
    return phrase_pattern(phrase)
