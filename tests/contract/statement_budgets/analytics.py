"""SQL statements that each route of analytics may send."""

BUDGETS = {
    "GET /api/v1/admin/analytics": 3,
    "GET /api/v1/admin/analytics/products": 2,
}
