"""How the form of an upload that goes to S3 directly looks in answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict

from shared.web.schemas import ResponseModel


class UploadForm(ResponseModel):
    """POST to `url` as multipart/form-data: the fields first, then the file as `file`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://sharestack-media.s3.eu-central-1.amazonaws.com/",
                    "fields": {"key": "uploads/0199c0de", "Content-Type": "image/jpeg", "policy": "..."},
                    "expires_at": "2026-11-20T08:15:00Z",
                }
            ]
        }
    )

    url: str
    fields: dict[str, str]
    expires_at: datetime
