"""Pages of lists, as https://docs.stripe.com/api/pagination describes them."""

from collections.abc import Sequence
from typing import Any

from simulators.stripe.calls import Call
from simulators.stripe.currencies import too_small_integer
from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request, resource_missing

_DEFAULT_LIMIT = 10
_GREATEST_LIMIT = 100


def page_of(newest_first: Sequence[Document], call: Call, url: str) -> Document:
    """One page of the documents; raises ApiError (400) for a bad limit or a cursor that names nothing."""
    params = call.params
    documents = [document for document in newest_first if _was_created(document, params.get("created"))]
    limit = _limit(params.get("limit", _DEFAULT_LIMIT))
    after, before = params.get("starting_after"), params.get("ending_before")
    if after is not None and before is not None:
        raise invalid_request(
            "You can't specify both `starting_after` and `ending_before`.", code="parameters_exclusive"
        )
    if before is not None:
        preceding = documents[: _position(documents, before, "ending_before")]
        data, has_more = preceding[-limit:], len(preceding) > limit
    else:
        following = documents if after is None else documents[_position(documents, after, "starting_after") + 1 :]
        data, has_more = following[:limit], len(following) > limit
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _limit(limit: int) -> int:
    if limit < 1:
        raise too_small_integer("limit", least=1)
    if limit > _GREATEST_LIMIT:
        raise invalid_request(
            f"This value must be less than or equal to {_GREATEST_LIMIT} (it currently is '{limit}').",
            code="parameter_invalid_integer",
            param="limit",
        )
    return limit


def _position(documents: Sequence[Document], identifier: str, param: str) -> int:
    for position, document in enumerate(documents):
        if document["id"] == identifier:
            return position
    raise resource_missing("object", identifier, param=param)


def _was_created(document: Document, created: Any) -> bool:
    if created is None:
        return True
    moment: int = document["created"]
    if isinstance(created, int):
        return moment == created
    bounds: dict[str, int] = created
    return (
        moment > bounds.get("gt", moment - 1)
        and moment >= bounds.get("gte", moment)
        and moment < bounds.get("lt", moment + 1)
        and moment <= bounds.get("lte", moment)
    )
