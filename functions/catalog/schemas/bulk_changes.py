"""Bases of changes of several products, or of several variants, at once."""

from __future__ import annotations

from typing import Generic, Self, TypeVar

from pydantic import model_validator

from shared.web import ChangeModel, RequestModel
from shared.web.bulk import BulkIds

Change = TypeVar("Change", bound=ChangeModel)


class ChangeOrDelete(RequestModel, Generic[Change]):
    """What becomes of all of them: `change` them, or `delete` them."""

    ids: BulkIds
    change: Change | None = None
    delete: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.delete == bool(self.change is not None and self.change.model_fields_set):
            raise ValueError("either `change` says what becomes another, or `delete` is true")
        return self
