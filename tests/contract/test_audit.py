"""Every write of the shop's staff leaves one entry in the audit log, by who did it; a refused one leaves none.

The requests are those of the authorization matrix: of routes that declare a permission, and of those where an
administrator may write what another customer may not. Where a row of it cannot arrange a request that is accepted,
`APART` does. A route that neither covers fails the first test.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from functions.payments import providers
from shared import keys
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Dispute
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.contract.applications import Route, entry_point, every_route
from tests.contract.authorization import ordering
from tests.contract.authorization.matrix import OK, Outcome, Request, Row, Stage, permissions_of, role_of, rows, send
from tests.factories import identity, payments
from tests.support import databases
from tests.support.cloud import WEBHOOK_SECRET, Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.stripe_account import Account, simulated_account
from tests.support.tokens import TestSigningKey

Arrange = Callable[[Stage, Account], Request]


def _is_staffs(row: Row) -> bool:
    """Whether administrators get what a stranger does not."""
    return row.expected("admin") is OK and row.expected("customer") is not OK


def _rows_of(route: Route) -> list[Row]:
    of_route = [row for row in rows(route.context) if (row.method, row.path) == (route.method, route.path)]
    return of_route if str(route) in APART else [row for row in of_route if _is_staffs(row)]


WITH_REASON = {"user.changed", "stock.adjusted", "reconciliation_difference.resolved"}
"""What staff does that is not about an order or its buyer, and says why for this log alone."""

CALLERS = ("customer", "moderator", "admin")
"""Who may do nothing, some of it, and all of it."""


def _an_approved_return(stage: Stage, account: Account) -> Request:
    asked = ordering.a_return_to_decide(stage)
    admin = identity.user(stage.db, Role.ADMIN)
    client = LambdaClient(entry_point("ordering"), headers=stage.signing_key.authorization(admin))
    path = f"/api/v1/admin/returns/{asked.path['return_id']}/decision"
    assert client.post(path, json=asked.json).status == 200
    return Request(path=asked.path, json={}, headers={"Idempotency-Key": uuid.uuid4().hex})


def _a_captured_payment(stage: Stage, account: Account) -> Request:
    return Request(
        path={"payment_id": _paid(stage, account, "pm_card_visa").id},
        json={"reason": "goodwill", "note": "A scratch"},
        headers={"Idempotency-Key": uuid.uuid4().hex},
    )


def _an_open_dispute(stage: Stage, account: Account) -> Request:
    payment = _paid(stage, account, "pm_card_createDispute")
    while account.ask("POST", "/settle")["settled"]:
        pass
    [told] = account.client.v1.disputes.list(params={"payment_intent": payment.provider_payment_id}).data
    made = Dispute(
        payment_id=payment.id,
        provider="stripe",
        provider_dispute_id=told.id,
        amount=told.amount,
        currency="USD",
        reason=told.reason,
        status=told.status,
        opened_at=payment.created_at,
    )
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"dispute_id": made.id}, json={"evidence": {"customer_name": "Ada Lovelace"}})


def _paid(stage: Stage, account: Account, card: str) -> Payment:
    checkout = payments.checkout(stage.db, stage.owner)
    intent = account.charge(card, checkout.total_amount)
    made = payments.payment(stage.db, checkout, intent.id, status="succeeded")
    made.amount_captured = checkout.total_amount
    stage.db.commit()
    return made


APART: dict[str, Arrange] = {
    "POST /api/v1/admin/returns/{return_id}/receipt": _an_approved_return,
    "POST /api/v1/admin/payments/{payment_id}/refunds": _a_captured_payment,
    "POST /api/v1/admin/disputes/{dispute_id}/evidence": _an_open_dispute,
}

WRITES = [
    route
    for route in every_route()
    if route.method not in {"GET", "HEAD"} and (route.permissions or any(map(_is_staffs, _rows_of(route))))
]


@pytest.fixture(scope="module")
def _served_account() -> Iterator[Account]:
    with simulated_account((WEBHOOK_SECRET,)) as served:
        yield served


@pytest.fixture
def account(_served_account: Account, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An empty Stripe account, which the functions find."""
    monkeypatch.setenv("STRIPE_API_BASE", _served_account.url)
    providers.of.cache_clear()
    yield _served_account
    providers.of.cache_clear()


@dataclass(frozen=True)
class Asked:
    """An answer, who got it, and the entries that the request left."""

    status: int
    body: bytes
    correlation_id: str
    user_id: UUID
    entries: list[AuditEntry]


Ask = Callable[[str, Route, Row, Stage, Request], Asked]
Prepare = Callable[[Arrange], tuple[Stage, Request]]


@pytest.fixture
def prepare(account: Account, db: Session, aws: Cloud, database_url: str) -> Prepare:
    """Arranges in an empty database and an empty Stripe account."""

    def prepared(arrange: Arrange) -> tuple[Stage, Request]:
        databases.empty(database_url)
        keys.reset()
        account.reset()
        stage = Stage(db, aws, TestSigningKey.publish(db), identity.user(db, role_of("owner")))
        return stage, arrange(stage, account)

    return prepared


@pytest.fixture
def ask(db: Session) -> Ask:
    """Sends the request as this caller."""

    def sent(caller: str, route: Route, row: Row, stage: Stage, request: Request) -> Asked:
        user = identity.user(db, role_of(caller))
        before = set(db.scalars(select(AuditEntry.id)))
        user_id = user.id
        client = LambdaClient(entry_point(route.context), headers=stage.signing_key.authorization(user))
        answer = send(client, row, request)
        db.rollback()
        entries = [entry for entry in db.query(AuditEntry) if entry.id not in before]
        db.expunge_all()
        db.rollback()
        return Asked(answer.status, answer.body, answer.headers["x-correlation-id"], user_id, entries)

    return sent


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_an_allowed_write_leaves_one_entry_and_a_refused_one_none(route: Route, prepare: Prepare, ask: Ask) -> None:
    accepted = 0
    for row in _rows_of(route):
        arrange = APART.get(str(route), partial(_prepared, row))
        stage, request = prepare(arrange)
        is_as_arranged = True
        # Who is refused leaves everything as it is, so the next one finds what was arranged.
        for caller in sorted(CALLERS, key=lambda caller: _may(caller, route, row)):
            if not is_as_arranged:
                stage, request = prepare(arrange)
            asked = ask(caller, route, row, stage, request)
            if not _may(caller, route, row):
                assert (asked.status in {403, 404}, asked.entries) == (True, [])
                continue
            assert Outcome.of(asked.status) is OK, asked.body
            [entry] = asked.entries
            assert (entry.actor_id, entry.actor_kind) == (asked.user_id, caller)
            assert (entry.correlation_id, entry.network) == (asked.correlation_id, "203.0.113.0/24")
            assert entry.action.partition(".")[2]
            assert entry.reason is None or entry.action in WITH_REASON
            assert [text for text in _letters(request) if text in f"{entry.changes}"] == []
            accepted += 1
            is_as_arranged = False
    assert accepted, "no request that is accepted: state one in the matrix, or in APART"


def _letters(request: Request) -> list[str]:
    """What the request says to somebody or about them, in words."""
    body = request.json if isinstance(request.json, dict) else {}
    written = [body.get(name) for name in ("note", "reason", "body")]
    return [text for text in written if isinstance(text, str) and " " in text]


def _prepared(row: Row, stage: Stage, account: Account) -> Request:
    return row.prepared(stage)


def _may(caller: str, route: Route, row: Row) -> bool:
    return route.permissions <= permissions_of(caller) if str(route) in APART else row.expected(caller) is OK


def test_what_is_arranged_apart_exists() -> None:
    assert set(APART) <= {str(route) for route in WRITES}
