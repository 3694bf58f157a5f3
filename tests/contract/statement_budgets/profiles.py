"""SQL statements that each route of profiles may send."""

BUDGETS = {
    "GET /api/v1/users/{user}": 1,
}
