"""What changes who may sign in is in the audit log, and nothing secret or personal is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.tables.platform import AuditEntry
from tests.integration.identity import test_own_account as own
from tests.integration.identity.conftest import PASSWORD, bearer, link, log_in, register, requested
from tests.integration.identity.test_password_reset import forgot, reset
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient

NEW_ADDRESS = "ada@newhome.example.com"


@pytest.fixture
def ada(client: LambdaClient, aws: Cloud) -> LambdaClient:
    """Ada, signed in; the mail of her registration is read."""
    signed_in = client.signed_in(bearer(register(client).json()["access_token"]))
    aws.published()
    return signed_in


def change_password(ada: LambdaClient, aws: Cloud) -> None:
    assert own.change_password(ada).status == 204


def reset_password(ada: LambdaClient, aws: Cloud) -> None:
    assert forgot(ada).status == 202
    assert reset(ada, link(requested(aws, "PasswordResetRequested")[-1], "password-reset")).status == 204


def change_email(ada: LambdaClient, aws: Cloud) -> None:
    assert own.change_email(ada, NEW_ADDRESS).status == 202
    assert own.verify(ada, own.the_link(aws)).status == 200


@pytest.mark.parametrize(
    ("act", "action"),
    [
        (change_password, "user.password_changed"),
        (reset_password, "user.password_reset"),
        (change_email, "user.email_changed"),
    ],
)
def test_what_changes_who_may_sign_in_leaves_one_entry(
    act: Callable[[LambdaClient, Cloud], None], action: str, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    act(ada, aws)
    user_id = db.query(User).one().id
    [entry] = db.query(AuditEntry)
    assert (entry.action, entry.subject_type, entry.subject_id) == (action, "user", user_id)
    assert (entry.actor_id, entry.actor_kind, entry.network) == (user_id, "customer", "203.0.113.0/24")
    told = f"{entry.changes}{entry.reason}"
    assert not [secret for secret in (PASSWORD, own.NEW, NEW_ADDRESS, "ada@", "Lovelace", "$2") if secret in told]


def test_what_fails_or_changes_nothing_of_it_leaves_none(client: LambdaClient, ada: LambdaClient, db: Session) -> None:
    assert own.change_password(ada, "not-the-password").status == 422
    assert own.change_email(ada, NEW_ADDRESS).status == 202
    assert reset(client, "made-up").status == 400
    assert log_in(client).status == 200
    assert db.query(AuditEntry).count() == 0
