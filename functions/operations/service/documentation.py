"""The merged OpenAPI document (made by `infra/openapi`), the page that shows it, and what it knows of addresses."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from functions.operations.settings import ApiSettings
from shared import settings

_CONTEXT: Final = Path(__file__).parent.parent
_PAGES: Final = _CONTEXT / "pages"
_SWAGGER_UI: Final = "fastapi_swagger.resources"
"""A package that brings Swagger UI (Apache-2.0) as files: the page works without the internet."""


METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""Keys of a path item that are methods (OpenAPI 3.1, section 4.8.9)."""


class File(NamedTuple):
    """What is sent for one name."""

    body: bytes
    media_type: str


_JAVASCRIPT: Final = "text/javascript; charset=utf-8"
_CSS: Final = "text/css; charset=utf-8"

_ASSETS: Final[dict[str, tuple[str, str | Path, str]]] = {
    "page.js": ("page.js", _PAGES, _JAVASCRIPT),
    "page.css": ("page.css", _PAGES, _CSS),
    "swagger-ui.js": ("swagger-ui-bundle.js", _SWAGGER_UI, _JAVASCRIPT),
    "swagger-ui.css": ("swagger-ui.css", _SWAGGER_UI, _CSS),
    "favicon.png": ("favicon-32x32.png", _SWAGGER_UI, "image/png"),
}


@cache
def openapi() -> bytes:
    """The document as JSON, without the file's line breaks."""
    file = Path(settings.load(ApiSettings).openapi_file)
    return orjson.dumps(orjson.loads(file.read_bytes()))


@cache
def page() -> bytes:
    """The HTML page."""
    return (_PAGES / "docs.html").read_bytes()


@cache
def asset(name: str) -> File | None:
    """One of the page's files, or None: names are looked up, never joined to a path."""
    if name not in _ASSETS:
        return None
    file, place, media_type = _ASSETS[name]
    folder: Traversable = resources.files(place) if isinstance(place, str) else place
    return File(folder.joinpath(file).read_bytes(), media_type)


def methods_at(path: str) -> list[str]:
    """The methods that the document knows at an address; none where it knows no such address."""
    return next((methods for template, methods in _templates() if template.fullmatch(path)), [])


@cache
def _templates() -> list[tuple[re.Pattern[str], list[str]]]:
    """Concrete addresses before templated ones (OpenAPI 3.1, section 4.8.8)."""
    paths: dict[str, dict[str, object]] = orjson.loads(openapi())["paths"]
    return [
        (
            re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template))),
            sorted(method.upper() for method in operations if method in METHODS),
        )
        for template, operations in sorted(paths.items(), key=lambda item: item[0].count("{"))
    ]
