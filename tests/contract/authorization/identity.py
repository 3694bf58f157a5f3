"""identity: signing in is open to everybody; an account is one's own, whoever one is."""

from __future__ import annotations

import uuid

from functions.identity.service import key_rotation
from shared import tokens
from shared.contexts.identity import address_denials
from shared.contexts.identity.consents import TEXTS, ConsentPurpose
from shared.contexts.identity.models.notes import UserNote
from shared.permissions import Permission
from tests.contract.authorization.matrix import REFUSED, Request, Row, Stage, owner_only, permitted, public, signed_in
from tests.factories import identity

_PASSWORD = "sunny-orchard-42"
_CONSENTS = {
    "consents": [{"purpose": "recommendations", "granted": True, "version": TEXTS[ConsentPurpose.RECOMMENDATIONS]}]
}


def _keys() -> None:
    key_rotation.rotate()


def _a_registration(stage: Stage) -> Request:
    _keys()
    return Request(json={"email": "new@example.com", "password": _PASSWORD, "full_name": "Ada Lovelace"})


def _a_login(stage: Stage) -> Request:
    _keys()
    identity.user(stage.db, email="known@example.com", password=_PASSWORD)
    return Request(json={"email": "known@example.com", "password": _PASSWORD})


def _a_refresh_token(stage: Stage) -> Request:
    """Whoever holds it may use it: that is what it is."""
    signed_in_as = stage.as_nobody("identity").post("/api/v1/auth/login", json=_a_login(stage).json)
    return Request(json={"refresh_token": signed_in_as.json()["refresh_token"]})


def _a_verification_link(stage: Stage) -> Request:
    """Whoever holds it has read the mail."""
    return Request(json={"token": _link(stage, "email_verification", "email-verification")})


def _a_way_back(stage: Stage) -> Request:
    """Whoever holds it has read the mail."""
    return Request(json={"token": _link(stage, "email_reversal", "email-reversal")})


def _a_denial(stage: Stage) -> Request:
    """Whoever holds it has read the mail."""
    stage.owner.email_verified_at = None
    stage.db.commit()
    return Request(json={"token": address_denials.encode(stage.owner.id, stage.owner.email)})


def _an_address(stage: Stage) -> Request:
    """One that nobody else has asked for: five requests for one are enough."""
    return Request(json={"email": f"{uuid.uuid4().hex}@example.com"})


def _a_reset_link(stage: Stage) -> Request:
    return Request(
        json={"token": _link(stage, "password_reset", "password-reset"), "new_password": "another-orchard-43"}
    )


def _an_unsubscribe_link(stage: Stage) -> Request:
    return Request(query={"token": tokens.sign("unsubscribe", stage.owner.id.bytes)})


def _link(stage: Stage, kind: str, purpose: str) -> str:
    request = identity.account_request(stage.db, stage.owner, kind)
    return tokens.sign(purpose, request.id.bytes)


def _a_cancellation_link(stage: Stage) -> Request:
    """Whoever holds it has read the mail."""
    token = _link(stage, "erasure_cancellation", "erasure-cancellation")
    identity.leaving(stage.db, stage.owner)
    return Request(json={"token": token})


def _a_copy(stage: Stage) -> Request:
    return Request(path={"export_id": identity.data_export(stage.db, stage.owner).id})


def _a_user(stage: Stage) -> Request:
    return Request(path={"user_id": stage.owner.id})


def _a_promotion(stage: Stage) -> Request:
    return Request(
        path={"user_id": stage.owner.id}, json={"roles": ["moderator"], "reason": "Moderates reviews", "version": 1}
    )


def _a_session(stage: Stage) -> Request:
    return Request(path={"session_id": identity.login_session(stage.db, stage.owner).id})


def _a_user_to_write_about(stage: Stage) -> Request:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    return Request(path=_a_user(stage).path, json={"body": "Calls on Mondays."}, headers=headers)


def _a_note(stage: Stage) -> Request:
    path = _a_user(stage).path
    note = UserNote(user_id=path["user_id"], body="Calls on Mondays.")
    stage.db.add(note)
    stage.db.commit()
    return Request(path={**path, "note_id": note.id})


ROWS: list[Row] = [
    public("GET", "/.well-known/jwks.json"),
    public("POST", "/api/v1/auth/register", _a_registration),
    public("POST", "/api/v1/auth/login", _a_login),
    public("POST", "/api/v1/auth/refresh", _a_refresh_token),
    public("POST", "/api/v1/auth/logout", _a_refresh_token),
    public("POST", "/api/v1/auth/verify", request=Request(json={"token": "any"})),
    public("POST", "/api/v1/auth/email/verify", _a_verification_link),
    public("POST", "/api/v1/auth/email/revert", _a_way_back),
    public("POST", "/api/v1/auth/email/deny", _a_denial),
    # Callers of the matrix have proven their addresses.
    signed_in("POST", "/api/v1/auth/email/verification", outcome=REFUSED),
    public("POST", "/api/v1/auth/password/forgot", _an_address),
    public("POST", "/api/v1/auth/password/reset", _a_reset_link),
    signed_in("GET", "/api/v1/auth/sessions"),
    signed_in("DELETE", "/api/v1/auth/sessions"),
    owner_only("DELETE", "/api/v1/auth/sessions/{session_id}", _a_session),
    # Callers of the matrix have no password that they could show.
    signed_in(
        "POST",
        "/api/v1/users/me/email",
        outcome=REFUSED,
        request=Request(json={"new_email": "new@example.com", "password": _PASSWORD}),
    ),
    signed_in(
        "POST",
        "/api/v1/users/me/password",
        outcome=REFUSED,
        request=Request(json={"current_password": _PASSWORD, "new_password": "another-orchard-43"}),
    ),
    signed_in("DELETE", "/api/v1/users/me", outcome=REFUSED, request=Request(json={"password": _PASSWORD})),
    public("POST", "/api/v1/users/me/erasure/cancel", _a_cancellation_link),
    signed_in("GET", "/api/v1/users/me/consents"),
    signed_in("PUT", "/api/v1/users/me/consents", request=Request(json=_CONSENTS)),
    signed_in("POST", "/api/v1/users/me/export"),
    signed_in("GET", "/api/v1/users/me/exports"),
    owner_only("GET", "/api/v1/users/me/exports/{export_id}", _a_copy),
    public("POST", "/api/v1/users/unsubscribe", _an_unsubscribe_link),
    permitted(Permission.USERS_READ, "GET", "/api/v1/admin/users"),
    permitted(Permission.USERS_READ, "GET", "/api/v1/admin/users/{user_id}", _a_user),
    permitted(Permission.USERS_WRITE, "PATCH", "/api/v1/admin/users/{user_id}", _a_promotion),
    permitted(Permission.USERS_READ, "GET", "/api/v1/admin/users/{user_id}/notes", _a_user),
    permitted(Permission.USERS_WRITE, "POST", "/api/v1/admin/users/{user_id}/notes", _a_user_to_write_about),
    permitted(Permission.USERS_WRITE, "DELETE", "/api/v1/admin/users/{user_id}/notes/{note_id}", _a_note),
    permitted(Permission.USERS_READ, "GET", "/api/v1/admin/users/{user_id}/sessions", _a_user),
    permitted(Permission.USERS_WRITE, "DELETE", "/api/v1/admin/users/{user_id}/sessions", _a_user),
]
