"""The groups: who is in them, and by what rules. What is written there stands in `scenes/group_*.txt`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGroup:
    slug: str
    name: str
    description: str
    access: Literal["public", "request", "invitation"]
    founded_days_ago: float
    owner: str
    """All people by the key that the scenes use."""
    moderators: tuple[str, ...]
    members: tuple[str, ...]
    rules: tuple[str, ...]
    flairs: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...] = ()
    """Who still waits for an answer to what they wrote, or was invited and has not answered."""


GROUPS: Final = (
    SampleGroup(
        slug="balcony-gardens",
        name="Balcony gardens · 阳台种菜",
        description="Pots, boxes, window sills, fire escapes. Any language, any amount of sun. "
        "有没有院子都行，有一扇窗就能种。",
        access="public",
        founded_days_ago=29.6,
        owner="lin",
        moderators=("tom", "ning"),
        members=("he", "gu", "ye", "tang", "wu", "fang", "mo", "ada", "iris", "lena", "walt", "sam", "dee", "ruth",
                 "pia", "bai"),
        rules=(
            "Say where you are and where your window faces. 先说在哪、朝哪。",
            "Dead plants are welcome. Nobody is laughed at here for killing one. 种死了也可以发，不笑人。",
            "No selling in comments; a link to the shop is fine where somebody asks. 评论里不卖货，有人问再给链接。",
            "Mark the answer that helped, for whoever comes next. 帮到你的回答，请采纳。",
        ),
        flairs=("Help 求助", "Harvest 收获", "Show 晒一晒"),
    ),
    SampleGroup(
        slug="slow-notes",
        name="慢慢变懂 · 长期投资笔记",
        description="写下理由，读附注，认错，睡觉。这里不荐股，不报价，不喊单；只问“为什么”和“今天不买会怎样”。",
        access="request",
        founded_days_ago=28.4,
        owner="chen",
        moderators=("shen",),
        members=("gu", "gao", "luo", "wang", "tang", "jiang", "mo", "zhao"),
        rules=(
            "不荐股，不问“能不能买”。问“我哪里没看懂”。",
            "写笔记要写理由，写理由要写“如果错了会是哪里错”。",
            "引用年报请写页码。",
            "急的时候先去遛弯，回来再发。",
        ),
        flairs=("笔记", "附注", "认错", "闲聊"),
        waiting=(("sam", "我用翻译软件读大家的笔记。I will be quiet and bring biscuits. May I sit at the back?"),),
    ),
    SampleGroup(
        slug="kiln-table",
        name="The Kiln Table · 窑桌",
        description="A table for people who fire things. Recipes, cracks, firing logs; what is said here may "
        "be used, and is paid for with a photograph of the result.",
        access="invitation",
        founded_days_ago=27.2,
        owner="hana",
        moderators=("su",),
        members=("fang", "ke", "erik", "jules", "yuki"),
        rules=(
            "Recipes are shared in full or not at all. 配方要给就给全。",
            "A failed pot is posted before a good one.",
            "Whoever uses a recipe owes its owner a photograph.",
        ),
        flairs=("Recipe 配方", "Firing log", "Cracks 可惜"),
        waiting=(("ning", "You turned a pot over to count its holes. That is the entrance exam."),),
    ),
)  # fmt: skip
