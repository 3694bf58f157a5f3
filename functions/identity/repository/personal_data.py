"""Everything that is kept about a person, whichever context keeps it (their tables are only read here).

Orders and mails of a guest with the same address are the person's, once the address is proven to be theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.identity.repository import personal_data_accounts as accounts
from functions.identity.repository import personal_data_purchases as purchases
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Section:
    """One file: what is in it, and the statement whose rows are its entries (`document`: JSON as text)."""

    what: str
    statement: str


def _each(select: str) -> str:
    return f"SELECT to_jsonb(entry)::text AS document FROM ({select}) AS entry"  # noqa: S608 - our own constants


SECTIONS: Final[dict[str, Section]] = {
    "profile": Section("The account", _each(accounts.PROFILE)),
    "consents": Section("What was agreed to and taken back, when and where", _each(accounts.CONSENTS)),
    "sessions": Section("Where the account is, or was lately, signed in", _each(accounts.SESSIONS)),
    "account_requests": Section(
        "Links that were asked for: to prove an address, for a new password, to keep the account",
        _each(accounts.REQUESTS),
    ),
    "account_history": Section("What was done to the account, and by whom", _each(accounts.HISTORY)),
    "data_exports": Section("Copies like this one", _each(accounts.DATA_EXPORTS)),
    "erasure": Section("The end of the account, if it was asked for", _each(accounts.ERASURE)),
    "reviews": Section("Reviews, hidden ones too", _each(accounts.REVIEWS)),
    "review_votes": Section("Which reviews were found helpful or not", _each(accounts.VOTES)),
    "uploads": Section("Pictures that were uploaded", _each(accounts.UPLOADS)),
    "wishlist": Section("Wishes", _each(accounts.WISHES)),
    "mails": Section("Mails that were sent: of which kind, when, to which address", _each(accounts.MAILS)),
    "orders": Section("Orders with lines, timelines, shipments, returns and invoices", _each(purchases.ORDERS)),
    "checkouts": Section(
        "Checkouts, ordered or not, with what was priced and the coupons that were used", _each(purchases.CHECKOUTS)
    ),
    "cart": Section("The cart", _each(purchases.CART)),
    "downloads": Section("Files that were bought and fetched", _each(purchases.DOWNLOADS)),
    "payments": Section("Payments with their history, refunds and disputes", _each(purchases.PAYMENTS)),
    "payment_checks": Section(
        "What the automatic check against fraud said of attempts to pay, and what somebody decided then",
        _each(purchases.PAYMENT_CHECKS),
    ),
    "payment_providers": Section(
        "Payment providers where methods can be saved, and since when", _each(purchases.PROVIDERS)
    ),
}

NOT_HERE: Final[dict[str, str]] = {
    "password": "Only a hash is kept, which is of use to nobody but an attacker.",
    "saved payment methods": "The provider keeps them; GET /api/v1/payment-methods lists brand and last digits.",
    "refresh_tokens": "Hashes of secrets that belong to the sessions.",
    "coupon_customers": "Counts of the coupons that stand with the checkouts.",
    "order_keys": "An index of the orders.",
    "product_media, product_imports, product_exports": "Work for the shop, about products; it names who did it by id.",
    "outbox_events": "Messages between parts of the shop, kept for 14 days; they repeat what stands here.",
    "idempotency_keys": "Answers that were given, kept for a day so that a request can be repeated.",
    "card_fingerprint, reasons and evidence": "How fraud is recognised, and what was told to a bank in a dispute.",
}
"""What is kept and not copied, and why."""


def rows(connection: Connection, section: str, user_id: UUID) -> Iterator[str]:
    """The entries of a section, one at a time from the server. `connection` is busy until the last one is taken."""
    person = connection.execute(
        "SELECT CASE WHEN email_verified_at IS NOT NULL THEN email END AS proven FROM users WHERE id = %s", (user_id,)
    ).fetchone()
    proven = person["proven"] if person else None
    with connection.cursor() as cursor:
        for row in cursor.stream(SECTIONS[section].statement, {"user_id": user_id, "proven": proven}):
            yield row["document"]
