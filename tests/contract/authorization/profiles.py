"""Who gets what from profiles."""

from __future__ import annotations

from tests.contract.authorization.matrix import Request, Row, Stage, public
from tests.factories import profiles


def _a_person(stage: Stage) -> Request:
    return Request(path={"user": profiles.person(stage.db).id})


ROWS: list[Row] = [public("GET", "/api/v1/users/{user}", arrange=_a_person)]
