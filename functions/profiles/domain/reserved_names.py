"""Usernames that nobody may have: words of addresses, and who somebody could be taken for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from shared.contexts.profiles import usernames

ROLES: Final = frozenset(
    """
    abuse account accounts admin administrator admins anonymous api app assistant billing bot community compliance
    creator customer customer_service everybody everyone feedback founder guest help helpdesk here info legal mail me
    mod moderator moderators mods news nobody noreply null official operator owner postmaster press privacy root safety
    sales security self service settings sharestack shop staff status superuser support system team terms trust
    undefined user users vendor verified webmaster www you
    官方 客服 管理员 管理員 版主 系统 系統 运营
    """.split()  # noqa: SIM905 - a list of words reads as words
)


def is_reserved(name: str, addresses: str) -> bool:
    """Whether the name is one of these or looks like one. `addresses` are words of addresses, separated by blanks."""
    return usernames.skeleton_of(name) in _skeletons(addresses)


@lru_cache(maxsize=4)
def _skeletons(addresses: str) -> frozenset[str]:
    return _of(ROLES) | _of(word.replace("-", "_") for word in addresses.split())


def _of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(usernames.skeleton_of(word) for word in words)
