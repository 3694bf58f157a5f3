"""Lists of people as CSV: one column of usernames, as Mastodon and its kin write their addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.profiles.domain.limits import MAX_CSV_ROWS
from shared.contexts.profiles import usernames

HEADER: Final = "Account address"
_HEADERS: Final = frozenset({"account address", "username", "user"})


class RefusalReason(StrEnum):
    """Why a line was not taken."""

    NO_USERNAME = "not_a_username"
    ELSEWHERE = "elsewhere"
    """An account of another server."""
    UNKNOWN = "user_not_found"
    ONESELF = "oneself"
    BLOCKED = "blocking"
    LIMIT = "limit"
    TOO_LONG = "file_too_long"


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line that names somebody, and the key of the name."""

    line: int
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Refusal:
    line: int
    name: str
    reason: RefusalReason


def write(names: Iterable[str]) -> str:
    """The file. Usernames hold nothing that a spreadsheet takes for a formula."""
    return "".join(f"{line}\r\n" for line in (HEADER, *names))


def read(text: str, *, host: str) -> tuple[list[NamedLine], list[Refusal]]:
    """The names of a file, and the lines that name nobody here. `host` is our own, of `name@host`."""
    rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1) if any(row)]
    column = 0
    if rows:
        titles = [cell.strip().lower() for cell in rows[0][1]]
        column = next((index for index, title in enumerate(titles) if title in _HEADERS), -1)
        rows = rows[1:] if column >= 0 else rows
        column = max(column, 0)
    named: list[NamedLine] = []
    refused: list[Refusal] = []
    for index, (number, row) in enumerate(rows):
        cell = row[column].strip() if column < len(row) else ""
        name, _, server = cell.removeprefix("@").partition("@")
        if index >= MAX_CSV_ROWS:
            refused.append(Refusal(number, cell[:100], RefusalReason.TOO_LONG))
        elif server and server.lower() != host:
            refused.append(Refusal(number, cell[:100], RefusalReason.ELSEWHERE))
        elif usernames.problem_of(name) is not None:
            refused.append(Refusal(number, cell[:100], RefusalReason.NO_USERNAME))
        else:
            named.append(NamedLine(number, name, usernames.key_of(name)))
    return named, refused
