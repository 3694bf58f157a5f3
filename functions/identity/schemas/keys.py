"""Public keys of access tokens."""

from __future__ import annotations

from shared.web import ResponseModel


class PublicKey(ResponseModel):
    """A JSON Web Key (RFC 7517) of an elliptic curve: the public members, and no others."""

    kid: str
    kty: str
    crv: str
    x: str
    y: str
    alg: str
    use: str


class KeySet(ResponseModel):
    keys: list[PublicKey]
