"""CloudFront's behaviours as the templates say them: what answers which path, what is asked before, what is added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Final, TypeAlias

from infra.local.aws.intrinsics import Assembly, Resource
from infra.local.aws.naming import FUNCTION_URL_HOST, edge_function_name, function_at_url
from infra.local.aws.topology import Function

# `SecurityHeadersPolicy` of CloudFront; of it, what means anything to a picture.
_MANAGED_HEADERS: Final = {"67f7725c-6f97-4210-82d7-5512b31e9d03": {b"x-content-type-options": b"nosniff"}}

# CloudFront allows a millisecond and two megabytes; a process of its own needs more.
_EDGE_SECONDS: Final = 5.0
_EDGE_MEMORY: Final = 128


@dataclass(frozen=True)
class Bucket:
    """An origin: objects, with the paths as their keys."""

    name: str


@dataclass(frozen=True)
class FunctionUrl:
    """An origin: a function, by its name."""

    function: str


Origin: TypeAlias = Bucket | FunctionUrl


@dataclass(frozen=True)
class HeadersPolicy:
    """What is put into every answer of a behaviour, and what is taken off; names in lower case."""

    added: Mapping[bytes, bytes] = field(default_factory=dict)
    removed: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Behavior:
    """`origins` are asked in turn while one answers with a status of `failures`; there are none for those of the API.

    `edge_function` is asked first. A function among the origins is told the headers in `forwarded`, and no others.
    """

    pattern: str
    origins: tuple[Origin, ...]
    failures: frozenset[int] = frozenset()
    edge_function: str | None = None
    forwarded: frozenset[str] = frozenset()
    headers: HeadersPolicy = HeadersPolicy()

    def matches(self, path: str) -> bool:
        return fnmatchcase(path, self.pattern)


@dataclass(frozen=True)
class Distribution:
    """Behaviours in the order in which CloudFront looks at them; the last one takes every path."""

    behaviors: Sequence[Behavior]

    def behavior(self, path: str) -> Behavior:
        return next(behavior for behavior in self.behaviors if behavior.matches(path))

    @property
    def site(self) -> Bucket | None:
        """The bucket of the pages: that of shells, which answer where a page cannot be rendered."""
        buckets = [origin for origin in self.behaviors[-1].origins if isinstance(origin, Bucket)]
        return buckets[-1] if buckets else None


def read_distribution(assembly: Assembly) -> Distribution | None:
    """What the templates' one distribution does; None where they have none."""
    for resource in assembly.resources("AWS::CloudFront::Distribution"):
        return Distribution(list(_Reader(assembly, resource).behaviors()))
    return None


@dataclass(frozen=True)
class EdgeFunction:
    """What CloudFront itself runs before it looks for a path; its handler's file is made of `code`, in JavaScript."""

    function: Function
    code: str

    @property
    def file(self) -> str:
        return f"{self.function.handler.partition('.')[0]}.mjs"


def edge_functions(assembly: Assembly) -> list[EdgeFunction]:
    """Those of the templates."""
    found = []
    for resource in assembly.resources("AWS::CloudFront::Function"):
        identity = assembly.identity(resource.stack, resource.logical_id)
        name = edge_function_name(identity.name)
        function = Function(
            name=name,
            physical_name=identity.name,
            handler=f"{name.partition('.')[2]}.handler",
            timeout=_EDGE_SECONDS,
            memory=_EDGE_MEMORY,
            environment={},
        )
        found.append(EdgeFunction(function, resource.properties["FunctionCode"]))
    return found


class _Reader:
    def __init__(self, assembly: Assembly, resource: Resource) -> None:
        self._assembly = assembly
        self._stack = resource.stack
        self._config = resource.properties["DistributionConfig"]

    def behaviors(self) -> Iterator[Behavior]:
        for entry in self._config.get("CacheBehaviors", ()):
            yield self._behavior(entry["PathPattern"], entry)
        if "DefaultCacheBehavior" in self._config:
            yield self._behavior("*", self._config["DefaultCacheBehavior"])
        else:
            yield Behavior("*", ())

    def _behavior(self, pattern: str, entry: dict[str, Any]) -> Behavior:
        found, failures = self._targets[entry["TargetOriginId"]]
        return Behavior(
            pattern,
            found,
            failures,
            edge_function=self._edge_function(entry),
            forwarded=self._forwarded(entry) if found else frozenset(),
            headers=self._headers(entry.get("ResponseHeadersPolicyId")) if found else HeadersPolicy(),
        )

    @cached_property
    def _targets(self) -> dict[str, tuple[tuple[Origin, ...], frozenset[int]]]:
        """Origins and groups of them by their ids; none for the API's."""
        single = {entry["Id"]: self._origin(entry) for entry in self._config["Origins"]}
        targets: dict[str, tuple[tuple[Origin, ...], frozenset[int]]] = {
            name: ((origin,) if origin else (), frozenset()) for name, origin in single.items()
        }
        for group in self._config.get("OriginGroups", {}).get("Items", ()):
            members = [single[member["OriginId"]] for member in group["Members"]["Items"]]
            failures = frozenset(group["FailoverCriteria"]["StatusCodes"]["Items"])
            targets[group["Id"]] = (tuple(origin for origin in members if origin), failures)
        return targets

    def _origin(self, entry: dict[str, Any]) -> Origin | None:
        if "S3OriginConfig" in entry:
            return Bucket(str(self._resolved(entry["DomainName"])).partition(".s3.")[0])
        host = str(self._resolved(entry["DomainName"])) if "OriginAccessControlId" in entry else ""
        if host.endswith(FUNCTION_URL_HOST):
            return FunctionUrl(function_at_url(host.removesuffix(FUNCTION_URL_HOST)))
        return None

    def _edge_function(self, entry: dict[str, Any]) -> str | None:
        for association in entry.get("FunctionAssociations", ()):
            return edge_function_name(str(self._resolved(association["FunctionARN"])).rpartition("/")[2])
        return None

    def _forwarded(self, entry: dict[str, Any]) -> frozenset[str]:
        """Names, in lower case, of the headers that policies of ours pass on to an origin."""
        names: list[str] = []
        for policy in self._policies("AWS::CloudFront::CachePolicy", entry.get("CachePolicyId")):
            settings = policy["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
            names += settings["HeadersConfig"].get("Headers", [])
        for policy in self._policies("AWS::CloudFront::OriginRequestPolicy", entry.get("OriginRequestPolicyId")):
            names += policy["OriginRequestPolicyConfig"]["HeadersConfig"].get("Headers", [])
        return frozenset(name.lower() for name in names)

    def _headers(self, policy_id: Any) -> HeadersPolicy:
        for policy in self._policies("AWS::CloudFront::ResponseHeadersPolicy", policy_id):
            config = self._resolved(policy)["ResponseHeadersPolicyConfig"]
            removed = config.get("RemoveHeadersConfig", {}).get("Items", ())
            return HeadersPolicy(
                {name.lower().encode(): value.encode() for name, value in _added(config)},
                frozenset(item["Header"].lower().encode() for item in removed),
            )
        return HeadersPolicy(_MANAGED_HEADERS.get(policy_id, {}) if isinstance(policy_id, str) else {})

    def _policies(self, kind: str, policy_id: Any) -> Iterator[dict[str, Any]]:
        """The policy of ours with this id; none where it is one of CloudFront's own."""
        if not isinstance(policy_id, dict):
            return
        for resource in self._assembly.resources(kind):
            if resource.logical_id == policy_id["Ref"]:
                yield resource.properties

    def _resolved(self, value: Any) -> Any:
        return self._assembly.resolve(self._stack, value)


def _added(config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    security = config.get("SecurityHeadersConfig", {})
    if "ContentSecurityPolicy" in security:
        yield "Content-Security-Policy", security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    if "ContentTypeOptions" in security:
        yield "X-Content-Type-Options", "nosniff"
    if "ReferrerPolicy" in security:
        yield "Referrer-Policy", security["ReferrerPolicy"]["ReferrerPolicy"]
    if transport := security.get("StrictTransportSecurity"):
        yield "Strict-Transport-Security", f"max-age={transport['AccessControlMaxAgeSec']}"
    for item in config.get("CustomHeadersConfig", {}).get("Items", ()):
        yield item["Header"], item["Value"]
