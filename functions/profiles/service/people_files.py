"""Lists of people as files: whom one follows, mutes and blocks, out and in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from functions.profiles.domain import people_files as files
from functions.profiles.domain.limits import MAX_FILTERS, MAX_FOLLOWS, MAX_PENDING_REQUESTS
from functions.profiles.domain.people_files import NamedLine, Refusal, RefusalReason
from functions.profiles.repository import content_filters, follow_requests, pairs, people_files
from functions.profiles.repository.people_files import FoundPerson
from functions.profiles.service.content_filters import BLOCK, MUTE
from shared import settings
from shared.clients.database import Connection
from shared.contexts.profiles.standing import require_may_write

FOLLOWING = "following"
KINDS = {"mutes": MUTE, "blocks": BLOCK}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the lines of a file: `read` is the sum of the others."""

    read: int
    created: int
    unchanged: int
    refused: Sequence[Refusal]


def export(connection: Connection, name: str, viewer: UUID) -> str:
    """The list as a file."""
    if name == FOLLOWING:
        return files.write(people_files.following(connection, viewer))
    return files.write(people_files.filtered(connection, viewer, KINDS[name]))


def take(connection: Connection, name: str, text: str, *, viewer: UUID) -> Report:
    """Follow, mute or block whom the file names. Raises what `require_may_write` raises, for follows."""
    if name == FOLLOWING:
        require_may_write(connection, viewer)
    named, refused = files.read(text, host=urlsplit(settings.common().public_url).netloc.lower())
    found = people_files.find(connection, [line.key for line in named], viewer=viewer)
    usable, more = _usable(named, found, viewer, blocked_too=name != FOLLOWING)
    if name == FOLLOWING:
        created, over = _follow(connection, viewer, usable)
    else:
        created, over = _filter(connection, viewer, usable, KINDS[name])
    refused = sorted([*refused, *more, *over], key=lambda refusal: refusal.line)
    read = len(named) + len(refused) - len(more) - len(over)
    return Report(read, created, read - created - len(refused), refused)


def _usable(
    named: Sequence[NamedLine], found: dict[str, FoundPerson], viewer: UUID, *, blocked_too: bool
) -> tuple[dict[UUID, tuple[NamedLine, FoundPerson]], list[Refusal]]:
    """Whom the lines name, once each, and the lines that name nobody who can be taken."""
    usable: dict[UUID, tuple[NamedLine, FoundPerson]] = {}
    refused = []
    for line in named:
        person = found.get(line.key)
        reason = None
        if person is None:
            reason = RefusalReason.UNKNOWN
        elif person.user_id == viewer:
            reason = RefusalReason.ONESELF
        elif person.blocking and not blocked_too:
            reason = RefusalReason.BLOCKED
        if reason is not None or person is None:
            refused.append(Refusal(line.line, line.name, reason or RefusalReason.UNKNOWN))
        else:
            usable.setdefault(person.user_id, (line, person))
    return usable, refused


def _follow(
    connection: Connection, viewer: UUID, usable: dict[UUID, tuple[NamedLine, FoundPerson]]
) -> tuple[int, list[Refusal]]:
    locked = pairs.lock(connection, viewer, *usable)
    public = [key for key in usable if key in locked and not locked[key].is_private]
    private = [key for key in usable if key in locked and locked[key].is_private]
    room = max(0, MAX_FOLLOWS - locked[viewer].following_count)
    asked = max(0, MAX_PENDING_REQUESTS - follow_requests.pending(connection, viewer))
    over = [*public[room:], *private[asked:]]
    created = people_files.follow(connection, viewer, public[:room])
    created |= people_files.request(connection, viewer, private[:asked])
    return len(created), _over(usable, over)


def _filter(
    connection: Connection, viewer: UUID, usable: dict[UUID, tuple[NamedLine, FoundPerson]], kind: str
) -> tuple[int, list[Refusal]]:
    pairs.lock(connection, viewer, *usable)
    room = max(0, MAX_FILTERS - content_filters.count(connection, viewer, kind))
    ids = list(usable)
    created = people_files.put_filters(connection, viewer, ids[:room], kind)
    if kind == BLOCK:
        people_files.end_follows(connection, viewer, ids[:room])
    return len(created), _over(usable, ids[room:])


def _over(usable: dict[UUID, tuple[NamedLine, FoundPerson]], ids: Sequence[UUID]) -> list[Refusal]:
    return [Refusal(usable[key][0].line, usable[key][0].name, RefusalReason.LIMIT) for key in ids]
