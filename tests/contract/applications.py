"""What the HTTP functions offer, asked of the applications themselves."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from functools import cache

from fastapi.routing import APIRoute, iter_route_contexts

from infra.manifests import functions
from infra.openapi.applications import application, context_names
from shared.manifest import Ingest
from shared.permissions import Permission
from shared.web.openapi import permissions
from tests.support import database_logins
from tests.support.lambda_client import Handler

# Routes that a handler without FastAPI serves.
RAW_ROUTES = [
    (context, function.name, "POST", path)
    for _, context, function in functions()
    if isinstance(function, Ingest)
    for path in function.paths
]


@dataclass(frozen=True, order=True)
class Route:
    """One method of one path template, the handler that serves it, and the permissions that it declares."""

    context: str
    path: str
    method: str
    handler: str = "api"
    permissions: frozenset[Permission] = frozenset()

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def routes(context: str) -> tuple[Route, ...]:
    """Every route of the context's application and of its raw handlers."""
    found = [
        Route(context, route.path_format, method, permissions=frozenset(permissions(route.dependant)))
        for route in iter_route_contexts(application(context).routes)
        if isinstance(route.original_route, APIRoute)
        for method in route.methods
    ]
    found += [
        Route(owner, path, method, handler)
        for owner, handler, method, path in RAW_ROUTES
        if owner == context and _exists(owner, handler)
    ]
    return tuple(sorted(found))


def every_route() -> list[Route]:
    """The routes of all contexts."""
    return [route for context in context_names() for route in routes(context)]


def entry_point(context: str, handler: str = "api") -> Handler:
    """What Lambda calls, with its role logged in to the database."""
    found: Handler = importlib.import_module(f"functions.{context}.handlers.{handler}").handler
    database_logins.log_in_for(found)
    return found


def _exists(context: str, handler: str) -> bool:
    return importlib.util.find_spec(f"functions.{context}.handlers.{handler}") is not None
