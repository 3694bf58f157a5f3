"""Customers of the demo shop, and their reviews of what they bought.

Everybody has the same password, which is written here: they are for development only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "sunny-orchard-42"  # of accounts that only a shop under development has


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCustomer:
    email: str
    full_name: str
    language: str
    line1: str
    city: str
    postal_code: str
    country: str
    region: str | None = None
    accepts_marketing: bool = False

    def address(self) -> dict[str, str | None]:
        """As a checkout takes it."""
        return {
            "name": self.full_name,
            "line1": self.line1,
            "city": self.city,
            "region": self.region,
            "postal_code": self.postal_code,
            "country": self.country,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReview:
    """Verified where the author's order of the product was delivered."""

    author: str
    """An e-mail address."""
    product: str
    """A slug."""
    rating: int
    title: str
    body: str
    age_days: float
    helpful: tuple[str, ...] = ()
    """E-mail addresses of those who found it helpful."""
    unhelpful: tuple[str, ...] = ()
    reply: str | None = None


ADA: Final = "ada@customers.example"
GRACE: Final = "grace@customers.example"
WANG: Final = "wang.xiaoming@customers.example"
YUKI: Final = "yuki@customers.example"
LENA: Final = "lena@customers.example"
MARIE: Final = "marie@customers.example"
OMAR: Final = "omar@customers.example"

CUSTOMERS: Final = (
    SampleCustomer(
        email=ADA,
        full_name="Ada Hughes",
        language="en",
        line1="1 Market Street",
        city="San Francisco",
        region="CA",
        postal_code="94105",
        country="US",
        accepts_marketing=True,
    ),
    SampleCustomer(
        email=GRACE,
        full_name="Grace Miller",
        language="en",
        line1="350 Fifth Avenue",
        city="New York",
        region="NY",
        postal_code="10118",
        country="US",
    ),
    SampleCustomer(
        email=WANG,
        full_name="王小明",
        language="zh-CN",
        line1="南京西路 1038 号",
        city="上海",
        region="上海",
        postal_code="200041",
        country="CN",
        accepts_marketing=True,
    ),
    SampleCustomer(
        email=YUKI,
        full_name="田中 ゆき",
        language="ja",
        line1="神宮前 4-12-10",
        city="渋谷区",
        region="東京都",
        postal_code="150-0001",
        country="JP",
    ),
    SampleCustomer(
        email=LENA,
        full_name="Lena Fischer",
        language="de",
        line1="Torstraße 140",
        city="Berlin",
        postal_code="10119",
        country="DE",
        accepts_marketing=True,
    ),
    SampleCustomer(
        email=MARIE,
        full_name="Marie Laurent",
        language="fr",
        line1="12 rue des Martyrs",
        city="Paris",
        postal_code="75009",
        country="FR",
    ),
    SampleCustomer(
        email=OMAR,
        full_name="Omar Haddad",
        language="en",
        line1="48 Brick Lane",
        city="London",
        postal_code="E1 6RF",
        country="GB",
    ),
)

REVIEWS: Final = (
    SampleReview(
        author=ADA,
        product="terracotta-plant-pot",
        rating=5,
        title="My basil agrees",
        body="Drains well and looks better with every month. The 12 cm one fits a kitchen window.",
        age_days=31,
        helpful=(GRACE, LENA, OMAR),
    ),
    SampleReview(
        author=LENA,
        product="terracotta-plant-pot",
        rating=3,
        title="Schön, aber ohne Untersetzer",
        body="Gute Qualität. Einen Untersetzer muss man selbst dazu kaufen.",
        age_days=12,
        helpful=(ADA,),
        unhelpful=(OMAR,),
        reply="Danke für den Hinweis! Passende Untersetzer sind ab dem Frühjahr dabei.",
    ),
    SampleReview(
        author=GRACE,
        product="cast-iron-skillet",
        rating=5,
        title="Eggs slide",
        body="Arrived seasoned, as promised. Heavy, as it should be.",
        age_days=22,
        helpful=(ADA, MARIE),
    ),
    SampleReview(
        author=OMAR,
        product="cast-iron-skillet",
        rating=4,
        title="Good, but heavy",
        body="Cooks evenly. You need both hands.",
        age_days=5,
    ),
    SampleReview(
        author=WANG,
        product="celadon-gaiwan",
        rating=5,
        title="釉色温润",
        body="粉青的颜色比照片更好看，杯盖很稳，泡龙井正合适。包装也很用心。",
        age_days=18,
        helpful=(YUKI, ADA),
        reply="谢谢您的喜爱，愿您喝茶愉快！",
    ),
    SampleReview(
        author=YUKI,
        product="celadon-gaiwan",
        rating=4,
        title="とても美しい",
        body="色がきれいです。少し熱くなりやすいので注意が必要です。",
        age_days=9,
    ),
    SampleReview(
        author=LENA,
        product="organic-cotton-t-shirt",
        rating=5,
        title="Endlich ein schweres T-Shirt",
        body="Dicker Stoff, läuft nicht ein. Zwei weitere sind bestellt.",
        age_days=27,
        helpful=(MARIE, OMAR),
    ),
    SampleReview(
        author=MARIE,
        product="organic-cotton-t-shirt",
        rating=2,
        title="Taille grand",
        body="Belle matière, mais le M est un L. Je l'ai renvoyé.",
        age_days=8,
        unhelpful=(LENA,),
    ),
    SampleReview(
        author=ADA,
        product="merino-beanie",
        rating=4,
        title="Warm, does not itch",
        body="The rust colour is a bit darker than in the picture.",
        age_days=26,
    ),
    SampleReview(
        author=GRACE,
        product="a-year-of-bread",
        rating=5,
        title="Fifty-two good weekends",
        body="Clear steps, honest times. Week nine alone is worth it.",
        age_days=40,
        helpful=(ADA, LENA, MARIE, OMAR),
    ),
)
