"""The AWS server (moto) on this computer: its process, clients for it, and what of its state outlives a stop."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from infra.local.aws.naming import REGION
from infra.local.host.errors import StartError
from infra.local.host.ports import listen
from infra.local.host.processes import Registry, die_with_parent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

_STOP_SECONDS: Final = 5
_ANSWER_SECONDS: Final = 30


@dataclass(frozen=True)
class Clients:
    """boto3 clients of the local AWS server."""

    s3: "S3Client"
    sqs: "SQSClient"
    dynamodb: "DynamoDBClient"
    events: "EventBridgeClient"
    secrets: "SecretsManagerClient"
    mail: "SESV2Client"
    front: Any
    parameters: Any


@dataclass(frozen=True)
class Cloud:
    """The running AWS server."""

    address: str
    process: subprocess.Popen[bytes]
    registry: Registry

    @cache  # noqa: B019 -- one Cloud lives as long as the program
    def clients(self) -> Clients:
        """Clients, made once: making them takes most of a second."""
        import boto3
        from botocore.config import Config

        config = Config(retries={"max_attempts": 1}, max_pool_connections=50, read_timeout=60)
        # S106: the server takes any credentials
        session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)  # noqa: S106
        return Clients(
            s3=session.client("s3", endpoint_url=self.address, config=config),
            sqs=session.client("sqs", endpoint_url=self.address, config=config),
            dynamodb=session.client("dynamodb", endpoint_url=self.address, config=config),
            events=session.client("events", endpoint_url=self.address, config=config),
            secrets=session.client("secretsmanager", endpoint_url=self.address, config=config),
            mail=session.client("sesv2", endpoint_url=self.address, config=config),
            front=session.client("cloudfront", endpoint_url=self.address, config=config),
            parameters=session.client("ssm", endpoint_url=self.address, config=config),
        )

    def mail(self, *, clear: bool = False) -> list[dict[str, Any]]:
        """The messages that SES has accepted, oldest first; ``clear`` deletes them."""
        mail: list[dict[str, Any]] = self._ask("/_local/mail", "DELETE" if clear else "GET")
        return mail

    def purges(self) -> list[dict[str, Any]]:
        """The invalidations that CloudFront received, oldest first: `at` (ISO 8601) and `items` of each request."""
        front = self.clients().front
        purges = []
        for distribution in front.list_distributions()["DistributionList"].get("Items", []):
            listed = front.list_invalidations(DistributionId=distribution["Id"])["InvalidationList"]
            for item in listed.get("Items", []):
                invalidation = front.get_invalidation(DistributionId=distribution["Id"], Id=item["Id"])["Invalidation"]
                items = invalidation["InvalidationBatch"]["Paths"]["Items"]
                purges.append({"at": invalidation["CreateTime"].isoformat(), "items": items})
        return purges

    def faults(self, method: str, fault: bytes = b"") -> Any:
        """The faults in force; POST adds one (a `CloudFault`), DELETE ends all. Raises ValueError for a bad one."""
        try:
            return self._ask("/_local/faults", method, fault)
        except HTTPError as error:
            raise ValueError(json.load(error)["error"]) from None

    def save(self, folder: Path, *, left_out: Collection[str] = ()) -> None:
        """Write the objects of all buckets, but for those `left_out`, and the undelivered messages of all queues into a
        folder.
        """
        state = {"messages": self._ask("/_local/messages", "GET"), "objects": self._objects(left_out)}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / "state.new"
        draft.write_text(json.dumps(state))
        draft.replace(folder / "state.json")

    def restore(self, folder: Path) -> tuple[int, int]:
        """Put back what was saved, where its bucket or queue still exists; gives the counts of objects and messages."""
        file = folder / "state.json"
        if not file.exists():
            return 0, 0
        state = json.loads(file.read_text())
        clients = self.clients()
        buckets = {bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]}
        queues = {url.rsplit("/", 1)[-1]: url for url in clients.sqs.list_queues().get("QueueUrls", [])}
        objects = [item for item in state["objects"] if item["Bucket"] in buckets]
        for item in objects:
            clients.s3.put_object(**item | {"Body": base64.b64decode(item["Body"])})
        messages = [(name, message) for name, items in state["messages"].items() for message in items if name in queues]
        for name, message in messages:
            clients.sqs.send_message(QueueUrl=queues[name], **message)
        file.unlink()
        return len(objects), len(messages)

    def stop(self) -> None:
        """End the process."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.registry.remove(self.process.pid)

    def _objects(self, left_out: Collection[str]) -> list[dict[str, Any]]:
        s3 = self.clients().s3
        objects = []
        for bucket in (item for item in s3.list_buckets()["Buckets"] if item["Name"] not in left_out):
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket["Name"]):
                for entry in page.get("Contents", []):
                    answer = s3.get_object(Bucket=bucket["Name"], Key=entry["Key"])
                    objects.append(
                        {
                            "Bucket": bucket["Name"],
                            "Key": entry["Key"],
                            "Body": base64.b64encode(answer["Body"].read()).decode(),
                            "ContentType": answer["ContentType"],
                            "Metadata": answer["Metadata"],
                            **({"CacheControl": answer["CacheControl"]} if "CacheControl" in answer else {}),
                        }
                    )
        return objects

    def _ask(self, path: str, method: str, body: bytes = b"") -> Any:
        request = Request(self.address + path, data=body or None, method=method)  # our own process
        with urlopen(request, timeout=_ANSWER_SECONDS) as answer:
            return json.load(answer)


def start_cloud(secrets_file: Path, log: Path, registry: Registry) -> Cloud:
    """Start the AWS server on a free port. It answers as soon as it has come up; calls made earlier wait for it.

    ``secrets_file`` is where it keeps the current value of every secret.
    """
    with listen(0) as listener, log.open("ab") as output:
        listener.setblocking(True)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.aws.cloud_server", str(listener.fileno()), str(secrets_file)],
            cwd=Path(__file__).resolve().parents[3],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(listener.fileno(),),
            start_new_session=True,
            env={name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
            preexec_fn=die_with_parent(signal.SIGKILL),  # two system calls, no Python import
        )
    registry.add(process.pid)
    return Cloud(address, process, registry)


def wait_for(cloud: Cloud, log: Path, seconds: float = 60) -> None:
    """Wait until the AWS server answers. Raises StartError when it ends instead."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if cloud.process.poll() is not None:
            raise StartError(f"The local AWS server ended at start (see {log})")
        try:
            cloud.mail()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise StartError(f"The local AWS server did not answer within {seconds:.0f} seconds (see {log})")
