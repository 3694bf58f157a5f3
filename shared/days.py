"""The days of the shop: where one ends and the next begins is decided by one time zone, `SHOP_TIME_ZONE`.

Moments are stored in UTC; days, and the years that they are in, stand on documents and in reports. A day on which the
clocks change has 23 or 25 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Final

from shared import settings

DEFAULT: Final = "UTC"


def zone_name() -> str:
    """The zone's name in the IANA time zone database, such as `Asia/Shanghai`."""
    return settings.common().shop_time_zone


def day_of(moment: datetime) -> date:
    """The day that a moment, which has a time zone, is in."""
    return moment.astimezone(_zone(zone_name())).date()


def today() -> date:
    """The day that it is."""
    return day_of(datetime.now(UTC))


def problem(name: str) -> str | None:
    """Why days cannot be told by this name, or None."""
    try:
        _zone(name)
    except (ValueError, OSError):  # what is no key, and what is no file of the database
        return f"{name!r} is no time zone of the IANA database; names are those such as Europe/Berlin, or UTC"
    return None


def _zone(name: str) -> tzinfo:
    """Raises ValueError (`ZoneInfoNotFoundError` is one of KeyError, and made one here) for what is no zone."""
    if name == DEFAULT:
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        raise ValueError(name) from error
