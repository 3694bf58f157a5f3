"""Lists of people as files: whom the caller follows, mutes and blocks, out and in."""

from __future__ import annotations

import dataclasses
from email.message import Message
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.profiles.domain.limits import MAX_CSV_BYTES, MAX_CSV_ROWS
from functions.profiles.schemas.people_files import PeopleFileReport, PeopleList, RefusedLine
from functions.profiles.service import people_files
from shared import outbox
from shared.errors import FieldError, UnsupportedMediaTypeError, ValidationError
from shared.web import Caller, Reader, document, respond

router = APIRouter(prefix="/api/v1/users/me/people-files", tags=["follows"])

_CSV: Final = "text/csv"
_FILE: Final[dict[str, Any]] = {"schema": {"type": "string", "examples": ["Account address\r\nada_l\r\n"]}}
_BODY: Final[dict[str, Any]] = {"requestBody": {"required": True, "content": {_CSV: _FILE}}}
_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    403: {"description": "The caller is suspended and follows nobody (`suspended`)"},
    409: {"description": "No username was chosen yet (`onboarding_required`)"},
}

ListName = Annotated[PeopleList, Path(description="Which list")]


@router.get(
    "/{name}",
    response_class=Response,
    responses={200: {"content": {_CSV: _FILE}}},
    summary="Read a list of people as a file",
)
async def get_people_file(request: Request, name: ListName, caller: Caller, reader: Reader) -> Response:
    """One column of usernames, oldest first, as other networks take them in."""
    text = people_files.export(reader, name, caller.user_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return document(request, text.encode(), f"{_CSV}; charset=utf-8", headers=headers)


@router.post(
    "/{name}",
    response_model=PeopleFileReport,
    openapi_extra=_BODY,
    responses=_REFUSED,
    summary="Follow, mute or block whom a file names",
)
async def take_people_file(request: Request, name: ListName, caller: Caller) -> Response:
    """A column `Account address` or `username`, or the first one; `name@here` is `name`. The answer says of every line
    whether it was taken. Private accounts are asked.
    """
    text = await _text(request)
    with outbox.unit_of_work() as tx:
        report = people_files.take(tx, name, text, viewer=caller.user_id)
    refused = [RefusedLine(**dataclasses.asdict(refusal)) for refusal in report.refused]
    answer = PeopleFileReport(read=report.read, created=report.created, unchanged=report.unchanged, refused=refused)
    return respond(request, answer)


async def _text(request: Request) -> str:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    if header.get_content_type() != _CSV:
        raise UnsupportedMediaTypeError(_CSV)
    body = await request.body()
    if len(body) > MAX_CSV_BYTES:
        raise ValidationError(field=FieldError((), f"at most {MAX_CSV_BYTES} bytes and {MAX_CSV_ROWS} lines"))
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(field=FieldError((), "UTF-8")) from error
    if "\0" in text:
        raise ValidationError(field=FieldError((), "a text without NUL"))
    return text
