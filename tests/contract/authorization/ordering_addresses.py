"""Who gets what from address books: everybody has one of their own."""

from __future__ import annotations

import uuid

from shared.contexts.ordering.models.addresses import CustomerAddress
from tests.contract.authorization.matrix import Request, Row, Stage, owner_only, signed_in
from tests.factories.ordering import ADDRESS

_PATH = "/api/v1/users/me/addresses"


def _an_address(stage: Stage) -> Request:
    entry = CustomerAddress(user_id=stage.owner.id, address=ADDRESS)
    stage.db.add(entry)
    stage.db.commit()
    return Request(path={"address_id": entry.id}, json={"address": ADDRESS, "label": "Office", "version": 1})


def _an_address_to_save(stage: Stage) -> Request:
    return Request(json={"address": ADDRESS}, headers={"Idempotency-Key": uuid.uuid4().hex})


ROWS: list[Row] = [
    signed_in("GET", _PATH),
    signed_in("POST", _PATH, _an_address_to_save),
    owner_only("GET", f"{_PATH}/{{address_id}}", _an_address),
    owner_only("PUT", f"{_PATH}/{{address_id}}", _an_address),
    owner_only("DELETE", f"{_PATH}/{{address_id}}", _an_address),
]
