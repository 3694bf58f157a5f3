"""Access tokens: what is in them, how they are verified, and what is no token of ours."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.service import key_ring
from shared.permissions import Permission, Role
from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, PROFILE, bearer, log_in, register
from tests.support.cloud import ENVIRONMENT
from tests.support.lambda_client import Answer, LambdaClient


def _verify(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/verify", json={"token": token})


def test_the_token_carries_the_claims_that_the_conventions_ask_for(client: LambdaClient) -> None:
    reply = register(client).json()
    token = reply["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims) == {"sub", "sid", "roles", "iat", "exp", "iss", "aud", "jti"}
    assert claims["sub"] == reply["user"]["id"]
    assert claims["exp"] - claims["iat"] == 900
    assert abs(claims["iat"] - time.time()) < 60
    assert (claims["iss"], claims["aud"]) == (ENVIRONMENT["JWT_ISSUER"], ENVIRONMENT["JWT_AUDIENCE"])
    header = jwt.get_unverified_header(token)
    assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
    assert set(header) == {"alg", "typ", "kid"}


def test_no_two_tokens_have_the_same_id(client: LambdaClient) -> None:
    register(client)
    tokens = [log_in(client).json()["access_token"] for _ in range(3)]
    assert len({jwt.decode(token, options={"verify_signature": False})["jti"] for token in tokens}) == 3


def test_anybody_can_verify_a_token_with_the_published_keys_alone(client: LambdaClient) -> None:
    token = register(client).json()["access_token"]
    published = jwt.PyJWKSet.from_dict(client.get("/.well-known/jwks.json").json())
    key = published[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(
        token, key, algorithms=["ES256"], audience=ENVIRONMENT["JWT_AUDIENCE"], issuer=ENVIRONMENT["JWT_ISSUER"]
    )
    assert claims["roles"] == ["customer"]


def test_a_valid_token_is_verified_with_its_claims_and_permissions(client: LambdaClient, db: Session) -> None:
    admin = identity.user(db, Role.ADMIN, email="root@example.com", password=PASSWORD)
    token = log_in(client, "root@example.com").json()["access_token"]
    for reply in (_verify(client, token), client.post("/api/v1/auth/verify", headers=bearer(token))):
        assert reply.status == 200
        body = reply.json()
        assert (body["valid"], body["reason"]) == (True, None)
        assert body["claims"] == jwt.decode(token, options={"verify_signature": False})
        assert body["claims"]["sub"] == str(admin.id)
        assert set(body["permissions"]) == {permission.value for permission in Permission}


def test_a_token_of_an_ended_session_is_not_valid_any_more(client: LambdaClient) -> None:
    signed_in = register(client).json()
    client.post("/api/v1/auth/logout", json={"refresh_token": signed_in["refresh_token"]})
    reply = _verify(client, signed_in["access_token"])
    assert reply.status == 200
    assert reply.json() == {
        "valid": False,
        "reason": "The session of this access token has ended",
        "claims": None,
        "permissions": [],
    }
    assert client.post("/api/v1/auth/verify", headers=bearer(signed_in["access_token"])).status == 401


@pytest.mark.parametrize("change", ["UPDATE users SET is_active = false", "DELETE FROM users"])
def test_a_token_of_somebody_who_is_gone_opens_nothing(client: LambdaClient, db: Session, change: str) -> None:
    token = register(client).json()["access_token"]
    db.execute(text(change))
    db.commit()
    assert _verify(client, token).json()["valid"] is False
    for method, body in (("GET", None), ("PUT", PROFILE), ("PATCH", {"version": 1})):
        reply = client.request(method, "/api/v1/users/me", json=body, headers=bearer(token))
        assert (reply.status, reply.json()["code"]) == (401, "invalid_token")


def test_verifying_nothing_is_refused(client: LambdaClient) -> None:
    for options in ({}, {"json": {}}, {"json": {"token": None}}):
        assert client.post("/api/v1/auth/verify", **options).status == 401


Forge = Callable[[dict[str, Any], dict[str, Any]], str]
"""Makes a token from a valid token's claims and the key that signed it."""


def _signed(claims: dict[str, Any], key: dict[str, Any], **headers: Any) -> str:
    return jwt.encode(claims, jwt.PyJWK(key, "ES256"), "ES256", headers={"kid": key["kid"], **headers})


def _encoded(document: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def _unsigned(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return f"{_encoded({'alg': 'none', 'kid': key['kid']})}.{_encoded(claims)}."


def _signature_cut_off(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return _signed(claims, key).rpartition(".")[0] + "."


def _hmac_with_the_public_key(claims: dict[str, Any], key: dict[str, Any]) -> str:
    public = jwt.PyJWK(key_ring.public_half(key)).key
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    signing_input = f"{_encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': key['kid']})}.{_encoded(claims)}"
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signing_input.encode(), pem)
    return f"{signing_input}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _own_key(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return _signed(claims, {**key_ring.make_key(), "kid": key["kid"]})


def _own_key_embedded(claims: dict[str, Any], key: dict[str, Any]) -> str:
    own = key_ring.make_key()
    return _signed(claims, own, jwk=key_ring.public_half(own))


def _own_key_by_address(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return _signed(claims, key_ring.make_key(), jku="https://attacker.example/jwks.json")


def _hostile_key_id(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return _signed(claims, {**key_ring.make_key(), "kid": "' OR '1'='1\x00/../../dev/null"})


def _without_key_id(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return jwt.encode(claims, jwt.PyJWK(key, "ES256"), "ES256")


def _another_curve(claims: dict[str, Any], key: dict[str, Any]) -> str:
    return jwt.encode(claims, ec.generate_private_key(ec.SECP384R1()), "ES384", headers={"kid": key["kid"]})


def _admin_by_changing_the_claims(claims: dict[str, Any], key: dict[str, Any]) -> str:
    header, _, signature = _signed(claims, key).split(".")
    return f"{header}.{_encoded({**claims, 'roles': ['admin']})}.{signature}"


def _claim(**changed: Any) -> Forge:
    def forge(claims: dict[str, Any], key: dict[str, Any]) -> str:
        return _signed({k: v for k, v in {**claims, **changed}.items() if v is not None}, key)

    return forge


FORGERIES: dict[str, Forge] = {
    "alg none": _unsigned,
    "signature cut off": _signature_cut_off,
    "HMAC with the public key": _hmac_with_the_public_key,
    "own key under a known id": _own_key,
    "own key embedded": _own_key_embedded,
    "own key by address": _own_key_by_address,
    "hostile key id": _hostile_key_id,
    "no key id": _without_key_id,
    "another curve": _another_curve,
    "changed claims": _admin_by_changing_the_claims,
    "expired": _claim(exp=int(time.time()) - 10),
    "not yet valid": _claim(nbf=int(time.time()) + 3600),
    "issued in the future": _claim(iat=int(time.time()) + 3600),
    "without end": _claim(exp=None),
    "another audience": _claim(aud="other-api"),
    "another issuer": _claim(iss="https://attacker.example"),
    "no audience": _claim(aud=None),
    "no session": _claim(sid=None),
    "unknown role": _claim(roles=["root"]),
    "roles that are no list": _claim(roles=7),
    "a subject that is no id": _claim(sub="admin"),
    "another's session": _claim(sub=str(uuid.uuid4())),
    "no token at all": lambda claims, key: "x.y.z",
    "nothing": lambda claims, key: "...",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_token_is_not_valid(client: LambdaClient, forgery: str) -> None:
    token = register(client).json()["access_token"]
    ring = key_ring.read()
    assert ring is not None
    claims = jwt.decode(token, options={"verify_signature": False})
    assert _verify(client, _signed(claims, ring.signing)).json()["valid"] is True
    forged = FORGERIES[forgery](claims, ring.signing)
    reply = _verify(client, forged)
    assert reply.status == 200
    assert (reply.json()["valid"], reply.json()["claims"]) == (False, None)
    if forgery != "another's session":  # every other one is refused without asking the database
        refused = client.get("/api/v1/users/me", headers=bearer(forged))
        assert (refused.status, refused.json()["code"]) == (401, "invalid_token")
        assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
