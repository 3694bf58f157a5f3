"""The keys that access tokens are verified with."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.schemas.keys import KeySet, PublicKey
from shared import keys
from shared.web import respond
from shared.web.responses import KEY_SET

router = APIRouter(tags=["keys"])


@router.get("/.well-known/jwks.json", response_model=KeySet, summary="The public keys of access tokens")
async def get_key_set(request: Request) -> Response:
    """The key that signs, the one that will sign next, and those whose last tokens are still valid (RFC 7517)."""
    public_keys = [PublicKey.model_validate(row["public_jwk"]) for row in keys.public_key_rows()]
    return respond(request, KeySet(keys=public_keys), cache=KEY_SET)
