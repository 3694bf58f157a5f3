"""discovery: one search over people, tickers, posts and products; recommendations."""

from shared.manifest import DAY, Api, Manifest, Schedule

MANIFEST = Manifest(
    about="one search over people, tickers, posts and products; recommendations that a schedule computes",
    tags={
        "search": "People, tickers, posts and products in one answer.",
        "recommendations": "What goes with a product, and what the caller may like.",
    },
    functions=(
        Api(
            prefixes=("/api/v1/recommendations/", "/api/v1/search"),
            paths=("/api/v1/products/{product_id}/recommendations",),
        ),
        # The database does the work; it reads a year's orders, too dear for every hour.
        Schedule(name="refresh_recommendations", minutes=DAY, timeout=900),
    ),
)
