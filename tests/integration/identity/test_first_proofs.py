"""The first proof of an address by somebody who is not signed in gives them the account, whoever opened it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.identity import address_denials
from shared.contexts.identity.models.accounts import AccountRequest, LoginSession, User
from shared.contexts.identity.models.privacy import AccountErasure
from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, refresh, register, requested
from tests.integration.identity.leaving import run
from tests.integration.identity.test_own_account import change_email
from tests.integration.identity.test_password_reset import NEW, reset
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

VICTIM = "grace@example.com"


@pytest.fixture
def mallory(client: LambdaClient) -> dict[str, Any]:
    """What the registration with Grace's address answered."""
    answer: dict[str, Any] = register(client, VICTIM).json()
    return answer


def verify(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/email/verify", json={"token": token})


def deny(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/email/deny", json={"token": token})


def the_link(aws: Cloud) -> str:
    return link(requested(aws, "EmailVerificationRequested")[-1])


def test_whoever_reads_the_mail_gets_the_account_and_whoever_opened_it_loses_it(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    reply = verify(client, the_link(aws))
    assert (reply.status, reply.json()["email"]) == (200, VICTIM)
    assert refresh(client, mallory["refresh_token"]).status == 401
    assert log_in(client, VICTIM).status == 401
    assert {session.revoked_reason for session in db.query(LoginSession)} == {"address_proven"}
    assert reset(client, reply.json()["password_reset_token"]).status == 204
    me = log_in(client, VICTIM, NEW).json()["user"]
    assert (me["email"], me["version"]) == (VICTIM, 2)
    assert me["email_verified_at"] == reply.json()["email_verified_at"]


def test_whoever_lost_the_account_gets_no_copy_of_its_data_with_a_token_of_before(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud
) -> None:
    """It is good for some minutes more, and the guest orders of the address are the account's by now."""
    token = the_link(aws)
    me = client.signed_in(bearer(mallory["access_token"]))
    before = me.post(f"{ME}/export")
    assert before.status == 202
    verify(client, token)
    assert me.get(before.headers["location"]).status == 404
    assert me.post(f"{ME}/export").json()["code"] == "invalid_token"
    assert me.delete(ME, json={"password": PASSWORD}).json()["code"] == "wrong_password"


def test_a_sign_in_of_another_account_is_none_of_this_one(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud
) -> None:
    token = the_link(aws)
    grace = client.signed_in(bearer(register(client, "grace@work.example.com").json()["access_token"]))
    assert verify(grace, token).json()["password_reset_token"] is not None
    assert refresh(client, mallory["refresh_token"]).status == 401


def test_links_that_the_stranger_has_asked_for_are_void(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    token = the_link(aws)
    me = client.signed_in(bearer(mallory["access_token"]))
    assert change_email(me, "mallory@example.com").status == 202
    change = the_link(aws)
    verify(client, token)
    assert verify(me, change).json()["code"] == "invalid_link"
    assert [request.kind for request in db.query(AccountRequest).filter_by(used_at=None)] == ["password_reset"]


def test_the_password_can_also_be_chosen_later(client: LambdaClient, mallory: dict[str, Any], aws: Cloud) -> None:
    verify(client, the_link(aws))
    client.post("/api/v1/auth/password/forgot", json={"email": VICTIM})
    assert reset(client, link(requested(aws, "PasswordResetRequested")[-1], "password-reset")).status == 204
    assert log_in(client, VICTIM, NEW).status == 200


def test_of_many_at_once_one_gets_the_account(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    token = the_link(aws)
    db.close()
    replies = at_once(5, lambda _: verify(client, token))
    assert sorted(reply.status for reply in replies) == [200, *[400] * 4]


def test_it_is_in_the_audit_log_and_needs_few_statements(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    token = the_link(aws)
    verify(client, "warm")
    with recorded() as statements:
        assert verify(client, token).status == 200
    assert len([statement for statement in statements if "service_keys" not in statement]) == 4
    [entry] = db.query(AuditEntry)
    assert (entry.action, str(entry.subject_id)) == ("user.address_proven", mallory["user"]["id"])


def test_an_address_is_changed_by_its_account_only(client: LambdaClient, aws: Cloud) -> None:
    """Otherwise a stranger's account would have the address, and with it the guest orders, of whoever confirms it."""
    mallory = client.signed_in(bearer(register(client, "mallory@example.com").json()["access_token"]))
    assert change_email(mallory, VICTIM).status == 202
    token = the_link(aws)
    grace = client.signed_in(bearer(register(client, "grace@work.example.com").json()["access_token"]))
    for reader in (client, grace):
        reply = verify(reader, token)
        assert (reply.status, reply.json()["code"]) == (403, "sign_in_required")
    assert mallory.get(ME).json()["email"] == "mallory@example.com"
    assert verify(mallory, token).status == 200, "the link is not used up"


def test_whoever_denies_the_account_has_it_closed_and_erased(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    token = the_link(aws)
    assert deny(client, address_denials.encode(db.query(User).one().id, VICTIM)).status == 204
    assert refresh(client, mallory["refresh_token"]).status == 401
    assert log_in(client, VICTIM).json()["code"] == "account_inactive"
    assert verify(client, token).json()["code"] == "invalid_link"
    assert [entry.action for entry in db.query(AuditEntry)] == ["user.address_denied"]
    assert run()["erased"] == 1
    assert register(client, VICTIM).status == 201, "the address is free again"


def test_a_denial_writes_to_nobody(client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session) -> None:
    aws.published()
    deny(client, address_denials.encode(db.query(User).one().id, VICTIM))
    assert aws.published() == []


def test_a_proven_address_is_denied_no_more(
    client: LambdaClient, mallory: dict[str, Any], aws: Cloud, db: Session
) -> None:
    denial = address_denials.encode(db.query(User).one().id, VICTIM)
    verify(client, the_link(aws))
    assert deny(client, denial).json()["code"] == "invalid_link"
    db.expire_all()
    assert db.query(User).one().is_active
    assert db.query(AccountErasure).count() == 0


def test_whoever_denies_a_change_keeps_the_address(client: LambdaClient, aws: Cloud, db: Session) -> None:
    mallory = client.signed_in(bearer(register(client, "mallory@example.com").json()["access_token"]))
    change_email(mallory, VICTIM)
    token = the_link(aws)
    denial = address_denials.encode(db.query(User).one().id, VICTIM)
    assert deny(client, denial).status == 204
    assert verify(mallory, token).json()["code"] == "invalid_link"
    assert mallory.get(ME).status == 200
    assert deny(client, denial).status == 400


def test_a_denial_that_was_made_up_closes_nothing(
    client: LambdaClient, mallory: dict[str, Any], db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = db.query(User).one()
    good = address_denials.encode(user.id, VICTIM)
    with monkeypatch.context() as patched:
        patched.setattr(address_denials, "LIFETIME_SECONDS", -1)
        late = address_denials.encode(user.id, VICTIM)
    made_up = [
        # The last character may have bits that mean nothing; the one before it has none.
        good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1],
        late,
        address_denials.encode(user.id, "other@example.com"),
        address_denials.encode(identity.user(db).id, VICTIM),
        link({"request_id": str(user.id)}),
        "é",
    ]
    assert {deny(client, token).json()["code"] for token in made_up} == {"invalid_link"}
    db.expire_all()
    assert all(each.is_active for each in db.query(User))


def test_registrations_count_as_mail(client: LambdaClient, aws: Cloud) -> None:
    statuses = [register(client, f"victim{number}@example.com").status for number in range(22)]
    assert statuses == [201] * 20 + [429] * 2
    reply = client.post("/api/v1/auth/password/forgot", json={"email": "victim1@example.com"})
    assert (reply.status, reply.json()["code"]) == (429, "too_many_attempts"), "it is one tally for all mails"
    elsewhere = LambdaClient(client.handler, source_ip="198.51.100.9")
    assert register(elsewhere, "bob@example.com").status == 201


def test_attempts_to_register_known_addresses_count_as_well(client: LambdaClient) -> None:
    statuses = [register(client, VICTIM, password=PASSWORD).status for _ in range(21)]
    assert statuses == [201] + [409] * 19 + [429]


def test_registrations_of_one_ipv6_subscriber_are_of_one_network(client: LambdaClient, db: Session) -> None:
    for number in range(20):
        caller = LambdaClient(client.handler, source_ip=f"2001:db8:7:8:{number:x}::1")
        assert register(caller, f"victim{number}@example.com").status == 201
    assert register(LambdaClient(client.handler, source_ip="2001:db8:7:8:ffff::")).status == 429
    assert register(LambdaClient(client.handler, source_ip="2001:db8:7:9::1")).status == 201
    assert db.execute(text("SELECT count(*) FROM users")).scalar_one() == 21
