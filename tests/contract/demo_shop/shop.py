"""The demo shop as the tests look at it: made once, and read through the APIs of all contexts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.contract.applications import entry_point
from tests.support.lambda_client import LambdaClient

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "http://127.0.0.1:8123"
EMAIL, ADMIN_PASSWORD = "owner@example.com", "correct horse battery staple"


class Made(NamedTuple):
    """The demo shop as its process left it: in a database of its own, and what it says of it."""

    url: str
    result: dict[str, Any]


def signed_in(email: str, password: str) -> dict[str, str]:
    """The header of a user."""
    reply = LambdaClient(entry_point("identity")).post(
        "/api/v1/auth/login", json={"email": email, "password": password}
    )
    assert reply.status == 200, reply.body
    return {"Authorization": f"Bearer {reply.json()['access_token']}"}


def api(context: str, headers: dict[str, str] | None = None) -> LambdaClient:
    return LambdaClient(entry_point(context), headers)


def all_items(client: LambdaClient, path: str) -> Iterator[dict[str, Any]]:
    """Every item of a list, page by page."""
    cursor = ""
    while True:
        reply = client.get(f"{path}{'&' if '?' in path else '?'}limit=50{cursor}")
        assert reply.status == 200, reply.body
        yield from reply.json()["items"]
        if reply.json()["next_cursor"] is None:
            return
        cursor = f"&cursor={reply.json()['next_cursor']}"
