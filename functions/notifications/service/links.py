"""Links in messages: pages of the shop in the language of the message, with signed tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from functions.notifications.domain.languages import best_match
from shared import settings, tokens
from shared.contexts.identity import address_denials
from shared.contexts.ordering import order_links

UNSUBSCRIBE_PATH: Final = "/api/v1/users/unsubscribe"
_PREFIXES: Final = {"zh-CN": "", "en": "/en"}


def page(path: str, language: str) -> str:
    """A page of the shop: its language is in its path, and is that of the message."""
    return _address(_PREFIXES[best_match(language)] + path)


def product(slug: str, language: str) -> str:
    """The page of a product."""
    return page(f"/p/{quote(slug, safe='')}", language)


def order(order_id: UUID, guest_since: datetime | None, language: str) -> str:
    """The page of an order: a customer's own, or with a token that of a guest who placed it then, who has no account to
    sign in to.
    """
    if guest_since is None:
        return page(f"/account/orders/{order_id}", language)
    return page(f"/orders/{order_id}?token={order_links.encode(order_id, guest_since)}", language)


def verify_email(request_id: UUID, language: str) -> str:
    """The page that verifies the address of the request: its owner has received the mail."""
    return page(f"/verify-email?token={tokens.sign('email-verification', request_id.bytes)}", language)


def deny_email(user_id: UUID, email: str, language: str) -> str:
    """The page that says: this address is mine, that account is not."""
    return page(f"/deny-email?token={address_denials.encode(user_id, email)}", language)


def revert_email(request_id: UUID, language: str) -> str:
    """The page that takes the change of the address of the request back."""
    return page(f"/revert-email?token={tokens.sign('email-reversal', request_id.bytes)}", language)


def reset_password(request_id: UUID, language: str) -> str:
    """The page where the recipient chooses a new password."""
    return page(f"/reset?token={tokens.sign('password-reset', request_id.bytes)}", language)


def keep_account(request_id: UUID, language: str) -> str:
    """The page where the recipient cancels the erasure of the account."""
    return page(f"/keep-account?token={tokens.sign('erasure-cancellation', request_id.bytes)}", language)


def unsubscribe(user_id: UUID, language: str) -> tuple[str, dict[str, str]]:
    """The page that withdraws the consent to offers, and the headers by which a mail program does so with one click
    (RFC 8058).

    The header's address is the API's: it takes a POST, which scanners of links do not send.
    """
    token = tokens.sign("unsubscribe", user_id.bytes)
    headers = {
        "List-Unsubscribe": f"<{_address(UNSUBSCRIBE_PATH)}?token={token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return page(f"/unsubscribe?token={token}", language), headers


def _address(path: str) -> str:
    return settings.common().public_url.rstrip("/") + path
