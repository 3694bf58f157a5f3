"""The end of an account: asked for with the password, undone by a link for two weeks, then done for good."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.identity.service import erasures
from shared import outbox, privacy
from shared.clients import database
from shared.contexts.identity import pseudonyms
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import AccountErasure
from shared.permissions import Role
from tests.factories import identity
from tests.factories.person import EMAIL, NAME, STREET, Life
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, refresh, requested
from tests.integration.identity.leaving import (
    cancel,
    cancellation,
    leave,
    let_time_pass,
    run,
    signed_in,
    traces,
)
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded


def test_the_account_is_closed_at_once(client: LambdaClient, augusta: User, aws: Cloud) -> None:
    session = log_in(client, EMAIL).json()
    reply = leave(client)
    assert (reply.status, reply.json()["waits_for"]) == (202, None)
    assert refresh(client, session["refresh_token"]).status == 401
    assert client.signed_in(bearer(session["access_token"])).get(ME).status == 401
    refused = log_in(client, EMAIL)
    assert (refused.status, refused.json()["code"]) == (403, "account_inactive")
    assert "the link in the mail keeps it" in refused.json()["detail"]
    [told] = requested(aws, "AccountErasureRequested")
    assert (told["email"], told["due_at"]) == (EMAIL, reply.json()["due_at"])


def test_a_wrong_password_erases_nothing(client: LambdaClient, augusta: User, db: Session) -> None:
    me = signed_in(client)
    reply = me.delete(ME, json={"password": "not-my-password"})
    assert (reply.status, reply.json()["code"]) == (422, "wrong_password")
    assert me.delete(ME).status == 422
    assert client.delete(ME, json={"password": PASSWORD}).status == 401
    assert db.query(AccountErasure).count() == 0


def test_the_link_in_the_mail_keeps_the_account(client: LambdaClient, augusta: User, aws: Cloud, db: Session) -> None:
    leave(client)
    token = cancellation(aws)
    assert cancel(client, token).status == 204
    assert signed_in(client).get(ME).json()["full_name"] == NAME
    again = cancel(client, token)
    assert (again.status, again.json()["code"]) == (400, "invalid_link")
    assert db.query(AccountErasure).count() == 0


def test_other_links_keep_no_account(client: LambdaClient, augusta: User, db: Session) -> None:
    token = link({"request_id": str(identity.account_request(db, augusta, "password_reset").id)}, "password-reset")
    leave(client)
    assert cancel(client, token).status == 400
    assert db.query(User).one().is_active is False


def test_nothing_but_the_link_opens_the_account_again(
    client: LambdaClient, augusta: User, aws: Cloud, db: Session
) -> None:
    token = link({"request_id": str(identity.account_request(db, augusta, "password_reset").id)}, "password-reset")
    leave(client)
    body = {"token": token, "new_password": "windy-harbour-17"}
    assert client.post("/api/v1/auth/password/reset", json=body).status == 400
    identity.user(db, Role.ADMIN, email="root@example.com", password=PASSWORD)
    root = signed_in(client, "root@example.com")
    body = {"is_active": True, "reason": "Asked by phone", "version": 2}
    reply = root.patch(f"/api/v1/admin/users/{augusta.id}", json=body)
    assert (reply.status, reply.json()["code"]) == (409, "account_leaving")


def test_before_the_time_nothing_is_erased(client: LambdaClient, augusta: User, db: Session) -> None:
    leave(client)
    assert run()["erased"] == 0
    assert traces(db, EMAIL) != []


def test_the_last_administrator_cannot_go(client: LambdaClient, augusta: User, db: Session) -> None:
    identity.user(db, Role.ADMIN, email="root@example.com", password=PASSWORD)
    reply = leave(client, "root@example.com")
    assert (reply.status, reply.json()["code"]) == (409, "last_administrator")
    assert signed_in(client, "root@example.com").get(ME).status == 200


def test_of_two_administrators_who_go_at_once_one_stays(client: LambdaClient, db: Session) -> None:
    emails = [f"root{number}@example.com" for number in range(2)]
    for email in emails:
        identity.user(db, Role.ADMIN, email=email, password=PASSWORD)
    callers = [signed_in(client, email) for email in emails]
    replies = at_once(2, lambda number: callers[number].delete(ME, json={"password": PASSWORD}))
    assert sorted(reply.status for reply in replies) == [202, 409]


def test_asking_needs_few_statements(client: LambdaClient, augusta: User) -> None:
    me = signed_in(client)
    with recorded() as statements:
        assert me.delete(ME, json={"password": PASSWORD}).status == 202
    assert len(statements) <= 14


# Races.


def test_whoever_asks_twice_at_once_asks_once(client: LambdaClient, augusta: User, db: Session) -> None:
    me = signed_in(client)
    replies = at_once(3, lambda _: me.delete(ME, json={"password": PASSWORD}))
    assert sorted(reply.status for reply in replies) == [202, 401, 401]
    assert db.query(AccountErasure).count() == 1


def test_the_account_is_either_kept_or_erased(client: LambdaClient, augusta: User, aws: Cloud, db: Session) -> None:
    leave(client)
    token = cancellation(aws)
    let_time_pass(db)
    kept, done = at_once(2, lambda number: cancel(client, token).status if number == 0 else run()["erased"])
    db.rollback()
    user = db.query(User).one()
    assert (kept, done, user.email, user.is_active) in (
        (204, 0, EMAIL, True),
        (400, 1, pseudonyms.address(augusta.id), False),
    )


def test_two_runs_at_once_erase_each_account_once(client: LambdaClient, aws: Cloud, db: Session) -> None:
    for number in range(6):
        identity.user(db, email=f"person{number}@example.com", password=PASSWORD)
        leave(client, f"person{number}@example.com")
    let_time_pass(db)
    done = at_once(2, lambda _: run())
    assert (sum(one["erased"] for one in done), sum(one["failures"] for one in done)) == (6, 0)
    assert len(requested(aws, "AccountErased")) == 6


def test_one_account_that_fails_stops_no_other(
    client: LambdaClient, augusta: User, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity.user(db, email="eve@example.com", password=PASSWORD)
    leave(client)
    leave(client, "eve@example.com")
    let_time_pass(db)
    *_, last = privacy.contracts().values()
    erase_person = last.erase

    def refuse_augusta(connection: Any, erasure: privacy.Erasure) -> None:
        erase_person(connection, erasure)
        if erasure.person.user_id == augusta.id:
            raise RuntimeError("a step failed")

    with monkeypatch.context() as broken:
        broken.setattr(last, "erase", refuse_augusta)
        done = run()
    assert (done["erased"], done["failures"]) == (1, 1)
    assert traces(db, EMAIL) != []
    assert run()["erased"] == 1


def test_a_run_that_is_killed_before_its_end_has_done_nothing(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    leave(client)
    let_time_pass(db)
    places = traces(db, EMAIL, STREET)
    database.close()
    process = multiprocessing.get_context("fork").Process(target=_killed_at_the_end)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert traces(db, EMAIL, STREET) == places
    assert run()["erased"] == 1
    assert traces(db, EMAIL, STREET) == []


def _killed_at_the_end() -> None:
    record = outbox.record

    def die(*arguments: Any) -> Any:
        record(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    outbox.record = die
    erasures.erase_due(lambda: True)
