"""Objects that CloudFront reads from a bucket, served here by the gateway at the same paths.

What a bucket's policy lets CloudFront read is not asked: here its path decides, as the distribution's behaviour does.
"""

import asyncio
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from infra.local.aws.intrinsics import Assembly
from infra.local.aws.payload import Response

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_DENIED: Final = Response(403, [(b"content-type", b"application/xml")], b"<Error><Code>AccessDenied</Code></Error>")
"""S3 does not tell who may not list a bucket that an object is missing."""
_FORWARDED_HEADERS: Final = {"ContentType": b"content-type", "CacheControl": b"cache-control", "ETag": b"etag"}


@dataclass(frozen=True)
class BucketPath:
    """Paths that CloudFront reads from a bucket: those that begin with the prefix, as its objects' keys do."""

    prefix: str
    bucket: str


def bucket_paths(assembly: Assembly) -> list[BucketPath]:
    """What the distribution's behaviours say."""
    paths = []
    for resource in assembly.resources("AWS::CloudFront::Distribution"):
        config = resource.properties["DistributionConfig"]
        buckets = {
            origin["Id"]: str(assembly.resolve(resource.stack, origin["DomainName"])).partition(".s3.")[0]
            for origin in config["Origins"]
            if "S3OriginConfig" in origin
        }
        paths += [
            BucketPath(behavior["PathPattern"].removesuffix("*"), buckets[behavior["TargetOriginId"]])
            for behavior in config.get("CacheBehaviors", ())
            if behavior["TargetOriginId"] in buckets
        ]
    return paths


class BucketFiles:
    """The paths of the distribution that lead to buckets."""

    def __init__(self, paths: Sequence[BucketPath], s3: "S3Client") -> None:
        self._paths = paths
        self._s3 = s3

    def serves(self, path: str) -> bool:
        """Whether the path leads to a bucket."""
        return self._bucket(path) is not None

    async def answer(self, scope: MutableMapping[str, Any]) -> Response:
        """The object at the path of an ASGI request."""
        path: str = scope["path"]
        bucket = self._bucket(path)
        if bucket is None or scope["method"] not in ("GET", "HEAD"):
            return _DENIED
        response = await asyncio.to_thread(self._read, bucket, path.removeprefix("/"))
        known = [value for name, value in scope["headers"] if name == b"if-none-match"]
        if known and known[0] == dict(response.headers).get(b"etag"):
            return Response(304, response.headers, b"")
        return Response(response.status, response.headers, b"") if scope["method"] == "HEAD" else response

    def _bucket(self, path: str) -> str | None:
        return next((candidate.bucket for candidate in self._paths if path.startswith(candidate.prefix)), None)

    def _read(self, bucket: str, key: str) -> Response:
        try:
            content: Any = self._s3.get_object(Bucket=bucket, Key=key)
        except self._s3.exceptions.NoSuchKey:
            return _DENIED
        headers = [
            (header, str(content[name]).encode()) for name, header in _FORWARDED_HEADERS.items() if content.get(name)
        ]
        return Response(200, [*headers, (b"x-content-type-options", b"nosniff")], content["Body"].read())
