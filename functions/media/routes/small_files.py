"""A form with small files (multipart/form-data), as it is documented and as it is read."""

from __future__ import annotations

from email.message import Message
from typing import Any, Final

import pydantic
from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from functions.media.domain.imaging import signatures
from functions.media.domain.limits import MAX_SMALL_BYTES, MAX_SMALL_FILES
from functions.media.domain.uploads import MediaPurpose, NewUpload
from functions.media.errors import UploadNotValidError
from functions.media.schemas.uploads import NewMediaUpload
from shared.errors import FieldError, UnsupportedMediaTypeError

_WHOLE: Final = ("content_type",)
"""Where a problem of a part as a whole is shown: it does not fit its purpose."""
MAX_BODY_BYTES: Final = MAX_SMALL_BYTES + 64 * 1024
"""Bytes of a request: the files, and what a form has besides."""
OPENAPI: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["purpose", "files"],
                    "properties": {
                        "purpose": {"type": "string", "enum": list(MediaPurpose)},
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MAX_SMALL_FILES,
                            "description": "JPEG, PNG, WebP, GIF or AVIF, 4 MiB together",
                        },
                    },
                }
            }
        },
    }
}


async def read(request: Request) -> tuple[list[NewUpload], list[bytes]]:
    """The uploads and the contents of their files. Raises UnsupportedMediaTypeError and UploadNotValidError."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    if header.get_content_type() != "multipart/form-data":
        raise UnsupportedMediaTypeError("multipart/form-data")
    async with request.form(max_files=MAX_SMALL_FILES, max_fields=10) as form:
        parts = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
        contents = [await part.read() for part in parts]
        uploads = [
            _upload(form, number, part, content)
            for number, (part, content) in enumerate(zip(parts, contents, strict=True))
        ]
    if not uploads:
        raise _not_valid([FieldError(("files",), "at least one file is needed in the part 'files'")])
    if sum(len(content) for content in contents) > MAX_SMALL_BYTES:
        raise _not_valid([FieldError(("files",), f"more than {MAX_SMALL_BYTES} bytes together")])
    return uploads, contents


def _upload(form: FormData, number: int, part: UploadFile, content: bytes) -> NewUpload:
    """The upload of one part, validated like one that is described in JSON. Raises UploadNotValidError."""
    description = {
        "filename": part.filename,
        "content_type": part.content_type,
        "size": len(content),
        "purpose": form.get("purpose"),
    }
    try:
        upload = NewMediaUpload.model_validate(description).upload()
    except pydantic.ValidationError as error:
        raise _not_valid(
            [_field_error(number, str((entry["loc"] or _WHOLE)[0]), str(entry["msg"])) for entry in error.errors()]
        ) from error
    if signatures.image_type(content) is None:
        raise _not_valid([FieldError(("files", number), "not a JPEG, PNG, WebP, GIF or AVIF picture")])
    return upload


def _field_error(number: int, name: str, message: str) -> FieldError:
    path = ("purpose",) if name == "purpose" else ("files", number, name)
    return FieldError(path, message.removeprefix("Value error, "))


def _not_valid(errors: list[FieldError]) -> UploadNotValidError:
    return UploadNotValidError.about(errors)
