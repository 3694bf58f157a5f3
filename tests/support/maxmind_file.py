"""Writes small files in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), IPv4 networks only."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_RECORD_BITS = 24
_METADATA = b"\xab\xcd\xefMaxMind.com"
_SEPARATOR = bytes(16)


def write(path: Path, countries: Mapping[str, str]) -> None:
    """A file in which each network is in its country (ISO 3166-1 alpha-2)."""
    tree: list[list[int | str | None]] = [[None, None]]
    for network, country in countries.items():
        parsed = ipaddress.IPv4Network(network)
        bits = f"{int(parsed.network_address):032b}"[: parsed.prefixlen]
        node = 0
        for bit in bits[:-1]:
            following = tree[node][int(bit)]
            if not isinstance(following, int):
                tree.append([None, None])
                following = tree[node][int(bit)] = len(tree) - 1
            node = following
        tree[node][int(bits[-1])] = country
    data, offsets = b"", {}
    for country in dict.fromkeys(countries.values()):
        offsets[country] = len(data)
        data += _encoded({"country": {"iso_code": country}})
    nodes = b"".join(_record(record, len(tree), offsets) for node in tree for record in node)
    metadata = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1_764_000_000,
        "database_type": "Test-Country",
        "description": {"en": "test"},
        "ip_version": 4,
        "languages": ["en"],
        "node_count": len(tree),
        "record_size": _RECORD_BITS,
    }
    path.write_bytes(nodes + _SEPARATOR + data + _METADATA + _encoded(metadata))


def _record(record: int | str | None, node_count: int, offsets: Mapping[str, int]) -> bytes:
    """A node, data, or nothing ("Search tree")."""
    if record is None:
        value = node_count
    elif isinstance(record, int):
        value = record
    else:
        value = node_count + len(_SEPARATOR) + offsets[record]
    return value.to_bytes(_RECORD_BITS // 8, "big")


def _encoded(value: Any) -> bytes:
    """A field of the data section ("Output data section"), of sizes below 29."""
    if isinstance(value, str):
        return bytes([2 << 5 | len(value)]) + value.encode()
    if isinstance(value, dict):
        pairs = b"".join(_encoded(key) + _encoded(item) for key, item in value.items())
        return bytes([7 << 5 | len(value)]) + pairs
    if isinstance(value, list):
        return bytes([len(value), 11 - 7]) + b"".join(map(_encoded, value))
    content = int(value).to_bytes(4, "big")
    return bytes([6 << 5 | len(content)]) + content
