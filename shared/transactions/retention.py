"""Forgetting what other contexts keep about people, when it was kept for long enough; called by identity's schedule.

Each takes the oldest rows, up to a batch, passes over those that somebody is at, and returns how many it took.
"""

from __future__ import annotations

from typing import Final

from shared import erased
from shared.clients.database import Connection

PAYMENT_TRACES_DAYS: Final = 90
"""The rules look back a day; disputes, for which it may matter who paid from where, come within months."""
MAILS_DAYS: Final = 365
CHECKOUTS_DAYS: Final = 90
NOBODY: Final = f"nobody@{erased.DOMAIN}"
"""Who has never bought what was checked out."""

_PAYMENT_TRACES: Final = """
UPDATE fraud_decisions SET ip_address = NULL, card_fingerprint = NULL WHERE id = ANY(ARRAY(
    SELECT id FROM fraud_decisions
    WHERE created_at < now() - make_interval(days => %(days)s)
        AND (ip_address IS NOT NULL OR card_fingerprint IS NOT NULL)
    ORDER BY created_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
))
"""

# Ids are UUIDv7: in the order of time. The sub-select makes PostgreSQL compute the boundary once.
_MAILS: Final = """
DELETE FROM deliveries WHERE id = ANY(ARRAY(
    SELECT id FROM deliveries WHERE id < (SELECT uuidv7(make_interval(days => -%(days)s)))
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""

_CHECKOUTS: Final = """
UPDATE checkouts SET email = %(nobody)s, shipping_address = CASE WHEN shipping_address IS NOT NULL THEN
    jsonb_build_object('name', %(text)s::text, 'line1', %(text)s::text, 'city', %(text)s::text,
        'region', shipping_address -> 'region', 'country', shipping_address -> 'country') END
WHERE id = ANY(ARRAY(
    SELECT id FROM checkouts
    WHERE status IN ('expired', 'abandoned') AND email NOT LIKE '%%@erased.invalid'
        AND id < (SELECT uuidv7(make_interval(days => -%(days)s)))
    ORDER BY id LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
))
"""


def forget_payment_traces(connection: Connection, batch: int) -> int:
    """From where, and with which card, somebody tried to pay."""
    return connection.execute(_PAYMENT_TRACES, {"days": PAYMENT_TRACES_DAYS, "batch": batch}).rowcount


def forget_mails(connection: Connection, batch: int) -> int:
    """That a mail was sent, and to whom."""
    return connection.execute(_MAILS, {"days": MAILS_DAYS, "batch": batch}).rowcount


def forget_checkouts(connection: Connection, batch: int) -> int:
    """Who did not buy, and where they live; what was in it is still counted."""
    values = {"days": CHECKOUTS_DAYS, "batch": batch, "nobody": NOBODY, "text": erased.TEXT}
    return connection.execute(_CHECKOUTS, values).rowcount
