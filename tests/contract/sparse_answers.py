"""Sparse answers, spelt out for a validator.

The document says `x-sparse` where an operation takes `fields`, and describes the answer without it: a client that
leaves members out knows which. A validator does not, so that it gets schemas of which any member may be missing.
"""

from __future__ import annotations

import copy
from typing import Any

_REF = "#/components/schemas/"

Schema = dict[str, Any]


def with_sparse_answers(document: Schema) -> Schema:
    """The document where the 200 answer of every sparse operation is the whole document or any part of it."""
    relaxed = copy.deepcopy(document)
    components = relaxed["components"]["schemas"]
    for operations in relaxed["paths"].values():
        for operation in operations.values():
            if operation.get("x-sparse"):
                for media in operation["responses"]["200"]["content"].values():
                    media["schema"] = {"anyOf": [media["schema"], _sparse(media["schema"], components)]}
    return relaxed


def _sparse(reference: Schema, components: dict[str, Schema]) -> Schema:
    """The schema without its `required`; of a page, which keeps its own members, the same of its items."""
    schema = components[reference["$ref"].removeprefix(_REF)]
    properties = schema["properties"]
    if "next_cursor" not in properties:
        return {key: value for key, value in schema.items() if key != "required"}
    items = properties["items"] | {"items": _sparse(properties["items"]["items"], components)}
    return schema | {"properties": properties | {"items": items}}
