"""SQL statements that each route of discovery may send."""

BUDGETS = {
    "GET /api/v1/products/{product_id}/recommendations": 1,
    "GET /api/v1/recommendations/products": 1,
    # One for each kind; two more for posts and for products, where nothing has all of the query.
    "GET /api/v1/search": 9,
    "GET /api/v1/search/suggestions": 4,
}
