"""Which font writes which characters, without a font file: the standard fonts of PDF, and for what they do not have,
Adobe's Chinese one, which viewers bring themselves (ISO 32000-1, section 9.6.2.2; reportlab's CID fonts).
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

LATIN: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
CHINESE: Final = "STSong-Light"

pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def marked_up(text: str) -> str:
    """The text as a paragraph's markup, its parts in the fonts that have their characters. Markup in it is shown as it
    is, never obeyed.
    """
    runs = ((is_latin, "".join(part)) for is_latin, part in groupby(text, _is_latin))
    return "".join(
        escape(run) if is_latin else f'<font name="{CHINESE}">{escape(run)}</font>' for is_latin, run in runs
    )


def _is_latin(character: str) -> bool:
    """Whether Helvetica has it, in the encoding that PDF's standard fonts are used with."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
