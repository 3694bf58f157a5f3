"""OpenAPI of the webhook, which no FastAPI serves (`functions/payments/handlers/receive_webhook.py`)."""

from __future__ import annotations

from typing import Any, Final

_POST: Final[dict[str, Any]] = {
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

_POST_OF_ANY: Final[dict[str, Any]] = {
    **_POST,
    "summary": "Receive a webhook of a payment provider",
    "description": "Called by the provider only: it must have signed the body, lately, in its own way.",
    "operationId": "receive_provider_webhook",
    "parameters": [
        {
            "name": "provider",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "maxLength": 20},
            "example": "stripe",
        }
    ],
    "responses": {
        **_POST["responses"],
        "404": {
            "description": "There is no such payment provider",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
    },
}

PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/payments/webhook": {"post": _POST},
    "/api/v1/payments/webhooks/{provider}": {"post": _POST_OF_ANY},
}
