"""Names of reviews' authors as the public reads them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ANONYMOUS: Final = "A customer"
_ADDRESS: Final = re.compile(r"[/\\:@]|[^\W_][.\u3002](?:[^\W\d_]{2,}|xn--)")
"""A slash, a colon, an at sign, or a domain: a dot (IDNA has several) between a letter or digit and two letters."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def public_name(full_name: str | None) -> str:
    """The public form of an author's name: "Ada Lovelace" is "Ada L.", "李小龙" is "李**". What leads somewhere (an
    address of the web or of mail, a domain) is nobody's name, and nothing of it is shown.
    """
    plain = unicodedata.normalize("NFKC", full_name or "")
    names = (full_name or "").split()
    if not names or _ADDRESS.search(plain):
        return ANONYMOUS
    if len(names) > 1:
        return f"{names[0]} {names[-1][0]}."
    [name] = names
    return name[0] + "*" * (len(name) - 1) if _HAN.match(name) else name
