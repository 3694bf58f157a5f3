"""S3 objects."""

from __future__ import annotations

from shared.clients.aws import client


def put(bucket: str, key: str, body: bytes, *, content_type: str) -> None:
    """Write one object; encryption at rest is the bucket's default."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=content_type)


def get(bucket: str, key: str, *, max_bytes: int) -> bytes:
    """Read one object whole. Raises ValueError when it is larger than `max_bytes`."""
    answer = client("s3").get_object(Bucket=bucket, Key=key)
    if answer["ContentLength"] > max_bytes:
        raise ValueError(f"object of {answer['ContentLength']} bytes, more than {max_bytes}")
    return answer["Body"].read()
