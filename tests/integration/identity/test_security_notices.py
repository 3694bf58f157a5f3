"""Who has an account is told by mail what others could have done with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, bearer, link, log_in, refresh, requested
from tests.integration.identity.leaving import cancel, cancellation, leave
from tests.integration.identity.test_own_account import change_password
from tests.integration.identity.test_password_reset import reset, the_link
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient

EMAIL = "ada@example.com"


def test_of_a_changed_password(client: LambdaClient, aws: Cloud, db: Session) -> None:
    user = identity.user(db, email=EMAIL, password=PASSWORD, language="zh-CN")
    me = client.signed_in(bearer(log_in(client).json()["access_token"]))
    assert change_password(me, "not-the-password").status == 422
    assert change_password(me).status == 204
    [told] = requested(aws, "PasswordChanged")
    assert (told["user_id"], told["email"], told["language"]) == (str(user.id), EMAIL, "zh-CN")


def test_of_a_password_that_a_link_has_set(client: LambdaClient, aws: Cloud, db: Session) -> None:
    identity.user(db, email=EMAIL, password=PASSWORD)
    token = the_link(client, aws)
    assert reset(client, token).status == 204
    assert reset(client, token).status == 400
    assert len(requested(aws, "PasswordChanged")) == 1


def test_of_an_erasure_that_was_cancelled(client: LambdaClient, aws: Cloud, db: Session) -> None:
    user = identity.user(db, email=EMAIL, password=PASSWORD, verified=True)
    leave(client, EMAIL)
    token = cancellation(aws)
    assert cancel(client, token).status == 204
    assert cancel(client, token).status == 400
    [told] = requested(aws, "AccountErasureCancelled")
    assert told == {"user_id": str(user.id), "email": EMAIL, "language": "en"}


def test_of_a_refresh_token_that_was_used_again_once(client: LambdaClient, aws: Cloud, db: Session) -> None:
    user = identity.user(db, email=EMAIL, password=PASSWORD)
    stolen = log_in(client).json()["refresh_token"]
    assert refresh(client, stolen).status == 200
    assert [refresh(client, stolen).status for _ in range(3)] == [401] * 3
    [told] = requested(aws, "RefreshTokenReused")
    assert (told["user_id"], told["email"]) == (str(user.id), EMAIL)


def test_no_notice_has_a_secret(client: LambdaClient, aws: Cloud, db: Session) -> None:
    identity.user(db, email=EMAIL, password=PASSWORD)
    token = the_link(client, aws)
    reset(client, token, "windy-harbour-17")
    told = repr(requested(aws, "PasswordChanged"))
    assert "windy" not in told
    assert token not in told
    assert link({"request_id": "0199c0de-0000-7000-8000-000000000011"}, "password-reset") not in told
