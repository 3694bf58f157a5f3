"""SQL statements that each route of community may send."""

BUDGETS = {
    "GET /api/v1/community": 0,
}
