"""Response models that have the fields of a dataclass, so that a list of fields stands once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_type_hints

from pydantic import create_model

from shared.web import ResponseModel

Model = TypeVar("Model", bound=ResponseModel)


def with_fields(source: type, names: Iterable[str], *, after: str) -> Callable[[type[Model]], type[Model]]:
    """A decorator of a response model without base fields: it gets these fields of the dataclass, required and of the
    same types, behind the field `after`. One that the model declares itself stays as it is declared, in that place.
    """

    def extend(model: type[Model]) -> type[Model]:
        declared = get_type_hints(model, include_extras=True)
        own = {name: declared[name] for name in model.model_fields}
        derived = get_type_hints(source)
        types: dict[str, Any] = {}
        for name, annotation in own.items():
            types.setdefault(name, annotation)
            if name == after:
                types |= {field: own.get(field, derived[field]) for field in names}
        definitions: dict[str, Any] = {name: (annotation, ...) for name, annotation in types.items()}
        return create_model(
            model.__name__, __base__=model.__bases__, __doc__=model.__doc__, __module__=model.__module__, **definitions
        )

    return extend
