"""The owner of a request's cart, and the response's token for guests."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header

from functions.ordering.service.owners import Owner
from shared.contexts.ordering import cart_tokens
from shared.web import MaybeCaller


async def _owner(
    caller: MaybeCaller,
    x_cart_token: Annotated[
        str | None, Header(max_length=200, description="A guest's cart, from an earlier response")
    ] = None,
) -> Owner:
    return Owner(caller.user_id if caller else None, x_cart_token or None)


CartOwner = Annotated[Owner, Depends(_owner)]
"""A signed-in customer, or a guest with or without a cart."""


def token_header(token: str | None) -> dict[str, str]:
    """The renewed token for a guest; nothing for a customer."""
    return {cart_tokens.HEADER: token} if token else {}
