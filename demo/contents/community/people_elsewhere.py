"""Those who mostly write English, and a few who write something else."""

from __future__ import annotations

from typing import Final

from demo.contents.community.person import SamplePerson
from demo.contents.customers import ADA, GRACE, LENA, MARIE, OMAR, YUKI


def _person(key: str, username: str, display_name: str, country: str, time_zone: str, **more: object) -> SamplePerson:
    basics = {"key": key, "username": username, "display_name": display_name, "country": country}
    return SamplePerson(**{"language": "en", **basics, "time_zone": time_zone, **more})  # type: ignore[arg-type]


PEOPLE: Final = (
    _person(
        "ada", "ada_hughes", "Ada Hughes", "US", "America/Los_Angeles", email=ADA,
        bio="San Francisco fog, one kitchen window, eleven pots of herbs. The basil is in charge.",
        topics=("gardening", "cooking"), picture="herbs", pull=1.5,
    ),
    _person(
        "grace", "grace_bakes", "Grace Miller", "US", "America/New_York", email=GRACE,
        bio="Baking one loaf a week in a New York kitchen the size of a wardrobe. Week nine changed my life.",
        topics=("cooking", "books"), picture="loaf", pull=1.8,
    ),
    _person(
        "yuki", "yuki_tanaka", "田中ゆき", "JP", "Asia/Tokyo", email=YUKI, language="ja",
        bio="渋谷。器とお茶と包丁。Slow replies, good tea.",
        topics=("tea", "ceramics", "cooking"), picture="gaiwan", pull=1.3,
    ),
    _person(
        "lena", "lena_f", "Lena Fischer", "DE", "Europe/Berlin", email=LENA, language="de",
        bio="Berlin, Hinterhof, Nordbalkon. Was im Schatten wächst, wächst bei mir.",
        topics=("gardening", "sewing"), picture="planter", pull=1.2,
    ),
    _person(
        "marie", "marie_laurent", "Marie Laurent", "FR", "Europe/Paris", email=MARIE, language="fr",
        bio="Paris 9e. Je couds le soir, je découds le matin. Patience en cours de livraison.",
        topics=("sewing", "photography"), picture="machine",
    ),
    _person(
        "omar", "omar_h", "Omar Haddad", "GB", "Europe/London", email=OMAR,
        bio="Brick Lane. I cook for eight people and pretend it was for two. Slow money, fast onions.",
        topics=("cooking", "investing"), picture="skillet", watchlist=("BRK.B", "KO"),
    ),
    _person(
        "tom", "tom_digs", "Tom Okafor", "GB", "Europe/London",
        bio="Allotment 41, Manchester. Slugs 3, Tom 2. I post mud.",
        topics=("gardening", "woodwork"), picture="seedlings", pull=1.9,
    ),
    _person(
        "priya", "priya_n", "Priya Nambiar", "CA", "America/Toronto",
        bio="I lay out chips for a living, so I am biased about chips. Toronto. Opinions mine, mistakes too.",
        topics=("investing", "books"), picture="portrait-5", watchlist=("NVDA", "TSM", "ASML"), pull=2.1,
    ),
    _person(
        "ben", "slowmoney_ben", "Ben Calloway", "US", "America/Denver",
        bio="Denver. Dull companies, long walks. Twenty years of not selling, mostly out of laziness.",
        topics=("investing", "woodwork"), picture="mountain", watchlist=("BRK.B", "COST", "KO"), pull=1.7,
    ),
    _person(
        "hana", "hana_clay", "Hana Kim", "KR", "Asia/Seoul",
        bio="Studio potter, Seoul. Buncheong slip, bad jokes, a kiln called Grandmother.",
        topics=("ceramics", "photography"), picture="kiln", pull=2.3,
    ),
    _person(
        "joao", "joao_prado", "João Prado", "PT", "Europe/Lisbon",
        bio="Porto. Street photographs on film, mostly of laundry and of people waiting.",
        topics=("photography",), picture="street", pull=1.7,
    ),
    _person(
        "ruth", "ruth_quilts", "Ruth Abelson", "US", "America/Los_Angeles",
        bio="Portland, Oregon. Quilter, grandmother, owner of too many blues.",
        topics=("sewing", "gardening"), picture="quilt", pull=1.5,
    ),
    _person(
        "iris", "iris_vd", "Iris van Dijk", "NL", "Europe/Amsterdam",
        bio="Utrecht. Four balcony boxes, two bicycles, no garden. Dutch, therefore direct.",
        topics=("gardening", "photography"), picture="bicycle",
    ),
    _person(
        "mateo", "mateo_cocina", "Mateo Ruiz", "MX", "America/Mexico_City", language="es",
        bio="Oaxaca. Mole los domingos, maíz todos los días. I write recipes the way my aunt told them.",
        topics=("cooking", "photography"), picture="hotpot", pull=1.4,
    ),
    _person(
        "sam", "sam_learns", "Sam Whitlock", "GB", "Europe/London",
        bio="Brighton. First shares, first sourdough, first courgettes, all in one year. Please correct me.",
        topics=("investing", "cooking", "gardening"), picture="portrait-6", watchlist=("AAPL", "MSFT", "TSLA"),
    ),
    _person(
        "nadia", "nadia_mends", "Nadia Rahman", "GB", "Europe/London",
        bio="I mend things in public. Visible stitches, invisible budget. London by way of Dhaka.",
        topics=("sewing", "books"), picture="portrait-1", pull=1.6,
    ),
    _person(
        "erik", "erik_woodfire", "Erik Lindqvist", "SE", "Europe/Stockholm",
        bio="Wood-fired stoneware outside Göteborg. Thirty hours of stoking, three weeks of explaining.",
        topics=("ceramics", "woodwork"), picture="kiln", pull=1.4,
    ),
    _person(
        "dee", "dee_p", "Dee Parker", "US", "America/New_York",
        bio="Atlanta. Recovering day trader. I now watch tomatoes instead of candles.",
        topics=("investing", "gardening"), picture="chart", watchlist=("TSLA", "AMZN", "GOOGL"), pull=1.3,
    ),
    _person(
        "kofi", "kofi_m", "Kofi Mensah", "GH", "Africa/Accra",
        bio="Accra. Markets (the kind with tomatoes), light, and people who let me photograph both.",
        topics=("photography", "cooking"), picture="camera", pull=1.5,
    ),
    _person(
        "aoife", "aoife_b", "Aoife Brennan", "IE", "Europe/Dublin",
        bio="Cork. Sourdough, seaweed, sideways rain.",
        topics=("cooking", "photography"), picture="sea", pull=1.2,
    ),
    _person(
        "walt", "walt_b", "Walter Brandt", "AT", "Europe/Vienna", language="de",
        bio="Graz. Pensionierter Maschinenbauer. Siebzehn Tomatensorten, eine Excel-Tabelle.",
        topics=("gardening", "woodwork"), picture="portrait-9",
    ),
    _person(
        "jules", "jules_m", "Jules Moreau", "CA", "America/Toronto",
        bio="Montréal. Glazes in two languages, failures in both.",
        topics=("ceramics", "cooking"), picture="glazes",
    ),
    _person(
        "pia", "pia_quiet", "Pia Lund", "DK", "Europe/Copenhagen",
        bio="Copenhagen. I mostly read. Ask first, I like knowing who is here.",
        topics=("books", "sewing", "gardening"), picture="cat", is_private=True,
    ),
)  # fmt: skip
