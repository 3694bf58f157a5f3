"""OpenAPI 3.1 of one context: what FastAPI derives, plus the problem answers that every route shares."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from shared.web.problems import MEDIA_TYPE, Problem

_ALWAYS: Final = {"429": "More requests than the limit allows", "500": "Something went wrong on our side"}
_SECURED: Final = {"401": "No access token, or one that is not valid"}
_CHECKED: Final = {"400": "The request cannot be read", "422": "The request is not valid"}
_WITH_BODY: Final = {"413": "The body is too large", "415": "The body is not JSON"}


def install(app: FastAPI) -> None:
    """Make `app.openapi()` return the completed document (made on first use, kept)."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(
                get_openapi(title=app.title, version=app.version, routes=app.routes, description=app.description)
            )
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {}).setdefault("schemas", {})
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components.update(schema.pop("$defs", {}))
    components["Problem"] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    for path in document.get("paths", {}).values():
        for operation in path.values():
            _add_problems(operation)
    return document


def _add_problems(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    answers.pop("422", None)
    wanted = dict(_ALWAYS)
    if operation.get("security"):
        wanted |= _SECURED
    if operation.get("parameters") or "requestBody" in operation:
        wanted |= _CHECKED
    if "requestBody" in operation:
        wanted |= _WITH_BODY
    for status, description in wanted.items():
        answers.setdefault(status, {"description": description})
    for status, reply in answers.items():
        if status >= "400":
            reply["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
