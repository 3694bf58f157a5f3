"""What a function reads from its environment: one frozen object per process, validated once."""

from __future__ import annotations

import os
from dataclasses import MISSING, dataclass, fields
from typing import TypeVar, cast

from shared import process


class SettingsError(RuntimeError):
    """The environment lacks variables that the function needs, or has a wrong one; the message names every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Variables that every function has. A context adds its own in a subclass; field names are the variables' names
    in lower case, and a field without a default is required. `database_pauses` is set where the database sleeps
    as soon as nobody is connected. `shop_time_zone` decides days and years (`shared.days`)."""

    environment: str
    service: str
    database_url: str
    event_bus_name: str
    table_name: str
    database_auth: str = "password"
    database_pauses: str = ""
    public_url: str = "http://127.0.0.1:8000"
    jwt_issuer: str = "sharestack"
    jwt_audience: str = "sharestack-api"
    trusted_proxy_hops: str = "0"
    shop_time_zone: str = "UTC"

    def __post_init__(self) -> None:
        from shared import days

        if problem := days.problem(self.shop_time_zone):
            raise SettingsError(f"SHOP_TIME_ZONE: {problem}")


S = TypeVar("S", bound=Settings)

_loaded: dict[type[Settings], Settings] = {}


def load(kind: type[S]) -> S:
    """`kind`, read from the environment once per process. Raises SettingsError, with all missing names at once."""
    if kind not in _loaded:
        _loaded[kind] = _read(kind)
    return cast(S, _loaded[kind])


def reset() -> None:
    """Read the environment again at the next use (tests change it)."""
    _loaded.clear()


process.on_reset(reset)


def _read(kind: type[S]) -> S:
    missing = [f.name.upper() for f in fields(kind) if f.default is MISSING and not os.environ.get(f.name.upper())]
    if missing:
        raise SettingsError(f"{kind.__name__}: missing environment variables: {', '.join(sorted(missing))}")
    values = {f.name: os.environ[f.name.upper()] for f in fields(kind) if os.environ.get(f.name.upper())}
    return kind(**values)


def common() -> Settings:
    """The variables that every function has."""
    return load(Settings)
