"""Archives as other networks make them: an outbox of ActivityPub, alone or with pictures in a ZIP or a TAR."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = "https://example.social/users/ada"


def note(number: int, content: str = "<p>Good morning</p>", **changed: Any) -> dict[str, Any]:
    """`Create` of a public post, as Mastodon writes it; `changed` are members of the post."""
    address = f"{ACTOR}/statuses/{number}"
    audience = {"to": changed.get("to", [PUBLIC]), "cc": changed.get("cc", [f"{ACTOR}/followers"])}
    post = {
        "id": address, "type": "Note", "summary": None, "inReplyTo": None, "published": "2024-03-01T10:30:00Z",
        "attributedTo": ACTOR, "sensitive": False, "content": content, "contentMap": {"en": content},
        "attachment": [], "tag": [], **audience, **changed,
    }  # fmt: skip
    return {
        "id": f"{address}/activity", "type": "Create", "actor": ACTOR, "published": post["published"], **audience,
        "object": post,
    }  # fmt: skip


def attachment(path: str, alt: str = "A chart", **changed: Any) -> dict[str, Any]:
    return {"type": "Document", "mediaType": "image/jpeg", "url": path, "name": alt, "blurhash": None, **changed}


def outbox(*items: Any) -> bytes:
    collection = {"id": "outbox.json", "type": "OrderedCollection", "totalItems": len(items)}
    return json.dumps({**collection, "orderedItems": items}).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()
