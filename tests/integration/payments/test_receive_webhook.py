"""The ingest: only what Stripe signed now reaches the queue, and Stripe is answered at once."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

from functions.payments.service import webhook_ingest
from shared.http_headers import SECURITY_HEADERS
from tests.integration.payments.stage import CORRELATION_ID, WEBHOOK_PATH, Stage, StripeStage, signed
from tests.support.cloud import PREVIOUS_WEBHOOK_SECRET, WEBHOOK_SECRET
from tests.support.lambda_client import Context, LambdaClient

EVENT = b'{"id": "evt_1", "type": "payment_intent.succeeded", "created": 1790000000, "data": {"object": {}}}'


def queued(stage: Stage) -> list[str]:
    return stage.cloud.messages(stage.cloud.webhook_queue_url)


def test_what_stripe_signed_is_queued_as_it_came(stage: Stage) -> None:
    reply = stage.post_webhook(EVENT, signed(EVENT))
    assert (reply.status, reply.json()) == (200, {"received": True})
    received = boto3.client("sqs").receive_message(
        QueueUrl=stage.cloud.webhook_queue_url, MessageAttributeNames=["All"]
    )["Messages"]
    assert [message["Body"].encode() for message in received] == [EVENT]
    attributes = {name: value["StringValue"] for name, value in received[0]["MessageAttributes"].items()}
    assert attributes == {"correlation_id": CORRELATION_ID, "provider": "stripe"}


def test_a_provider_posts_to_its_own_address(stage: Stage) -> None:
    headers = {"stripe-signature": signed(EVENT)}
    reply = LambdaClient(stage.receive).post("/api/v1/payments/webhooks/stripe", body=EVENT, headers=headers)
    assert (reply.status, reply.json()) == (200, {"received": True})
    assert queued(stage) == [EVENT.decode()]


@pytest.mark.parametrize("name", ["nobody", "", "stripe/", "Stripe", "..%2fstripe"])
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_provider_that_we_do_not_have_is_not_found(stage: Stage, method: str, name: str) -> None:
    headers = {"stripe-signature": signed(EVENT)}
    path = f"/api/v1/payments/webhooks/{name}"
    reply = LambdaClient(stage.receive).request(method, path, body=EVENT, headers=headers)
    assert (reply.status, reply.json()["code"]) == (404, "provider_not_found")
    assert queued(stage) == []


def test_the_sample_event_of_the_gateway_is_understood(stage: Stage) -> None:
    sample = json.loads(Path("events/payments/receive_webhook.json").read_text())
    body = base64.b64decode(sample["body"])
    sample["headers"]["stripe-signature"] = signed(body)
    answer = stage.receive(sample, Context())
    assert answer["statusCode"] == 200
    assert queued(stage) == [body.decode()]


def test_a_body_that_the_gateway_did_not_encode_is_taken_too(stage: Stage) -> None:
    event = {"headers": {"stripe-signature": signed(EVENT)}, "body": EVENT.decode(), "isBase64Encoded": False}
    assert stage.receive(event, Context())["statusCode"] == 200


def test_real_webhooks_of_the_simulator_are_taken(stripe_stage: StripeStage) -> None:
    stripe_stage.account.charge()
    stripe_stage.account.receiver.wait_for("payment_intent.succeeded")
    for webhook in stripe_stage.account.receiver.received:
        assert stripe_stage.post_webhook(webhook.payload, webhook.signature).status == 200
    assert [json.loads(body)["type"] for body in queued(stripe_stage)].count("payment_intent.succeeded") == 1


def test_the_secret_before_the_last_rotation_is_still_good(stage: Stage) -> None:
    assert stage.post_webhook(EVENT, signed(EVENT, secret=PREVIOUS_WEBHOOK_SECRET)).status == 200


def no_signature(_: bytes) -> None:
    return None


def forged(body: bytes) -> str:
    return signed(body, secret="whsec_forged")


def of_another_body(_: bytes) -> str:
    return signed(b"{}")


def garbage(_: bytes) -> str:
    return "garbage"


def empty_parts(_: bytes) -> str:
    return "t=,v1="


@pytest.mark.parametrize("sign", [no_signature, forged, of_another_body, garbage, empty_parts])
def test_what_stripe_did_not_sign_is_refused_and_not_queued(stage: Stage, sign: Callable[[bytes], str | None]) -> None:
    reply = stage.post_webhook(EVENT, sign(EVENT))
    assert (reply.status, reply.json()["code"]) == (400, "invalid_signature")
    assert reply.headers["content-type"] == "application/problem+json"
    assert queued(stage) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b'{"id": "evt_1"}', b'{"id": 7, "type": "x"}', b"[" * 100_000],
    ids=["empty", "not JSON", "not an object", "no type", "id is no text", "nested too deep"],
)
def test_what_is_signed_but_no_event_is_refused_and_not_queued(stage: Stage, body: bytes) -> None:
    reply = stage.post_webhook(body, signed(body))
    assert (reply.status, reply.json()["code"]) == (400, "malformed_event")
    assert queued(stage) == []


@pytest.mark.parametrize("age", [400, -400])
def test_a_signature_of_another_time_is_refused_and_not_queued(stage: Stage, age: int) -> None:
    reply = stage.post_webhook(EVENT, signed(EVENT, timestamp=int(time.time()) - age))
    assert (reply.status, reply.json()["code"]) == (400, "invalid_signature")
    assert queued(stage) == []


def test_a_body_that_is_not_base64_although_it_says_so_is_refused(stage: Stage) -> None:
    answer = stage.receive({"headers": {}, "body": "%%%", "isBase64Encoded": True}, Context())
    assert answer["statusCode"] == 400


def test_bytes_that_are_no_text_are_refused(stage: Stage) -> None:
    event = {"headers": {"stripe-signature": "t=1,v1=00"}, "body": "/w==", "isBase64Encoded": True}
    assert stage.receive(event, Context())["statusCode"] == 400


def test_a_body_that_no_queue_message_holds_is_413(stage: Stage) -> None:
    body = json.dumps({"id": "evt_1", "type": "x", "filler": "x" * webhook_ingest.BODY_LIMIT_BYTES}).encode()
    reply = stage.post_webhook(body, signed(body))
    assert (reply.status, reply.json()["code"]) == (413, "body_too_large")
    assert queued(stage) == []


def test_the_largest_body_fits_into_a_message(stage: Stage) -> None:
    empty = len(json.dumps({"id": "evt_1", "type": "x", "filler": ""}))
    body = json.dumps({"id": "evt_1", "type": "x", "filler": "x" * (webhook_ingest.BODY_LIMIT_BYTES - empty)}).encode()
    assert len(body) == webhook_ingest.BODY_LIMIT_BYTES
    assert stage.post_webhook(body, signed(body)).status == 200


def test_characters_that_sqs_refuses_are_escaped(stage: Stage) -> None:
    body = json.dumps({"id": "evt_1", "type": "x", "name": "￿雪"}, ensure_ascii=False).encode()
    assert stage.post_webhook(body, signed(body)).status == 200
    assert json.loads(queued(stage)[0])["name"] == "￿雪"


def test_a_problem_document_has_the_shape_of_every_other_one(stage: Stage) -> None:
    reply = stage.post_webhook(EVENT, None)
    assert reply.json() == {
        "type": "urn:sharestack:problem:invalid_signature",
        "title": "The signature is not valid",
        "status": 400,
        "detail": "There is no Stripe-Signature header",
        "instance": WEBHOOK_PATH,
        "code": "invalid_signature",
        "correlation_id": CORRELATION_ID,
    }


@pytest.mark.parametrize("sign", [no_signature, signed])
def test_every_answer_carries_security_headers_and_correlation_id(
    stage: Stage, sign: Callable[[bytes], str | None]
) -> None:
    reply = stage.post_webhook(EVENT, sign(EVENT))
    expected = {name.lower(): value for name, value in SECURITY_HEADERS.items()}
    assert expected.items() <= reply.headers.items()
    assert reply.headers["cache-control"] == "private, no-store"
    assert reply.headers["x-correlation-id"] == CORRELATION_ID


def test_a_queue_that_fails_makes_stripe_send_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("sqs").delete_queue(QueueUrl=stage.cloud.webhook_queue_url)
    reply = stage.post_webhook(EVENT, signed(EVENT))
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert int(reply.headers["retry-after"]) > 0


def rotate_to(secret: str) -> None:
    boto3.client("secretsmanager").put_secret_value(
        SecretId="stripe-webhook", SecretString=json.dumps({"signing_secrets": [secret]})
    )


def test_a_new_secret_is_found_by_its_first_signature(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_ingest, "SECRETS_RETRY_SECONDS", 0.0)
    rotate_to("whsec_next")
    assert stage.post_webhook(EVENT, signed(EVENT, secret="whsec_next")).status == 200
    assert stage.post_webhook(EVENT, signed(EVENT, secret=WEBHOOK_SECRET)).status == 400


def test_forged_signatures_do_not_make_us_read_the_secret_every_time(stage: Stage) -> None:
    rotate_to("whsec_next")  # read at INIT a moment ago, so not again yet
    assert stage.post_webhook(EVENT, signed(EVENT, secret="whsec_next")).status == 400


def test_known_secrets_are_used_while_secrets_manager_is_down(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_ingest, "SECRETS_LIVE_SECONDS", 0.0)
    monkeypatch.setattr(webhook_ingest, "SECRETS_RETRY_SECONDS", 0.0)
    boto3.client("secretsmanager").delete_secret(SecretId="stripe-webhook", ForceDeleteWithoutRecovery=True)
    assert stage.post_webhook(EVENT, signed(EVENT)).status == 200


def test_a_forgery_while_secrets_manager_is_down_costs_one_reading(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    boto3.client("secretsmanager").delete_secret(SecretId="stripe-webhook", ForceDeleteWithoutRecovery=True)
    monkeypatch.setattr(webhook_ingest, "SECRETS_RETRY_SECONDS", 0.0)
    assert stage.post_webhook(EVENT, forged(EVENT)).status == 503  # it may be signed with a secret that we do not know
    monkeypatch.setattr(webhook_ingest, "SECRETS_RETRY_SECONDS", 10.0)
    assert stage.post_webhook(EVENT, forged(EVENT)).status == 400


def test_without_any_secret_nothing_is_taken_and_stripe_sends_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib

    from functions.payments.handlers import receive_webhook

    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET_ARN", "missing")
    importlib.reload(receive_webhook)  # INIT must not fail for it
    assert "not readable in INIT" in capsys.readouterr().out
    reply = LambdaClient(receive_webhook.handler).post(
        WEBHOOK_PATH, body=EVENT, headers={"stripe-signature": signed(EVENT)}
    )
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert queued(stage) == []


def test_missing_variables_are_named_at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from functions.payments.handlers import receive_webhook

    monkeypatch.delenv("WEBHOOK_QUEUE_URL")
    monkeypatch.delenv("STRIPE_WEBHOOK_SECRET_ARN")
    with pytest.raises(RuntimeError, match="STRIPE_WEBHOOK_SECRET_ARN, WEBHOOK_QUEUE_URL"):
        receive_webhook._ingest()


def test_the_log_names_the_event_but_not_what_is_in_it(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    body = b'{"id": "evt_1", "type": "customer.created", "data": {"object": {"email": "ada@example.com"}}}'
    stage.post_webhook(body, signed(body))
    lines: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["event_id"], line["status_code"]) for line in lines] == [("evt_1", 200)]
    assert "ada@example.com" not in json.dumps(lines)
    assert WEBHOOK_SECRET not in json.dumps(lines)


def test_the_worker_imports_neither_a_web_framework_nor_stripe_before_it_needs_them() -> None:
    heavy = ["fastapi", "starlette", "stripe", "sqlalchemy", "boto3"]
    script = (
        "import os, sys\n"
        "os.environ.update(DATABASE_URL='postgresql://127.0.0.1:9/none', EVENT_BUS_NAME='x', TABLE_NAME='x',"
        " ENVIRONMENT='dev', SERVICE='payments', STRIPE_SECRET_ARN='x', POWERTOOLS_SERVICE_NAME='payments')\n"
        "import functions.payments.handlers.on_webhook\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_nothing_heavy_is_imported() -> None:
    """Its INIT may cost three times that of a null handler: what is listed here costs more, each by itself."""
    heavy = [
        "boto3",
        "botocore",
        "fastapi",
        "starlette",
        "pydantic",
        "psycopg",
        "stripe",
        "aws_lambda_powertools",
        "orjson",
    ]
    script = (
        "import os, sys\n"
        "os.environ.update(AWS_REGION='eu-central-1', AWS_ENDPOINT_URL='http://127.0.0.1:9', AWS_ACCESS_KEY_ID='x',"
        " AWS_SECRET_ACCESS_KEY='x', STRIPE_WEBHOOK_SECRET_ARN='x', WEBHOOK_QUEUE_URL='x')\n"
        "import functions.payments.handlers.receive_webhook\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_told_that_webhooks_are_posted(stage: Stage, method: str) -> None:
    reply = LambdaClient(stage.receive).request(method, WEBHOOK_PATH)
    assert (reply.status, reply.json()["code"], reply.headers["allow"]) == (405, "method_not_allowed", "POST")
