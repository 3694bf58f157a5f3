"""What people agree to: said by them, written down, and taken back as easily."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import tokens
from shared.contexts.identity.consents import TEXTS, ConsentPurpose
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import ConsentChange
from tests.factories import identity
from tests.integration.identity.conftest import ME, PROFILE, bearer, register
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.sql_sources import ROOT, strings
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

CONSENTS = f"{ME}/consents"


def yes(purpose: str, version: str | None = None) -> dict[str, Any]:
    return {"purpose": purpose, "granted": True, "version": version or TEXTS[ConsentPurpose(purpose)]}


def no(purpose: str) -> dict[str, Any]:
    return {"purpose": purpose, "granted": False}


def put(client: LambdaClient, *consents: dict[str, Any]) -> Answer:
    return client.put(CONSENTS, json={"consents": list(consents)})


def granted(client: LambdaClient) -> set[str]:
    return {one["purpose"] for one in client.get(CONSENTS).json()["consents"] if one["granted"]}


def said(db: Session) -> list[tuple[str, bool, str]]:
    """The record, in order."""
    db.rollback()
    rows = db.query(ConsentChange).order_by(ConsentChange.id)
    return [(row.purpose, row.granted, row.source) for row in rows]


@pytest.fixture
def ada(signing_key: TestSigningKey, api: LambdaClient, db: Session) -> LambdaClient:
    return api.signed_in(signing_key.authorization(identity.user(db, email="ada@example.com")))


def test_nothing_is_granted_by_silence(client: LambdaClient, db: Session) -> None:
    reply = register(client)
    signed_in = client.signed_in(bearer(reply.json()["access_token"]))
    shown = signed_in.get(CONSENTS).json()
    assert [one["purpose"] for one in shown["consents"]] == ["terms", "privacy", "marketing", "recommendations"]
    assert {(one["granted"], one["version"], one["changed_at"]) for one in shown["consents"]} == {(False, None, None)}
    assert (shown["history"], said(db)) == ([], [])
    assert reply.json()["user"]["accepts_marketing"] is False


def test_what_is_agreed_to_at_registration_is_written_down(client: LambdaClient, db: Session) -> None:
    reply = register(client, accepts_marketing=True, consents=[yes("terms"), yes("privacy"), no("recommendations")])
    user = reply.json()["user"]
    assert (reply.status, user["accepts_marketing"], user["version"]) == (201, True, 1)
    assert set(said(db)) == {(purpose, True, "registration") for purpose in ("terms", "privacy", "marketing")}
    assert granted(client.signed_in(bearer(reply.json()["access_token"]))) == {"terms", "privacy", "marketing"}


def test_a_registration_that_agrees_to_an_old_text_makes_no_account(client: LambdaClient, db: Session) -> None:
    reply = register(client, consents=[yes("terms", "2019-01-01")])
    assert (reply.status, reply.json()["code"]) == (409, "outdated_text")
    assert (reply.json()["purpose"], reply.json()["current_version"]) == ("terms", TEXTS[ConsentPurpose.TERMS])
    assert db.query(User).count() == 0


def test_consent_is_given_and_taken_back(ada: LambdaClient, db: Session) -> None:
    reply = put(ada, yes("marketing"), yes("recommendations"))
    assert reply.status == 200
    assert granted(ada) == {"marketing", "recommendations"}
    assert ada.get(ME).json()["accepts_marketing"] is True
    put(ada, no("marketing"))
    assert granted(ada) == {"recommendations"}
    assert ada.get(ME).json()["marketing_consent_at"] is None
    assert said(db)[-1] == ("marketing", False, "consents")
    newest = ada.get(CONSENTS).json()["history"][0]
    assert (newest["purpose"], newest["granted"], newest["version"]) == (
        "marketing",
        False,
        TEXTS[ConsentPurpose.MARKETING],
    )


def test_saying_the_same_again_adds_nothing(ada: LambdaClient, db: Session) -> None:
    for _ in range(2):
        put(ada, yes("marketing"), no("recommendations"))
    assert said(db) == [("marketing", True, "consents")]
    assert ada.get(ME).json()["version"] == 2


def test_every_way_to_change_consent_to_mails_leaves_a_record(ada: LambdaClient, db: Session) -> None:
    assert ada.put(ME, json={**PROFILE, "accepts_marketing": True}).json()["version"] == 2
    assert ada.patch(ME, json={"accepts_marketing": False, "version": 2}).json()["version"] == 3
    put(ada, yes("marketing"))
    user = db.query(User).one()
    ada.post("/api/v1/users/unsubscribe", query={"token": tokens.sign("unsubscribe", user.id.bytes)})
    assert said(db) == [
        ("marketing", True, "profile"),
        ("marketing", False, "profile"),
        ("marketing", True, "consents"),
        ("marketing", False, "unsubscribe_link"),
    ]
    db.refresh(user)
    assert (user.marketing_consent_at, user.version) == (None, 5)


def test_a_change_that_is_refused_leaves_no_record(ada: LambdaClient, db: Session) -> None:
    assert ada.patch(ME, json={"accepts_marketing": True, "version": 7}).json()["code"] == "version_conflict"
    assert said(db) == []
    assert ada.get(ME).json()["accepts_marketing"] is False


def test_one_statement_of_the_system_writes_the_quick_answer() -> None:
    """But for the one that ends it with the account."""
    writing = re.compile(
        r"UPDATE users .*\bmarketing_consent_at = |INSERT INTO users [^)]*\bmarketing_consent_at", re.S
    )
    files = [path for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")]
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if "migrations" not in path.parts
        and any(writing.search(string) for _, string in strings(ast.parse(path.read_text())))
    }
    assert writers == {
        "shared/contexts/identity/consent_records.py",
        "shared/contexts/identity/personal_data.py",
    }


def test_what_an_account_rests_on_ends_with_it(ada: LambdaClient, db: Session) -> None:
    put(ada, yes("terms"))
    reply = put(ada, no("terms"), yes("marketing"))
    assert (reply.status, reply.json()["code"]) == (409, "lasting_consent")
    assert granted(ada) == {"terms"}


def test_a_new_text_is_agreed_to_anew(ada: LambdaClient, db: Session) -> None:
    put(ada, yes("terms"))
    db.execute(text("UPDATE consent_changes SET text_version = '2019-01-01'"))
    db.commit()
    [terms] = [one for one in ada.get(CONSENTS).json()["consents"] if one["purpose"] == "terms"]
    assert (terms["granted"], terms["version"], terms["current_version"]) == (
        True,
        "2019-01-01",
        TEXTS[ConsentPurpose.TERMS],
    )
    put(ada, yes("terms"))
    assert len(said(db)) == 2


@pytest.mark.parametrize(
    "consents",
    [
        [],
        [{"purpose": "marketing", "granted": True}],
        [no("marketing"), yes("marketing")],
        [{"purpose": "profiling", "granted": True, "version": "1"}],
        [{"purpose": "marketing", "granted": "yes", "version": "1"}],
        [{**no("marketing"), "user_id": "0199c0de-0000-7000-8000-000000000011"}],
    ],
)
def test_what_says_nothing_clear_is_refused(ada: LambdaClient, db: Session, consents: list[Any]) -> None:
    assert put(ada, *consents).status == 422
    assert said(db) == []


def test_two_at_once_write_one_record(ada: LambdaClient, db: Session) -> None:
    replies = at_once(4, lambda _: put(ada, yes("marketing")))
    assert [reply.status for reply in replies] == [200] * 4
    assert said(db) == [("marketing", True, "consents")]


def test_a_deactivated_account_says_nothing_more(ada: LambdaClient, db: Session) -> None:
    db.execute(text("UPDATE users SET is_active = false"))
    db.commit()
    assert put(ada, yes("marketing")).status == 401
    assert said(db) == []


def test_reading_takes_two_statements(ada: LambdaClient) -> None:
    put(ada, yes("marketing"))
    with recorded() as statements:
        ada.get(CONSENTS)
    assert len(statements) == 2
