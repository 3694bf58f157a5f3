"""Requests that schemathesis generates from the merged OpenAPI document: none is answered by a 5xx, none breaks it.

They are sent as an administrator into the seeded shop, so that half of those that name something name what exists.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import text
from sqlalchemy.orm import Session

from infra.openapi import document
from infra.openapi.applications import context_names
from shared.permissions import Role
from shared.web import rate_limits
from tests.contract.applications import Route, entry_point, routes
from tests.contract.sparse_answers import with_sparse_answers
from tests.factories import identity
from tests.support import triggers
from tests.support.cloud import WEBHOOK_SECRET, Cloud
from tests.support.lambda_client import Answer, Context, LambdaClient
from tests.support.stripe_account import simulated_account
from tests.support.tokens import TestSigningKey

EXAMPLES = int(os.environ.get("GENERATED_REQUESTS", "8"))
"""Of each operation; more find more, and take longer."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DOCUMENT = schemathesis.openapi.from_dict(with_sparse_answers(json.loads(document.read())))
# Names of path parameters, and where what they name is found.
EXISTING = {
    "product_id": "products", "category_id": "categories", "variant_id": "variants", "order_id": "orders",
    "payment_id": "payments", "user_id": "users", "coupon_id": "coupons", "zone_id": "shipping_zones",
    "review_id": "reviews", "return_id": "returns", "shipment_id": "shipments", "refund_id": "refunds",
}  # fmt: skip


@pytest.fixture
def provider(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A simulated Stripe that answers."""
    with simulated_account((WEBHOOK_SECRET,)) as account:
        monkeypatch.setenv("STRIPE_API_BASE", account.url)
        yield


@pytest.fixture
def shop(db: Session, provider: None, signing_key: TestSigningKey) -> dict[str, list[str]]:
    """The seeded shop; ids of what it has, by the path parameter that names it."""
    triggers.handler("identity.rotate_signing_keys")({}, Context())
    triggers.handler("operations.seed")(
        {"admin_email": "owner@example.com", "admin_password": "correct horse battery staple"}, Context()
    )
    db.rollback()
    return {
        parameter: [str(found) for found in db.scalars(text(f"SELECT id FROM {table} ORDER BY id LIMIT 5"))]
        for parameter, table in EXISTING.items()
    }


@pytest.mark.timeout(480)
@pytest.mark.parametrize("context", context_names())
def test_no_generated_request_breaks_the_api(
    context: str, shop: dict[str, list[str]], db: Session, signing_key: TestSigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)  # what is asked is what answers look like, not how many
    failures: dict[str, str] = {}
    for route in routes(context):
        admin = identity.user(db, Role.ADMIN)
        client = LambdaClient(entry_point(context, route.handler), signing_key.authorization(admin))
        try:
            _ask(client, route, shop)
        except (Exception, BaseExceptionGroup) as error:
            failures[str(route)] = _told(error)
    assert failures == {}


def _ask(client: LambdaClient, route: Route, shop: Mapping[str, list[str]]) -> None:
    operation = DOCUMENT[route.path][route.method]
    turn = _turns()

    @seed(20261120)
    @settings(
        max_examples=EXAMPLES,
        derandomize=False,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        if next(turn):  # every other request is about something that exists
            for name in set(case.path_parameters or {}) & set(shop):
                if shop[name]:
                    case.path_parameters[name] = shop[name][0]
        request = requests.Request(**case.as_transport_kwargs(base_url="http://shop.example")).prepare()
        answer = _send(client, request)
        case.validate_response(_response(request, answer), checks=CHECKS)

    ask()


def _turns() -> Iterator[bool]:
    while True:
        yield True
        yield False


def _send(client: LambdaClient, request: requests.PreparedRequest) -> Answer:
    assert request.url is not None
    assert request.method is not None
    path = request.url.removeprefix("http://shop.example")
    assert request.body is None or isinstance(request.body, (bytes, str))
    headers = {name: str(value) for name, value in request.headers.items() if name.lower() != "authorization"}
    return client.request(request.method, path, body=request.body, headers=headers)


def _response(request: requests.PreparedRequest, answer: Answer) -> Response:
    headers = {name: [value] for name, value in answer.headers.items() if name != "content-encoding"}
    return Response(answer.status, headers, answer.body, request, elapsed=0.0, verify=False)


def _told(error: BaseException) -> str:
    causes: tuple[Any, ...] = getattr(error, "exceptions", (error,))
    return re.sub(r"\s+", " ", " | ".join(str(cause) for cause in causes))[:800]
