"""Bases of request and response models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from shared import currencies
from shared.texts import DIRECTION_CHANGES

MAX_NESTING = 20
Place = tuple[str | int, ...]
_TOO_DEEP: Final = f"nested more than {MAX_NESTING} levels deep"
_NUL: Final = "the NUL character is not allowed in text"
_TURNING: Final = "characters that turn the direction of text (U+202A to U+202E, U+2066 to U+2069) are not allowed"
_NAME: Final = "the name of a member has characters that are not allowed"


def _payable(code: str) -> str:
    if not currencies.is_payable(code):
        raise ValueError("not a currency that can be paid in")
    return code


CurrencyCode = Annotated[
    str,
    Field(pattern=r"^[A-Z]{3}$", description="ISO 4217, of a currency that can be paid in", examples=["USD"]),
    AfterValidator(_payable),
]
"""Of prices as they are written. What is read may be in one that cannot be paid in any more."""


class RequestModel(BaseModel):
    """What a caller writes: unknown fields are refused (mass assignment), text is trimmed, free of NUL and what turns
    the direction of other text.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=100_000)

    @model_validator(mode="before")
    @classmethod
    def _refuse_what_no_text_may_hold(cls, data: Any) -> Any:
        if _is_clean(data, 0):
            return data
        for place, message in _problems(data, ()):
            if message is _TURNING and len(place) == 1 and _is_secret(cls.model_fields.get(str(place[0]))):
                continue
            error = InitErrorDetails(type=PydanticCustomError("text_not_allowed", message), loc=place, input=None)
            raise ValidationError.from_exception_data(cls.__name__, [error])
        return data


def _is_clean(value: Any, depth: int) -> bool:
    """Whether there is nothing to look for in a document, which is so in nearly all."""
    if isinstance(value, str):
        return "\x00" not in value and (value.isascii() or not DIRECTION_CHANGES.search(value))
    if depth > MAX_NESTING:
        return False
    if isinstance(value, dict):
        return all(_is_clean(key, depth) and _is_clean(item, depth + 1) for key, item in value.items())
    return not isinstance(value, list) or all(_is_clean(item, depth + 1) for item in value)


def _problems(value: Any, place: Place) -> Iterator[tuple[Place, LiteralString]]:
    """What is wrong in a document, and where. PostgreSQL's text holds every character but NUL; deeper documents than
    anybody needs are an attack.
    """
    if isinstance(value, str):
        if "\x00" in value:
            yield place, _NUL
        elif DIRECTION_CHANGES.search(value):
            yield place, _TURNING
    elif len(place) > MAX_NESTING:
        yield place[:1], _TOO_DEEP
    elif isinstance(value, dict):
        for key, item in value.items():
            if _is_clean(key, 0):
                yield from _problems(item, (*place, key))
            else:
                yield place, _NAME
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _problems(item, (*place, index))


def _is_secret(field: FieldInfo | None) -> bool:
    """Passwords are shown nowhere, and are what they were when they were chosen."""
    extra = field.json_schema_extra if field is not None else None
    return isinstance(extra, dict) and extra.get("format") == "password"


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


class ResponseModel(BaseModel):
    """What we answer; built from our own rows, so that it is not validated twice."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


Version = Annotated[
    int, Field(ge=1, le=2**31 - 1, description="The version that this change is based on", examples=[1])
]
