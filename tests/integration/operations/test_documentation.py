"""The OpenAPI document, its page, and addresses that no route has, through the handler."""

from __future__ import annotations

import re

import pytest

from functions.operations.handlers.api import handler
from functions.operations.service import documentation
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient

pytestmark = pytest.mark.usefixtures("db", "openapi_file")


@pytest.fixture
def client(aws: Cloud) -> LambdaClient:
    return LambdaClient(handler)


def test_the_document_is_served_and_cached(client: LambdaClient) -> None:
    reply = client.get("/openapi.json")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.json()["openapi"].startswith("3.1")
    assert "/api/v1/products" in reply.json()["paths"]
    assert reply.headers["cache-control"].startswith("public")
    assert client.get("/openapi.json", headers={"If-None-Match": reply.headers["etag"]}).status == 304


def test_the_page_needs_nothing_from_elsewhere(client: LambdaClient) -> None:
    reply = client.get("/docs")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    html = reply.body.decode()
    assert re.findall(r'(?:src|href)="(?!/)', html) == []
    needed = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert len(needed) >= 5
    for address in needed:
        assert client.get(address).status == 200, address


def test_the_page_runs_its_own_scripts_only(client: LambdaClient) -> None:
    reply = client.get("/docs")
    policy = dict(part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert re.findall(r"<script(?![^>]*src=)", reply.body.decode()) == [], "no inline script"
    other = client.get("/openapi.json").headers["content-security-policy"]
    assert "script-src" not in other, "the exception is for the page only"


def test_the_large_script_is_compressed_and_fits_an_answer_of_lambda(client: LambdaClient) -> None:
    reply = client.get("/docs/swagger-ui.js")
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["content-encoding"] == "gzip"
    assert b"SwaggerUIBundle" in reply.body
    assert int(reply.headers["content-length"]) < 1_000_000


@pytest.mark.parametrize(
    "name", ["page.html", "..%2fopenapi.json", "..%2f..%2f..%2fetc%2fpasswd", "docs.html", "x" * 40]
)
def test_files_are_known_by_name_only(name: str, client: LambdaClient) -> None:
    reply = client.get(f"/docs/{name}")
    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "OPTIONS"])
def test_an_unknown_address_is_a_problem_document_for_every_method(method: str, client: LambdaClient) -> None:
    reply = client.request(method, "/api/v1/nothing/here")
    assert (reply.status, reply.json()["code"]) == (404, "route_not_found")
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-correlation-id"] == reply.json()["correlation_id"]
    assert reply.json()["instance"] == "/api/v1/nothing/here"


def test_a_head_request_to_nowhere_has_no_body(client: LambdaClient) -> None:
    reply = client.request("HEAD", "/nothing")
    assert (reply.status, reply.body) == (404, b"")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/v1/payments/webhook", "POST"),
        ("DELETE", "/api/v1/products/clay-pot", "GET"),
        ("POST", "/health", "GET"),
    ],
)
def test_a_known_address_with_another_method_answers_405_and_says_what_is_allowed(
    method: str, path: str, allowed: str, client: LambdaClient
) -> None:
    reply = client.request(method, path)
    assert (reply.status, reply.json()["code"]) == (405, "method_not_allowed")
    assert reply.headers["allow"] == allowed


def test_templates_match_whole_segments_and_nothing_more() -> None:
    assert documentation.methods_at("/api/v1/orders") == ["GET", "POST"]
    assert documentation.methods_at("/api/v1/orders/1/2") == []
    assert documentation.methods_at("/apiXv1/orders") == []
    assert documentation.methods_at("/docs/{asset}") == ["GET"]


def test_the_documentation_is_rate_limited_as_every_public_route(client: LambdaClient) -> None:
    assert client.get("/docs").headers["ratelimit-limit"] == "100"
