"""The JSON documents that Stripe's API speaks, and the shapes they must have."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

# A document of Stripe's: its schema is the fixture of its type and the classes of the `stripe` library.
Document = dict[str, Any]


@cache
def fixtures() -> dict[str, Document]:
    """Stripe's published sample of each resource, by resource type."""
    path = Path(__file__).with_name("fixtures.json")
    resources: dict[str, Document] = json.loads(path.read_text(encoding="utf-8"))["resources"]
    return resources


def new_document(type_name: str, **values: Any) -> Document:
    """A document with exactly the keys of Stripe's sample, null where no value is given.

    Raises KeyError when a value is given for a key that Stripe's sample does not have.
    """
    keys = fixtures()[type_name]
    unknown = values.keys() - keys.keys()
    if unknown:
        raise KeyError(f"a {type_name} of Stripe's has no {', '.join(sorted(unknown))}")
    document: Document = dict.fromkeys(keys)
    document.update(values)
    document["object"] = type_name
    if "livemode" in keys:
        document["livemode"] = False
    return document


def snapshot_of(document: Document) -> Document:
    """A copy that later changes of the document do not touch, as events need."""
    return copy.deepcopy(document)
