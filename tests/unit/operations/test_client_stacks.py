"""Stacks of browsers."""

from __future__ import annotations

import pytest

from functions.operations.domain.client_stacks import MOST_FRAMES, ClientFrame, fingerprint, frames

FILE = "/assets/feed.3f2a91bc.js"


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        (f"    at show (https://shop.example{FILE}?v=1:10:15)", ClientFrame(FILE, "show", 10)),
        (f"    at async Feed.load (https://shop.example{FILE}:7:1)", ClientFrame(FILE, "Feed.load", 7)),
        (f"    at new Feed (https://shop.example{FILE}:7:1)", ClientFrame(FILE, "new", 7)),
        (f"    at https://shop.example{FILE}:1:2", ClientFrame(FILE, "?", 1)),
        (f"show@https://shop.example{FILE}:10:15", ClientFrame(FILE, "show", 10)),
        (f"@https://shop.example{FILE}:10:15", ClientFrame(FILE, "?", 10)),
    ],
)
def test_calls_are_read_as_browsers_write_them(line: str, frame: ClientFrame) -> None:
    assert frames(f"TypeError: x\n{line}\n") == [frame]


def test_what_is_no_call_is_left_out_and_a_deep_stack_is_cut() -> None:
    assert frames("TypeError: at last\n    at <anonymous>\nnothing") == []
    assert len(frames(f"show@https://shop.example{FILE}:10:15\n" * 100)) == MOST_FRAMES


def test_errors_differ_by_kind_message_and_place_and_not_by_values_line_and_build() -> None:
    def of(message: str = "no item 42", file: str = FILE, line: int = 10, kind: str = "TypeError") -> str:
        return fingerprint("web", kind, message, [ClientFrame(file, "show", line)])

    assert of() == of("no item 7") == of(file="/assets/feed.77aa02de.js") == of(line=11)
    assert of(file="/assets/FeedPage-C-QR_a0n.js") == of(file="/assets/FeedPage-abcdefgh.js")
    assert of(file="/assets/C-1tZN78.js") == of(file="/assets/BZxpacB7.js")  # what several pages share
    assert len({of(), of("no basket"), of(file="/assets/cart.3f2a91bc.js"), of(kind="RangeError")}) == 4
