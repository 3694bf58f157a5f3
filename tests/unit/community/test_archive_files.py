"""Archives that people bring: what is read of them, and what is refused before anything is."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile

import pytest

from functions.community.domain import archive_files
from functions.community.domain.archive_files import ArchiveNotReadableError, is_safe, open_archive
from tests.support.archives import note, outbox, tarred, zipped

PICTURE = "media_attachments/files/109/original/chart.png"


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveNotReadableError) as raised:
        open_archive(io.BytesIO(content)).items()
    return raised.value.reason


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_an_archive_has_items_and_pictures_by_name_or_address(packed: object) -> None:
    assert callable(packed)
    content = packed({"outbox.json": outbox(note(1)), PICTURE: b"picture", "actor.json": b"{}"})
    archive = open_archive(io.BytesIO(content))
    assert len(archive.items()) == 1
    for address in (PICTURE, f"/{PICTURE}", f"https://files.example.social/system/{PICTURE}?1=2"):
        assert archive.picture(address) == b"picture"
    for address in ("chart.png", "../outbox.json", "https://[", ""):
        assert archive.picture(address) is None


def test_an_outbox_alone_has_items_and_no_pictures() -> None:
    archive = open_archive(io.BytesIO(outbox(note(1), note(2))))
    assert (len(archive.items()), archive.picture(PICTURE)) == (2, None)


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/passwd", "..\\x", "C:\\x", "a\nb", "a/..", "\\\\host\\share", ""]
)
def test_a_name_that_leads_out_of_the_archive_is_unsafe(name: str) -> None:
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["outbox.json", "media_attachments/files/a..b/ä 1.png", "..."])
def test_a_name_that_stays_within_the_archive_is_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..././../evil"])
def test_an_archive_with_an_unsafe_name_is_refused_whole(name: str) -> None:
    files = {"outbox.json": outbox(note(1)), name: b"x"}
    assert refusal(zipped(files)) == refusal(tarred(files)) == "unsafe_member"


def test_links_and_devices_are_refused() -> None:
    target = io.BytesIO(zipped({"outbox.json": outbox(note(1))}))
    with zipfile.ZipFile(target, "a") as archive:
        link = zipfile.ZipInfo("media_attachments")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc")
    assert refusal(target.getvalue()) == "unsafe_member"
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w:gz") as tar:
            info = tarfile.TarInfo("media_attachments")
            info.type, info.linkname = kind, "/etc"
            tar.addfile(info)
        assert refusal(target.getvalue()) == "unsafe_member"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "outbox_not_json"),
        (b"not json", "outbox_not_json"),
        (b'{"a":' * 5_000, "outbox_not_json"),
        (b"[]", "no_ordered_items"),
        (b'{"orderedItems": {}}', "no_ordered_items"),
        (b"PK\x03\x04 and nothing", "broken"),
        (b"\x1f\x8b and nothing", "broken"),
        (zipped({"actor.json": b"{}"}), "no_outbox"),
        (zipped({"outbox.json": outbox(note(1))})[:-30], "broken"),
        (tarred({"outbox.json": outbox(note(1))})[:-20], "broken"),
    ],
    ids=[
        "nothing", "text", "too deep", "a list", "an object of items", "begins as zip", "begins as gzip", "no outbox",
        "zip is cut", "tar is cut",
    ],
)  # fmt: skip
def test_what_is_no_archive_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


def test_what_grows_when_it_is_unpacked_is_read_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "MAX_OUTBOX_BYTES", 10_000)
    monkeypatch.setattr(archive_files, "MAX_TAR_BYTES", 30_000)
    monkeypatch.setattr(archive_files, "MAX_PICTURE_BYTES", 1_000)
    bomb = b"0" * 1_000_000
    assert refusal(zipped({"outbox.json": bomb})) == "outbox_too_large"
    assert refusal(tarred({"outbox.json": bomb})) == "too_large_unpacked"
    assert refusal(bomb) == "outbox_too_large"
    assert open_archive(io.BytesIO(zipped({"outbox.json": outbox(), PICTURE: bomb}))).picture(PICTURE) is None


def test_a_directory_of_too_many_members_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "MAX_ITEMS", 1)
    assert refusal(outbox(note(1), note(2))) == "too_many_items"
    monkeypatch.setattr(archive_files, "_MAX_DIRECTORY", 100)
    assert refusal(zipped({"outbox.json": outbox(), **{str(n): b"" for n in range(5)}})) == "too_many_members"
