"""Query parameters read by one validator for all of them, and no others taken.

FastAPI reads them one by one, and finds out anew for each, at every request, what kind of type it has: about 10 µs a
parameter, a seventh of the time of a list with ten of them. What FastAPI documents stays as it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pydantic
from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, create_model

from shared.errors import FieldError, ValidationError

T = TypeVar("T")

_SHOWN: Final = 50
"""Characters of an unknown name that are told."""
_MOST: Final = 10
"""So many unknown names are told."""


def from_query(read: Callable[..., Awaitable[T]], *, beginning: str | None = None) -> Any:
    """The dependency `Depends(read)`, where every parameter of `read` is in the query, but for `request`.

    `read` itself looks for parameters whose names begin with `beginning`, where that is given.
    Raises RequestValidationError as FastAPI does; of a parameter that is given more than once the last one counts.
    """
    signature = inspect.signature(read, eval_str=True)
    wants_request = "request" in signature.parameters
    fields: dict[str, Any] = {
        name: (parameter.annotation, ... if parameter.default is parameter.empty else parameter.default)
        for name, parameter in signature.parameters.items()
        if name != "request"
    }
    model: type[BaseModel] = create_model(f"{read.__name__}_query", **fields)
    validate = model.__pydantic_validator__.validate_python

    async def parse(request: Request) -> T:
        try:
            given = validate(dict(request.query_params)).__dict__
        except pydantic.ValidationError as error:
            raise RequestValidationError(
                [{**found, "loc": ("query", *found["loc"])} for found in error.errors(include_url=False)]
            ) from error
        return await (read(request=request, **given) if wants_request else read(**given))

    documented: Any = parse
    documented.reads_query = read
    documented.beginning = beginning
    return Depends(parse)


async def refuse_unknown(request: Request) -> None:
    """Dependency of every route: a parameter that it does not have is a mistake, as an unknown field of a body is.

    Raises ValidationError.
    """
    if not request.scope["query_string"]:
        return
    route = request.scope["route"]
    try:
        known, beginnings = route.known_parameters
    except AttributeError:  # the route's first request with a query
        known, beginnings = route.known_parameters = _parameters(route)
    unknown = [name for name in request.query_params if name not in known and not name.startswith(beginnings)]
    if unknown:
        message = f"no such parameter; known: {', '.join(sorted(known)) or 'none'}"
        raise ValidationError.about([FieldError((name[:_SHOWN],), message, "query") for name in unknown[:_MOST]])


def _parameters(route: APIRoute) -> tuple[frozenset[str], tuple[str, ...]]:
    """The names of a route's parameters, and what those begin with whose names only the route itself knows."""
    names: set[str] = set()
    beginnings: set[str] = set()
    for dependant in _all(iter([route.dependant])):
        names.update(parameter.alias for parameter in dependant.query_params)
        read = getattr(dependant.call, "reads_query", None)
        if read is not None:
            names.update(parameter.alias for parameter in get_dependant(path="/", call=read).query_params)
            beginnings.update(filter(None, [getattr(dependant.call, "beginning", None)]))
    return frozenset(names), tuple(beginnings)


@contextmanager
def documented(dependants: Iterator[Dependant]) -> Iterator[None]:
    """While OpenAPI is made: let FastAPI see the parameters that `from_query` reads."""
    shown: list[Dependant] = []
    try:
        for dependant in _all(dependants):
            read = getattr(dependant.call, "reads_query", None)
            if read is not None and not dependant.query_params:
                dependant.query_params.extend(get_dependant(path="/", call=read).query_params)
                shown.append(dependant)
        yield
    finally:
        for dependant in shown:
            dependant.query_params.clear()


def _all(dependants: Iterator[Dependant]) -> Iterator[Dependant]:
    for dependant in dependants:
        yield dependant
        yield from _all(iter(dependant.dependencies))
