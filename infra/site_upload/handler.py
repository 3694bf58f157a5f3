"""Puts the built pages into their bucket while they are deployed: assets first, then what names them.

Nothing is removed at once, for pages that caches and browsers keep name the assets of their own build. What the present
build does not have is written once more with a tag, from which its age counts, and the bucket lets such objects expire.
A package of its own, of this one file and the pages: boto3 is what Lambda's runtime brings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

SITE = Path(__file__).parent / "site"
CONFIGURATION = "config.json"

SUPERSEDED = "superseded"
"""Tag of what an earlier build left; `infra/constructs/web_bucket.py` lets it expire."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_AT_ONCE = 8


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Invoked by the deployment, whenever the pages or their configuration have changed."""
    import boto3

    return upload(boto3.client("s3"), os.environ["BUCKET"], SITE, json.loads(os.environ["CONFIGURATION"]))


def upload(s3: Any, bucket: str, site: Path, configuration: dict[str, Any]) -> dict[str, Any]:
    """Make `bucket` hold the files below `site`, and `config.json`; gives how many were written and superseded.

    Raises botocore's errors.
    """
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assets = sorted(key for key in files if _is_asset(key))
    others = sorted(set(files) - set(assets))
    with ThreadPoolExecutor(_AT_ONCE) as pool:

        def put(keys: list[str]) -> None:
            list(pool.map(lambda key: _put(s3, bucket, key, files[key].read_bytes()), keys))

        put(assets)
        put(others)
        _put(s3, bucket, CONFIGURATION, json.dumps(configuration).encode())
        left = [key for key in _keys(s3, bucket) if key not in files and key != CONFIGURATION]
        superseded = sum(pool.map(lambda key: _supersede(s3, bucket, key), left))
    return {"written": len(files) + 1, "superseded": superseded}


def lifetime(key: str) -> str:
    """Cache-Control of an object. An asset's name stands for its content. Documents are asked for again each time, by
    browsers; CloudFront keeps them for a minute. What stands in for a page that could not be rendered is not kept: the
    next visitor gets the page.
    """
    if _is_asset(key):
        return "public, max-age=31536000, immutable"
    if key.endswith("fallback.html"):
        return "no-store"
    if key.endswith(".html"):
        return "public, max-age=0, s-maxage=60, must-revalidate"
    return "public, max-age=60" if key in (CONFIGURATION, "theme.js") else "public, max-age=86400"


def _is_asset(key: str) -> bool:
    return "assets" in key.split("/")[:-1]


def _type(key: str) -> str:
    return _TYPES.get(os.path.splitext(key)[1], "application/octet-stream")


def _put(s3: Any, bucket: str, key: str, content: bytes) -> None:
    s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType=_type(key), CacheControl=lifetime(key))


def _keys(s3: Any, bucket: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from (item["Key"] for item in page.get("Contents", ()))


def _supersede(s3: Any, bucket: str, key: str) -> bool:
    """Write an object once more, as superseded; False where that was done by an earlier deployment."""
    if s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]:
        return False
    s3.copy_object(
        Bucket=bucket,
        Key=key,
        CopySource={"Bucket": bucket, "Key": key},
        # A copy onto itself must change something else than its tags.
        MetadataDirective="REPLACE",
        ContentType=_type(key),
        CacheControl=lifetime(key),
        TaggingDirective="REPLACE",
        Tagging=f"build={SUPERSEDED}",
    )
    return True
