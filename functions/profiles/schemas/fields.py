"""Types of fields that several requests have."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from functions.profiles.domain.display_names import visible
from shared import days
from shared.contexts.profiles import usernames
from shared.web.fields import SingleLine

MAX_BIO: Final = 500
_ZONE: Final = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_NO_PLACES: Final = frozenset({"Factory", "localtime", "posixrules", "posix", "right"})
"""Names, and first parts of names, that some systems keep beside those of the database."""


def _username(text: str) -> str:
    if problem := usernames.problem_of(text):
        raise ValueError(str(problem))
    return usernames.shown_form(text)


def _time_zone(name: str) -> str:
    if not _ZONE.fullmatch(name) or name.partition("/")[0] in _NO_PLACES or days.problem(name):
        raise ValueError("a time zone of the IANA database, such as Asia/Shanghai")
    return name


Username = Annotated[
    str,
    StringConstraints(max_length=120),
    AfterValidator(_username),
    Field(
        description="2 to 30 characters: Latin letters beside one other script (Chinese, Japanese or Korean), digits"
        " and `_`. Shown as typed; any case of it is the same name",
        examples=["ada_l"],
    ),
]
DisplayName = Annotated[
    str | None,
    Field(max_length=60, description="Any script; null, or what nobody can see: the username", examples=["Ada L."]),
    AfterValidator(visible),
]
Line = Annotated[str, SingleLine]
Bio = Annotated[
    str,
    Field(max_length=MAX_BIO, description="Plain text", examples=["Long only. 看好长期。"]),
    AfterValidator(lambda text: visible(text) or ""),
]
TimeZone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_time_zone),
    Field(description="An IANA name, as the browser has it", examples=["Asia/Shanghai"]),
]


def _ahead(moment: datetime) -> datetime:
    if moment.year > 9000:
        raise ValueError("a date that calendars have")
    if moment <= datetime.now(UTC):
        raise ValueError("in the future")
    return moment


Until = Annotated[
    AwareDatetime | None,
    AfterValidator(lambda moment: None if moment is None else _ahead(moment)),
    Field(description="When it ends by itself; null: never", examples=["2027-01-01T00:00:00Z"]),
]


def refuse_null(value: Any) -> Any:
    """For what a change may replace and not remove."""
    if value is None:
        raise ValueError("cannot be removed, only replaced")
    return value
