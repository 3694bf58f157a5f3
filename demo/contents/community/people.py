"""Everybody, by the name that the scenes use."""

from __future__ import annotations

from typing import Final

from demo.contents.community import people_elsewhere, people_zh

PEOPLE: Final = {person.key: person for person in (*people_zh.PEOPLE, *people_elsewhere.PEOPLE)}
