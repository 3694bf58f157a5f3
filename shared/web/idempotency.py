"""Idempotency-Key: the first answer is a row of the transaction that earned it, so that effect and record are one.

The record's insertion makes a second request with the same key wait for the first one's commit (at most the database
role's lock_timeout), after which it gets the same answer; if that takes too long it is told 409.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import orjson
import psycopg
from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.responses import Response

from shared.clients.database import Connection
from shared.errors import ConflictError, ProblemError
from shared.http_headers import PRIVATE_CACHE_CONTROL
from shared.web.authentication import identify

STORED_HOURS: Final = 24


class IdempotencyKeyRequiredError(ProblemError):
    status, code, title = 400, "idempotency_key_required", "This request needs an Idempotency-Key header"


class IdempotencyKeyReusedError(ProblemError):
    status, code, title = 422, "idempotency_key_reused", "This Idempotency-Key was used with another request"


class RequestInFlightError(ConflictError):
    code, title = "request_in_flight", "A request with this Idempotency-Key is being worked on"


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The first answer to a request. What must never be stored joins it only on its way out."""

    status: int
    body: bytes
    replayed: bool
    created_id: str | None = None
    """`id` of the body, as far as it is known without parsing it."""

    def created(self, collection: str) -> Response:
        """The response with the Location of the created resource: its `id` below the path `collection`."""
        resource_id = self.created_id or orjson.loads(self.body)["id"]
        return self.response(headers={"Location": f"{collection}/{resource_id}"})

    def response(self, *, headers: Mapping[str, str] | None = None, **transient: object) -> Response:
        """The response as it is sent; `transient` are members that it has besides those that are stored."""
        sent = {"Cache-Control": PRIVATE_CACHE_CONTROL, **(headers or {})}
        if self.replayed:
            sent["Idempotency-Replayed"] = "true"
        body = orjson.dumps({**orjson.loads(self.body), **transient}) if transient else self.body
        return Response(body, self.status, sent, media_type="application/json")


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A request that has one effect and one answer, however often it is sent."""

    scope: str
    key: str
    fingerprint: bytes

    def respond(self, connection: Connection, act: Callable[[], BaseModel], *, status: int = 201) -> Response:
        """Run `act` in this transaction and store its response, or replay the stored one.

        Raises IdempotencyKeyReusedError (other body under the same key) and RequestInFlightError.
        """
        return self.run(connection, act, status=status).response()

    def run(self, connection: Connection, act: Callable[[], BaseModel], *, status: int = 201) -> StoredResponse:
        """Like `respond`, for a response that is not sent just as it is stored."""
        if not self._claim(connection):
            return self._replay(connection)
        model = act()
        body = model.model_dump_json().encode()
        connection.execute(
            "UPDATE idempotency_keys SET status = %s, body = %s WHERE scope = %s AND key = %s",
            (status, body, self.scope, self.key),
        )
        resource_id = getattr(model, "id", None)
        created_id = str(resource_id) if resource_id is not None else None
        return StoredResponse(status, body, replayed=False, created_id=created_id)

    def stored_response(self, connection: Connection) -> StoredResponse | None:
        """The stored response, if any; for requests that call a provider before their transaction begins.

        Raises IdempotencyKeyReusedError.
        """
        row = connection.execute(
            "SELECT fingerprint, status, body FROM idempotency_keys WHERE scope = %s AND key = %s"
            " AND status IS NOT NULL AND created_at >= now() - make_interval(hours => %s)",
            (self.scope, self.key, STORED_HOURS),
        ).fetchone()
        return self._stored(row) if row is not None else None

    def _claim(self, connection: Connection) -> bool:
        try:
            row = connection.execute(
                "INSERT INTO idempotency_keys AS stored (scope, key, fingerprint) VALUES (%s, %s, %s)"
                " ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = now(),"
                " status = NULL, body = NULL WHERE stored.created_at < now() - make_interval(hours => %s)"
                " RETURNING key",
                (self.scope, self.key, self.fingerprint, STORED_HOURS),
            ).fetchone()
        except psycopg.errors.LockNotAvailable as error:
            raise RequestInFlightError(headers={"Retry-After": "1"}) from error
        return row is not None

    def _replay(self, connection: Connection) -> StoredResponse:
        row = connection.execute(
            "SELECT fingerprint, status, body FROM idempotency_keys WHERE scope = %s AND key = %s",
            (self.scope, self.key),
        ).fetchone()
        if row is None or row["status"] is None:
            raise RequestInFlightError(headers={"Retry-After": "1"})
        return self._stored(row)

    def _stored(self, row: Mapping[str, Any]) -> StoredResponse:
        if bytes(row["fingerprint"]) != self.fingerprint:
            raise IdempotencyKeyReusedError
        return StoredResponse(row["status"], bytes(row["body"]), replayed=True)


_Key = Annotated[
    str | None, Header(min_length=8, max_length=255, pattern=r"^[\x21-\x7e]+$", description="A UUID, kept 24 hours")
]


async def _idempotent_request(request: Request, idempotency_key: _Key = None) -> IdempotentRequest:
    if idempotency_key is None:
        raise IdempotencyKeyRequiredError
    return await _named(request, idempotency_key)


async def _repeatable_request(request: Request, idempotency_key: _Key = None) -> IdempotentRequest | None:
    return None if idempotency_key is None else await _named(request, idempotency_key)


async def _named(request: Request, idempotency_key: str) -> IdempotentRequest:
    scope = hashlib.sha256(f"{_who(request)} {request.method} {request.url.path}".encode()).hexdigest()
    return IdempotentRequest(scope, idempotency_key, hashlib.sha256(await request.body()).digest())


def _who(request: Request) -> str:
    """The user, or the guest as the application knows them. Without either the key itself must be unguessable, as the
    IETF draft of this header asks.
    """
    principal = identify(request)
    return str(principal.user_id) if principal is not None else f"guest:{request.app.state.guest_of(request) or ''}"


Idempotency = Annotated[IdempotentRequest, Depends(_idempotent_request)]
"""The header Idempotency-Key, required."""

MaybeIdempotency = Annotated[IdempotentRequest | None, Depends(_repeatable_request)]
"""The same where it may be left out: None where it is."""
