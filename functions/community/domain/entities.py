"""Tickers, hashtags and mentions of a text, with their places.

In two steps, because only the database knows which symbols and names exist: `scan` tells which to look up, and
`Scan.entities` what the text has, given those that are known.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final, NamedTuple

from functions.community.domain.entity_candidates import Candidate, Kind, Option, candidates
from functions.community.domain.text_reading import Reading, read

LIMITS: Final[dict[Kind, int]] = {"ticker": 20, "hashtag": 30, "mention": 50}
"""How many different ones a text may have."""


class TooManyEntitiesError(ValueError):
    """The text has more of a kind than are allowed."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"more than {LIMITS[kind]} different {kind}s")
        self.kind = kind
        self.limit = LIMITS[kind]


class Entity(NamedTuple):
    """A place in a text. `key` is the canonical symbol, the folded tag, or the key of the username; `name` is what is
    written behind the sign, compatible forms resolved. `start` and `end` count code points of the text as stored, and
    split no grapheme cluster.
    """

    kind: Kind
    key: str
    name: str
    start: int
    end: int


class Scan:
    """What a text may have."""

    def __init__(self, reading: Reading, found: list[Candidate]) -> None:
        self._reading = reading
        self._candidates = found

    @property
    def possible_symbols(self) -> frozenset[str]:
        """Canonical symbols whose being known decides what the text has."""
        return self._keys("ticker")

    @property
    def possible_names(self) -> frozenset[str]:
        """Keys of usernames that the text may mention."""
        return self._keys("mention")

    def _keys(self, kind: Kind) -> frozenset[str]:
        return frozenset(
            option.key for candidate in self._candidates for option in candidate.options if option.kind == kind
        )

    def entities(self, *, symbols: Container[str], names: Container[str]) -> list[Entity]:
        """In the order of the text; `symbols` and `names` are the known ones.

        Raises `TooManyEntitiesError`.
        """
        known: dict[Kind, Container[str]] = {"ticker": symbols, "mention": names, "hashtag": ()}
        entities = [
            self._entity(candidate.start, option)
            for candidate in self._candidates
            if (option := _choice(candidate, known)) is not None
        ]
        for kind, limit in LIMITS.items():
            if len({entity.key for entity in entities if entity.kind == kind}) > limit:
                raise TooManyEntitiesError(kind)
        return entities

    def _entity(self, start: int, option: Option) -> Entity:
        name = self._reading.text[start + 1 : option.end]
        name = name.removesuffix("#") if option.kind != "mention" else name
        return Entity(option.kind, option.key, name, *self._reading.span(start, option.end))


def scan(text: str) -> Scan:
    """The text is in normal form C. Raises `TooManyEntitiesError` for names that nobody shall have to look up."""
    reading = read(text)
    found: list[Candidate] = []
    mentions: set[str] = set()
    for candidate in candidates(reading):
        found.append(candidate)
        if candidate.options[0].kind == "mention":
            mentions.add(candidate.options[0].key)
            if len(mentions) > LIMITS["mention"]:
                raise TooManyEntitiesError("mention")
    return Scan(reading, found)


def _choice(candidate: Candidate, known: dict[Kind, Container[str]]) -> Option | None:
    return next(
        (option for option in candidate.options if not option.needs_to_be_known or option.key in known[option.kind]),
        None,
    )
