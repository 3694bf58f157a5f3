"""SQL statements that each route of discovery may send."""

BUDGETS = {
    "GET /api/v1/products/{product_id}/recommendations": 1,
    "GET /api/v1/recommendations/products": 1,
}
