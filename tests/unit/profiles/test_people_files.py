"""Lists of people as CSV."""

from __future__ import annotations

from functions.profiles.domain.limits import MAX_CSV_ROWS
from functions.profiles.domain.people_files import RefusalReason, read, write


def test_a_file_that_was_written_is_read() -> None:
    named, refused = read(write(["ada", "贵州茅台"]), host="shop.example.com")
    assert ([line.name for line in named], refused) == (["ada", "贵州茅台"], [])


def test_a_file_of_another_network_is_read_with_its_columns() -> None:
    lines = ("Account address,Show boosts", "ada@shop.example.com,true", "@Grace@SHOP.example.com,no", "bob@else.org,1")
    text = "\n".join(lines)
    named, refused = read(text, host="shop.example.com")
    assert [(line.line, line.key) for line in named] == [(2, "ada"), (3, "grace")]
    assert [(refusal.line, refusal.reason) for refusal in refused] == [(4, RefusalReason.ELSEWHERE)]


def test_a_file_without_a_header_is_a_list_of_names() -> None:
    named, _ = read("ada\n\ngrace\n", host="x")
    assert [line.name for line in named] == ["ada", "grace"]


def test_formulas_and_noise_name_nobody() -> None:
    named, refused = read('=1+1\n"a,b"\n\u202eada\n,x\n', host="x")
    assert named == []
    assert {refusal.reason for refusal in refused} == {RefusalReason.NO_USERNAME}
    assert len(refused) == 4


def test_what_is_more_than_a_file_may_have_is_told() -> None:
    named, refused = read("\n".join(f"ada_{number}" for number in range(MAX_CSV_ROWS + 2)), host="x")
    assert (len(named), [refusal.reason for refusal in refused]) == (MAX_CSV_ROWS, [RefusalReason.TOO_LONG] * 2)
