"""Routes that an environment makes when somebody asks for one of them, not in INIT.

A route and its models cost about 2 ms of INIT, which every environment pays; most never see an administrator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp, Receive, Scope, Send

ADMINISTRATION: Final = "/api/v1/admin/"


@dataclass(frozen=True, slots=True)
class Deferred:
    """`make` imports the routers and returns them; all their paths begin with `prefix`, or with one of several."""

    make: Callable[[], Sequence[APIRouter]]
    prefix: str | tuple[str, ...] = ADMINISTRATION

    def routers(self) -> Sequence[APIRouter]:
        """The routers. Raises ValueError for a path that would never be reached."""
        made = self.make()
        for router in made:
            for route in iter_route_contexts(router.routes):
                if not (route.path_format or "").startswith(self.prefix):
                    raise ValueError(f"{route.path_format} does not begin with {self.prefix}")
        return made


class LoadDeferred:
    """ASGI: calls `load` before the first request under the prefix goes on."""

    def __init__(self, app: ASGIApp, prefix: str | tuple[str, ...], load: Callable[[], None]) -> None:
        self.app = app
        self.prefix = prefix
        self.load = load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self.prefix):
            self.load()
        await self.app(scope, receive, send)
