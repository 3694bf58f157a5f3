"""Walks every route of every context with every kind of caller. How to add a row: see `authorization/matrix.py`."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import pytest
from sqlalchemy.orm import Session

from infra.openapi import document
from shared import keys
from tests.contract.applications import Route, context_names, entry_point, every_route, routes
from tests.contract.authorization.matrix import (
    CALLERS,
    FORBIDDEN,
    OK,
    UNAUTHENTICATED,
    Outcome,
    Request,
    Row,
    Stage,
    permissions_of,
    role_of,
    rows,
    send,
)
from tests.factories import identity
from tests.support import databases
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

DOCUMENT: dict[str, Any] = json.loads(document.read())
SAFE = {"GET", "HEAD"}
ROWS = [pytest.param(context, row, id=f"{context}: {row}") for context in context_names() for row in rows(context)]


@pytest.mark.parametrize("context", context_names())
def test_every_route_has_a_row_and_every_row_a_route(context: str) -> None:
    exist = {(route.handler, route.method, route.path) for route in routes(context)}
    stated = {(row.handler, row.method, row.path) for row in rows(context)}
    assert sorted(exist - stated) == [], "routes without a row in tests/contract/authorization"
    assert sorted(stated - exist) == [], "rows without a route"


@pytest.mark.parametrize("context", context_names())
def test_no_row_is_stated_twice(context: str) -> None:
    names = [str(row) for row in rows(context)]
    assert sorted(names) == sorted(set(names)), "give rows of one route different cases"


@pytest.mark.parametrize("route", every_route(), ids=str)
def test_rows_agree_with_the_permission_that_the_route_declares(route: Route) -> None:
    for row in rows(route.context):
        if (row.method, row.path) != (route.method, route.path):
            continue
        for caller in CALLERS:
            if route.permissions <= permissions_of(caller):
                continue
            wanted = UNAUTHENTICATED if caller == "nobody" else FORBIDDEN
            assert row.expected(caller) is wanted, f"{row} as {caller}"


@pytest.mark.parametrize("route", [route for route in every_route() if "/admin/" in route.path], ids=str)
def test_every_admin_route_declares_a_permission(route: Route) -> None:
    assert route.permissions


@pytest.mark.parametrize(("context", "row"), ROWS)
def test_callers_get_what_the_matrix_says(context: str, row: Row, db: Session, aws: Cloud, database_url: str) -> None:
    """Those who are refused come first and change nothing: one arrangement serves them all, and whoever is next."""
    handler = entry_point(context, row.handler)
    got = {}
    is_as_arranged = True
    stage, request = _arranged(row, db, aws)
    for caller in sorted(CALLERS, key=lambda caller: row.expected(caller) is OK):
        if not is_as_arranged:
            databases.empty(database_url)
            stage, request = _arranged(row, db, aws)
        client = LambdaClient(handler, headers=_credentials(caller, stage))
        before = databases.contents(database_url)
        answer = send(client, row, request)
        after = databases.contents(database_url)
        got[caller] = Outcome.of(answer.status)
        if got[caller] is not row.expected(caller):
            print(f"{caller}: {answer.status} {answer.body.decode(errors='replace')[:500]}")
        assert answer.status < 400 or answer.headers["content-type"] == "application/problem+json"
        assert answer.status != 204 or "content-type" not in answer.headers
        assert not answer.cookies or answer.headers["cache-control"] == "private, no-store"
        assert str(answer.status) in _documented(row), f"{row} does not document {answer.status}"
        assert answer.status < 400 or after == before, f"{caller} is refused and changes something"
        is_as_arranged = after == before and (answer.status >= 400 or row.method in SAFE)
        db.rollback()
    assert got == {caller: row.expected(caller) for caller in CALLERS}


def _documented(row: Row) -> Collection[str]:
    """The statuses that the document has for the route. Some routes are not in it."""
    operation = DOCUMENT["paths"].get(row.path, {}).get(row.method.lower())
    return operation["responses"] if operation else [str(status) for status in range(100, 600)]


def _arranged(row: Row, db: Session, aws: Cloud) -> tuple[Stage, Request]:
    """What the row arranges, in an empty database, and the request about it."""
    keys.reset()
    stage = Stage(db, aws, TestSigningKey.publish(db), identity.user(db, role_of("owner")))
    return stage, row.prepared(stage)


def _credentials(caller: str, stage: Stage) -> Mapping[str, str]:
    if caller == "nobody":
        return {}
    user = stage.owner if caller == "owner" else identity.user(stage.db, role_of(caller))
    return stage.signing_key.authorization(user)
