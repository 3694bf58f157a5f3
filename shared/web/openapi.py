"""OpenAPI 3.1 of one context: what FastAPI derives, plus the problem answers that every route shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from shared.permissions import Permission
from shared.web import authentication, query
from shared.web.problems import MEDIA_TYPE, Problem

Paths = dict[str, dict[str, Any]]
"""Path items (OpenAPI 3.1, section 4.8.8) by path."""

_ALWAYS: Final = {
    "429": "More requests than the limit allows",
    "500": "Something went wrong on our side",
    "503": "Something behind us does not answer; try again",
}
_SECURED: Final = {"401": "No access token, or one that is not valid"}
_ADDRESSED: Final = {"404": "There is no such resource, or none that the caller may see"}
_CHECKED: Final = {"400": "The request cannot be read", "422": "The request is not valid"}
_WITH_BODY: Final = {"413": "The body is too large", "415": "The body is not JSON"}


def install(app: FastAPI, *, before: Callable[[], None], other_paths: Callable[[], Paths] = dict) -> None:
    """Make `app.openapi()` return the completed document (made on first use, cached), after `before` was called.

    `other_paths` are described in full: nothing is added to them.
    """

    def completed() -> dict[str, Any]:
        if app.openapi_schema is None:
            before()
            with query.documented(_dependants(app)):
                document = get_openapi(
                    title=app.title, version=app.version, routes=app.routes, description=app.description
                )
            app.openapi_schema = _named_by_title(_complete(document))
            _add_access(app)
            app.openapi_schema["paths"] |= other_paths()
        return app.openapi_schema

    app.openapi = completed  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


def _dependants(app: FastAPI) -> Iterator[Dependant]:
    return (route.dependant for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute))


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {}).setdefault("schemas", {})
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components.update(schema.pop("$defs", {}))
    components["Problem"] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    for path, operations in document.get("paths", {}).items():
        for operation in operations.values():
            _require_idempotency_key(operation)
            _add_problems(path, operation)
            _mark_sparse(operation)
    return document


def _named_by_title(document: dict[str, Any]) -> dict[str, Any]:
    """The document with generic models under their own names: pydantic calls `Page[Order]` `Page_Order_` in
    references, whatever the model is called. Raises ValueError where several models have one name.
    """
    schemas = document["components"]["schemas"]
    titles = {name: schema["title"] for name, schema in schemas.items() if not name.isalnum()}
    uses = Counter(titles.get(name, name) for name in schemas)
    if several := [name for name, count in uses.items() if count > 1]:
        raise ValueError(f"several models are called {', '.join(several)}")

    def rewritten(value: Any) -> Any:
        if isinstance(value, list):
            return [rewritten(inner) for inner in value]
        if isinstance(value, dict):
            return {key: renamed(inner) if key == "$ref" else rewritten(inner) for key, inner in value.items()}
        return value

    def renamed(reference: Any) -> Any:
        if not isinstance(reference, str):  # a property that is called so
            return rewritten(reference)
        place, _, name = reference.rpartition("/")
        return f"{place}/{titles.get(name, name)}"

    result: dict[str, Any] = rewritten(document)
    named = result["components"]["schemas"]
    result["components"]["schemas"] = {titles.get(name, name): schema for name, schema in named.items()}
    return result


def permissions(dependant: Dependant) -> Iterator[Permission]:
    """What `requires` demands of the callers of a route."""
    permission = getattr(dependant.call, "permission", None)
    if isinstance(permission, Permission):
        yield permission
    for inner in dependant.dependencies:
        yield from permissions(inner)


def _add_access(app: FastAPI) -> None:
    """Say in the document which routes guests may call, and which need a permission (and so answer 403)."""
    paths = (app.openapi_schema or {}).get("paths", {})
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute) or route.path_format not in paths:
            continue
        for method in route.methods or ():
            operation = paths[route.path_format][method.lower()]
            if "security" in operation and not _needs_caller(route.dependant):
                operation["security"].append({})  # OpenAPI 3.1, section 4.8.10: makes security optional
            for permission in permissions(route.dependant):
                denied = _problem(f"The caller lacks the permission `{permission.value}`")
                operation["responses"].setdefault("403", denied)


def _needs_caller(dependant: Dependant) -> bool:
    return dependant.call is authentication.required or any(map(_needs_caller, dependant.dependencies))


def _mark_sparse(operation: dict[str, Any]) -> None:
    """The answer of a route that takes `fields` is documented as it is without: a schema with everything optional
    beside it would leave clients with types of which they know nothing. `x-sparse` says that members may be left out.
    """
    if any(parameter["name"] == "fields" for parameter in operation.get("parameters", [])):
        operation["x-sparse"] = True


def _require_idempotency_key(operation: dict[str, Any]) -> None:
    """The header is optional to FastAPI only so that its absence gets a problem document of its own."""
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "idempotency-key":
            schema = parameter["schema"]
            parameter |= {"name": "Idempotency-Key", "required": True, "schema": schema.get("anyOf", [schema])[0]}


def _add_problems(path: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    answers.pop("422", None)
    wanted = dict(_ALWAYS)
    if operation.get("security"):
        wanted |= _SECURED
    if "{" in path:
        wanted |= _ADDRESSED
    if operation.get("parameters") or "requestBody" in operation:
        wanted |= _CHECKED
    if "requestBody" in operation:
        wanted |= _WITH_BODY
    for status, description in wanted.items():
        answers.setdefault(status, {"description": description})
    for status, reply in answers.items():
        if status >= "400":
            answers[status] = reply | _problem(reply["description"])


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
