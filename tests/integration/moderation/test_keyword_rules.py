"""Administrators write rules of screening, and try them out."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import identity, moderation
from tests.integration.moderation.conftest import SignedIn
from tests.support.lambda_client import LambdaClient

RULES = "/api/v1/admin/keyword-rules"


@pytest.fixture
def admin(db: Session, signed_in: SignedIn) -> LambdaClient:
    return signed_in(identity.user(db, Role.ADMIN))


def attempt(client: LambdaClient, text: str, **changed: Any) -> Any:
    answer = client.post(f"{RULES}/try", json={"text": text, **changed})
    assert answer.status == 200, answer.json()
    return answer.json()


def test_a_rule_is_written_read_changed_and_deleted(admin: LambdaClient, moderator: LambdaClient, db: Session) -> None:
    made = admin.post(RULES, json={"phrase": "加微信", "action": "hold", "language": "zh", "note": "Touts"})
    assert made.status == 201, made.json()
    address = made.headers["location"]
    assert moderator.get(address).json()["phrase"] == "加微信"
    changed = admin.patch(address, json={"version": 1, "action": "refuse"})
    assert (changed.status, changed.json()["action"], changed.json()["note"]) == (200, "refuse", "Touts")
    stale = admin.patch(address, json={"version": 1, "action": "flag"})
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")
    assert [rule["version"] for rule in moderator.get(RULES, query={"action": "refuse"}).json()["items"]] == [2]
    assert admin.delete(address).status == 204
    assert admin.get(address).status == 404
    assert moderator.get(RULES).json()["items"] == []
    actions = [entry.action for entry in db.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["keyword_rule.added", "keyword_rule.changed", "keyword_rule.deleted"]


def test_a_phrase_has_one_rule(admin: LambdaClient, db: Session) -> None:
    body = {"phrase": "pump", "action": "flag"}
    assert admin.post(RULES, json=body).status == 201
    again = admin.post(RULES, json=body)
    assert (again.status, again.json()["code"]) == (409, "phrase_taken")
    other = admin.post(RULES, json={**body, "phrase": "dump"}).json()
    taken = admin.patch(f"{RULES}/{other['id']}", json={"version": 1, "phrase": "pump"})
    assert (taken.status, taken.json()["code"]) == (409, "phrase_taken")


@pytest.mark.parametrize("phrase", ["...", "🚀", "\u200b"])
def test_a_phrase_has_a_letter(phrase: str, admin: LambdaClient) -> None:
    refused = admin.post(RULES, json={"phrase": phrase, "action": "flag"})
    assert (refused.status, refused.json()["code"]) == (422, "invalid_phrase")


def test_a_trial_says_where_which_rule_matches(admin: LambdaClient, db: Session) -> None:
    held = moderation.keyword_rule(db, "加微信", "hold")
    moderation.keyword_rule(db, "signal", "flag", is_active=False)
    result = attempt(admin, "来 加.微.信 signal", rule={"phrase": "来", "action": "flag"})
    assert result["outcome"] == "hold"
    assert [(match["rule_id"], match["excerpt"]) for match in result["matches"]] == [
        (None, "来"),
        (str(held.id), "加.微.信"),
    ]
    assert attempt(admin, "nothing of that")["outcome"] == "accept"


def test_a_rule_of_a_language_passes_over_texts_in_another(admin: LambdaClient, db: Session) -> None:
    moderation.keyword_rule(db, "gift", "refuse", language="de")
    assert attempt(admin, "Gift", language="de-AT")["outcome"] == "refuse"
    assert attempt(admin, "Gift")["outcome"] == "refuse"
    assert attempt(admin, "A gift", language="en")["outcome"] == "accept"
