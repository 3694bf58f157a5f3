"""Passwords: their minimum strength, and how they are hashed (NIST SP 800-63B, section 3.1.1; OWASP's cheat sheets)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from functions.identity.domain.keyboard_walks import is_walk
from functions.identity.errors import WeakPasswordError
from functions.identity.settings import IdentitySettings
from shared import settings

MIN_CHARACTERS: Final = 10
MAX_BYTES: Final = 72
"""bcrypt reads no more. Longer ones are refused, not cut."""

_ESTIMATED_CHARACTERS: Final = 32
"""zxcvbn's work grows fast with the length; what is strong up to here is strong as a whole."""
_SAFELY_UNGUESSABLE: Final = 3
"""zxcvbn's score for 10^8 guesses and more."""
_DISTINCTIVE_CHARACTERS: Final = 5
"""Shorter parts of a name or an address turn up in passwords by chance."""


def validate(password: str, *, email: str, full_name: str, field: str = "password") -> str:
    """The password in the form that is hashed. Raises WeakPasswordError, which names the body's `field`.

    Common and leaked passwords, keyboard walks, dates and their usual variants (`Passw0rd!23`) are recognised by
    zxcvbn, which knows the 30,000 most common passwords and the words that people build them from.
    """
    normal = _normal(password)
    if len(normal) < MIN_CHARACTERS:
        raise WeakPasswordError(f"The password must have at least {MIN_CHARACTERS} characters", field)
    if len(normal.encode()) > MAX_BYTES:
        raise WeakPasswordError(f"The password must not be longer than {MAX_BYTES} bytes in UTF-8", field)
    local_part, _, domain = _normal(email).casefold().partition("@")
    names = _words(local_part) | _words(full_name)
    if any(name in normal.casefold() for name in names if len(name) >= _DISTINCTIVE_CHARACTERS):
        raise WeakPasswordError("The password must not contain your name or your e-mail address", field)
    if is_walk(normal) or _is_guessable(normal, {"sharestack", *names, *_words(domain)}):
        raise WeakPasswordError("The password is too common or too easy to guess", field)
    return normal


def hash_password(password: str) -> str:
    """bcrypt's hash of a validated password, at the configured cost."""
    import bcrypt

    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(_cost())).decode()


def rehash(password: str) -> str:
    """The hash at the current cost of a verified password; one that older rules allowed stays valid."""
    return hash_password(_normal(password))


def verify(password: str, stored: str | None) -> bool:
    """Whether the password is the one whose hash is stored.

    Always one bcrypt computation, also where no stored hash could match, so that the time reveals nothing.
    """
    import bcrypt

    normal = _normal(password).encode()
    possible = stored is not None and _stored_cost(stored) is not None and len(normal) <= MAX_BYTES
    reference = stored if possible and stored is not None else _dummy_hash()
    return bcrypt.checkpw(normal[:MAX_BYTES], reference.encode()) and possible


def is_outdated(stored: str) -> bool:
    """Whether the hash was made at a lower cost than the current one."""
    cost = _stored_cost(stored)
    return cost is not None and cost < _cost()


def _normal(password: str) -> str:
    """NFKC, so that a password typed on another keyboard or system is the same password."""
    return unicodedata.normalize("NFKC", password)


def _words(text: str) -> set[str]:
    """The text as a whole, without its blanks, and word by word."""
    normal = _normal(text).casefold()
    return {normal, "".join(normal.split()), *re.split(r"[\W_]+", normal)} - {""}


def _is_guessable(password: str, known_words: set[str]) -> bool:
    """Whether zxcvbn considers it guessable by an attacker who tries these words first."""
    from zxcvbn import zxcvbn

    estimate = zxcvbn(password[:_ESTIMATED_CHARACTERS], user_inputs=sorted(known_words))
    return bool(estimate["score"] < _SAFELY_UNGUESSABLE)


def _cost() -> int:
    return int(settings.load(IdentitySettings).password_hash_cost)


def _stored_cost(stored: str) -> int | None:
    """The cost in a bcrypt hash, `$2b$12$...`; None for what is none, such as the marker of an unusable password."""
    match = re.fullmatch(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}", stored)
    return int(match[1]) if match else None


def _dummy_hash() -> str:
    """A well-formed hash at the current cost without a known password; checking it takes the usual work."""
    return f"$2b${_cost():02}${'.' * 53}"
