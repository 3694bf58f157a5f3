"""The gateway does with pages what the distribution of the templates says."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local.aws.distribution import Bucket, FunctionUrl, edge_functions, read_distribution
from infra.local.aws.environment import Outcome
from infra.local.aws.front import Front
from infra.local.aws.gateway import Gateway
from infra.local.aws.intrinsics import Assembly
from infra.local.aws.payload import Response
from infra.local.aws.topology import Topology, read_topology
from infra.local.host.log import Log
from tests.support.loops import run

SECURITY = "default-src 'none'; connect-src 'self' https://shop-media-1.s3.eu-west-1.amazonaws.com"
TEMPLATES: dict[str, dict[str, Any]] = {
    "Web": {
        "Resources": {
            "Render": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"FunctionName": "shop-web-render", "Handler": "entry.handler", "Timeout": 10},
            },
            "Upload": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"FunctionName": "shop-web-upload", "Handler": "handler.handler"},
            },
            "Url": {"Type": "AWS::Lambda::Url", "Properties": {"TargetFunctionArn": {"Fn::GetAtt": ["Render", "Arn"]}}},
        },
        "Outputs": {
            "Host": {"Value": {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": ["Url", "FunctionUrl"]}]}]}}
        },
    },
    "Front": {
        "Resources": {
            "Pages": {
                "Type": "AWS::CloudFront::Function",
                "Properties": {"Name": "shop-pages", "FunctionCode": "function handler(event) {}"},
            },
            "Cache": {
                "Type": "AWS::CloudFront::CachePolicy",
                "Properties": {
                    "CachePolicyConfig": {
                        "ParametersInCacheKeyAndForwardedToOrigin": {"HeadersConfig": {"Headers": ["x-page-path"]}}
                    }
                },
            },
            "Passed": {
                "Type": "AWS::CloudFront::OriginRequestPolicy",
                "Properties": {
                    "OriginRequestPolicyConfig": {"HeadersConfig": {"Headers": ["CloudFront-Viewer-Address"]}}
                },
            },
            "Headers": {
                "Type": "AWS::CloudFront::ResponseHeadersPolicy",
                "Properties": {
                    "ResponseHeadersPolicyConfig": {
                        "SecurityHeadersConfig": {"ContentSecurityPolicy": {"ContentSecurityPolicy": SECURITY}},
                        "CustomHeadersConfig": {"Items": [{"Header": "X-Robots-Tag", "Value": "noindex"}]},
                        "RemoveHeadersConfig": {"Items": [{"Header": "Cache-Tag"}]},
                    }
                },
            },
            "Distribution": {
                "Type": "AWS::CloudFront::Distribution",
                "Properties": {
                    "DistributionConfig": {
                        "Origins": [
                            {"Id": "api", "DomainName": "api.example", "CustomOriginConfig": {}},
                            {
                                "Id": "render",
                                "DomainName": {"Fn::GetStackOutput": {"StackName": "Web", "OutputName": "Host"}},
                                "CustomOriginConfig": {},
                                "OriginAccessControlId": "a",
                            },
                            {
                                "Id": "site",
                                "DomainName": {
                                    "Fn::Join": [
                                        "",
                                        ["site-", {"Ref": "AWS::AccountId"}, ".s3.eu-west-1.amazonaws.com"],
                                    ]
                                },
                                "S3OriginConfig": {},
                                "OriginAccessControlId": "b",
                            },
                            {"Id": "media", "DomainName": "media.s3.eu-west-1.amazonaws.com", "S3OriginConfig": {}},
                        ],
                        "OriginGroups": {
                            "Items": [
                                {
                                    "Id": "pages",
                                    "FailoverCriteria": {"StatusCodes": {"Items": [502, 503, 504]}},
                                    "Members": {"Items": [{"OriginId": "render"}, {"OriginId": "site"}]},
                                }
                            ]
                        },
                        "CacheBehaviors": [
                            {"PathPattern": "/api/*", "TargetOriginId": "api"},
                            {
                                "PathPattern": "/media/*",
                                "TargetOriginId": "media",
                                "ResponseHeadersPolicyId": "67f7725c-6f97-4210-82d7-5512b31e9d03",
                            },
                            {"PathPattern": "/assets/*", "TargetOriginId": "site"},
                        ],
                        "DefaultCacheBehavior": {
                            "TargetOriginId": "pages",
                            "CachePolicyId": {"Ref": "Cache"},
                            "OriginRequestPolicyId": {"Ref": "Passed"},
                            "ResponseHeadersPolicyId": {"Ref": "Headers"},
                            "FunctionAssociations": [{"FunctionARN": {"Fn::GetAtt": ["Pages", "FunctionARN"]}}],
                        },
                    }
                },
            },
        }
    },
}
ASSEMBLY = Assembly(TEMPLATES, {"cloud": "http://127.0.0.1:5000", "gateway": "http://127.0.0.1:8000"})
SITE = "site-123456789012"


@dataclass
class Objects:
    """Buckets in memory."""

    contents: dict[tuple[str, str], Response]

    async def read(self, bucket: str, key: str, *, keep: bool = False) -> Response:
        return self.contents.get((bucket, key), Response(403, [], b""))


@dataclass
class Functions:
    """The function of CloudFront sends every page to one address; the other answers what it is told to."""

    answers: list[Outcome] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    async def __call__(self, name: str, event: bytes) -> Outcome:
        sent = json.loads(event)
        if name == "front.pages":
            request = sent["request"]
            request["headers"]["x-page-path"] = {"value": request["uri"]}
            request["uri"] = "/index.html"
            request["querystring"].pop("utm_source", None)
            return outcome(request)
        self.events.append(sent)
        return self.answers.pop(0)


def outcome(answer: object, error: str | None = None) -> Outcome:
    return Outcome(json.dumps(answer).encode(), error, 1.0)


def page(status: int = 200, body: str = "rendered") -> Outcome:
    headers = {"content-type": "text/html; charset=utf-8", "cache-tag": "web,product:1"}
    return outcome({"statusCode": status, "headers": headers, "body": body})


@dataclass
class Fronted:
    front: Front
    functions: Functions

    def ask(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Response:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "client": ("203.0.113.7", 50310),
            "server": ("127.0.0.1", 8000),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }
        behavior = self.front.behavior(path)
        assert behavior is not None
        return run(self.front.answer(behavior, scope))


@pytest.fixture
def fronted(tmp_path: Path) -> Fronted:
    html = [(b"content-type", b"text/html"), (b"etag", b'"shell"')]
    objects = {
        (SITE, "index.html"): Response(200, html, b"<p>shell</p>" * 200),
        (SITE, "assets/a.js"): Response(200, [(b"content-type", b"text/javascript")], b"1"),
        ("media", "media/a.webp"): Response(200, [(b"content-type", b"image/webp")], b"RIFF" * 1_000),
    }
    distribution = read_distribution(ASSEMBLY)
    assert distribution is not None
    functions, log = Functions(), Log(tmp_path, (tmp_path / "stream").open("a"))
    objects_: Any = Objects(objects)
    return Fronted(Front(distribution, objects_, functions, log, files="http://127.0.0.1:5000"), functions)


def test_behaviours_are_those_of_the_distribution() -> None:
    distribution = read_distribution(ASSEMBLY)
    assert distribution is not None
    asked = {
        path: distribution.behavior(path).origins for path in ("/api/v1/cart", "/media/a", "/assets/a.js", "/p/mug")
    }
    assert asked == {
        "/api/v1/cart": (),
        "/media/a": (Bucket("media"),),
        "/assets/a.js": (Bucket(SITE),),
        "/p/mug": (FunctionUrl("web.render"), Bucket(SITE)),
    }
    assert distribution.site == Bucket(SITE)


def test_functions_in_javascript_are_those_at_an_address_and_those_of_cloudfront() -> None:
    functions = read_topology(ASSEMBLY).functions
    assert {name: function.handler for name, function in functions.items()} == {"web.render": "entry.handler"}
    [pages] = edge_functions(ASSEMBLY)
    assert (pages.function.name, pages.function.handler) == ("front.pages", "pages.handler")
    assert (pages.file, pages.code) == ("pages.mjs", "function handler(event) {}")


def test_a_page_is_rendered_without_cookies_and_tokens(fronted: Fronted) -> None:
    fronted.functions.answers = [page()]
    answer = fronted.ask("/p/mug", query="utm_source=mail&q=a+b&option.size=L", cookie="a=1", authorization="Bearer x")
    assert (answer.status, answer.body) == (200, b"rendered")
    [event] = fronted.functions.events
    assert (event["rawPath"], event["rawQueryString"]) == ("/index.html", "q=a+b&option.size=L")
    assert event["headers"]["x-page-path"] == "/p/mug"
    assert event["headers"]["cloudfront-viewer-address"] == "203.0.113.7:50310"
    assert not {"cookie", "authorization"} & set(event["headers"])
    assert "cookies" not in event


def test_a_page_gets_the_policy_s_headers_with_this_computer_s_addresses(fronted: Fronted) -> None:
    fronted.functions.answers = [page(404)]
    answer = fronted.ask("/p/none")
    headers = dict(answer.headers)
    assert answer.status == 404
    assert headers[b"content-security-policy"] == b"default-src 'none'; connect-src 'self' http://127.0.0.1:5000"
    assert headers[b"x-robots-tag"] == b"noindex"
    assert b"cache-tag" not in headers


@pytest.mark.parametrize(
    "failing",
    [outcome({"errorMessage": "x"}, "Error"), outcome({}, "timeout"), page(503), outcome({"statusCode": "what"})],
)
def test_the_shell_answers_where_a_page_cannot_be_rendered(fronted: Fronted, failing: Outcome) -> None:
    fronted.functions.answers = [failing]
    answer = fronted.ask("/p/mug")
    assert answer.status == 200
    assert answer.body.startswith(b"<p>shell</p>")
    assert b"content-security-policy" in dict(answer.headers)


def test_texts_are_compressed_for_who_takes_that_and_pictures_are_not(fronted: Fronted) -> None:
    fronted.functions.answers = [page(body="a" * 2_000), page(body="a" * 2_000)]
    compressed = fronted.ask("/", accept_encoding="gzip, br")
    assert dict(compressed.headers)[b"content-encoding"] == b"gzip"
    assert gzip.decompress(compressed.body) == b"a" * 2_000
    assert b"content-encoding" not in dict(fronted.ask("/").headers)
    assert fronted.ask("/media/a.webp", accept_encoding="gzip").body == b"RIFF" * 1_000


def test_pictures_are_no_pages(fronted: Fronted) -> None:
    picture, script = fronted.front.behavior("/media/a.webp"), fronted.front.behavior("/assets/a.js")
    assert picture is not None
    assert script is not None
    assert (fronted.front.is_page(picture), fronted.front.is_page(script)) == (False, True)
    assert dict(fronted.ask("/media/a.webp").headers)[b"x-content-type-options"] == b"nosniff"
    assert fronted.front.behavior("/api/v1/cart") is None


class Building:
    """Pages that are not there yet."""

    async def serve_instead(self, scope: Any, receive: Any, send: Any) -> bool:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"building"})
        return True


@pytest.mark.parametrize(("pages", "said"), [(None, "route_not_found"), (Building(), "building")])
def test_without_pages_their_addresses_are_the_api_s_and_until_they_are_built_nobody_s(
    fronted: Fronted, tmp_path: Path, pages: Any, said: str
) -> None:
    nothing: Any = None
    log = Log(tmp_path, (tmp_path / "stream").open("a"))
    gateway = Gateway(Topology({}), fronted.functions, log, nothing, front=fronted.front, pages=pages)

    async def get(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url="http://127.0.0.1") as client:
            return await client.get(path)

    assert said in run(get("/p/mug")).text
    assert said in run(get("/assets/a.js")).text
    assert run(get("/media/a.webp")).content.startswith(b"RIFF")
    assert run(get("/api/v1/none")).json()["code"] == "route_not_found"


def test_an_answer_that_is_known_is_not_sent_again_and_nothing_is_written_to_pages(fronted: Fronted) -> None:
    fronted.functions.answers = [page(503), page(503)]
    assert fronted.ask("/", if_none_match='"shell"').status == 304
    assert fronted.ask("/", "HEAD").body == b""
    assert fronted.ask("/", "POST").status == 403
