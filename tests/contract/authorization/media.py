"""media: what somebody uploaded is theirs; moderators see what everybody uploads, administrators delete it."""

from __future__ import annotations

import uuid

from shared.permissions import Permission
from tests.contract.authorization.matrix import (
    FORBIDDEN,
    NOT_FOUND,
    OK,
    UNAUTHENTICATED,
    Request,
    Row,
    Stage,
    permitted,
    signed_in,
)
from tests.support.pictures import ask, picture

UPLOAD = {"filename": "pot.jpg", "content_type": "image/jpeg", "size": 1000}
_BOUNDARY = uuid.uuid4().hex


def an_upload(stage: Stage) -> Request:
    return Request(path={"media_id": ask(stage.as_owner("media"), picture()).json()["media"]["id"]})


def a_form() -> Request:
    purpose = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nreview\r\n'
    file = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n'
    head = f"{purpose}{file}Content-Type: image/jpeg\r\n\r\n".encode()
    return Request(
        body=head + picture() + f"\r\n--{_BOUNDARY}--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
    )


ROWS: list[Row] = [
    signed_in("GET", "/api/v1/media"),
    signed_in("POST", "/api/v1/media/uploads", request=Request(json={**UPLOAD, "purpose": "review"})),
    Row(
        "POST",
        "/api/v1/media/uploads",
        request=Request(json={**UPLOAD, "purpose": "product"}),
        case="of a product",
        nobody=UNAUTHENTICATED,
        customer=FORBIDDEN,
        owner=FORBIDDEN,
        creator=FORBIDDEN,
        vendor=FORBIDDEN,
        moderator=FORBIDDEN,
        admin=OK,
    ),
    permitted(
        Permission.SETTINGS_WRITE,
        "POST",
        "/api/v1/media/uploads",
        request=Request(json={**UPLOAD, "purpose": "site"}),
        case="of the shop",
    ),
    signed_in("POST", "/api/v1/media/upload", request=a_form()),
    Row(
        "GET",
        "/api/v1/media/{media_id}",
        an_upload,
        nobody=UNAUTHENTICATED,
        customer=NOT_FOUND,
        owner=OK,
        creator=NOT_FOUND,
        vendor=NOT_FOUND,
        moderator=OK,
        admin=OK,
    ),
    Row(
        "DELETE",
        "/api/v1/media/{media_id}",
        an_upload,
        nobody=UNAUTHENTICATED,
        customer=NOT_FOUND,
        owner=OK,
        creator=NOT_FOUND,
        vendor=NOT_FOUND,
        moderator=NOT_FOUND,
        admin=OK,
    ),
]
