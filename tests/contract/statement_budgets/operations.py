"""SQL statements that each route of operations may send."""

BUDGETS = {
    "GET /api/v1/admin/audit": 1,
    "GET /api/v1/admin/audit/{entry_id}": 1,
    "GET /api/v1/admin/counters": 1,
    "GET /api/v1/admin/web-vitals": 1,
    "GET /api/v1/errors": 1,
    "GET /api/v1/errors/{error_id}": 1,
    "PATCH /api/v1/errors/{error_id}/resolve": 2,
    "POST /api/v1/errors/csp": 0,
    "POST /api/v1/errors/log": 0,
    "POST /api/v1/web-vitals": 1,
    "GET /docs": 0,
    "GET /docs/{asset}": 0,
    "GET /health": 0,
    "GET /health/ready": 1,
    "GET /openapi.json": 0,
}
