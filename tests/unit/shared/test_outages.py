"""Which failures of AWS pass, and for how long they are waited for."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError

from infra.constructs.context_function import FunctionSpec
from shared.clients import aws_json
from shared.clients.aws import PATIENCE, is_outage
from shared.clients.aws_json import AwsError


def _refused(status: int, code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject")


@pytest.mark.parametrize(
    "error",
    [
        _refused(503, "ServiceUnavailable"),
        _refused(400, "ThrottlingException"),
        ConnectTimeoutError(endpoint_url="https://s3.example"),
        AwsError("PutEvents", "TimeoutError"),
        AwsError("PutEvents", "500 InternalFailure"),
        AwsError("UpdateItem", "400 ThrottlingException"),
    ],
)
def test_no_answer_a_failure_and_a_limit_are_outages(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        _refused(403, "AccessDenied"),
        NoCredentialsError(),
        AwsError("GetSecretValue", "400 AccessDeniedException"),
        AwsError("GetSecretValue", "404"),
        KeyError("SecretString"),
    ],
)
def test_what_is_refused_for_good_is_none(error: Exception) -> None:
    assert not is_outage(error)


def test_counters_bus_and_storage_that_hang_leave_a_request_time_for_a_clear_answer() -> None:
    silent_twice = 2 * aws_json.TIMEOUT_SECONDS
    assert PATIENCE["s3"].longest < FunctionSpec(handler="api").timeout
    assert 2 * silent_twice < FunctionSpec(handler="api").timeout


def test_a_mail_is_not_sent_again_for_want_of_an_answer() -> None:
    assert PATIENCE["sesv2"].attempts == 1
