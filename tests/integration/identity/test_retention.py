"""What is kept about people is forgotten when it was kept for long enough, and not before."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.service import retention
from shared.contexts.identity.models.accounts import AccountRequest, LoginSession
from shared.contexts.notifications.models import Delivery
from shared.contexts.ordering.models.orders import Checkout
from shared.contexts.payments.models.payments import FraudDecision
from tests.factories import identity, money, payments
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context


def forgotten() -> dict[str, int]:
    """One run of the schedule, with its sample event."""
    from functions.identity.handlers.erase_accounts import handler

    event = json.loads(Path("events/identity/erase_accounts.json").read_text())
    done: dict[str, int] = handler(event, Context())
    return done


def aged(db: Session, table: str, column: str, days: int) -> None:
    """Every row of the table is so many days older."""
    db.execute(text(f"UPDATE {table} SET {column} = {column} - make_interval(days => :days)"), {"days": days})
    db.commit()


def mail(db: Session, *, days_ago: int) -> None:
    """A mail of that day, whose id tells when it was."""
    db.execute(
        text(
            "INSERT INTO deliveries (id, dedupe_key, kind, channel, recipient, status, claimed_until)"
            " VALUES (uuidv7(make_interval(days => -:days)), 'mail:' || :days, 'shipped', 'email', 'ada@example.com',"
            " 'sent', now())"
        ),
        {"days": days_ago},
    )
    db.commit()


@pytest.fixture(autouse=True)
def _cloud(aws: Cloud) -> None:
    """Every run looks for copies to remove."""


def test_where_somebody_paid_from_is_forgotten_after_ninety_days(db: Session) -> None:
    payment = payments.payment(db, payments.checkout(db))
    for _ in range(2):
        decision = money.fraud_decision(db, payment)
        decision.ip_address, decision.card_fingerprint = "198.51.100.23", "abc"
    db.commit()
    old = db.query(FraudDecision).order_by(FraudDecision.id).first()
    assert old is not None
    old.created_at = datetime.now(UTC) - timedelta(days=91)
    db.commit()
    assert forgotten()["payment_checks"] == 1
    db.rollback()
    rows = db.query(FraudDecision).order_by(FraudDecision.created_at).all()
    assert [(row.ip_address, row.card_fingerprint) for row in rows] == [(None, None), ("198.51.100.23", "abc")]
    assert rows[0].decision == "review"
    assert forgotten()["payment_checks"] == 0


def test_a_session_is_forgotten_when_it_could_not_go_on_any_more(db: Session) -> None:
    user = identity.user(db)
    old, recent = identity.login_session(db, user), identity.login_session(db, user)
    old.last_used_at = datetime.now(UTC) - timedelta(days=30, minutes=1)
    recent.last_used_at = datetime.now(UTC) - timedelta(days=29)
    db.commit()
    kept = recent.id
    assert forgotten()["sessions"] == 1
    db.rollback()
    assert db.query(LoginSession.id).scalar() == kept


def test_links_that_ran_out_are_forgotten_after_a_day(db: Session) -> None:
    user = identity.user(db)
    identity.account_request(db, user, "password_reset")
    aged(db, "account_requests", "expires_at", 2)
    identity.account_request(db, user, "password_reset")
    assert forgotten()["account_requests"] == 1
    assert db.query(AccountRequest).count() == 1


def test_the_log_of_mails_is_kept_for_a_year(db: Session) -> None:
    for days in (1, 364, 366, 500):
        mail(db, days_ago=days)
    assert forgotten()["mails"] == 2
    assert {row.dedupe_key for row in db.query(Delivery)} == {"mail:1", "mail:364"}


@pytest.mark.parametrize(("status", "goes"), [("expired", True), ("abandoned", True), ("open", False), ("paid", False)])
def test_who_did_not_buy_is_forgotten_after_ninety_days(db: Session, status: str, goes: bool) -> None:
    recent = payments.checkout(db)
    recent.status = status
    db.flush()
    checkout = payments.checkout(db)
    checkout.status = status
    db.commit()
    old_id = db.execute(
        text("UPDATE checkouts SET id = uuidv7(interval '-91 days') WHERE id = :id RETURNING id"),
        {"id": _alone(db, checkout)},
    ).scalar_one()
    db.commit()
    assert forgotten()["checkouts"] == int(goes)
    db.rollback()
    old = db.get_one(Checkout, old_id)
    assert (old.email.endswith("@erased.invalid"), old.total_amount) == (goes, 2497)
    assert old.shipping_address is not None
    assert (old.shipping_address["line1"] == "[erased]", old.shipping_address["country"]) == (goes, "GB")
    assert db.get_one(Checkout, recent.id).email == "guest@example.com"
    assert forgotten()["checkouts"] == 0


def _alone(db: Session, checkout: Checkout) -> Any:
    db.execute(text("DELETE FROM checkout_lines WHERE checkout_id = :id"), {"id": checkout.id})
    return checkout.id


def test_much_is_forgotten_in_small_steps_and_two_runs_share_the_work(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 7)
    for number in range(50):
        mail(db, days_ago=400 + number)
    done = at_once(2, lambda _: retention.expire(lambda: True)["mails"])
    assert sum(done) == 50
    assert db.query(Delivery).count() == 0


def test_a_run_without_time_begins_nothing(db: Session) -> None:
    mail(db, days_ago=400)
    assert set(retention.expire(lambda: False).values()) == {0}
    assert db.query(Delivery).count() == 1
