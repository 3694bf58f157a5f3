"""Which route takes a request, by API Gateway's order."""

import pytest

from infra.local.aws.routing import RouteTable
from infra.local.aws.topology import Route

TABLE = RouteTable(
    [
        Route("GET", "/pets/dog/1", "literal"),
        Route("GET", "/pets/dog/{id}", "variable"),
        Route("ANY", "/pets/dog/{id}", "variable_any"),
        Route("GET", "/pets/{proxy+}", "greedy"),
        Route("ANY", "/{proxy+}", "any_greedy"),
        Route("POST", "/users/me", "me"),
        Route("ANY", "/users/{user_id}/posts/{post_id}", "post"),
        Route("$default", "", "fallback"),
    ]
)


@pytest.mark.parametrize(
    ("method", "path", "function"),
    [
        ("GET", "/pets/dog/1", "literal"),
        ("GET", "/pets/dog/2", "variable"),
        ("POST", "/pets/dog/2", "variable_any"),
        ("GET", "/pets/cat/1/2", "greedy"),
        ("POST", "/pets/cat", "any_greedy"),
        ("GET", "/users/me", "any_greedy"),
        ("GET", "/", "fallback"),
    ],
)
def test_the_most_specific_route_takes_the_request(method: str, path: str, function: str) -> None:
    match = TABLE.match(method, path)

    assert match is not None
    assert match.route.function == function


def test_path_parameters_are_percent_decoded_and_may_hold_an_encoded_slash() -> None:
    match = TABLE.match("GET", "/users/%E4%B8%AD/posts/a%2Fb")

    assert match is not None
    assert match.parameters == {"user_id": "中", "post_id": "a/b"}


def test_a_greedy_parameter_holds_the_rest_of_the_path() -> None:
    match = TABLE.match("GET", "/pets/cat/1/2")

    assert match is not None
    assert match.parameters == {"proxy": "cat/1/2"}


def test_an_empty_segment_is_no_value_of_a_parameter() -> None:
    match = RouteTable([Route("GET", "/users/{user_id}", "user")]).match("GET", "/users/")

    assert match is None


def test_without_a_default_route_an_unknown_path_has_no_route() -> None:
    assert RouteTable([Route("GET", "/a", "a")]).match("GET", "/b") is None
