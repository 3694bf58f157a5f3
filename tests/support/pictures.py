"""Real pictures, and what a browser and S3 do with them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.support.cloud import MEDIA_BUCKET
from tests.support.lambda_client import Answer, Context, LambdaClient

ROOT = Path(__file__).resolve().parent.parent.parent
GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(width: int = 640, height: int = 400, format_name: str = "JPEG", **options: Any) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    return encoded(image, format_name, **options)


def encoded(image: Image.Image, format_name: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, format_name, **options)
    return target.getvalue()


def photo_with_a_place(orientation: int = 1) -> bytes:
    """A photo whose Exif data say where it was taken, by what, and which way is up."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "SecretCamera"
    exif[GPS_IFD] = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}
    return picture(exif=exif.tobytes())


def arrival(media_id: str, key: str | None = None) -> dict[str, Any]:
    """The notification that S3 sends for an upload: the sample in `events/`, for this one."""
    event: dict[str, Any] = json.loads((ROOT / "events/media/process_image.json").read_text())
    record = event["Records"][0]["s3"]
    record["bucket"]["name"] = MEDIA_BUCKET
    record["object"]["key"] = key or f"uploads/{media_id}"
    return event


def ask(client: LambdaClient, content: bytes, **changed: Any) -> Answer:
    """Ask for an upload of these bytes."""
    body = {"filename": "pot.jpg", "content_type": "image/jpeg", "size": len(content), "purpose": "review", **changed}
    return client.post("/api/v1/media/uploads", json=body)


def post_form(upload: dict[str, Any], content: bytes) -> int:
    """What a browser does with the form; the status that the store answers."""
    return httpx.post(upload["url"], data=upload["fields"], files={"file": ("x", content)}).status_code


def work(media_id: str) -> dict[str, Any]:
    """Deliver the notification of an upload."""
    from functions.media.handlers.process_image import handler

    done: dict[str, Any] = handler(arrival(media_id), Context())  # type: ignore[arg-type]
    return done


def uploaded(client: LambdaClient, content: bytes | None = None, **changed: Any) -> dict[str, Any]:
    """Ask for, bring and process a picture; answers what the API tells of it then."""
    body = picture() if content is None else content
    asked = ask(client, body, **changed)
    assert asked.status == 201, asked.body
    media_id = asked.json()["media"]["id"]
    assert post_form(asked.json()["upload"], body) == 204
    work(media_id)
    told: dict[str, Any] = client.get(f"/api/v1/media/{media_id}").json()
    return told
