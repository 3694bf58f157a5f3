"""What a new shop holds at its first start: the demo shop, or ten products."""

import asyncio
import base64
import json
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from demo import catalogue, portraits
from demo.client import HttpClient, sign_in
from infra.local.aws.cloud import Cloud
from infra.local.host.errors import StartError
from infra.local.host.log import Log
from infra.local.host.options import Options
from infra.local.host.processes import Registry
from simulators.protocol import Simulator

_RESULT: Final = "demo.json"
_PICTURE_QUEUE: Final = "catalog-fetch-pictures"
_PICTURE_BUCKET: Final = "-media-"


class DemoShop:
    """The demo, which a process of its own makes while the system starts."""

    def __init__(self, options: Options, address: str, registry: Registry) -> None:
        self._result = options.home / _RESULT
        self._result.unlink(missing_ok=True)
        self._log = options.home / "log" / "demo.log"
        command = [sys.executable, "-m", "demo", str(self._result), "--address", address]
        command += ["--admin-email", options.admin_email] if options.admin_email else []
        command += ["--admin-password", options.admin_password] if options.admin_password else []
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd=options.root,
                start_new_session=True,
            )
        registry.add(self._process.pid)

    async def copy_into(self, database_url: str, providers: Sequence[Simulator]) -> dict[str, Any]:
        """Wait until it is made, and copy it into a migrated database and into the simulated providers. Returns who can
        sign in, under `admin` and `customer`, and under `imports` and `objects` what `request_pictures` and
        `show_people` take; nothing where the database holds a shop already.

        Raises StartError.
        """
        await asyncio.to_thread(self._process.communicate, f"{database_url}\n".encode())
        if self._process.returncode != 0:
            raise StartError(f"The demo shop could not be made (see {self._log}); DEMO=0 starts without it.")
        result: dict[str, Any] = json.loads(self._result.read_text())
        self._result.unlink()
        snapshots = result.pop("providers", {})
        for provider in providers:
            if provider.name in snapshots:
                provider.restore(snapshots[provider.name])
        return result

    def end(self) -> None:
        """End the process if it still runs."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def add_sample_products(address: str, admin: dict[str, Any]) -> None:
    """Give ten products to a shop that shows none. The gateway must answer."""
    anonymous = HttpClient(address)
    if not catalogue.is_empty(anonymous):
        return
    owner = sign_in(anonymous, admin["email"], admin["password"])
    catalogue.add_products(owner)
    for currency, file in catalogue.picture_files(address).items():
        owner.call("POST", f"/api/v1/admin/products/import?currency={currency}", file)


def request_pictures(cloud: Cloud, import_ids: Sequence[str]) -> None:
    """Let the shop fetch the pictures of these imports, as the event of an import would. The gateway must answer.

    They are made ready behind the start: a second or two of work for ten of them. Until then products show what is
    drawn, at its own address.
    """
    sqs = cloud.clients().sqs
    queues = [url for url in sqs.list_queues().get("QueueUrls", []) if url.endswith(_PICTURE_QUEUE)]
    for url in queues:
        for import_id in import_ids:
            sqs.send_message(QueueUrl=url, MessageBody=json.dumps(_pictures_requested(import_id)))


def show_people(cloud: Cloud, address: str, objects: Mapping[str, Mapping[str, str]], log: Log) -> None:
    """Store the pictures of posts, then let everybody upload their own. The gateway must answer; all of this is behind
    the start, some seconds of work, and what fails is a line of the log.
    """
    try:
        _store(cloud, objects)
        portraits.show(HttpClient(address))
    except Exception as error:  # a shop without faces is a shop
        log.note(f"not all pictures of people could be made ready: {error}")


def _store(cloud: Cloud, objects: Mapping[str, Mapping[str, str]]) -> None:
    s3 = cloud.clients().s3
    bucket = next(item["Name"] for item in s3.list_buckets()["Buckets"] if _PICTURE_BUCKET in item["Name"])
    for key, stored in objects.items():
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=base64.b64decode(stored["body"]),
            ContentType=stored["content_type"],
            CacheControl=stored["cache_control"],
        )


def _pictures_requested(import_id: str) -> dict[str, Any]:
    event_id, kind = str(uuid.uuid4()), "PicturesRequested"
    return {
        "version": "0",
        "id": event_id,
        "detail-type": kind,
        "source": "sharestack.catalog",
        "detail": {
            "id": event_id,
            "type": kind,
            "occurred_at": datetime.now(UTC).isoformat(),
            "correlation_id": str(uuid.uuid4()),
            "data": {"import_id": import_id},
        },
    }
