"""What other shops do on such a machine, and the bars set by that: the figures of the project's quality bars.

One server process, 1,000 products, PostgreSQL beside it, 8 callers; requests per second, best of three.
"""

from __future__ import annotations

from typing import Final

PEERS: Final = {
    "list 20": {"Medusa": 38, "Vendure": 37, "Saleor": 21},
    "one product": {"Medusa": 144, "Vendure": 324, "Saleor": 38},
    "search": {"Medusa": 34, "Vendure": 42, "Saleor": 75},
    "add to cart": {"Medusa": 14, "Vendure": 241, "Saleor": 11},
    "place order": {"Medusa": 11, "Vendure": 70, "Saleor": 6},
}
TIMES_BEST: Final = {"list 20": 10, "one product": 3, "search": 5, "add to cart": 2, "place order": 2}
MEMORY_MB: Final = (280, 890)
"""Of one server process of theirs."""


def bar(row: str) -> int:
    """Requests per second that are asked for."""
    return max(PEERS[row].values()) * TIMES_BEST[row]
