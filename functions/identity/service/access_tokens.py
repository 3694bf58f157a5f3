"""Access tokens: issued here, verified by all contexts (`shared.tokens`)."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from functions.identity.service import key_ring
from shared import settings
from shared.errors import UnavailableError
from shared.log import logger
from shared.tokens import ALGORITHM

LIFETIME_SECONDS: Final = 900


def issue(user_id: UUID, session_id: UUID, roles: Sequence[str]) -> str:
    """A JWT for the user in this session. Raises UnavailableError as long as there is no signing key."""
    import jwt

    ring = key_ring.read()
    if ring is None:
        logger().error("no signing key: rotate_signing_keys has never run")
        raise UnavailableError("Signing in is not possible at the moment", retry_after=5)
    configuration = settings.common()
    now = int(time.time())
    claims = {
        "sub": str(user_id),
        "sid": str(session_id),
        "roles": list(roles),
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "iss": configuration.jwt_issuer,
        "aud": configuration.jwt_audience,
        "jti": str(uuid.uuid4()),
    }
    headers = {"kid": ring.signing["kid"], "typ": "at+jwt"}  # the type is RFC 9068's
    return jwt.encode(claims, jwt.PyJWK(ring.signing, ALGORITHM), algorithm=ALGORITHM, headers=headers)
