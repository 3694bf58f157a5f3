"""Somebody of the community, as `people` and `customers` list them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    key: str
    """What the scenes call them."""
    username: str
    display_name: str
    bio: str
    language: str
    country: str
    time_zone: str
    topics: tuple[str, ...]
    picture: str
    """What the profile picture shows: a motif of `demo.contents.pictures.scenes`, or a portrait."""
    email: str = ""
    """Of a customer; everybody else's is made from the key."""
    watchlist: tuple[str, ...] = ()
    is_private: bool = False
    pull: float = 1.0
    """How much others want to follow them."""

    @property
    def address(self) -> str:
        return self.email or f"{self.key}@neighbours.example"
