"""discovery: recommendations, from what a schedule computes every day."""

from shared.manifest import DAY, Api, Manifest, Schedule

MANIFEST = Manifest(
    about="recommendations, from what a schedule computes every day",
    tags={
        "recommendations": "What goes with a product, and what the caller may like.",
    },
    functions=(
        Api(prefixes=("/api/v1/recommendations/",), paths=("/api/v1/products/{product_id}/recommendations",)),
        # The database does the work; it reads a year's orders, too dear for every hour.
        Schedule(name="refresh_recommendations", minutes=DAY, timeout=900),
    ),
)
