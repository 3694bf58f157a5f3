"""SQL of what shipping zones and tax rates say about countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from psycopg.rows import class_row

from shared.clients.database import Connection

# A zone of a whole country without any rate says that nothing is delivered there.
_RULES: Final = """
WITH zones AS MATERIALIZED (
    SELECT country, regions <> '{}' AS by_region, postal_prefixes <> '{}' AS by_postal_code,
        EXISTS (SELECT FROM shipping_rates r WHERE r.zone_id = z.id AND r.is_active) AS has_rates
    FROM shipping_zones z CROSS JOIN unnest(z.countries) AS country WHERE z.is_active
)
SELECT EXISTS (SELECT FROM zones) AS has_zones,
    ARRAY(SELECT DISTINCT country::text FROM zones WHERE has_rates) AS with_rates,
    ARRAY(SELECT DISTINCT country::text FROM zones WHERE NOT (has_rates OR by_region OR by_postal_code)) AS closed,
    ARRAY(SELECT country::text FROM zones WHERE by_region
        UNION SELECT country::text FROM tax_rates WHERE is_active AND region <> '') AS by_region,
    ARRAY(SELECT DISTINCT country::text FROM zones WHERE by_postal_code) AS by_postal_code
"""


@dataclass(frozen=True, slots=True)
class CountryRules:
    """Countries, `*` among them for all others. Where there is no zone at all, everything is delivered for nothing."""

    has_zones: bool
    with_rates: list[str]
    closed: list[str]
    by_region: list[str]
    by_postal_code: list[str]


def load(connection: Connection) -> CountryRules:
    with connection.cursor(row_factory=class_row(CountryRules)) as cursor:
        row = cursor.execute(_RULES).fetchone()
    assert row is not None
    return row
