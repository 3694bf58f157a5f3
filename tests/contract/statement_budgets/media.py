"""SQL statements that each route of media may send."""

BUDGETS = {
    "GET /api/v1/media": 1,
    "POST /api/v1/media/upload": 3,
    "POST /api/v1/media/uploads": 4,
    "DELETE /api/v1/media/{media_id}": 2,
    "GET /api/v1/media/{media_id}": 1,
}
