"""Only a current token that our own key signed names a caller."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.orm import Session

from shared import keys, tokens
from shared.contexts.identity.models.accounts import SigningKey, User
from shared.errors import InvalidTokenError
from shared.permissions import Permission, Role
from tests.factories import identity
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey


@pytest.fixture
def admin(db: Session) -> User:
    return identity.user(db, Role.ADMIN)


def _segment(document: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def _claims(token: str) -> dict[str, object]:
    return jwt.decode(token, options={"verify_signature": False})


def test_a_valid_token_names_the_caller(signing_key: TestSigningKey, admin: User) -> None:
    principal = tokens.verify_access_token(signing_key.token(admin))
    assert principal.user_id == admin.id
    assert principal.roles == {Role.ADMIN}
    assert Permission.CATALOG_WRITE in principal.permissions


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) - 60},
        {"iss": "https://evil.example"},
        {"aud": "another-api"},
        {"sub": "not-a-uuid"},
        {"roles": ["superuser"]},
        {"roles": None},
        {"sid": None},
        {"jti": None},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
    ],
)
def test_a_wrong_claim_is_refused(signing_key: TestSigningKey, admin: User, changed: dict[str, object]) -> None:
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(signing_key.token(admin, **changed))


def test_an_unsigned_token_is_refused(signing_key: TestSigningKey, admin: User) -> None:
    claims = _claims(signing_key.token(admin))
    forged = f"{_segment({'alg': 'none', 'kid': signing_key.kid})}.{_segment(claims)}."
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(forged)


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(signing_key: TestSigningKey, admin: User) -> None:
    public = signing_key.private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = _claims(signing_key.token(admin))
    head = f"{_segment({'alg': 'HS256', 'typ': 'JWT', 'kid': signing_key.kid})}.{_segment(claims)}"
    mac = base64.urlsafe_b64encode(hmac.digest(public, head.encode(), hashlib.sha256)).rstrip(b"=").decode()
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(f"{head}.{mac}")


def test_a_key_that_the_token_brings_along_is_not_believed(signing_key: TestSigningKey, admin: User) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(own.public_key()))
    forged = jwt.encode(
        _claims(signing_key.token(admin)), own, algorithm="ES256", headers={"kid": signing_key.kid, "jwk": jwk}
    )
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(forged)


def test_a_changed_payload_is_refused(signing_key: TestSigningKey, db: Session) -> None:
    header, payload, signature = signing_key.token(identity.user(db)).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"roles": ["admin"]}
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(f"{header}.{_segment(claims)}.{signature}")


@pytest.mark.parametrize("garbage", ["", ".", "a.b", "a.b.c", "ey.ey.ey", "\u00e9.\u00e9.\u00e9", "x" * 10_000])
def test_garbage_is_refused(signing_key: TestSigningKey, garbage: str) -> None:
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(garbage)


def test_a_key_published_meanwhile_is_found(signing_key: TestSigningKey, db: Session, admin: User) -> None:
    tokens.verify_access_token(signing_key.token(admin))
    keys._loaded_at -= keys.UNKNOWN_KEY_SECONDS + 1
    successor = TestSigningKey.publish(db)
    assert tokens.verify_access_token(successor.token(admin)).user_id == admin.id


def test_a_retired_key_signs_nothing_any_more(signing_key: TestSigningKey, db: Session, admin: User) -> None:
    from datetime import UTC, datetime

    db.query(SigningKey).update({"retired_at": datetime.now(UTC)})
    db.commit()
    with pytest.raises(InvalidTokenError):
        tokens.verify_access_token(signing_key.token(admin))


def test_forged_key_ids_do_not_cause_a_query_each(signing_key: TestSigningKey, admin: User) -> None:
    tokens.verify_access_token(signing_key.token(admin))
    stranger = TestSigningKey(f"unknown-{uuid.uuid4()}", signing_key.private_key)
    forged = [stranger.token(admin) for _ in range(20)]
    with recorded() as statements:
        for token in forged:
            with pytest.raises(InvalidTokenError):
                tokens.verify_access_token(token)
    assert statements == []


def test_a_signed_token_is_good_for_its_purpose_only(db: Session) -> None:
    token = tokens.sign("cursor", b"payload")
    assert tokens.unsign("cursor", token) == b"payload"
    assert tokens.unsign("cart", token) is None
    assert tokens.unsign("cursor", token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert tokens.unsign("cursor", "not base64!") is None
    assert tokens.unsign("cursor", "") is None
