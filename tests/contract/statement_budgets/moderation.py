"""SQL statements that each route of moderation may send."""

BUDGETS = {
    "POST /api/v1/reports": 5,
    "GET /api/v1/reports": 1,
}
