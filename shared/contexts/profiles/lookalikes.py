"""Characters of usernames that look like others: a subset of Unicode's confusables.

From `confusables.txt`, version 13.0.0 (Unicode Security Mechanisms, UTS #39; copyright Unicode, Inc., used under the
Unicode License, https://www.unicode.org/license.txt): the characters that a username may have after NFKC and casefold,
decomposed (NFD), each with what it looks like, folded. A letter whose capital looks like another one counts as well,
because names are shown in the case that their owners typed (`Ian` and `lan`).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LATIN: Final = (
    "0o 1l il mrn æae ð∂\u0335 øo\u0338 đd\u0335 ħh\u0335 ıl łl\u0338 œoe ŧt\u0335 ƀb\u0335 ƃb\u0304 ƅb ƈc' "
    "ƌd\u0304 ƍg ƒf\u0326 ƙk\u0314 ƚl\u0335 ƞn\u0329 ƥp\u0314 ƨ2 ƭt\u0314 ƴy\u0314 ƶz\u0335 ƽs ƿþ ǥg\u0335 ȝ3 "
    "ȣ8 ȥz\u0326 ȼc\u0338 ɂ? ɇe\u0338 ɉj\u0335 ɍr\u0335 ɏy\u0335 əǝ ʒ3 ẝf ỿy"
)
_MARKS: Final = "\u030c\u0306 \u0311\u0302 \u0327\u0326 \u309a\u030a"
_KANA: Final = "〇o く❬ イ亻 エ工 カ力 タ夕 ト卜 ニ二 ノ/ ハ八 ヘへ ロ口"
_HANGUL: Final = (
    "ᄁᄀᄀ ᄄᄃᄃ ᄈᄇᄇ ᄊᄉᄉ ᄍᄌᄌ ᅢᅡ丨 ᅤᅣ丨 ᅦᅥ丨 ᅨᅧ丨 ᅪᅩᅡ ᅫᅩᅡ丨 ᅬᅩ丨 ᅯᅮᅥ ᅰᅮᅥ丨 ᅱᅮ丨 ᅳー ᅴー丨 ᅵ丨 ᆨᄀ "
    "ᆩᄀᄀ ᆪᄀᄉ ᆫᄂ ᆬᄂᄌ ᆭᄂᄒ ᆮᄃ ᆯᄅ ᆰᄅᄀ ᆱᄅᄆ ᆲᄅᄇ ᆳᄅᄉ ᆴᄅᄐ ᆵᄅᄑ ᆶᄅᄒ ᆷᄆ ᆸᄇ ᆹᄇᄉ ᆺᄉ ᆻᄉᄉ "
    "ᆼᄋ ᆽᄌ ᆾᄎ ᆿᄏ ᇀᄐ ᇁᄑ ᇂᄒ"
)
_HAN: Final = (
    "㦳㘽 䎛㖈 䐠㬻 一ー 丶\\ 丿/ 倂併 值値 啟啓 囗口 填塡 士土 壿墫 嬀媯 帲帡 幐㬺 戸戶 搉㩁 晣䀿 晩晚 曶㫚 "
    "朦䑃 柿杮 槩㮣 樧榝 潙溈 硏研 絶絕 肦朌 胊朐 胐朏 胶㬵 脁朓 脧朘 腁胼 膧朣 蔿蒍 虁蘷 訞䚶 詽訮 讏讆 "
    "豣豜 趆赿 跺跥 躛躗 輧軿 郞郎 鎮鎭 隸隷 鹃鹂 黒黑 鿃䀹 𡿨❬"
)

PROTOTYPES: Final = {
    ord(pair[0]): pair[1:] for table in (_LATIN, _MARKS, _KANA, _HANGUL, _HAN) for pair in table.split()
}
"""By code point, for `str.translate`."""


def skeleton(key: str) -> str:
    """Equal for names that look alike (UTS #39, section 4), of a name that is folded already."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", key).translate(PROTOTYPES))
