"""S3 objects."""

from __future__ import annotations

from typing import Final

from shared.clients.aws import client

_NOT_FOUND: Final = 404


def put(bucket: str, key: str, body: bytes, *, content_type: str) -> None:
    """Write one object; encryption at rest is the bucket's default."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=content_type)


def get(bucket: str, key: str, *, max_bytes: int) -> bytes:
    """Read one object whole. Raises ValueError when it is larger than `max_bytes`."""
    answer = client("s3").get_object(Bucket=bucket, Key=key)
    if answer["ContentLength"] > max_bytes:
        raise ValueError(f"object of {answer['ContentLength']} bytes, more than {max_bytes}")
    return answer["Body"].read()


def size(bucket: str, key: str) -> int | None:
    """Bytes of one object; None where there is none. (Without s3:ListBucket, S3 would not tell.)"""
    from botocore.exceptions import ClientError

    try:
        return client("s3").head_object(Bucket=bucket, Key=key)["ContentLength"]
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == _NOT_FOUND:
            return None
        raise
