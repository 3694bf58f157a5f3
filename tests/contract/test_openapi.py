"""The merged OpenAPI document: current, valid, and complete enough to be worked with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from infra import openapi
from tests.contract.applications import Route, every_route

DOCUMENT: dict[str, Any] = json.loads(openapi.TARGET.read_text())
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


def test_the_file_is_current() -> None:
    assert openapi.rendered(openapi.whole()) == openapi.TARGET.read_text(), "`make openapi` writes it anew"


def test_it_is_valid_openapi_3_1() -> None:
    errors = [f"{list(error.path)}: {error.message}" for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()]
    assert errors == []


def test_it_knows_every_route() -> None:
    described = {(path, method.upper()) for path, operations in DOCUMENT["paths"].items() for method in operations}
    assert described == {(route.path, route.method) for route in every_route()}


def test_every_reference_names_something() -> None:
    for kind, name in openapi._targets(DOCUMENT):
        assert name in DOCUMENT["components"][kind], f"{kind}/{name}"


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for operations in DOCUMENT["paths"].values() for operation in operations.values()]
    assert len(ids) == len(set(ids))


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


def described(path: str, schemas: dict[str, Any]) -> dict[str, Any]:
    """A context's document with one route, which answers its schema `Item`."""
    answer = {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}
    return {"paths": {path: {"get": {"responses": answer}}}, "components": {"schemas": schemas}}


def answered(document: dict[str, Any], path: str) -> str:
    reference: str = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return reference.rpartition("/")[2]


def test_equal_components_become_one() -> None:
    item = {"type": "string"}
    merged = openapi.merge({"catalog": described("/a", {"Item": item}), "ordering": described("/b", {"Item": item})})
    assert merged["components"]["schemas"] == {"Item": item}
    assert answered(merged, "/a") == answered(merged, "/b") == "Item"


def test_different_components_of_one_name_are_told_apart() -> None:
    first, second = {"type": "string"}, {"type": "integer"}
    merged = openapi.merge({"catalog": described("/a", {"Item": first}), "ordering": described("/b", {"Item": second})})
    assert merged["components"]["schemas"] == {"CatalogItem": first, "OrderingItem": second}
    assert (answered(merged, "/a"), answered(merged, "/b")) == ("CatalogItem", "OrderingItem")


def test_what_names_a_component_that_differs_differs_as_well() -> None:
    holder = {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}
    contexts = {
        "catalog": described("/a", {"Item": holder, "Part": {"type": "string"}}),
        "ordering": described("/b", {"Item": holder, "Part": {"type": "integer"}}),
    }
    schemas = openapi.merge(contexts)["components"]["schemas"]
    assert set(schemas) == {"CatalogItem", "CatalogPart", "OrderingItem", "OrderingPart"}
    assert schemas["OrderingItem"]["items"] == {"$ref": "#/components/schemas/OrderingPart"}


def test_one_path_in_two_contexts_is_an_error() -> None:
    contexts = {name: described("/a", {"Item": {}}) for name in ("catalog", "ordering")}
    with pytest.raises(openapi.MergeError, match="/a"):
        openapi.merge(contexts)
