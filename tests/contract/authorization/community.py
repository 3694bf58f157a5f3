"""Who gets what from community."""

from __future__ import annotations

from tests.contract.authorization import community_posts
from tests.contract.authorization.matrix import Row

ROWS: list[Row] = [
    *community_posts.ROWS,
]
