"""Files that people bring from elsewhere: a ZIP or a TAR with `outbox.json` and pictures, or the outbox alone.

Nothing is unpacked to disk: a member is read into memory by its name, so far as it may be long. An archive with a name
that leads out of it (`../`, `/etc`, `..\\`), or with links or devices, was made by nobody who wanted to take posts
along; it is refused whole.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit

import orjson

MAX_ARCHIVE_BYTES: Final = 200 * 1024**2
MAX_TAR_BYTES: Final = 300 * 1024**2
"""Of a TAR, decompressed; with the archive itself, it fits into the disk that a function has."""
MAX_OUTBOX_BYTES: Final = 96 * 1024**2
MAX_PICTURE_BYTES: Final = 15 * 1024**2
MAX_READ_BYTES: Final = 2 * 1024**3
"""Of all pictures together, each of which is read twice: for its record, and to be stored."""
MAX_MEMBERS: Final = 100_000
MAX_ITEMS: Final = 50_000

_OUTBOX: Final = "outbox.json"
_COPIED: Final = 1024 * 1024
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_MAX_DIRECTORY: Final = 16 * 1024**2
"""Bytes of what a ZIP says of its members, which the library reads whole."""
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_SIZE: Final = 22
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE: Final = 20
_MAX_COMMENT: Final = 65_535
_BROKEN: Final = (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error, NotImplementedError, ValueError)

Read = Callable[[int], bytes]
"""A member's content, or the first so many bytes of it."""


class ArchiveNotReadableError(Exception):
    """The file as a whole cannot be taken; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Archive:
    """What was brought. `members` are files by name; the outbox alone has none."""

    outbox: bytes
    members: Mapping[str, Read] = field(default_factory=dict)
    _left: int = MAX_READ_BYTES

    def items(self) -> list[Any]:
        """Raises ArchiveNotReadableError."""
        try:
            collection = orjson.loads(self.outbox)
        except orjson.JSONDecodeError as error:
            raise ArchiveNotReadableError("outbox_not_json") from error
        items = collection.get("orderedItems") if isinstance(collection, dict) else None
        if not isinstance(items, list):
            raise ArchiveNotReadableError("no_ordered_items")
        if len(items) > MAX_ITEMS:
            raise ArchiveNotReadableError("too_many_items")
        return items

    def picture(self, address: str) -> bytes | None:
        """The picture that an attachment names; None for one that the archive lacks, or that is too large."""
        read = next((self.members[name] for name in _names(address) if name in self.members), None)
        if read is None:
            return None
        try:
            content = read(MAX_PICTURE_BYTES + 1)
        except _BROKEN:
            return None
        self._left -= len(content)
        return content if 0 < len(content) <= MAX_PICTURE_BYTES and self._left >= 0 else None


def open_archive(file: IO[bytes]) -> Archive:
    """What is in the file, which stays open as long as the archive is read. Raises ArchiveNotReadableError."""
    start = file.read(4)
    file.seek(0)
    try:
        if start == b"PK\x03\x04":
            return _of_members(_zip_members(file))
        if start[:2] == b"\x1f\x8b":
            return _of_members(_tar_members(_decompressed(file)))
        outbox = file.read(MAX_OUTBOX_BYTES + 1)
    except _BROKEN as error:
        raise ArchiveNotReadableError("broken") from error
    if len(outbox) > MAX_OUTBOX_BYTES:
        raise ArchiveNotReadableError("outbox_too_large")
    return Archive(outbox)


def is_safe(name: str) -> bool:
    """Whether the name of a member stays within its archive, on every system."""
    return (
        0 < len(name) <= 1_000
        and not _CONTROL.search(name)
        and not name.startswith("/")
        and "\\" not in name
        and ":" not in name
        and ".." not in name.split("/")
    )


def _of_members(members: Mapping[str, Read]) -> Archive:
    if _OUTBOX not in members:
        raise ArchiveNotReadableError("no_outbox")
    outbox = members[_OUTBOX](MAX_OUTBOX_BYTES + 1)
    if len(outbox) > MAX_OUTBOX_BYTES:
        raise ArchiveNotReadableError("outbox_too_large")
    return Archive(outbox, members)


def _zip_members(file: IO[bytes]) -> dict[str, Read]:
    _check_directory(file)
    archive = zipfile.ZipFile(file)
    if len(archive.filelist) > MAX_MEMBERS:
        raise ArchiveNotReadableError("too_many_members")
    members: dict[str, Read] = {}
    for info in archive.filelist:
        kind = stat.S_IFMT(info.external_attr >> 16)
        # What stands behind a NUL is left out of `filename`.
        if not is_safe(info.filename) or info.orig_filename != info.filename or kind not in _FILES_AND_FOLDERS:
            raise ArchiveNotReadableError("unsafe_member")
        if not info.is_dir():
            members.setdefault(_plain(info.filename), _zip_reader(archive, info))
    return members


def _check_directory(file: IO[bytes]) -> None:
    """The end of a ZIP says how long its directory is (APPNOTE 4.3.16); one of so few bytes needs no 64-bit form."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - _MAX_COMMENT - _ZIP_END_SIZE - _ZIP64_LOCATOR_SIZE))
    end = file.read()
    place = end.rfind(_ZIP_END)
    if place < 0 or place + _ZIP_END_SIZE > len(end):
        raise zipfile.BadZipFile
    if end[max(0, place - _ZIP64_LOCATOR_SIZE) :].startswith(_ZIP64_LOCATOR):
        raise ArchiveNotReadableError("too_many_members")
    (directory,) = struct.unpack_from("<L", end, place + 12)
    if directory > _MAX_DIRECTORY:
        raise ArchiveNotReadableError("too_many_members")
    file.seek(0)


_FILES_AND_FOLDERS: Final = (0, stat.S_IFREG, stat.S_IFDIR)


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Read:
    def read(most: int) -> bytes:
        try:
            with archive.open(info) as member:
                return member.read(most)
        except RuntimeError as error:  # encrypted
            raise zipfile.BadZipFile from error

    return read


def _decompressed(file: IO[bytes]) -> IO[bytes]:
    """The TAR of a compressed one: its members are read in any order."""
    plain = tempfile.TemporaryFile()  # noqa: SIM115 - it is open as long as the archive is read
    size = 0
    with gzip.GzipFile(fileobj=file) as compressed:
        while chunk := compressed.read(_COPIED):
            size += len(chunk)
            if size > MAX_TAR_BYTES:
                raise ArchiveNotReadableError("too_large_unpacked")
            plain.write(chunk)
    plain.seek(0)
    return plain


def _tar_members(file: IO[bytes]) -> dict[str, Read]:
    archive = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 - as above
    members: dict[str, Read] = {}
    for count, info in enumerate(archive, start=1):
        if count > MAX_MEMBERS:
            raise ArchiveNotReadableError("too_many_members")
        if not is_safe(info.name) or not (info.isfile() or info.isdir()):
            raise ArchiveNotReadableError("unsafe_member")
        if info.isfile():
            members.setdefault(_plain(info.name), _tar_reader(archive, info))
    return members


def _tar_reader(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Read:
    def read(most: int) -> bytes:
        member = archive.extractfile(info)
        if member is None:
            raise tarfile.TarError
        return member.read(most)

    return read


def _plain(name: str) -> str:
    return name.removeprefix("./")


def _names(address: str) -> list[str]:
    """Under which names an archive may have what is at an address: Mastodon leaves out the host, and its own folder."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    names = []
    for written in (path, unquote(path)):
        name = written.lstrip("/").removeprefix("system/")
        names += [name, name[name.find("media_attachments/") :]] if "media_attachments/" in name else [name]
    return list(dict.fromkeys(name for name in names if is_safe(name)))
