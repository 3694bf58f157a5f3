"""The authorization matrix: who gets what from every route. `tests/contract/test_authorization.py` runs it.

A context states its rows in `tests/contract/authorization/<context>.py` as `ROWS: list[Row]`. A route without a row
fails the test, and so does a row without a route. One row::

    Row("GET", "/api/v1/orders/{order_id}", arrange=an_order,
        nobody=UNAUTHENTICATED, customer=NOT_FOUND, owner=OK,
        creator=NOT_FOUND, vendor=NOT_FOUND, moderator=NOT_FOUND, admin=NOT_FOUND)

The seven columns are callers:

- `nobody` sends no Authorization header;
- `owner` is the customer whom the arranged resource belongs to (`stage.owner`);
- `customer` is another customer, a stranger to that resource;
- `creator`, `vendor`, `moderator`, `admin` have that one role and are strangers, too.

The row's `arrange` runs in an empty database: once for all callers who are refused, and again for every caller after
one whose request was granted (those that only read share it). It gets a `Stage` and returns the `Request` that
callers send: parameters of the path, query, headers, body. What is arranged belongs to `stage.owner`; make it with
the factories (`stage.db`), or by calling handlers as the owner::

    def an_order(stage: Stage) -> Request:
        order = ordering.order(stage.db, user=stage.owner)
        return Request(path={"order_id": order.id})

    def a_cart_item(stage: Stage) -> Request:
        pot = catalog.variants(stage.db, catalog.product(stage.db))[0]
        cart = stage.as_owner("ordering").post("/api/v1/cart/items", json={"variant_id": str(pot.id), "quantity": 1})
        return Request(path={"item_id": cart.json()["items"][0]["id"]}, json={"quantity": 2})

A row without a resource needs no `arrange`: the request is empty, or given as `request=Request(json=...)`. Send a
request that succeeds for those who may (OK), so that a refusal can only mean authorization. Where success needs more
than a row can arrange, REFUSED says: the caller passed authorization, and the request itself was turned down
(400, 409, 422 and so on; never 401, 403, 404).

A route can have several rows for different resources; give each a `case`. `owner_only`, `owner_or_staff`, `signed_in`,
`public` and `permitted` below make the common rows. Rows of routes that declare `requires(permission)` are also checked
against `shared.permissions`: whoever lacks the permission must be FORBIDDEN, and nobody UNAUTHENTICATED.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.permissions import Permission, Role, granted
from tests.contract.applications import entry_point
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey

CALLERS = ("nobody", "customer", "owner", "creator", "vendor", "moderator", "admin")


class Outcome(Enum):
    """What a caller gets, as a kind of status."""

    OK = "2xx or 3xx"
    UNAUTHENTICATED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    REFUSED = "another 4xx"
    BROKEN = "5xx"

    @classmethod
    def of(cls, status: int) -> Outcome:
        """The kind that a status belongs to."""
        named = {401: cls.UNAUTHENTICATED, 403: cls.FORBIDDEN, 404: cls.NOT_FOUND}
        if status >= 500:
            return cls.BROKEN
        return cls.OK if status < 400 else named.get(status, cls.REFUSED)


OK = Outcome.OK
UNAUTHENTICATED = Outcome.UNAUTHENTICATED
FORBIDDEN = Outcome.FORBIDDEN
NOT_FOUND = Outcome.NOT_FOUND
REFUSED = Outcome.REFUSED


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a caller sends. `path` fills the template's parameters; `json` or `body` is the body."""

    path: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    body: bytes | str | None = None


@dataclass(frozen=True)
class Stage:
    """What a row arranges with."""

    db: Session
    cloud: Cloud
    signing_key: TestSigningKey
    owner: User
    """The customer whom the arranged resource shall belong to."""

    def as_owner(self, context: str) -> LambdaClient:
        """The context's API, called by the owner."""
        return self.as_nobody(context).signed_in(self.signing_key.authorization(self.owner))

    def as_nobody(self, context: str) -> LambdaClient:
        """The context's API, called by a guest."""
        return LambdaClient(entry_point(context))


Arrange = Callable[[Stage], Request]


@dataclass(frozen=True)
class Row:
    """One route (method, path template) with one resource, and what each caller gets."""

    method: str
    path: str
    arrange: Arrange | None = None
    nobody: Outcome = field(kw_only=True)
    customer: Outcome = field(kw_only=True)
    owner: Outcome = field(kw_only=True)
    creator: Outcome = field(kw_only=True)
    vendor: Outcome = field(kw_only=True)
    moderator: Outcome = field(kw_only=True)
    admin: Outcome = field(kw_only=True)
    request: Request = field(default_factory=Request, kw_only=True)
    handler: str = field(default="api", kw_only=True)
    case: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        return f"{self.method} {self.path}" + (f" ({self.case})" if self.case else "")

    def expected(self, caller: str) -> Outcome:
        """What the caller gets."""
        outcome: Outcome = getattr(self, caller)
        return outcome

    def prepared(self, stage: Stage) -> Request:
        """The request that callers send, once its resource exists."""
        return self.arrange(stage) if self.arrange else self.request


def public(method: str, path: str, arrange: Arrange | None = None, *, outcome: Outcome = OK, **options: Any) -> Row:
    """Everybody gets the same."""
    return Row(method, path, arrange, **dict.fromkeys(CALLERS, outcome), **options)


def signed_in(method: str, path: str, arrange: Arrange | None = None, *, outcome: Outcome = OK, **options: Any) -> Row:
    """Everybody but a guest gets the same: it is about the caller's own, whoever that is."""
    columns = {caller: UNAUTHENTICATED if caller == "nobody" else outcome for caller in CALLERS}
    return Row(method, path, arrange, **columns, **options)


def owner_only(method: str, path: str, arrange: Arrange, *, nobody: Outcome = UNAUTHENTICATED, **options: Any) -> Row:
    """The owner gets it; for every other signed-in caller it does not exist (404, not 403)."""
    columns = dict.fromkeys(CALLERS, NOT_FOUND) | {"nobody": nobody, "owner": OK}
    return Row(method, path, arrange, **columns, **options)


def owner_or_staff(permission: Permission, method: str, path: str, arrange: Arrange, **options: Any) -> Row:
    """As `owner_only`, and for callers with a role that grants `permission`."""
    row = owner_only(method, path, arrange, **options)
    return replace(row, **{caller: OK for caller in CALLERS if permission in permissions_of(caller)})


def permitted(
    permission: Permission,
    method: str,
    path: str,
    arrange: Arrange | None = None,
    *,
    outcome: Outcome = OK,
    **options: Any,
) -> Row:
    """Callers with a role that grants `permission` get `outcome`; the others are FORBIDDEN, nobody UNAUTHENTICATED."""
    columns = {caller: outcome if permission in permissions_of(caller) else FORBIDDEN for caller in CALLERS}
    return Row(method, path, arrange, **columns | {"nobody": UNAUTHENTICATED}, **options)


def role_of(caller: str) -> Role:
    """The one role of a signed-in caller."""
    return Role.CUSTOMER if caller == "owner" else Role(caller)


def permissions_of(caller: str) -> frozenset[Permission]:
    """What the caller may do."""
    return frozenset() if caller == "nobody" else granted(frozenset({role_of(caller)}))


def send(client: LambdaClient, row: Row, request: Request) -> Answer:
    """Ask the row's route what was arranged."""
    path = row.path.format(**{name: quote(str(value), safe="") for name, value in request.path.items()})
    return client.request(
        row.method,
        path,
        json=request.json,
        body=request.body,
        query=request.query,
        headers=request.headers,
        cookies=request.cookies,
    )


def rows(context: str) -> list[Row]:
    """The rows that the context states; none where it states none."""
    name = f"tests.contract.authorization.{context}"
    if importlib.util.find_spec(name) is None:
        return []
    found: list[Row] = importlib.import_module(name).ROWS
    return found
