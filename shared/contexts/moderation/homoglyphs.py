"""Letters of other scripts, and letters in disguise, that are read as those of ASCII.

Letters of Latin, Greek, Cyrillic, Armenian, Cherokee and Coptic from `confusables.txt` (UTS #39; copyright
Unicode, Inc., used under the Unicode License, https://www.unicode.org/license.txt), as the package
`confusable-homoglyphs` 3.3.1 (MIT) has them, that look like one letter of ASCII and that NFKC and NFD leave alone.
Beside them small capitals, letters with a stroke, and small letters whose capitals look like Latin ones, which evasion
uses.
"""

from __future__ import annotations

from typing import Final

_PAIRS: Final = (
    "øo đd ħh ıi łl ŧt Ƅb ƍg Ɩl Ʀr ƽs ǀl ɑa ɡg ɢg ɣy ɩi ɪi ɯw ɴn ʀr ʋu ʏy ʙb ʜh ʟl Ϳj Αa Βb Εe Ζz Ηh Ιi "
    "Κk Μm Νn Οo Ρp Τt Υy Χx αa βb γy εe ηn ιi κk νv οo ρp σo τt υu ωw Ϝf ϳj Ϻm Ѕs Іi Јj Аa Вb Еe Кk Мm "
    "Нh Оo Рp Сc Тt Уy Хx Ьb аa вb гr еe кk мm нh оo рp сc тt уy хx ѕs іi јj ѡw Ѵv ѵv Үy үy һh ҽe Ӏi ӏi "
    "ԁd Ԍg ԛq Ԝw ԝw Սu Տs Օo աw գq զq հh ոn ռn սu ցg քf օo Ꭰd Ꭱr Ꭲt Ꭵi Ꭹy Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮍy Ꮐg Ꮒh Ꮓz "
    "Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮶk Ꮷd Ᏻg Ᏼb ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴑo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ᴦr ᶃg ᶌy ẝf ỿy "
    "ⲅr Ⲏh Ⲓi Ⲕk Ⲙm Ⲛn Ⲟo ⲟo Ⲣp ⲣp Ⲥc ⲥc Ⲧt Ⲩy Ⲭx Ⳑi ꙇi ꜰf ꜱs Ꞙf ꞙf ꞟu Ʝj Ꭓx Ꞵb ꬲe ꬵf ꬽo ꭇr ꭈr ꭎu ꭒu ꭚy "
    "ꭵi ꮁr ꮃw ꮓz ꮩv ꮪs ꮯc "
)

HOMOGLYPHS: Final = {
    **{pair[0]: pair[1] for pair in _PAIRS.split()},
    # Letters in squares and discs, and the letters that flags are made of: no compatible forms of letters.
    **{chr(first + number): chr(ord("a") + number) for first in (0x1F150, 0x1F170, 0x1F1E6) for number in range(26)},
}
"""The letter of ASCII, small, by what looks like it."""
