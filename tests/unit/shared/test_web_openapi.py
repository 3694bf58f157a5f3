"""Names in the OpenAPI document of an application."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter
from starlette.responses import Response

from shared.web import Fields, Page, RequestModel, ResponseModel, create_app


class Note(ResponseModel):
    text: str


def other_model_of_that_name() -> type[RequestModel]:
    class Note(RequestModel):
        title: str

    return Note


NewNote = other_model_of_that_name()


def router(answer: Any) -> APIRouter:
    made = APIRouter()

    @made.get("/api/v1/notes", response_model=answer)
    async def list_notes(fields: Fields) -> Response:
        """All of them."""
        raise NotImplementedError

    return made


def document(*routers: APIRouter) -> dict[str, Any]:
    return create_app("notes", list(routers)).openapi()


def test_an_operation_is_called_as_its_function() -> None:
    assert document(router(Note))["paths"]["/api/v1/notes"]["get"]["operationId"] == "list_notes"


def test_a_page_is_called_as_the_list_of_its_items() -> None:
    described = document(router(Page[Note]))
    assert {"Note", "NoteList"} <= described["components"]["schemas"].keys()
    answer = described["paths"]["/api/v1/notes"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": "#/components/schemas/NoteList"}
    items = described["components"]["schemas"]["NoteList"]["properties"]["items"]
    assert items["items"] == {"$ref": "#/components/schemas/Note"}


def test_a_sparse_answer_is_described_once_and_marked() -> None:
    described = document(router(Note))
    operation = described["paths"]["/api/v1/notes"]["get"]
    assert operation["x-sparse"] is True
    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Note"
    }
    assert described["components"]["schemas"]["Note"]["required"] == ["text"]


def test_two_models_of_one_name_are_an_error() -> None:
    writing = APIRouter()

    @writing.post("/api/v1/notes", response_model=None)
    async def create_note(body: NewNote) -> Response:  # type: ignore[valid-type]
        """One more."""
        raise NotImplementedError

    with pytest.raises(ValueError, match="several models are called Note"):
        document(router(Note), writing)
