"""One document of the contexts' documents. `python -m infra.openapi.merging FILE` writes it."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from infra.manifests import manifests
from infra.openapi.applications import application, context_names

Document = dict[str, Any]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
INFO: Final = {
    "title": "ShareStack",
    "version": "1",
    "description": (
        "Creators publish, communities discuss, vendors sell.\n\n"
        "Errors are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem documents with a stable `code`. Amounts"
        " are integers in the currency's minor unit. Lists are pages: follow `next_cursor`. Where an operation takes"
        " `fields` (it is marked `x-sparse`), the answer, or each item of a page, has the members named there only."
        " Sign in with `POST /api/v1/auth/login` and send the access token as a bearer token."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class MergeError(Exception):
    """Two contexts use one name for different things; the message names them."""


def merge(documents: Mapping[str, Document], tags: Mapping[str, Mapping[str, str]] | None = None) -> Document:
    """One document of the contexts' documents, by the contexts' names. Raises MergeError.

    What has one name in several documents must be the same, or different contexts would have to be told apart in the
    names of generated types. Operations and tags belong to one context each, and of a path each method; tags are those
    of the manifests.
    """
    tags = {name: manifest.tags for name, manifest in manifests().items()} if tags is None else tags
    paths: Document = {}
    components: dict[str, Document] = {}
    owners: dict[tuple[str, str], str] = {}
    for context, document in documents.items():
        for path, operations in document.get("paths", {}).items():
            for method in sorted(operations.keys() & set(METHODS)):
                _claim(owners, context, "path", f"{method.upper()} {path}")
                _claim(owners, context, "operation", operations[method]["operationId"])
            paths[path] = {**paths.get(path, {}), **operations}
        for tag in tags.get(context, {}):
            _claim(owners, context, "tag", tag)
        for kind, named in document.get("components", {}).items():
            for name, component in named.items():
                if components.setdefault(kind, {}).setdefault(name, component) != component:
                    raise MergeError(f"{kind}/{name} of {context} differs from that of {owners[kind, name]}")
                owners.setdefault((kind, name), context)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/", "description": "This system"}],
        "tags": [
            {"name": name, "description": description}
            for context in documents
            for name, description in tags.get(context, {}).items()
        ],
        "paths": dict(sorted(paths.items())),
        "components": {kind: dict(sorted(named.items())) for kind, named in sorted(components.items())},
    }


def whole() -> Document:
    """The merged document of every context that there is."""
    return merge({context: application(context).openapi() for context in context_names()})


def _claim(owners: dict[tuple[str, str], str], context: str, kind: str, name: str) -> None:
    if (kind, name) in owners:
        raise MergeError(f"The {kind} {name} of {context} is one of {owners[kind, name]} already")
    owners[kind, name] = context


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(whole(), indent=1, ensure_ascii=False) + "\n")
