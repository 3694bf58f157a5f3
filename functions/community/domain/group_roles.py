"""What members of a group may do there."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class GroupRole(StrEnum):
    OWNER = "owner"
    """Also changes the group itself, and who has which role."""
    MODERATOR = "moderator"
    """Also decides who comes in and who has to go, and what is shown."""
    MEMBER = "member"

    def includes(self, other: GroupRole) -> bool:
        """Whether this role may do what the other one may."""
        return _RANKS[self] >= _RANKS[other]

    def outranks(self, other: GroupRole | None) -> bool:
        """Whether this role decides about people of the other one; null is somebody who is no member. Nobody decides
        about an owner, whose role has to be another one first.
        """
        return other is None or _RANKS[self] > _RANKS[other]


_RANKS: Final = {GroupRole.OWNER: 2, GroupRole.MODERATOR: 1, GroupRole.MEMBER: 0}
