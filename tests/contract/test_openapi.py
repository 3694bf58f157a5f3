"""The merged OpenAPI document: valid, and complete enough to be worked with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from infra.openapi import document
from tests.contract.applications import Route, every_route

DOCUMENT: dict[str, Any] = json.loads(document.read())
OPERATIONS = [
    pytest.param(path, method, operation, id=f"{method.upper()} {path}")
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
each_operation = pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
Operation = dict[str, Any]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference names."""
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def without_example(schema: dict[str, Any], place: str = "body") -> Iterator[str]:
    """Places of required values for which a reader would have to invent something."""
    schema = resolved(schema)
    if any(key in schema for key in ("example", "examples", "default", "const", "enum")):
        return
    if "properties" in schema:
        for name in schema.get("required", []):
            yield from without_example(schema["properties"][name], f"{place}.{name}")
    elif "items" in schema:
        yield from without_example(schema["items"], f"{place}[]")
    elif "anyOf" in schema:
        if all(list(without_example(option, place)) for option in schema["anyOf"]):
            yield place
    elif schema.get("type") not in {"boolean", "null"} and schema.get("format") != "binary":
        yield place


def test_it_is_valid_openapi_3_1() -> None:
    errors = [f"{list(error.path)}: {error.message}" for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()]
    assert errors == []


def test_it_knows_every_route() -> None:
    described = {(path, method.upper()) for path, operations in DOCUMENT["paths"].items() for method in operations}
    assert described == {(route.path, route.method) for route in every_route()}


def test_every_tag_is_described_and_used() -> None:
    used = {tag for operations in DOCUMENT["paths"].values() for op in operations.values() for tag in op["tags"]}
    assert used == {tag["name"] for tag in DOCUMENT["tags"]}


@each_operation
def test_every_route_says_what_it_does(path: str, method: str, operation: Operation) -> None:
    assert 3 <= len(operation["summary"]) <= 60
    assert not operation["summary"].endswith(".")
    assert operation["description"].strip()
    assert len(operation["tags"]) == 1


@each_operation
def test_every_body_has_an_example(path: str, method: str, operation: Operation) -> None:
    for media in operation.get("requestBody", {}).get("content", {}).values():
        if not {"example", "examples"} & media.keys():
            assert list(without_example(media["schema"])) == []


@each_operation
def test_every_success_says_what_comes_back(path: str, method: str, operation: Operation) -> None:
    succeeded = {status: reply for status, reply in operation["responses"].items() if status < "400"}
    assert succeeded
    for status, reply in succeeded.items():
        if status in {"204", "304"}:
            continue
        assert reply["content"]
        for media_type, media in reply["content"].items():
            assert media_type != "application/json" or media["schema"], "an answer without a schema"


@each_operation
def test_every_error_is_a_problem_document(path: str, method: str, operation: Operation) -> None:
    failed = {status: reply for status, reply in operation["responses"].items() if status >= "400"}
    assert "500" in failed
    for reply in failed.values():
        assert reply["description"]
        assert reply["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@each_operation
def test_the_errors_that_a_route_can_answer_are_documented(path: str, method: str, operation: Operation) -> None:
    wanted = set()
    if operation.get("security"):
        wanted.add("401")
    if "{" in path:
        wanted.add("404")
    if "requestBody" in operation:
        wanted |= {"400", "413"}
    assert wanted <= operation["responses"].keys()


@pytest.mark.parametrize("route", [route for route in every_route() if route.permissions], ids=str)
def test_a_route_that_needs_a_permission_documents_403(route: Route) -> None:
    assert "403" in DOCUMENT["paths"][route.path][route.method.lower()]["responses"]


def test_guests_may_call_what_needs_no_account() -> None:
    paths = DOCUMENT["paths"]
    assert {} in paths["/api/v1/cart"]["get"]["security"]
    assert {} not in paths["/api/v1/users/me"]["get"]["security"]
    assert {} not in paths["/api/v1/admin/orders"]["get"]["security"]
    assert "security" not in paths["/api/v1/products"]["get"]


@each_operation
def test_an_idempotency_key_is_required_where_it_is_taken(path: str, method: str, operation: Operation) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"].lower() == "idempotency-key":
            assert parameter["name"] == "Idempotency-Key"
            assert parameter["required"] is True
            assert parameter["schema"]["type"] == "string"
