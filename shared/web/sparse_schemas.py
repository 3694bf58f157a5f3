"""OpenAPI of sparse fields: with `fields=` an answer, or each item of a page, has any of its members."""

from __future__ import annotations

from typing import Any

_REF = "#/components/schemas/"

Schema = dict[str, Any]


def allow_pruning(operation: Schema, components: dict[str, Schema]) -> None:
    """Where the operation takes `fields`, let its 200 answer be the whole document or a pruned one."""
    if not any(parameter["name"] == "fields" for parameter in operation.get("parameters", [])):
        return
    for media in operation["responses"]["200"]["content"].values():
        whole = media["schema"]
        if "$ref" in whole:
            media["schema"] = {"anyOf": [whole, _pruned(whole, components)]}


def _pruned(reference: Schema, components: dict[str, Schema]) -> Schema:
    """A reference to the schema's pruned twin, which is added to the components: a page keeps its own members."""
    name = reference["$ref"].removeprefix(_REF)
    twin = f"{name}_pruned"
    schema = components[name]
    properties = schema["properties"]
    if "next_cursor" in properties:
        items = properties["items"] | {"items": _pruned(properties["items"]["items"], components)}
        components[twin] = schema | {"title": twin, "properties": properties | {"items": items}}
    else:
        components[twin] = {key: value for key, value in schema.items() if key != "required"} | {"title": twin}
    return {"$ref": _REF + twin}
