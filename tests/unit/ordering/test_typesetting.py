"""Every letter of a document prints, can be read again, and stays where it belongs."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdfium2 as pdfium
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from functions.ordering.service.invoices import fonts, typesetting
from functions.ordering.service.invoices.character_maps import characters
from functions.ordering.service.invoices.document import Document, Fact, Line, Party, Sum, Table
from functions.ordering.service.invoices.texts import is_invisible, isolated
from tests.support.logs import recorded

SCRIPTS = {
    "Latin": "Łucja Brzęczyszczykiewicz, Ďáblice, İğdır, Þingeyri",
    "Latin, decomposed": "Ru\u030az\u030cena Kova\u0301r\u030c",
    "combining marks": "G̃uarani M̄ m̧ x̌, Akɔ́sua Ɛ̀gblɛ́, ŋ̌ꞓ̌",
    "Vietnamese": "Đặng Thị Ngọc Ẩn, phường Bưởi",
    "Greek": "Ελένη Παπαδοπούλου, Ὕδρα",
    "Cyrillic": "Єлизавета Їжакевич, Љубљана, Өскемен",
    "Arabic": "ليلى الأندلسي لآلئ",
    "Persian and Urdu": "پریچهر گلستان ٹوپی ڑے",
    "Hebrew": "יעל בן־עמי, רח׳ הגפן",
    "Thai": "ศิริพร แก้วมณี ถนนเจริญกรุง",
    "Devanagari": "प्रियंका शर्मा क्षेत्र",
    "Han": "欧阳雪梅 歐陽雪梅 骨",
    "kana": "さくら ベーカリー ｶﾅ",
    "Hangul": "김하늘 서울특별시",
    "Georgian": "ნინო ქართველიშვილი",
    "Armenian": "Անահիտ Սարգսյան",
    "Bengali": "কলকাতা",
    "Tamil": "கயல்விழி",
    "Ethiopic": "አዲስ አበባ",
    "emoji": "🫖 👩🏽‍🎨 🇳🇿 ❤️ 2️⃣",
    "signs": "№ 5 ₴ ₹ € ™ → ✓ ½ ㎡ 〒",
    "mixed directions": "خيط DMC رقم 25 أحمر",
}
UNWRITTEN = "ⴰⵣⵓⵍ 𒀭 \ue0aa"
MARKUP = "#panic() *a* _b_ $x^2$ `c` @d <e> // f \\ #let g = [h] ~ --- 'i' \"j\" https://k.example"


def document(**changes: Any) -> Document:
    """A document about nothing."""
    plain = Document(
        title="Invoice",
        number="INV-2026-000007",
        language="en",
        reader="en",
        issued_at=datetime(2026, 2, 3, 4, 5, tzinfo=UTC),
        facts=[Fact("Date of issue", "03 Feb 2026")],
        seller=Party(["Töpferei Ötztal", "Tax ID: ATU00000000"]),
        buyer=Party(["Ada", "ada@example.com"], "Bill to"),
        columns=["Item", "Qty", "Amount (EUR)"],
        lines=[Line("Pot", ["1", "10.00"], ["SKU-1"])],
        sums=[Sum("Subtotal", "10.00"), Sum("Total (EUR)", "10.00", is_strong=True)],
        page="Page {number} of {count}",
    )
    return replace(plain, **changes)


def of_names(*names: str) -> bytes:
    return typesetting.pdf(document(lines=[Line(name, ["1", "1.00"], []) for name in names]))


def pages(pdf: bytes) -> Iterator[Any]:
    opened = pdfium.PdfDocument(pdf)
    yield from (opened[number] for number in range(len(opened)))


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages(pdf)))


def place(pdf: bytes, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the text's characters, in points."""
    reader = next(pages(pdf)).get_textpage()
    start, count = reader.search(text).get_next()
    boxes = [reader.get_charbox(start + number) for number in range(count)]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


@pytest.fixture(scope="module")
def scripts() -> bytes:
    """One document with all of them."""
    return of_names(*SCRIPTS.values())


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_printed_can_be_read_again_in_normal_form_c(scripts: bytes, script: str) -> None:
    """Blanks aside: PDFium leaves out some that follow a letter of several glyphs."""
    assert unicodedata.normalize("NFC", SCRIPTS[script]).replace(" ", "") in words(scripts).replace(" ", "")


def test_every_character_leaves_ink_and_no_box(scripts: bytes) -> None:
    scale = 4
    blank = []
    for page in pages(scripts):
        picture, reader = page.render(scale=scale, grayscale=True).to_pil(), page.get_textpage()
        for number in range(reader.count_chars()):
            left, bottom, right, top = reader.get_charbox(number)
            character = reader.get_text_range(number, 1)
            if right > left and top > bottom and character.strip():
                cell = (int(left * scale), picture.height - int(top * scale) - 1, int(right * scale) + 1)
                if picture.crop((*cell, picture.height - int(bottom * scale))).getextrema()[0] > 128:
                    blank.append(character)
    assert blank == []
    assert "□" not in words(scripts)


def test_fonts_are_embedded_as_subsets(scripts: bytes) -> None:
    embedded = [
        font["/DescendantFonts"][0].get_object()
        for page in PdfReader(io.BytesIO(scripts)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    ]
    assert len(embedded) >= 12
    for font in embedded:
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
        assert {"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"])
    assert len(scripts) < 300_000


def test_what_no_font_has_is_a_box_and_told_without_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    with recorded() as lines:
        pdf = of_names(f"Azul {UNWRITTEN} 7", UNWRITTEN)
    assert words(pdf).count("□□□□ □ □") == 2
    [warning] = map(json.loads, lines.getvalue().splitlines())
    assert warning["document"] == "INV-2026-000007"
    assert warning["code_points"] == ["U+2D30", "U+2D4D", "U+2D53", "U+2D63", "U+E0AA", "U+1202D"]
    assert "Azul" not in lines.getvalue()
    [metric] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert metric["CharactersWithoutFont"] == [6.0]


def test_a_mark_that_no_font_has_with_its_letter_does_not_cost_the_letter() -> None:
    alone, strange = (typesetting.pdf(document(buyer=Party([name]))) for name in ("कग", "क\u0301ग\u0301"))
    assert "क□ग□" in words(strange)
    assert place(strange, "क") == pytest.approx(place(alone, "क"), abs=1)


def test_any_number_of_letters_may_have_marks_of_another_font() -> None:
    letters = [
        f"{letter}{mark}" for letter in "bcdfghjklmpqrtvwxzɛɔŋꞓǝɓɗƙ" for mark in "\u0300\u0301\u0303\u030c\u0323\u0331"
    ]
    assert len(fonts.stack("en", "").write("".join(letters)).pinned) > 80, "more than the typesetter nests calls"
    shown = words(of_names(*letters))
    assert (shown.count(" 1 1.00"), shown.count("□")) == (len(letters), 0)


@given(st.lists(st.text(max_size=60), min_size=6, max_size=6))
@settings(max_examples=25)
def test_no_text_stops_a_document(texts: list[str]) -> None:
    title, buyer, label, name, sku, note = texts
    anything = document(
        title=title, reader=label, buyer=Party([buyer, note], label), notes=[note],
        lines=[Line(name, [sku, [label, sku]], [sku])], sums=[Sum(isolated(label), name, is_strong=True)],
    )  # fmt: skip
    assert typesetting.pdf(anything).startswith(b"%PDF-")


def test_text_is_never_markup() -> None:
    everywhere = document(
        title=MARKUP, buyer=Party([MARKUP], MARKUP), facts=[Fact(MARKUP, MARKUP)], sums=[Sum(MARKUP, MARKUP)],
        breakdown=Table([MARKUP, "b"], [[MARKUP, "1"]]), notes=[MARKUP], page=MARKUP,
    )  # fmt: skip
    shown = words(typesetting.pdf(everywhere)).replace(" ", "")
    assert shown.count(MARKUP.replace(" ", "")) >= 8


def test_nobodys_letters_move_the_documents_own() -> None:
    tricks = (
        "\u202eevil",
        "\u2067evil",
        "\u2066evil",
        "evil\u2069\u2069",
        "שלום",
        "\u200fevil",
        "line\r\nbreak\u2028end",
    )
    for trick in tricks:
        pdf = typesetting.pdf(document(sums=[Sum(f"Shipping {isolated(trick)}, included", "4.00")]))
        assert place(pdf, "Shipping")[2] < place(pdf, ", included")[0] < place(pdf, "4.00")[0], repr(trick)
        assert place(pdf, "Shipping")[1] == pytest.approx(place(pdf, "4.00")[1], abs=3), "on one line"
    assert "evil" in words(of_names("\u202eevil"))


def test_a_buyer_who_writes_from_right_to_left_stands_at_the_right() -> None:
    pdf = typesetting.pdf(document(buyer=Party(["نورة القحطاني", "Apt 9", "noura@example.com"], "Bill to")))
    rights = [place(pdf, text)[2] for text in ("noura@example.com", "Apt 9", "Bill to", "Amount (EUR)")]
    assert max(rights) - min(rights) < 1.5
    assert place(pdf, "Töpferei")[0] == pytest.approx(place(pdf, "Subtotal")[0], abs=1)


def test_numbers_are_aligned_and_long_words_stay_in_their_column() -> None:
    pdf = typesetting.pdf(
        document(
            lines=[Line("W" * 200, ["1", "1,111,111.10"], ["S" * 120]), Line("Pot", ["88", "9.90"], [])],
            buyer=Party(["N" * 120, "a" * 60 + "@example.com"], "Bill to"),
        )
    )
    assert place(pdf, "1,111,111.10")[2] == pytest.approx(place(pdf, "9.90")[2], abs=0.5)
    assert place(pdf, "WWW")[2] < place(pdf, "1,111,111.10")[0]
    assert place(pdf, "SSS")[2] < place(pdf, "1,111,111.10")[0]
    assert place(pdf, "NNN")[2] < next(pages(pdf)).get_width() - 56
    assert words(pdf).replace(" ", "").count("W") == 200


@pytest.mark.parametrize(
    ("reader", "beside", "style"),
    [
        ("en", "", "sc"), ("de-DE", "ひらがな", "jp"), ("en", "한글", "kr"), ("ja", "", "jp"), ("ko-KR", "", "kr"),
        ("zh-CN", "かな", "sc"), ("zh-TW", "", "tc"), ("zh-Hant", "", "tc"), ("zh-HK", "", "hk"),
    ],
)  # fmt: skip
def test_han_characters_look_as_where_the_reader_lives(reader: str, beside: str, style: str) -> None:
    pdf = typesetting.pdf(document(reader=reader, lines=[Line(f"直骨 {beside}", ["1", "1.00"], [])]))
    assert f"+NotoSansCJK{style}-".encode() in pdf


def test_a_long_document_says_on_every_page_what_it_is_and_how_long() -> None:
    pdf = typesetting.pdf(document(lines=[Line(f"Pot {number}", ["1", "1.00"], ["SKU"]) for number in range(60)]))
    seen = [page.get_textpage().get_text_range() for page in pages(pdf)]
    assert len(seen) == 3
    for number, page in enumerate(seen, start=1):
        assert f"Page {number} of 3" in page
        assert "Invoice INV-2026-000007" in page
        assert "Amount (EUR)" in page
    assert "Total (EUR)" in seen[-1]


def test_a_document_without_anybody_is_printed() -> None:
    assert "Bill to" in words(typesetting.pdf(document(seller=Party([]), buyer=Party([], "Bill to"))))


def test_the_same_document_is_the_same_bytes_in_another_process() -> None:
    again = (
        "import sys; from tests.unit.ordering import test_typesetting as t;"
        "sys.stdout.buffer.write(t.of_names(*t.SCRIPTS.values()))"
    )
    other = subprocess.run([sys.executable, "-c", again], capture_output=True, check=True).stdout
    assert other == of_names(*SCRIPTS.values())


def test_fonts_have_the_characters_that_their_maps_say() -> None:
    """The judge is the typesetter: archival PDF may have no character without a glyph, and it refuses to make one."""
    for family, path in fonts.paths().items():
        listed = sorted(characters(path))
        assert refusal(family, listed[:: max(1, len(listed) // 300)]) == "", family
        following = {code + 1 for code in listed} - {*listed}
        unlisted = next(
            code for code in [*sorted(following), 0x12000] if unicodedata.category(chr(code)) in {"Lo", "So"}
        )
        assert "could not be displayed" in refusal(family, [unlisted]), family


def refusal(family: str, codes: list[int]) -> str:
    """What is said against these characters in this font."""
    text = " ".join(chr(code) for code in codes if chr(code).isprintable() and not is_invisible(chr(code)))
    template = b"#set text(font: sys.inputs.font, fallback: false, ligatures: false)\n#sys.inputs.text"
    try:
        typst.compile(
            template, font_paths=fonts.book(), ignore_system_fonts=True, format="pdf", timestamp=0,
            pdf_standards="a-2b", sys_inputs={"font": family, "text": text},
        )  # fmt: skip
    except typst.TypstError as error:
        return error.message
    return ""
