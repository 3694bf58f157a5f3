"""operations: open to everybody, but for the audit log."""

from __future__ import annotations

import uuid

from shared import audit
from shared.clients import database
from shared.permissions import Permission
from shared.tables.platform import AuditEntry
from tests.contract.authorization.matrix import Request, Row, Stage, permitted, public
from tests.factories.operations import error_log_entry

_LOG = "/api/v1/admin/audit"


def _an_entry(stage: Stage) -> Request:
    with database.transaction() as connection:
        subject = audit.Subject("product", uuid.uuid4())
        audit.record(connection, "product.changed", subject, actor=audit.user(stage.owner.id, ["admin"], None))
    return Request(path={"entry_id": stage.db.query(AuditEntry).one().id})


def _an_error(stage: Stage) -> Request:
    return Request(path={"error_id": error_log_entry(stage.db).id})


ROWS: list[Row] = [
    public("GET", "/health"),
    public("GET", "/health/ready"),
    public("GET", "/openapi.json"),
    public("GET", "/docs"),
    public("GET", "/docs/{asset}", request=Request(path={"asset": "page.css"})),
    public(
        "POST", "/api/v1/web-vitals", request=Request(json={"page": "home", "vitals": [{"name": "lcp", "value": 9}]})
    ),
    permitted(Permission.OPERATIONS_READ, "GET", "/api/v1/admin/web-vitals"),
    permitted(Permission.COUNTERS_READ, "GET", "/api/v1/admin/counters"),
    permitted(Permission.AUDIT_READ, "GET", _LOG),
    permitted(Permission.AUDIT_READ, "GET", _LOG + "/{entry_id}", _an_entry),
    public("POST", "/api/v1/errors/log", request=Request(json={"message": "items is undefined"})),
    public("POST", "/api/v1/errors/csp", request=Request(json=[])),
    permitted(Permission.ERRORS_READ, "GET", "/api/v1/errors"),
    permitted(Permission.ERRORS_READ, "GET", "/api/v1/errors/{error_id}", _an_error),
    permitted(Permission.ERRORS_RESOLVE, "PATCH", "/api/v1/errors/{error_id}/resolve", _an_error),
]
