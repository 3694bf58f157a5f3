"""Slugs, addresses of images, descriptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.domain.html import sanitise
from functions.catalog.domain.image_urls import image_url_problem
from functions.catalog.domain.slugs import slug_problem, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Clay Plant Pot", "clay-plant-pot"),
        ("  Men's  Tops / Blouses ", "mens-tops-blouses"),
        ("连衣裙（夏季）", "连衣裙-夏季"),
        ("ＦＵＬＬ width", "full-width"),
        ("snake_case", "snake-case"),
        ("!!!", ""),
    ],
)
def test_slugs_keep_letters_of_every_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=300))
def test_a_slug_made_of_any_text_is_a_slug_or_nothing(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= 100
    assert slug == "" or slug_problem(slug) in (None, "must not look like an id")


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "-a",
        "a b",
        "a/b",
        "a.b",
        "_a",
        "0199c0de-0000-7000-8000-000000000001",
        "é?",
        "e\u0301",
        "\u1112\u1161\u11ab",
    ],
)
def test_what_is_no_slug_is_told(slug: str) -> None:
    assert slug_problem(slug)


@pytest.mark.parametrize(
    "url", ["https://images.example.com/a.jpg?v=1#x", "https://127.0.0.1:8443/a", "https://é.com/a"]
)
def test_https_addresses_are_taken(url: str) -> None:
    assert image_url_problem(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://e.com/a.jpg",
        "//e.com/a.jpg",
        "/a.jpg",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:image/png;base64,AA==",
        "https://",
        "https:///a.jpg",
        "https://user@e.com/a.jpg",
        "https://e.com:port/a.jpg",
        "https://[::1/a.jpg",
        "https://e.com/a b.jpg",
        'https://e.com/"onload=alert(1)',
        "https://e.com/a\n.jpg",
        "https://e.com/" + "x" * 2000,
    ],
)
@pytest.mark.usefixtures("environment")  # says which addresses are our own
def test_other_addresses_are_not(url: str) -> None:
    assert image_url_problem(url)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("plain text", "plain text"),
        ("<p>Fine</p>", "<p>Fine</p>"),
        ("<script>alert(1)</script>", ""),
        ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
        ('<a href="JaVaScRiPt:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="https://e.com">x</a>', '<a href="https://e.com" rel="noopener noreferrer">x</a>'),
        ('<p style="position:fixed" class="x" id="y">x</p>', "<p>x</p>"),
        ('<form action="https://e.com"><input name="password"></form>', ""),
        ("<img src='data:text/html,x' alt='a'>", '<img alt="a">'),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", None),
    ],
)
def test_descriptions_keep_their_text_and_lose_what_could_run(html: str, kept: str | None) -> None:
    clean = sanitise(html)
    assert kept is None or clean == kept
    assert "onerror" not in clean
    assert "<script" not in clean


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b", ">", "&amp;", "&", "<", "x", '"', "<a href='", "<!--", "-->"])))
def test_a_clean_description_stays_as_it_is(pieces: list[str]) -> None:
    """Otherwise importing a file again would change its products."""
    clean = sanitise("".join(pieces))
    assert sanitise(clean) == clean
