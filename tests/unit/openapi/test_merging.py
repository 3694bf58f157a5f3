"""One OpenAPI document of the contexts' documents."""

from __future__ import annotations

from typing import Any

import pytest

from infra.openapi.merging import MergeError, merge


def described(path: str, schemas: dict[str, Any], operation_id: str | None = None) -> dict[str, Any]:
    """A context's document with one route, which answers its schema `Item`."""
    answer = {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}}
    operation = {"operationId": operation_id or f"get{path.replace('/', '_')}", "responses": answer}
    return {"paths": {path: {"get": operation}}, "components": {"schemas": schemas}}


def test_equal_components_become_one() -> None:
    item = {"type": "string"}
    merged = merge({"catalog": described("/a", {"Item": item}), "ordering": described("/b", {"Item": item})})
    assert merged["components"]["schemas"] == {"Item": item}
    assert set(merged["paths"]) == {"/a", "/b"}


def test_different_components_of_one_name_are_an_error_that_names_both_contexts() -> None:
    first, second = {"type": "string"}, {"type": "integer"}
    contexts = {"catalog": described("/a", {"Item": first}), "ordering": described("/b", {"Item": second})}
    with pytest.raises(MergeError, match="schemas/Item of ordering differs from that of catalog"):
        merge(contexts)


def test_one_path_in_two_contexts_is_an_error() -> None:
    contexts = {name: described("/a", {"Item": {}}, f"get_{name}") for name in ("catalog", "ordering")}
    with pytest.raises(MergeError, match="path GET /a of ordering"):
        merge(contexts)


def test_one_operation_id_in_two_contexts_is_an_error() -> None:
    contexts = {name: described(f"/{name}", {"Item": {}}, "list_items") for name in ("catalog", "ordering")}
    with pytest.raises(MergeError, match="operation list_items of ordering"):
        merge(contexts)


def test_one_operation_id_twice_in_a_context_is_an_error() -> None:
    document = described("/a", {"Item": {}}, "list_items")
    document["paths"]["/b"] = document["paths"]["/a"]
    with pytest.raises(MergeError, match="operation list_items of catalog"):
        merge({"catalog": document})


def test_tags_are_described_in_the_contexts_order_and_belong_to_one_of_them() -> None:
    contexts = {name: described(f"/{name}", {"Item": {}}) for name in ("catalog", "ordering")}
    tags = {"ordering": {"cart": "The cart."}, "catalog": {"products": "Products."}}
    assert [tag["name"] for tag in merge(contexts, tags)["tags"]] == ["products", "cart"]
    with pytest.raises(MergeError, match="tag cart of ordering"):
        merge(contexts, {"ordering": {"cart": "The cart."}, "catalog": {"cart": "Another."}})
