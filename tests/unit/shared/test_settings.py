"""Settings are validated once, and say all that is missing at once."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from shared import settings


@pytest.fixture(autouse=True)
def _fresh() -> None:
    settings.forget()


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
