"""Those who mostly write Chinese."""

from __future__ import annotations

from typing import Final

from demo.contents.community.person import SamplePerson
from demo.contents.customers import WANG

_CHINA: Final = {"language": "zh-CN", "country": "CN", "time_zone": "Asia/Shanghai"}


def _person(key: str, username: str, display_name: str, **more: object) -> SamplePerson:
    return SamplePerson(key=key, username=username, display_name=display_name, **{**_CHINA, **more})  # type: ignore[arg-type]


PEOPLE: Final = (
    _person(
        "wang", "王小明", "王小明", email=WANG,
        bio="上海。白天做报表，晚上泡茶。杯子比朋友多，正在改。",
        topics=("tea", "ceramics", "investing"), picture="gaiwan", watchlist=("600519.SH", "AAPL"),
    ),
    _person(
        "lin", "林小满", "小满的六楼阳台",
        bio="杭州，六楼，三平米阳台，种过番茄、黄瓜和一棵没活过梅雨季的柠檬。浇水比吃饭准时。",
        topics=("gardening", "cooking"), picture="tomatoes", pull=2.2,
    ),
    _person(
        "chen", "陈默", "陈默",
        bio="深圳。写投资笔记第十一年，少交易，多读书。说的都是我自己怎么想，不是让你怎么做。",
        topics=("investing", "books"), picture="portrait-7", watchlist=("0700.HK", "600519.SH", "BRK.B"), pull=2.4,
    ),
    _person(
        "zhao", "一鸣看盘", "赵一鸣",
        bio="北京，看盘十年，被市场教育八年。K线、羊肉串、篮球。",
        topics=("investing", "cooking"), picture="chart", watchlist=("300750.SZ", "NVDA", "TSLA"),
    ),
    _person(
        "su", "suhe_taoyi", "苏禾陶艺",
        bio="景德镇，三宝。拉坯，上釉，开窑前睡不着。每月开一窑，烧坏的自己用。",
        topics=("ceramics", "tea", "gardening"), picture="vase", pull=2.5,
    ),
    _person(
        "he", "何阿姨的厨房", "何阿姨",
        bio="成都，退休语文老师。做菜三十年，打字用手写输入，错字请包涵。",
        topics=("cooking", "gardening"), picture="portrait-8", pull=2.0,
    ),
    _person(
        "zhou", "zhouzhou", "周舟",
        bio="广州，摄影。接静物和市井，不接婚礼（怕哭）。",
        topics=("photography", "books"), picture="camera", pull=1.8,
    ),
    _person(
        "xu", "许愿的缝纫机", "许愿",
        bio="苏州。老式脚踏缝纫机一台，旗袍盘扣会八种，正在学第九种。",
        topics=("sewing",), picture="machine", pull=1.3,
    ),
    _person(
        "gu", "gubei", "顾北",
        bio="上海，写代码的。用脚本给阳台浇水，用定投管住手。两件事都还在调试。",
        topics=("gardening", "investing"), picture="portrait-2", watchlist=("MSFT", "NVDA", "0700.HK"),
    ),
    _person(
        "tang", "tangguo", "唐果",
        bio="武汉大三。什么都想学，什么都刚开始。问题很多，谢谢大家不嫌弃。",
        topics=("investing", "cooking", "photography"), picture="portrait-3",
    ),
    _person(
        "ye", "叶知秋", "叶知秋",
        bio="昆明的花市每周三最便宜。写诗，种月季，两样都会被虫咬。",
        topics=("gardening", "books", "photography"), picture="rose", pull=1.4,
    ),
    _person(
        "luo", "luodali", "罗大力",
        bio="重庆，开一家小修车铺。火锅要特辣，投资要无聊。",
        topics=("investing", "cooking"), picture="bicycle", watchlist=("000858.SZ", "AAPL"),
    ),
    _person(
        "shen", "沈老师读年报", "沈老师",
        bio="南京，教会计。年报从附注读起，笑话从脚注讲起。",
        topics=("investing", "books"), picture="notebook", watchlist=("600519.SH", "601318.SH", "COST"), pull=1.7,
    ),
    _person(
        "fang", "fangyuan_pots", "方圆",
        bio="德化白瓷，第三代。爷爷做观音，爸爸做杯子，我做花盆，家里很有意见。",
        topics=("ceramics", "gardening"), picture="planter", pull=1.5,
    ),
    _person(
        "jiang", "江南", "江南",
        bio="无锡。茶、雨、旧书。偶尔看股票，看完更想喝茶。",
        topics=("tea", "books", "investing"), picture="rain", watchlist=("600519.SH",),
    ),
    _person(
        "qin", "qinlang", "秦朗",
        bio="西安。会扯面，会木工，做的凳子坐过一百二十公斤的舅舅。",
        topics=("cooking", "woodwork"), picture="noodles",
    ),
    _person(
        "mo", "莫莉hk", "莫莉",
        bio="香港。港股老散一名，行山新手一名。收息買花。",
        language="zh-HK", country="HK", time_zone="Asia/Hong_Kong",
        topics=("investing", "gardening"), picture="mountain", watchlist=("0700.HK", "9988.HK"), pull=1.2,
    ),
    _person(
        "wu", "wuchi", "吴迟",
        bio="杭州，夜班护士。下班路上拍胶片，早饭当晚饭吃。",
        topics=("photography", "gardening"), picture="street", pull=1.3,
    ),
    _person(
        "ding", "丁丁妈", "丁丁妈",
        bio="青岛。孩子的裤子我来补，孩子的问题我来不了。",
        topics=("sewing", "cooking"), picture="sea",
    ),
    _person(
        "bai", "bailu", "白露",
        bio="北京，刚买烤箱。目标：今年烤出一个不像砖头的面包。",
        topics=("cooking", "books"), picture="loaf",
    ),
    _person(
        "gao", "老高", "老高",
        bio="天津，六十有二。拿着茅台看海河，涨跌都不耽误遛弯儿。",
        topics=("investing", "tea"), picture="portrait-4", watchlist=("600519.SH", "601318.SH"), pull=1.4,
    ),
    _person(
        "ning", "ningning", "寧寧",
        bio="台北，永和。頂樓加蓋的屋主不准我養貓，所以我養了四十七盆植物。",
        language="zh-TW", country="TW", time_zone="Asia/Taipei",
        topics=("gardening", "ceramics"), picture="seedlings", pull=1.2,
    ),
    _person(
        "ke", "kezi_glaze", "柯子",
        bio="厦门，釉料配方控。本子上全是氧化物，手机里全是试片。",
        topics=("ceramics",), picture="glazes",
    ),
)  # fmt: skip
