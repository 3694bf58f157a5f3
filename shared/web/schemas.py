"""Bases of request and response models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

MAX_NESTING = 20


class RequestModel(BaseModel):
    """What a caller writes: unknown fields are refused (mass assignment), text is trimmed and free of NUL."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=100_000)

    @model_validator(mode="before")
    @classmethod
    def _refuse_what_postgresql_cannot_store(cls, data: Any) -> Any:
        _check(data, 0)
        return data


def _check(value: Any, depth: int) -> None:
    """PostgreSQL's text holds every character but NUL; deeper documents than anybody needs are an attack."""
    if depth > MAX_NESTING:
        raise ValueError(f"nested more than {MAX_NESTING} levels deep")
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("the NUL character is not allowed in text")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth + 1)
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)


class ChangeModel(RequestModel):
    """What a PATCH sends. What is left out stays as it is (`model_fields_set` tells), so that defaults mean nothing to
    the caller: they are not part of the documented schema.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core_schema))
        for described in schema.get("properties", {}).values():
            described.pop("default", None)
        return schema


class AnswerModel(BaseModel):
    """What we answer; built from our own rows, so that it is not validated twice."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


Version = Annotated[
    int, Field(ge=1, le=2**31 - 1, description="The version that this change is based on", examples=[1])
]
