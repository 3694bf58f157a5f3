"""Access tokens for tests, signed with a key that the database knows."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.orm import Session, object_session

from shared.contexts.identity.models.accounts import LoginSession, SigningKey, User
from shared.permissions import Role, granted
from tests.support.cloud import ENVIRONMENT


@dataclass(frozen=True)
class TestSigningKey:
    """A P-256 key; the public half is a row of `signing_keys`."""

    __test__ = False

    kid: str
    private_key: ec.EllipticCurvePrivateKey

    @classmethod
    def publish(cls, db: Session) -> TestSigningKey:
        private_key = ec.generate_private_key(ec.SECP256R1())
        kid = f"test-{uuid.uuid4().hex[:8]}"
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(private_key.public_key()))
        db.add(SigningKey(kid=kid, public_jwk={**public, "kid": kid, "alg": "ES256", "use": "sig"}))
        db.commit()
        return cls(kid, private_key)

    def token(self, user: User, **changed: Any) -> str:
        """An access token of `user`; `changed` replaces claims (None removes one). Staff get a session with it, which
        their requests are checked against.
        """
        now = int(time.time())
        claims: dict[str, Any] = {
            "sub": str(user.id),
            "sid": changed.get("sid") or _session_id(user),
            "roles": list(user.roles),
            "iat": now,
            "exp": now + 900,
            "iss": ENVIRONMENT["JWT_ISSUER"],
            "aud": ENVIRONMENT["JWT_AUDIENCE"],
            "jti": str(uuid.uuid4()),
            **changed,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.private_key, algorithm="ES256", headers={"kid": self.kid})

    def authorization(self, user: User) -> dict[str, str]:
        """The header that signs `user` in."""
        return {"Authorization": f"Bearer {self.token(user)}"}


def _session_id(user: User) -> str:
    if not granted(frozenset(Role(role) for role in user.roles)):
        return str(uuid.uuid4())
    db = object_session(user)
    assert db is not None
    session = LoginSession(user_id=user.id, user_agent="tests/1.0")
    db.add(session)
    db.commit()
    return str(session.id)
