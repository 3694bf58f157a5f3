"""Which route of the HTTP API takes a request: the most specific one, as API Gateway chooses.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from infra.local.aws.topology import Route


@dataclass(frozen=True)
class Match:
    """A route and the values of its path parameters."""

    route: Route
    parameters: dict[str, str]


@dataclass
class _Node:
    """One segment of the path templates: literal segments, one variable, one greedy variable."""

    literals: dict[str, "_Node"] = field(default_factory=dict)
    variable: "_Node | None" = None
    greedy: "_Node | None" = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


class RouteTable:
    """The routes as a tree of path segments, so that finding one takes as long as the path is deep."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self._default: Route | None = None
        for route in routes:
            if route.method == "$default":
                self._default = route
            else:
                self._add(route)

    def match(self, method: str, path: str) -> Match | None:
        """The route for a method and a (still percent-encoded) path; None when not even ``$default`` is defined.

        A literal segment beats a variable, a variable beats a greedy one, and the method itself beats ``ANY``.
        """
        match = _find(self._root, method, path.strip("/").split("/"), 0, ())
        if match is not None:
            return match
        return Match(self._default, {}) if self._default else None

    def _add(self, route: Route) -> None:
        node = self._root
        names: list[str] = []
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("{") and segment.endswith("+}"):
                names.append(segment[1:-2])
                node.greedy = node = node.greedy or _Node()
            elif segment.startswith("{") and segment.endswith("}"):
                names.append(segment[1:-1])
                node.variable = node = node.variable or _Node()
            else:
                node = node.literals.setdefault(segment, _Node())
        node.routes[route.method] = (route, tuple(names))


def _find(node: _Node, method: str, segments: list[str], index: int, values: tuple[str, ...]) -> Match | None:
    if index == len(segments):
        return _at(node, method, values)
    segment = segments[index]
    literal = node.literals.get(segment) or node.literals.get(unquote(segment))
    if literal is not None:
        match = _find(literal, method, segments, index + 1, values)
        if match is not None:
            return match
    if node.variable is not None and segment:
        match = _find(node.variable, method, segments, index + 1, (*values, unquote(segment)))
        if match is not None:
            return match
    if node.greedy is not None and segment:
        return _at(node.greedy, method, (*values, unquote("/".join(segments[index:]))))
    return None


def _at(node: _Node, method: str, values: tuple[str, ...]) -> Match | None:
    entry = node.routes.get(method) or node.routes.get("ANY")
    if entry is None:
        return None
    route, names = entry
    return Match(route, dict(zip(names, values, strict=True)))
