"""How somebody leaves, and what is looked for afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.identity.models.privacy import AccountErasure
from tests.factories.person import EMAIL
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, requested
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, Context, LambdaClient

CANCEL = f"{ME}/erasure/cancel"
ROOT = Path(__file__).resolve().parents[3]


def signed_in(client: LambdaClient, email: str = EMAIL) -> LambdaClient:
    return client.signed_in(bearer(log_in(client, email).json()["access_token"]))


def leave(client: LambdaClient, email: str = EMAIL, **body: Any) -> Answer:
    return signed_in(client, email).delete(ME, json={"password": PASSWORD, **body})


def cancel(client: LambdaClient, token: str) -> Answer:
    return client.post(CANCEL, json={"token": token})


def cancellation(aws: Cloud) -> str:
    """The token in the mail."""
    return link(requested(aws, "AccountErasureRequested")[-1], "erasure-cancellation")


def let_time_pass(db: Session) -> None:
    db.execute(text("UPDATE account_erasures SET due_at = now()"))
    db.commit()


def run() -> dict[str, int]:
    """What the schedule does every hour, with its sample event."""
    from functions.identity.handlers.erase_accounts import handler

    done: dict[str, int] = handler(json.loads((ROOT / "events/identity/erase_accounts.json").read_text()), Context())
    return done


def erase(client: LambdaClient, db: Session, **body: Any) -> None:
    """From the request to the end of the account."""
    assert leave(client, **body).status == 202
    let_time_pass(db)
    done = run()
    db.rollback()
    assert (done["erased"], done["failures"]) == (1, 0), db.query(AccountErasure.waits_for).all()


def traces(db: Session, *wanted: str) -> list[tuple[str, str]]:
    """Every table and column of the whole database in which one of these texts stands, in any case."""
    db.rollback()
    columns = db.execute(
        text(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped"
        )
    ).all()
    found = []
    for table, column in columns:
        for trace in wanted:
            seen = db.execute(
                text(f'SELECT 1 FROM "{table}" WHERE strpos(lower("{column}"::text), lower(:trace)) > 0 LIMIT 1'),
                {"trace": trace},
            )
            if seen.first():
                found.append((table, column))
    return found
