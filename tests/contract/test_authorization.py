"""Walks every route of every context with every kind of caller. How to add a row: see `authorization/matrix.py`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from tests.contract.applications import Route, context_names, entry_point, every_route, routes
from tests.contract.authorization.matrix import (
    CALLERS,
    FORBIDDEN,
    UNAUTHENTICATED,
    Outcome,
    Row,
    Stage,
    permissions_of,
    role_of,
    rows,
    send,
)
from tests.factories import identity
from tests.support import databases, process_state
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

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
    got = {}
    for caller in CALLERS:
        databases.empty(database_url)
        process_state.forget_keys()
        stage = Stage(db, aws, TestSigningKey.publish(db), identity.user(db, role_of("owner")))
        client = LambdaClient(entry_point(context, row.handler), headers=_credentials(caller, stage))
        answer = send(client, row, row.prepared(stage))
        got[caller] = Outcome.of(answer.status)
        if got[caller] is not row.expected(caller):
            print(f"{caller}: {answer.status} {answer.body.decode(errors='replace')[:500]}")
        assert answer.status < 400 or answer.headers["content-type"] == "application/problem+json"
        db.rollback()
    assert got == {caller: row.expected(caller) for caller in CALLERS}


def _credentials(caller: str, stage: Stage) -> Mapping[str, str]:
    if caller == "nobody":
        return {}
    user = stage.owner if caller == "owner" else identity.user(stage.db, role_of(caller))
    return stage.signing_key.authorization(user)
