"""Who asks for an order: its customer, or a guest by its link."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from functions.ordering.service.access import Visitor
from shared.web import MaybeCaller


async def _visitor(
    caller: MaybeCaller,
    token: Annotated[str | None, Query(max_length=200, description="A guest's, from the placed order")] = None,
) -> Visitor:
    return Visitor(caller.user_id if caller else None, token)


OrderVisitor = Annotated[Visitor, Depends(_visitor)]
"""Somebody signed in, or who has a guest's token; which order it opens is the service's question."""
