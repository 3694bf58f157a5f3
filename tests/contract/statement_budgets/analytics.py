"""SQL statements that each route of analytics may send."""

BUDGETS = {
    "GET /api/v1/metrics/dashboard": 15,
    "GET /api/v1/metrics/engagement": 3,
    "GET /api/v1/metrics/export": 1,
    "GET /api/v1/metrics/exports/{export_id}": 1,
    "GET /api/v1/metrics/growth": 3,
    "GET /api/v1/metrics/health": 3,
    "GET /api/v1/metrics/trending": 3,
    "GET /api/v1/metrics/users": 3,
    "POST /api/v1/metrics/exports": 5,
    "GET /api/v1/admin/analytics": 3,
    "GET /api/v1/admin/analytics/products": 2,
}
