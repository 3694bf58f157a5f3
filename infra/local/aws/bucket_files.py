"""Objects of buckets as CloudFront reads them, by their paths.

What a bucket's policy lets CloudFront read is not asked: here its path decides, as the distribution's behaviour does.
"""

import asyncio
from typing import TYPE_CHECKING, Any, Final

from infra.local.aws.payload import Response

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DENIED: Final = Response(403, [(b"content-type", b"application/xml")], b"<Error><Code>AccessDenied</Code></Error>")
"""S3 does not tell who may not list a bucket that an object is missing."""
_FORWARDED_HEADERS: Final = {"ContentType": b"content-type", "CacheControl": b"cache-control", "ETag": b"etag"}
_KEPT_OBJECTS: Final = 500


class BucketFiles:
    """Reads objects, and keeps some."""

    def __init__(self, s3: "S3Client") -> None:
        self._s3 = s3
        self._kept: dict[tuple[str, str], Response] = {}

    async def read(self, bucket: str, key: str, *, keep: bool = False) -> Response:
        """The object, or what S3 says in its place. With `keep` one that never changes is read once."""
        kept = self._kept.get((bucket, key))
        if kept is not None:
            return kept
        response = await asyncio.to_thread(self._read, bucket, key)
        if keep and b"immutable" in dict(response.headers).get(b"cache-control", b""):
            if len(self._kept) >= _KEPT_OBJECTS:
                self._kept.clear()
            self._kept[bucket, key] = response
        return response

    def _read(self, bucket: str, key: str) -> Response:
        try:
            content: Any = self._s3.get_object(Bucket=bucket, Key=key)
        except self._s3.exceptions.NoSuchKey:
            return DENIED
        headers = [
            (header, str(content[name]).encode()) for name, header in _FORWARDED_HEADERS.items() if content.get(name)
        ]
        return Response(200, headers, content["Body"].read())
