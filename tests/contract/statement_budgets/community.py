"""SQL statements that each route of community may send."""

BUDGETS = {
    "GET /api/v1/posts": 3,
    "POST /api/v1/posts": 3,
    "GET /api/v1/posts/{post_id}": 2,
    "GET /api/v1/tickers": 1,
    "GET /api/v1/tickers/trending": 1,
    "GET /api/v1/tickers/{symbol}": 2,
    "GET /api/v1/tickers/{symbol}/posts": 4,
    "PUT /api/v1/tickers/{symbol}/follow": 2,
    "DELETE /api/v1/tickers/{symbol}/follow": 2,
    "GET /api/v1/hashtags": 1,
    "GET /api/v1/hashtags/{tag}": 2,
    "GET /api/v1/hashtags/{tag}/posts": 4,
    "PUT /api/v1/hashtags/{tag}/follow": 2,
    "DELETE /api/v1/hashtags/{tag}/follow": 2,
}
