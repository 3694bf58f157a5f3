"""Links in messages: pages of the shop, with signed tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from shared import settings, tokens
from shared.contexts.identity import address_denials
from shared.contexts.ordering import order_links

UNSUBSCRIBE_PATH: Final = "/api/v1/users/unsubscribe"


def page(path: str) -> str:
    """A page of the shop."""
    return settings.common().public_url.rstrip("/") + path


def product(slug: str) -> str:
    """The page of a product."""
    return page(f"/products/{quote(slug, safe='')}")


def order(order_id: UUID, guest_since: datetime | None) -> str:
    """The page of an order; with a token where a guest placed it then, who has no account to sign in to."""
    address = page(f"/orders/{order_id}")
    return f"{address}?token={order_links.encode(order_id, guest_since)}" if guest_since else address


def verify_email(request_id: UUID) -> str:
    """The page that verifies the address of the request: its owner has received the mail."""
    return page(f"/verify-email?token={tokens.sign('email-verification', request_id.bytes)}")


def deny_email(user_id: UUID, email: str) -> str:
    """The page that says: this address is mine, that account is not."""
    return page(f"/deny-email?token={address_denials.encode(user_id, email)}")


def revert_email(request_id: UUID) -> str:
    """The page that takes the change of the address of the request back."""
    return page(f"/revert-email?token={tokens.sign('email-reversal', request_id.bytes)}")


def reset_password(request_id: UUID) -> str:
    """The page where the recipient chooses a new password."""
    return page(f"/reset-password?token={tokens.sign('password-reset', request_id.bytes)}")


def keep_account(request_id: UUID) -> str:
    """The page where the recipient cancels the erasure of the account."""
    return page(f"/keep-account?token={tokens.sign('erasure-cancellation', request_id.bytes)}")


def unsubscribe(user_id: UUID) -> tuple[str, dict[str, str]]:
    """The page that withdraws the consent to offers, and the headers by which a mail program does so with one click
    (RFC 8058).

    The header's address is the API's: it takes a POST, which scanners of links do not send.
    """
    token = tokens.sign("unsubscribe", user_id.bytes)
    headers = {
        "List-Unsubscribe": f"<{page(UNSUBSCRIBE_PATH)}?token={token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return page(f"/unsubscribe?token={token}"), headers
