"""SQL statements that each route of community may send."""

BUDGETS = {
    "GET /api/v1/posts": 3,
    "POST /api/v1/posts": 4,
    "GET /api/v1/posts/{post_id}": 2,
}
