"""S3 objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from shared.clients.aws import client

_NOT_FOUND: Final = 404


def put(bucket: str, key: str, body: bytes | IO[bytes], *, content_type: str, cache_control: str | None = None) -> None:
    """Write one object; encryption at rest is the bucket's default. An open file is not read into memory whole."""
    options: dict[str, Any] = {} if cache_control is None else {"CacheControl": cache_control}
    client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=content_type, **options)


def get(bucket: str, key: str, *, max_bytes: int) -> bytes:
    """Read one object whole. Raises ValueError when it is larger than `max_bytes`."""
    answer = client("s3").get_object(Bucket=bucket, Key=key)
    if answer["ContentLength"] > max_bytes:
        raise ValueError(f"object of {answer['ContentLength']} bytes, more than {max_bytes}")
    return answer["Body"].read()


def download(bucket: str, key: str, file: IO[bytes], *, max_bytes: int) -> None:
    """Copy one object into an open file, piece by piece. Raises ValueError when it is larger than `max_bytes`."""
    answer = client("s3").get_object(Bucket=bucket, Key=key)
    if answer["ContentLength"] > max_bytes:
        raise ValueError(f"object of {answer['ContentLength']} bytes, more than {max_bytes}")
    for piece in answer["Body"].iter_chunks(1024 * 1024):
        file.write(piece)
    file.seek(0)


def size(bucket: str, key: str) -> int | None:
    """Bytes of one object; None where there is none. (Without s3:ListBucket, S3 would not tell.)"""
    from botocore.exceptions import ClientError

    try:
        return client("s3").head_object(Bucket=bucket, Key=key)["ContentLength"]
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == _NOT_FOUND:
            return None
        raise


def delete(bucket: str, *keys: str) -> None:
    """Remove objects; one that is not there is removed already. Raises OSError where S3 refuses one of them."""
    for start in range(0, len(keys), 1000):  # of one call (S3 API reference, "DeleteObjects")
        answer = client("s3").delete_objects(
            Bucket=bucket,
            Delete={"Objects": [{"Key": key} for key in keys[start : start + 1000]], "Quiet": True},
        )
        if errors := answer.get("Errors"):
            raise OSError(f"{len(errors)} objects not removed: {errors[0].get('Code')}")


def keys(bucket: str, prefix: str, *, after: str = "") -> Iterator[list[str]]:
    """Keys below the prefix in their order, behind `after`, up to a thousand at a time."""
    pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, StartAfter=after)
    for page in pages:
        yield [entry["Key"] for entry in page.get("Contents", [])]
