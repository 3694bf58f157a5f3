"""Who logs in to PostgreSQL: the owner of the schema, and a role for every context whose functions reach the database.

What a role of a context may do is granted by migrations (`docs/decisions/0043-database-roles.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from infra.manifests import functions
from shared.manifest import Function, Invoked, Reach

OWNER: Final = "sharestack"
"""Owns the database's schema. The migration function logs in as it, and nothing else that is deployed."""


def context_role(context: str) -> str:
    """The role of a context's functions."""
    return f"{OWNER}_{context}"


@cache
def roles_by_function() -> Mapping[str, str]:
    """Of every `context.handler`, the role that it logs in as."""
    return MappingProxyType(
        {name: OWNER if brings_schema(function) else context_role(context) for name, context, function in functions()}
    )


@cache
def login_roles() -> tuple[str, ...]:
    """Every role: the owner first, then those of contexts in alphabetical order."""
    reaching = {name for name, _, function in functions() if function.reach is not Reach.AWS}
    return (OWNER, *sorted({roles_by_function()[name] for name in reaching} - {OWNER}))


def brings_schema(function: Function) -> bool:
    """Whether it is the function that migrates."""
    return isinstance(function, Invoked) and function.brings_schema
