"""What a text names, found and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from functions.community.domain.entities import Entity, TooManyEntitiesError, scan
from functions.community.repository import names
from functions.community.repository.names import Known, Named
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError

_NOTHING: Final = Named((), {}, ())


@dataclass(frozen=True, slots=True)
class NamesOfText:
    """`entities` are as `posts.entities` has them, in the order of the text."""

    entities: list[dict[str, Any]]
    named: Named
    new_symbols: frozenset[str]

    @property
    def is_empty(self) -> bool:
        return self.named == _NOTHING


def read(connection: Connection, text: str, *, writer: UUID) -> NamesOfText:
    """What the text names for this writer, who does not name people that a block keeps from them.

    Raises ValidationError for more than a text may name.
    """
    try:
        found = scan(text)
        known = names.known(connection, found.possible_symbols, found.possible_names, writer=writer)
        entities = found.entities(symbols=known.symbols, names=known.people)
    except TooManyEntitiesError as error:
        raise ValidationError(field=FieldError(("text",), str(error))) from error
    symbols = list(dict.fromkeys(entity.key for entity in entities if entity.kind == "ticker"))
    spellings: dict[str, str] = {}
    for entity in entities:
        if entity.kind == "hashtag":
            spellings.setdefault(entity.key, entity.name)
    people = list(dict.fromkeys(known.people[entity.key].id for entity in entities if entity.kind == "mention"))
    return NamesOfText(
        [_document(entity, known) for entity in entities],
        Named(symbols, dict(sorted(spellings.items())), people) if entities else _NOTHING,
        frozenset(symbols) - known.symbols,
    )


def keep(connection: Connection, post_id: UUID, found: NamesOfText, *, published_at: datetime) -> None:
    """The published post names these: in lists of tickers, hashtags and mentions it is found from now on."""
    names.add_tickers(connection, found.new_symbols)
    names.add_hashtags(connection, found.named.hashtags)
    names.keep(connection, post_id, found.named, published_at=published_at)


def _document(entity: Entity, known: Known) -> dict[str, Any]:
    place = {"kind": entity.kind, "start": entity.start, "end": entity.end}
    match entity.kind:
        case "ticker":
            return {**place, "symbol": entity.key}
        case "hashtag":
            return {**place, "hashtag": entity.key}
        case _:
            person = known.people[entity.key]
            return {**place, "user_id": str(person.id), "username": person.username}
