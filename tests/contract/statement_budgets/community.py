"""SQL statements that each route of community may send."""

BUDGETS = {
    "GET /api/v1/posts": 3,
    "POST /api/v1/posts": 5,
    "GET /api/v1/posts/{post_id}": 2,
    "PATCH /api/v1/posts/{post_id}": 6,
    "DELETE /api/v1/posts/{post_id}": 4,
    "POST /api/v1/posts/{post_id}/publish": 6,
    "GET /api/v1/posts/{post_id}/edits": 2,
    "GET /api/v1/posts/{post_id}/quotes": 4,
    "GET /api/v1/posts/drafts": 3,
    "PUT /api/v1/users/me/pinned-post": 1,
    "DELETE /api/v1/users/me/pinned-post": 1,
    "GET /api/v1/feed": 3,
    "GET /api/v1/users/{user}/posts": 4,
}
