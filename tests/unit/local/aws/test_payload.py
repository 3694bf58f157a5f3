"""API Gateway's payload format 2.0, both ways."""

import base64
from typing import Any

import orjson
import pytest

from infra.local.aws.payload import InvalidAnswerError, build_event, read_answer
from infra.local.aws.routing import Match
from infra.local.aws.topology import Route


def event(
    *,
    headers: list[tuple[bytes, bytes]] | None = None,
    body: bytes = b"",
    query: bytes = b"",
    path: bytes = b"/api/items/7",
) -> dict[str, Any]:
    scope = {
        "method": "POST",
        "raw_path": path,
        "query_string": query,
        "headers": [(b"host", b"127.0.0.1:8000"), *(headers or [])],
        "client": ("127.0.0.1", 5000),
        "server": ("127.0.0.1", 8000),
        "http_version": "1.1",
    }
    match = Match(Route("ANY", "/api/items/{id}", "demo.api"), {"id": "7"})
    document: dict[str, Any] = orjson.loads(build_event(scope, body, match, "request-1"))
    return document


def test_the_event_names_route_method_path_and_parameters() -> None:
    document = event()

    assert document["version"] == "2.0"
    assert document["routeKey"] == "ANY /api/items/{id}"
    assert document["rawPath"] == "/api/items/7"
    assert document["pathParameters"] == {"id": "7"}
    assert document["requestContext"]["http"]["method"] == "POST"
    assert document["requestContext"]["requestId"] == "request-1"
    assert document["requestContext"]["stage"] == "$default"


def test_repeated_headers_and_query_parameters_are_joined_with_commas() -> None:
    document = event(headers=[(b"x-a", b"1"), (b"x-a", b"2")], query=b"tag=red&tag=%E4%B8%AD&empty=")

    assert document["headers"]["x-a"] == "1,2"
    assert document["rawQueryString"] == "tag=red&tag=%E4%B8%AD&empty="
    assert document["queryStringParameters"] == {"tag": "red,中", "empty": ""}


def test_cookies_are_a_list_and_no_header() -> None:
    document = event(headers=[(b"cookie", b"a=1; b=2"), (b"cookie", b"c=3")])

    assert document["cookies"] == ["a=1", "b=2", "c=3"]
    assert "cookie" not in document["headers"]


def test_the_source_address_is_the_sockets_whatever_the_caller_claims() -> None:
    document = event(headers=[(b"x-forwarded-for", b"10.9.8.7")])

    assert document["requestContext"]["http"]["sourceIp"] == "127.0.0.1"
    assert document["headers"]["x-forwarded-for"] == "10.9.8.7, 127.0.0.1"


def test_the_function_that_renders_pages_asks_for_its_visitor() -> None:
    visitor = (b"x-forwarded-for", b"127.0.3.4")

    rendered = event(headers=[visitor, (b"x-origin-secret", b"local")])
    assert rendered["requestContext"]["http"]["sourceIp"] == "127.0.3.4"
    pretended = event(headers=[visitor, (b"x-origin-secret", b"guessed")])
    assert pretended["requestContext"]["http"]["sourceIp"] == "127.0.0.1"


@pytest.mark.parametrize("kind", [b"application/json", b"text/csv; charset=utf-8", b"application/problem+json"])
def test_text_is_passed_as_it_is(kind: bytes) -> None:
    document = event(headers=[(b"content-type", kind)], body='{"名": 1}'.encode())

    assert (document["body"], document["isBase64Encoded"]) == ('{"名": 1}', False)


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-type", b"image/png")],
        [(b"content-type", b"application/x-www-form-urlencoded")],
        [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")],
        [],
    ],
)
def test_anything_else_is_passed_in_base64(headers: list[tuple[bytes, bytes]]) -> None:
    document = event(headers=headers, body=b"\x89PNG")

    assert document["isBase64Encoded"] is True
    assert base64.b64decode(document["body"]) == b"\x89PNG"


def test_text_that_is_not_utf8_is_passed_in_base64() -> None:
    document = event(headers=[(b"content-type", b"text/plain")], body=b"\xff\xfe")

    assert document["isBase64Encoded"] is True


def test_an_answer_gives_status_headers_cookies_and_body() -> None:
    response = read_answer(
        orjson.dumps({"statusCode": 201, "headers": {"Location": "/x"}, "cookies": ["a=1", "b=2"], "body": "中"})
    )

    assert response.status == 201
    assert (b"location", b"/x") in response.headers
    assert [value for name, value in response.headers if name == b"set-cookie"] == [b"a=1", b"b=2"]
    assert response.body == "中".encode()


def test_a_base64_answer_is_decoded() -> None:
    answer = {"statusCode": 200, "body": base64.b64encode(b"\x00\x01").decode(), "isBase64Encoded": True}

    assert read_answer(orjson.dumps(answer)).body == b"\x00\x01"


@pytest.mark.parametrize(("answer", "body"), [("hello", b"hello"), ({"a": 1}, b'{"a":1}'), (None, b"null")])
def test_a_plain_answer_is_the_body_of_a_200(answer: object, body: bytes) -> None:
    response = read_answer(orjson.dumps(answer))

    assert response.status == 200
    assert response.body == body
    assert (b"content-type", b"application/json") in response.headers


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": "many"},
        {"statusCode": 99},
        {"statusCode": 200, "headers": {"x": "a\r\nset-cookie: b"}},
        {"statusCode": 200, "headers": ["x"]},
        {"statusCode": 200, "body": "!", "isBase64Encoded": True},
    ],
)
def test_a_malformed_answer_is_refused(answer: object) -> None:
    with pytest.raises(InvalidAnswerError):
        read_answer(orjson.dumps(answer))
