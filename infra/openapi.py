"""The OpenAPI document of the whole system, merged from every context's: `make openapi` writes it.

It stands among the sources of operations, which serves it, so that serving costs no import of the other contexts. A
test asserts that it is current.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "functions" / "operations" / "openapi.json"

Document = dict[str, Any]

INFO: Final = {
    "title": "ShareStack",
    "version": "1",
    "description": (
        "Creators publish, communities discuss, vendors sell.\n\n"
        "Errors are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem documents with a stable `code`. Amounts"
        " are integers in the currency's minor unit. Lists are pages: follow `next_cursor`. Sign in with"
        " `POST /api/v1/auth/login` and send the access token as a bearer token."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}

TAGS: Final = {
    "auth": "Registration, sign-in, tokens.",
    "users": "The caller's account.",
    "privacy": "What the caller agreed to, copies of their data, the end of their account.",
    "keys": "Public keys of access tokens.",
    "catalog": "Products and categories.",
    "cart": "The cart and its checkout.",
    "orders": "The caller's orders.",
    "payments": "Payment intents and their history.",
    "payment-methods": "What the caller has saved at the payment provider.",
    "payments-admin": "Payments and refunds, for administrators.",
    "disputes": "What cardholders' banks ask back, for administrators.",
    "fraud": "What the fraud rules decided, for administrators.",
    "ledger": "The double-entry books, for administrators.",
    "reconciliations": "The provider's books held against ours, for administrators.",
    "recommendations": "What goes with a product, and what the caller may like.",
    "reviews": "Reviews of products, and votes for them.",
    "reviews-admin": "Reviews, for moderators and the shop.",
    "wishlist": "What the caller wishes for.",
    "media": "Pictures that people upload, and what becomes of them.",
    "downloads": "Files of what the caller has bought.",
    "catalog-admin": "Products, for administrators; import.",
    "orders-admin": "Orders and shipments, for administrators.",
    "returns": "What comes back: asked for by customers, decided and received by administrators.",
    "pricing-admin": "Coupons, shipping rates and tax rates, for administrators.",
    "analytics": "What the shop sells, for administrators.",
    "users-admin": "Accounts, for administrators.",
    "audit": "Who did what to what, for administrators.",
    "operations": "Health and documentation.",
}

# The webhook's ingest has no FastAPI that could describe it (`functions/payments/handlers/receive_webhook.py`).
WEBHOOK_PATH: Final = "/api/v1/payments/webhook"
WEBHOOK: Final[Document] = {
    "post": {
        "tags": ["payments"],
        "summary": "Receive a webhook of Stripe",
        "description": (
            "Called by Stripe only: the signature over the raw body must be ours and at most 300 seconds old. Answers"
            " as soon as the event is queued; its effects follow."
        ),
        "operationId": "receive_stripe_webhook",
        "parameters": [
            {
                "name": "Stripe-Signature",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "maxLength": 2000},
                "example": "t=1795162500,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"type": "object", "description": "An event object of Stripe"},
                    "example": {
                        "id": "evt_1SVb3q2eZvKYlo2C9Xw0Yd3f",
                        "object": "event",
                        "type": "payment_intent.succeeded",
                        "created": 1795162500,
                        "data": {"object": {"id": "pi_3SVb3o2eZvKYlo2C1bqG7xYz", "object": "payment_intent"}},
                    },
                }
            },
        },
        "responses": {
            "200": {
                "description": "Queued",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {"received": {"const": True}},
                            "required": ["received"],
                        }
                    }
                },
            },
            **{
                status: {
                    "description": description,
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for status, description in {
                    "400": "Forged, stale or malformed",
                    "413": "The body is too large",
                    "500": "Something went wrong on our side",
                    "503": "The event could not be queued; Stripe sends it again",
                }.items()
            },
        },
    }
}


class MergeError(Exception):
    """Two contexts say different things at one place; the message names them."""


def context_names() -> list[str]:
    """Contexts that have an HTTP application: `functions/<context>/handlers/api.py`."""
    return sorted(path.parts[-3] for path in ROOT.glob("functions/*/handlers/api.py"))


def application(context: str) -> FastAPI:
    """The FastAPI application behind the context's routes."""
    app = importlib.import_module(f"functions.{context}.handlers.api").app
    assert isinstance(app, FastAPI)
    app.state.load_deferred()
    return app


def merge(documents: Mapping[str, Document]) -> Document:
    """One document of the contexts' documents. Raises MergeError.

    Components of one name are one component where they are equal; otherwise every context's gets its context's name in
    front. Paths must differ.
    """
    ambiguous = _ambiguous_components(documents)
    paths: Document = {}
    components: Document = {}
    for context, original in documents.items():
        document = _prefixed(original, context, ambiguous)
        for path, operations in document.get("paths", {}).items():
            if path in paths:
                raise MergeError(f"{path} is described by {context} and by another context")
            paths[path] = operations
        for kind, named in document.get("components", {}).items():
            components.setdefault(kind, {}).update(named)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/", "description": "This system"}],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {kind: dict(sorted(named.items())) for kind, named in sorted(components.items())},
    }


def whole() -> Document:
    """The merged document of every context that exists."""
    documents = {context: application(context).openapi() for context in context_names()}
    merged = merge(documents)
    if "payments" in documents:
        merged["paths"] = dict(sorted({**merged["paths"], WEBHOOK_PATH: WEBHOOK}.items()))
    return merged


def rendered(document: Document) -> str:
    """The document as it stands in the file: one line per value, for readable differences."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _ambiguous_components(documents: Mapping[str, Document]) -> set[tuple[str, str]]:
    """Kind and name of the components that different contexts describe differently."""
    first: dict[tuple[str, str], Any] = {}
    ambiguous: set[tuple[str, str]] = set()
    for document in documents.values():
        for kind, name, component in _components(document):
            if first.setdefault((kind, name), component) != component:
                ambiguous.add((kind, name))
    # A component that names an ambiguous one means different things, too.
    while True:
        more = {
            (kind, name)
            for document in documents.values()
            for kind, name, component in _components(document)
            if (kind, name) not in ambiguous and any(target in ambiguous for target in _targets(component))
        }
        if not more:
            return ambiguous
        ambiguous |= more


def _components(document: Document) -> Iterator[tuple[str, str, Any]]:
    for kind, named in document.get("components", {}).items():
        for name, component in named.items():
            yield kind, name, component


def _targets(value: Any) -> Iterator[tuple[str, str]]:
    """Kind and name of every component that `value` refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            kind, name = value["$ref"].split("/")[-2:]
            yield kind, name
        for inner in value.values():
            yield from _targets(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _targets(inner)


def _prefixed(document: Document, context: str, ambiguous: set[tuple[str, str]]) -> Document:
    """The document with its ambiguous components, and what refers to them, named after the context."""

    def renamed(kind: str, name: str) -> str:
        return f"{context.title()}{name}" if (kind, name) in ambiguous else name

    def rewritten(value: Any) -> Any:
        if isinstance(value, list):
            return [rewritten(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        result = {key: rewritten(inner) for key, inner in value.items()}
        if isinstance(value.get("$ref"), str):
            start, kind, name = value["$ref"].rsplit("/", 2)
            result["$ref"] = f"{start}/{kind}/{renamed(kind, name)}"
        return result

    result: Document = rewritten(document)
    result["components"] = {
        kind: {renamed(kind, name): component for name, component in named.items()}
        for kind, named in result.get("components", {}).items()
    }
    return result


def main() -> None:
    """Write the document."""
    os.environ["LOG_LEVEL"] = "CRITICAL"  # handlers report in INIT that there is no database: here there is none
    TARGET.write_text(rendered(whole()))
    print(f"{TARGET.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
