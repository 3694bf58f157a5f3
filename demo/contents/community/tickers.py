"""What the people talk of, by the names that staff has given it."""

from __future__ import annotations

from typing import Final

TICKERS: Final[dict[str, tuple[str, str]]] = {
    "AAPL": ("Apple", "苹果"),
    "AMZN": ("Amazon", "亚马逊"),
    "ASML": ("ASML", "阿斯麦"),
    "BRK.B": ("Berkshire Hathaway", "伯克希尔"),
    "COST": ("Costco", "好市多"),
    "GOOGL": ("Alphabet", "谷歌"),
    "KO": ("Coca-Cola", "可口可乐"),
    "MSFT": ("Microsoft", "微软"),
    "NVDA": ("NVIDIA", "英伟达"),
    "TSLA": ("Tesla", "特斯拉"),
    "TSM": ("TSMC", "台积电"),
    "0700.HK": ("Tencent", "腾讯控股"),
    "9988.HK": ("Alibaba", "阿里巴巴"),
    "000858.SZ": ("Wuliangye", "五粮液"),
    "300750.SZ": ("CATL", "宁德时代"),
    "600519.SH": ("Kweichow Moutai", "贵州茅台"),
    "601318.SH": ("Ping An Insurance", "中国平安"),
}
"""The English name and the Chinese one, by symbol."""
