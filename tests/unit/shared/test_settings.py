"""Settings are validated once, and say all that is missing at once."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest

from infra.environments import DEV
from shared import days, settings


@pytest.fixture(autouse=True)
def _fresh() -> None:
    settings.reset()


def test_every_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENVIRONMENT", "SERVICE", "DATABASE_URL", "EVENT_BUS_NAME", "TABLE_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SERVICE", "catalog")
    with pytest.raises(
        settings.SettingsError,
        match="missing environment variables: DATABASE_URL, ENVIRONMENT, EVENT_BUS_NAME, TABLE_NAME",
    ):
        settings.common()


def test_settings_are_frozen_and_read_once(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings.common()
    monkeypatch.setenv("SERVICE", "changed")
    assert settings.common() is first
    with pytest.raises(FrozenInstanceError):
        first.service = "changed"  # type: ignore[misc]


@pytest.mark.parametrize(
    "name", ["Mars/Olympus_Mons", "../../etc/passwd", "Berlin", "/etc/localtime", "Europe", "CET\n"]
)
def test_a_time_zone_that_does_not_exist_is_refused_by_name(
    name: str, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_TIME_ZONE", name)
    with pytest.raises(settings.SettingsError, match=f"SHOP_TIME_ZONE: {re.escape(repr(name))} is no time zone"):
        settings.common()
    with pytest.raises(ValueError, match="dev: shop_time_zone: "):
        replace(DEV, shop_time_zone=name)


@pytest.mark.parametrize(("zone", "day"), [("UTC", 31), ("Asia/Tokyo", 1), ("America/Bogota", 31)])
def test_a_moment_is_in_a_day_of_the_shop_s_zone(
    zone: str, day: int, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_TIME_ZONE", zone)
    assert days.day_of(datetime(2025, 12, 31, 16, tzinfo=UTC)).day == day
