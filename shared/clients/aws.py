"""boto3 clients, made on first use and kept: importing boto3 and making a client costs more than most requests.

How long a call may take is decided per service. A service that does not answer must neither hold up those who can do
without it, nor take the function to its time-out, after which the caller gets no clear answer.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, overload

from shared import process
from shared.clients.aws_json import AwsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

_FIRST_SERVER_ERROR: Final = 500
_LONGEST_FIRST_PAUSE_SECONDS: Final = 1.0
"""Before the second attempt botocore's standard mode waits up to so long; before each further one, twice as long."""


class Patience(NamedTuple):
    """Seconds to wait for a connection and for an answer, and how often to try."""

    connect: float
    read: float
    attempts: int

    @property
    def longest(self) -> float:
        """Seconds that a call takes at most: a server that is slow to accept and then silent, every time."""
        pauses: float = _LONGEST_FIRST_PAUSE_SECONDS * (2 ** (self.attempts - 1) - 1)
        return self.attempts * (self.connect + self.read) + pauses


PATIENCE: Final[Mapping[str, Patience]] = {
    "dynamodb": Patience(1, 1, 2),  # counters: most requests go on without
    "events": Patience(1, 2, 2),  # the sweeper sends what could not be sent
    "s3": Patience(1, 4, 2),
    "secretsmanager": Patience(1, 2, 2),
    # SendEmail has no idempotency token: a second attempt after an answer that did not come may be a second mail.
    "sesv2": Patience(2, 10, 1),
    "sqs": Patience(1, 2, 2),
    "rds": Patience(1, 2, 1),  # signs tokens, calls nobody
    "cloudfront": Patience(2, 10, 2),
    "ssm": Patience(1, 2, 2),
}


@overload
def client(service: Literal["dynamodb"]) -> DynamoDBClient: ...
@overload
def client(service: Literal["events"]) -> EventBridgeClient: ...
@overload
def client(service: Literal["s3"]) -> S3Client: ...
@overload
def client(service: Literal["secretsmanager"]) -> SecretsManagerClient: ...
@overload
def client(service: Literal["sesv2"]) -> SESV2Client: ...
@overload
def client(service: Literal["sqs"]) -> SQSClient: ...
@overload
def client(service: Literal["cloudfront", "rds", "ssm"], region: str | None = None) -> Any: ...
def client(service: str, region: str | None = None) -> Any:
    """The process's client of an AWS service, in the function's own region if none is given. AWS_ENDPOINT_URL (read by
    boto3 itself) points it elsewhere.
    """
    return _client(service, region)


@cache
def _client(service: str, region: str | None) -> Any:
    import boto3
    from botocore.config import Config

    patience = PATIENCE[service]
    config = Config(
        connect_timeout=patience.connect,
        read_timeout=patience.read,
        retries={"mode": "standard", "total_max_attempts": patience.attempts},
        s3={"addressing_style": "path"},
    )
    return boto3.client(service, region_name=region, config=config)  # type: ignore[call-overload]  # the name is checked by the overloads


process.on_reset(_client.cache_clear)


def is_outage(error: BaseException) -> bool:
    """Whether an AWS service did not answer, failed, or limits us: trying again later is right.

    What it refuses for good (access denied, a name that does not exist) is no outage but a fault of ours.
    """
    if isinstance(error, AwsError):
        status, _, code = error.code.partition(" ")
        return not status.isdigit() or _passes(int(status), code)
    botocore = sys.modules.get("botocore.exceptions")  # not imported here: then it was none of its errors
    if botocore is None:
        return False
    if isinstance(error, botocore.ClientError):
        response: dict[str, Any] = error.response
        status_code = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return _passes(int(status_code), str(response.get("Error", {}).get("Code", "")))
    return isinstance(error, botocore.HTTPClientError | botocore.ConnectionError)


def _passes(status: int, code: str) -> bool:
    return status >= _FIRST_SERVER_ERROR or "Throttl" in code or code == "SlowDown"
