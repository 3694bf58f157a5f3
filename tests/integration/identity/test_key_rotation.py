"""Keys rotate, and nobody is logged out: not by rotation, and not by a crash in the middle of one."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import jwt
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.repository import signing_keys
from functions.identity.service import key_ring
from shared import keys, process
from shared.contexts.identity.models.accounts import SigningKey
from tests.integration.identity.conftest import bearer, log_in, refresh, register, rotate
from tests.support.lambda_client import LambdaClient

SECRET = "signing-keys"


def _published(client: LambdaClient) -> list[str]:
    """Ids of the keys in the key set."""
    return sorted(key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"])


def _signed_by(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def _is_accepted(client: LambdaClient, token: str) -> bool:
    return client.get("/api/v1/users/me", headers=bearer(token)).status == 200


def _secret() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId=SECRET)["SecretString"]
    )
    return document


def _age(days: float) -> None:
    """Let the signing key have signed for so long."""
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    boto3.client("secretsmanager").put_secret_value(
        SecretId=SECRET, SecretString=json.dumps({**_secret(), "signing_since": since})
    )


def test_the_first_run_makes_two_keys_and_publishes_both(api: LambdaClient) -> None:
    done = rotate()
    assert done["rotated"] is True
    assert _published(api) == sorted([done["signing"], done["standby"]])
    assert len(_published(api)) == 2
    assert _signed_by(register(api).json()["access_token"]) == done["signing"]


def test_a_second_run_changes_nothing(client: LambdaClient) -> None:
    before = _secret(), _published(client)
    assert rotate()["rotated"] is False
    assert (_secret(), _published(client)) == before


@pytest.mark.parametrize("days", [1, 28.9])
def test_a_young_key_goes_on_signing(client: LambdaClient, days: float) -> None:
    _age(days)
    assert rotate()["rotated"] is False


def test_after_thirty_days_the_next_key_signs_and_another_stands_by(client: LambdaClient) -> None:
    first = _secret()
    _age(29.99)
    done = rotate()
    assert done["rotated"] is True
    assert done["signing"] == first["standby"]["kid"]
    assert done["standby"] not in {first["signing"]["kid"], first["standby"]["kid"]}
    assert len(_published(client)) == 3


@pytest.mark.parametrize("event", [{"force": "true"}, {"force": 1}, {"forced": True}])
def test_only_an_explicit_force_rotates_early(client: LambdaClient, event: dict[str, Any]) -> None:
    assert rotate(**event)["rotated"] is False
    assert rotate(force=True)["rotated"] is True


def test_rotation_logs_nobody_out(client: LambdaClient) -> None:
    before = register(client).json()
    rotate(force=True)
    process.reset()
    assert _is_accepted(client, before["access_token"])
    after = refresh(client, before["refresh_token"]).json()
    assert _signed_by(after["access_token"]) != _signed_by(before["access_token"])
    assert _is_accepted(client, after["access_token"])


def test_a_process_that_still_signs_with_the_old_key_is_understood(client: LambdaClient) -> None:
    register(client)
    old = key_ring.read()
    rotate(force=True)
    process.reset()
    assert old is not None
    with pytest.MonkeyPatch.context() as stale:
        stale.setattr(key_ring, "read", lambda: old)
        token = log_in(client).json()["access_token"]
    assert _signed_by(token) == old.signing["kid"]
    assert _is_accepted(client, token)


def test_the_old_key_verifies_until_its_last_token_has_expired_and_is_then_forgotten(
    client: LambdaClient, db: Session
) -> None:
    token = register(client).json()["access_token"]
    rotate(force=True)
    retired = db.get(SigningKey, _signed_by(token))
    assert retired is not None
    assert retired.retired_at is not None
    # A copy of the secret may be 5 minutes old, and a token signed with it then is valid for 15.
    assert retired.retired_at - datetime.now(UTC) > timedelta(minutes=25)
    assert rotate()["deleted"] == 0
    db.execute(text("UPDATE signing_keys SET retired_at = now() - interval '1 second' WHERE retired_at IS NOT NULL"))
    db.commit()
    process.reset()
    assert _signed_by(token) not in _published(client)
    assert not _is_accepted(client, token)
    assert rotate()["deleted"] == 1
    assert db.query(SigningKey).count() == 2


def test_a_second_rotation_does_not_extend_the_life_of_a_retired_key(client: LambdaClient, db: Session) -> None:
    first = _secret()["signing"]["kid"]
    rotate(force=True)
    ends = db.get_one(SigningKey, first).retired_at
    rotate(force=True)
    db.expire_all()
    assert db.get_one(SigningKey, first).retired_at == ends


def test_the_key_set_is_cacheable_and_holds_no_private_part(client: LambdaClient) -> None:
    reply = client.get("/.well-known/jwks.json")
    assert reply.headers["cache-control"].startswith("public, max-age=300")
    again = client.get("/.well-known/jwks.json", headers={"If-None-Match": reply.headers["etag"]})
    assert again.status == 304
    for key in reply.json()["keys"]:
        assert set(key) == {"kid", "kty", "crv", "x", "y", "alg", "use"}
        assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    for key in (_secret()["signing"], _secret()["standby"]):
        assert key["d"].encode() not in reply.body


def test_the_database_never_sees_a_private_key(client: LambdaClient, db: Session) -> None:
    rotate(force=True)
    assert all("d" not in row.public_jwk for row in db.query(SigningKey))


def test_private_keys_are_not_logged(client: LambdaClient, caplog: pytest.LogCaptureFixture) -> None:
    rotate(force=True)
    written = repr([record.__dict__ for record in caplog.records])
    assert _secret()["signing"]["kid"] in written
    assert _secret()["signing"]["d"] not in written


def test_a_crash_before_the_secret_is_written_leaves_everything_working(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = register(client).json()
    with monkeypatch.context() as crash:
        crash.setattr(key_ring, "write", _crash)
        with pytest.raises(SystemError):
            rotate(force=True)
    process.reset()
    assert _is_accepted(client, before["access_token"])
    assert _is_accepted(client, log_in(client).json()["access_token"])
    assert len(_published(client)) == 3
    assert rotate(force=True)["retired"] == 2  # the key that signed, and the one that the crash left unused


def test_a_crash_after_the_secret_is_written_leaves_everything_working(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = register(client).json()
    with monkeypatch.context() as crash:
        crash.setattr(signing_keys, "retire_others", _crash)
        with pytest.raises(SystemError):
            rotate(force=True)
    process.reset()
    after = log_in(client).json()
    assert _signed_by(after["access_token"]) != _signed_by(before["access_token"])
    assert _is_accepted(client, before["access_token"])
    assert _is_accepted(client, after["access_token"])
    done = rotate()
    assert (done["rotated"], done["retired"]) == (False, 1)
    assert _is_accepted(client, before["access_token"])


def test_a_crash_in_the_very_first_run_is_made_good_by_the_next(
    api: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crash:
        crash.setattr(key_ring, "write", _crash)
        with pytest.raises(SystemError):
            rotate()
    assert register(api).status == 503
    assert rotate()["rotated"] is True
    assert register(api).status == 201


def test_a_run_that_another_one_overtook_lets_the_other_one_win(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = signing_keys.lock_rotation

    def overtaken(connection: Any) -> None:
        with monkeypatch.context() as other_run:
            other_run.setattr(signing_keys, "lock_rotation", lock)
            other.append(rotate(force=True))
        lock(connection)

    other: list[dict[str, Any]] = []
    with monkeypatch.context() as slow_run:
        slow_run.setattr(signing_keys, "lock_rotation", overtaken)
        done = rotate(force=True)
    assert done["rotated"] is False
    assert (done["signing"], done["standby"]) == (other[0]["signing"], other[0]["standby"])
    assert _secret()["signing"]["kid"] == other[0]["signing"]
    process.reset()
    assert _is_accepted(client, register(client).json()["access_token"])


def test_a_published_key_that_was_lost_is_published_again(client: LambdaClient, db: Session) -> None:
    db.execute(text("TRUNCATE signing_keys"))
    db.commit()
    assert rotate()["rotated"] is False
    assert len(_published(client)) == 2
    assert _is_accepted(client, register(client).json()["access_token"])


def test_the_first_login_after_the_first_key_needs_no_waiting_for_a_cache(api: LambdaClient) -> None:
    """A process that has seen the empty secret reads it anew, instead of refusing everybody for five minutes."""
    assert register(api).status == 503
    rotated_elsewhere = _secret_cache_kept(rotate)
    assert rotated_elsewhere["rotated"] is True
    assert register(api).status == 201


def _secret_cache_kept(run: Any) -> dict[str, Any]:
    """Run something as if in another process: this one's copy of the secret stays what it was."""
    from shared.clients import secrets

    kept = dict(secrets._cache)
    done: dict[str, Any] = run()
    secrets._cache.clear()
    secrets._cache.update(kept)
    return done


def test_unknown_key_ids_are_looked_up_at_most_every_few_seconds(client: LambdaClient) -> None:
    from tests.support.statements import recorded

    token = register(client).json()["access_token"]
    assert _is_accepted(client, token)
    forged = jwt.encode(
        jwt.decode(token, options={"verify_signature": False}),
        jwt.PyJWK(key_ring.make_key(), "ES256"),
        "ES256",
        headers={"kid": f"unknown-{time.time()}"},
    )
    with recorded() as statements:
        assert not any(_is_accepted(client, forged) for _ in range(20))
    assert len(statements) <= 1
    assert keys.public_key("unknown") is None


def _crash(*arguments: Any, **options: Any) -> Any:
    raise SystemError("the process is gone")
