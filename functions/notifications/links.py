"""Addresses that mails lead to: pages of the shop, with tokens that only we can have made."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from shared import order_links, settings, tokens

UNSUBSCRIBE_PATH: Final = "/api/v1/users/unsubscribe"


def page(path: str) -> str:
    """A page of the shop."""
    return settings.common().public_url.rstrip("/") + path


def product(slug: str) -> str:
    """The page of a product."""
    return page(f"/products/{quote(slug, safe='')}")


def order(order_id: UUID, guest_since: datetime | None) -> str:
    """The order; with the token that opens it where a guest made it then, who has no account to sign in to."""
    address = page(f"/orders/{order_id}")
    return f"{address}?token={order_links.encode(order_id, guest_since)}" if guest_since else address


def verify_email(request_id: UUID) -> str:
    """Proves the address of the request: whoever reads the mail has it."""
    return page(f"/verify-email?token={tokens.sign('email-verification', request_id.bytes)}")


def reset_password(request_id: UUID) -> str:
    """Lets whoever reads the mail choose a new password."""
    return page(f"/reset-password?token={tokens.sign('password-reset', request_id.bytes)}")


def keep_account(request_id: UUID) -> str:
    """Lets whoever reads the mail keep an account that is about to be erased."""
    return page(f"/keep-account?token={tokens.sign('erasure-cancellation', request_id.bytes)}")


def unsubscribe(user_id: UUID) -> tuple[str, dict[str, str]]:
    """The page that ends such mail, and the headers by which a mail program does it with one click (RFC 8058).

    The header's address is the API's: it takes a POST, which no scanner of links makes.
    """
    token = tokens.sign("unsubscribe", user_id.bytes)
    headers = {
        "List-Unsubscribe": f"<{page(UNSUBSCRIBE_PATH)}?token={token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return page(f"/unsubscribe?token={token}"), headers
