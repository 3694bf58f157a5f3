"""What a generator of clients makes functions and types from: the names in the merged OpenAPI document."""

from __future__ import annotations

import json
import keyword
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pytest

from infra.manifests import manifests
from infra.openapi import document
from infra.openapi.applications import application, context_names

DOCUMENT: Final[dict[str, Any]] = json.loads(document.read())
SCHEMAS: Final[dict[str, Any]] = DOCUMENT["components"]["schemas"]
OPERATIONS: Final = [
    (method, path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
IDS: Final = [operation["operationId"] for _, _, operation in OPERATIONS]

READING: Final = {"get", "list", "search", "export"}
VERBS: Final = {
    "put": {"replace", "update", "add", "moderate", "reply"},
    "patch": {"resolve", "update"},
    "delete": {"delete", "empty", "request"},
}
"""First words of operations by method. A POST may be any verb but one that reads."""

EQUAL_ON_PURPOSE: Final = {
    frozenset(
        {"EmailDenial", "EmailReversal", "EmailVerification", "ErasureCancellation"}
    ): "tokens of different links, read by different operations",
    frozenset({"CountryRegion", "SiteCarrier"}): "both a code and a name; carriers may tell more one day",
    frozenset({"ErrorResolution", "OrderCancellation"}): "why an error is resolved, and why an order is cancelled",
    frozenset({"LedgerBalance", "LedgerEntry"}): "what an account holds, and one change of it",
    frozenset({"ProfilePicture", "ReviewPicture"}): "one of a person, and one of several of a review",
    frozenset({"OrderNote", "UserNote"}): "notes of staff about an order, and about a person",
    frozenset({"NewOrderNote", "NewUserNote"}): "words about an order, and about a person",
    frozenset({"NewOrder", "NewPaymentIntent"}): "both begin with a checkout; either may ask for more one day",
}
"""Schemas of one structure, and why they are several."""


def references(value: Any) -> Iterator[str]:
    """Names of the schemas that `value` refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def structure(value: Any) -> Any:
    """A schema without what is said of it in words."""
    if isinstance(value, dict):
        words = {"title", "description", "examples", "example"}
        return {key: structure(inner) for key, inner in value.items() if key not in words or isinstance(inner, dict)}
    return [structure(inner) for inner in value] if isinstance(value, list) else value


def in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def test_an_operation_is_called_by_a_verb_and_a_noun() -> None:
    assert [name for name in IDS if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []


def test_no_operation_s_name_repeats_its_path_or_method() -> None:
    named_by_framework = re.compile(r"(^|_)(api|v\d+|admin_api)_|_(get|put|patch|delete)$")  # posts are what there is
    assert [name for name in IDS if named_by_framework.search(name)] == []


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_an_operation_s_verb_fits_its_method(method: str, path: str, operation: dict[str, Any]) -> None:
    verb = operation["operationId"].partition("_")[0]
    if method == "get":
        assert verb in READING
    elif method == "post":
        assert verb not in {"get", "list", "show", "read"}
    else:
        assert verb in VERBS[method]


def test_names_stay_apart_in_languages_that_write_them_otherwise() -> None:
    for names in (IDS, SCHEMAS):
        by_client = defaultdict(set)
        for name in names:
            by_client[in_camel_case(name).lower()].add(name)
        assert [taken for taken in by_client.values() if len(taken) > 1] == []
    assert len(IDS) == len(set(IDS))
    assert not [name for name in [*IDS, *SCHEMAS] if keyword.iskeyword(name)]


def test_a_schema_s_name_is_that_of_a_type() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []
    assert [name for name, schema in SCHEMAS.items() if schema.get("title") != name] == []


def test_no_schema_has_a_second_name() -> None:
    by_structure = defaultdict(set)
    for name, schema in SCHEMAS.items():
        by_structure[json.dumps(structure(schema), sort_keys=True)].add(name)
    assert {frozenset(names) for names in by_structure.values() if len(names) > 1} == EQUAL_ON_PURPOSE.keys()


def test_every_schema_is_used_and_every_used_one_is_there() -> None:
    assert set(references(DOCUMENT)) == SCHEMAS.keys()


def test_a_page_of_a_list_is_called_a_list() -> None:
    pages = {name for name, schema in SCHEMAS.items() if "next_cursor" in schema.get("properties", {})}
    assert len(pages) > 20
    assert [name for name in pages if not name.endswith("List")] == []


def test_an_answer_that_may_be_sparse_has_one_schema_and_says_so() -> None:
    sparse = [operation for _, _, operation in OPERATIONS if operation.get("x-sparse")]
    assert len(sparse) > 40
    for _, _, operation in OPERATIONS:
        takes_fields = "fields" in {parameter["name"] for parameter in operation.get("parameters", [])}
        assert takes_fields == operation.get("x-sparse", False)
    for operation in sparse:
        assert operation["responses"]["200"]["content"]["application/json"]["schema"].keys() == {"$ref"}


@pytest.mark.parametrize("context", context_names())
def test_a_context_describes_the_tags_that_it_uses(context: str) -> None:
    paths = application(context).openapi()["paths"]
    used = {tag for operations in paths.values() for operation in operations.values() for tag in operation["tags"]}
    assert used == manifests()[context].tags.keys()
