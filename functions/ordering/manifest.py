"""ordering: carts, checkout, orders, shipments, returns, and the rules of prices."""

from shared.manifest import DAY, Alarm, Api, Count, Manifest, Schedule

MANIFEST = Manifest(
    about="carts, checkout, orders, shipments, returns, and the rules of prices",
    tags={
        "site": "What the shop is: its name, currency, countries, carriers and limits.",
        "site-admin": "What the operator says about the shop, for administrators.",
        "cart": "The cart and its checkout.",
        "addresses": "The caller's address book.",
        "orders": "The caller's orders.",
        "orders-admin": "Orders and shipments, for administrators.",
        "returns": "Returned goods: requested by customers, decided and received by administrators.",
        "pricing-admin": "Coupons, shipping rates and tax rates, for administrators.",
    },
    functions=(
        Api(
            layers=("invoices", "fonts"),
            snap_start=True,
            prefixes=(
                "/api/v1/cart",
                "/api/v1/checkouts/",
                "/api/v1/orders",
                "/api/v1/users/me/addresses",
                "/api/v1/returns",
                "/api/v1/shipments/",
                "/api/v1/shipping/",
                "/api/v1/admin/orders",
                "/api/v1/admin/returns",
                "/api/v1/admin/coupons",
                "/api/v1/admin/shipping/",
                "/api/v1/admin/tax/",
                "/api/v1/admin/site",
            ),
            paths=(
                "/api/v1/users/orders",
                "/api/v1/site",
                "/api/v1/site/countries/{country}",
                "/api/v1/site/legal/{name}",
            ),
            publishes_events=True,
            settings={
                "SELLER_NAME": "seller_name",
                "SELLER_ADDRESS": "seller_address",
                "SELLER_TAX_ID": "seller_tax_id",
                "SITE": "site",
            },
            # The steps of a purchase that the dashboard counts, by the route whose success is the step.
            counts=(
                Count(metric="cart-items-added", method="POST", path="/api/v1/cart/items"),
                Count(metric="checkouts-started", method="POST", path="/api/v1/cart/checkout"),
                Count(metric="orders-placed", method="POST", path="/api/v1/orders"),
            ),
        ),
        Schedule(name="expire_reservations", housekeeping=True, timeout=50, publishes_events=True),
        Schedule(name="notice_abandoned_carts", minutes=15, housekeeping=True, timeout=50, publishes_events=True),
        # A partition that cannot be created is an error of the function, and that is an alarm.
        Schedule(name="prepare_partitions", minutes=DAY, timeout=50),
    ),
    alarms=(
        Alarm(
            name="ExpiryFailures",
            metric="CheckoutExpiryFailures",
            above=0,
            periods=3,
            statistic="sum",
            description="the stock of an ended checkout cannot be released",
        ),
    ),
)
