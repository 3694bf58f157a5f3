"""The visitor of an order: its customer, a guest with its link, and for documents staff as well."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, Request

from functions.ordering.service.order_access import Visitor
from shared.permissions import Permission
from shared.web import MaybeCaller
from shared.web.authentication import required


async def _visitor(
    caller: MaybeCaller,
    token: Annotated[str | None, Query(max_length=200, description="A guest's, from the placed order")] = None,
) -> Visitor:
    return Visitor(caller.user_id if caller else None, token)


OrderVisitor = Annotated[Visitor, Depends(_visitor)]
"""A signed-in customer, or a guest with a token; the service checks which order it opens."""


async def _document_visitor(request: Request, caller: MaybeCaller, visitor: OrderVisitor) -> Visitor:
    if caller is None or not caller.permissions:
        return visitor
    staff = await required(request, None)  # whose rights are those of this moment
    return replace(visitor, reads_all=Permission.ORDERS_READ_ALL in staff.permissions)


DocumentVisitor = Annotated[Visitor, Depends(_document_visitor)]
"""As `OrderVisitor`, or one of staff who may read all orders."""
