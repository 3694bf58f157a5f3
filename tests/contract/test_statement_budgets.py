"""No route sends more SQL statements than its budget, whatever it is asked: the resources are those of the matrix.

A budget that is too small is an occasion to look at the statements, not to raise it at once. Lists hold theirs whatever
the size of the page; tests of the contexts show that. Budgets are those of customers: staff's rights are read anew at
each request, by one statement more (`docs/decisions/0050-rights-of-staff.md`).
"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import keys
from shared.contexts.moderation import keyword_rules
from shared.tables.platform import ServiceKey
from tests.contract.applications import context_names, entry_point, every_route
from tests.contract.authorization.matrix import CALLERS, OK, Row, Stage, permissions_of, role_of, rows, send
from tests.contract.statement_budgets import budgets
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

BUDGETS = budgets()
PREFERRED = ("owner", "admin", "nobody", "customer")
ROWS = [
    pytest.param(context, row, id=f"{context}: {row}")
    for context in context_names()
    for row in rows(context)
    if any(row.expected(caller) is OK for caller in CALLERS)
]


def test_every_route_that_answers_has_a_budget() -> None:
    answering = {f"{param.values[1].method} {param.values[1].path}" for param in ROWS}
    assert set(BUDGETS) == answering & {f"{route.method} {route.path}" for route in every_route()}


@pytest.mark.parametrize(("context", "row"), ROWS)
def test_a_route_keeps_to_its_budget(context: str, row: Row, db: Session, aws: Cloud) -> None:
    handler = entry_point(context, row.handler)  # its INIT is no request's
    keys.reset()
    caller = next(caller for caller in (*PREFERRED, *CALLERS) if row.expected(caller) is OK)
    stage = Stage(db, aws, TestSigningKey.publish(db), identity.user(db, role_of("owner")))
    user = stage.owner if caller == "owner" else None if caller == "nobody" else identity.user(db, role_of(caller))
    headers = stage.signing_key.authorization(user) if user else {}
    request = row.prepared(stage)
    _warm(stage)
    with recorded() as statements:
        answer = send(LambdaClient(handler, headers=headers), row, request)
    assert answer.status < 400, answer.body
    rights = 1 if permissions_of(caller) else 0
    assert len(statements) <= BUDGETS[f"{row.method} {row.path}"] + rights, "\n".join(statements)


def _warm(stage: Stage) -> None:
    """What a process reads once, or once a minute, is no request's."""
    keyword_rules.current(stage.db.connection().connection.driver_connection)
    stage.db.rollback()
    for name in stage.db.scalars(select(ServiceKey.name)):
        keys.service_key(name)
    keys.public_key(stage.signing_key.kid)
