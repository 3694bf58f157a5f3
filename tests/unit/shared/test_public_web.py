"""Fetching from the public web only: which addresses are public, and what a server there can do to whoever asks."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shared.clients import public_web
from shared.clients.public_web import FetchError, fetch, is_public

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.19.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001::1",
        "2001:db8::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "100::1",
        "3fff::1",
        "5f00::1",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "100.128.0.1", "172.32.0.1", "192.169.0.1", "198.20.0.1", "223.255.255.254"),
        *("2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"),
    ],
)
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names resolve to; every other one is resolved as ever."""
    known: dict[str, list[str]] = {}
    original = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **options: Any) -> Any:
        if host not in known:
            return original(host, port, *rest, **options)
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in known[host]
        ]

    monkeypatch.setattr(public_web.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(public_web, "_NOT_PUBLIC_NAMES", frozenset())
    return known


@contextmanager
def server(talk: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """A server on a loopback port, which reads a request's head and then talks."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                head = b""
                while b"\r\n\r\n" not in head and (chunk := connection.recv(4096)):
                    head += chunk
                try:
                    talk(connection, head)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def answering(status: str, body: bytes = b"", **headers: str) -> Callable[[socket.socket, bytes], None]:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]

    def talk(connection: socket.socket, _head: bytes) -> None:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return talk


def here(url: str, **options: Any) -> public_web.Fetched:
    return fetch(url, **{"max_bytes": 1000, "seconds": 5.0, "allow_loopback": True, **options})


def test_a_picture_is_fetched_with_its_announced_type() -> None:
    with server(answering("200 OK", PNG, Content_Type="image/png; x=1", Content_Length=str(len(PNG)))) as url:
        fetched = here(f"{url}/a%20b.png?v=1")
    assert (fetched.content, fetched.content_type) == (PNG, "image/png")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "https://127.0.0.1/a.png",
        "http://localhost/a.png",
        "http://LOCALHOST./a.png",
        "https://pictures.example/a.png",
        "https://database.internal/a.png",
        "http://2130706433/a.png",
        "http://0x7f.1/a.png",
        "http://0177.0.0.1/a.png",
        "http://[::1]/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
    ],
)
def test_what_is_not_on_the_public_web_is_not_connected_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_web.socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(FetchError, match="public web"):
        fetch(url, max_bytes=10, seconds=1.0)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://pictures.example/a.png", "http or https"),
        ("file:///etc/passwd", "http or https"),
        ("gopher://pictures.example/", "http or https"),
        ("https:///a.png", "http or https"),
        ("https://user:word@pictures.example/a.png", "user name"),
        ("https://pictures.example:8443/a.png", "port 8443"),
        ("http://pictures.example:22/a.png", "port 22"),
        ("https://pictures.example:x/a.png", "not a web address"),
        ("https://pictures.example/a b", "space"),
        ("https://pictures.example/a\r\nHost: x", "space"),
    ],
)
def test_what_is_no_web_address_is_not_looked_up(url: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_web.socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    with pytest.raises(FetchError, match=reason):
        fetch(url, max_bytes=10, seconds=1.0)


@pytest.mark.parametrize("others", [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["1.1.1.1", "::1"], ["fe80::1"]])
def test_a_name_with_one_private_address_is_not_connected_to(
    names: dict[str, list[str]], others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["pictures.example"] = others
    monkeypatch.setattr(public_web.socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(FetchError, match="public web"):
        fetch("https://pictures.example/a.png", max_bytes=10, seconds=1.0)


def test_the_connection_goes_to_the_address_that_was_checked(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers otherwise the second time changes nothing: it is asked once."""
    names["pictures.example"] = ["2606:4700::1111", "93.184.215.14"]
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], **_: Any) -> socket.socket:
        connected.append(address)
        names["pictures.example"] = ["127.0.0.1"]
        raise ConnectionRefusedError

    monkeypatch.setattr(public_web.socket, "create_connection", connect)
    with pytest.raises(FetchError) as error:
        fetch("https://pictures.example/a.png", max_bytes=10, seconds=1.0)
    assert (connected, error.value.is_passing) == ([("93.184.215.14", 443)], True)


def test_the_server_is_told_the_name_and_not_the_address(names: dict[str, list[str]]) -> None:
    names["pictures.example"] = ["127.0.0.1"]
    heads: list[bytes] = []

    def talk(connection: socket.socket, head: bytes) -> None:
        heads.append(head)
        answering("200 OK", PNG)(connection, head)

    with server(talk) as url:
        port = url.rpartition(":")[2]
        here(f"http://pictures.example:{port}/\u00e9.png")
    assert f"Host: pictures.example:{port}\r\n".encode() in heads[0]
    assert heads[0].startswith(b"GET /%C3%A9.png HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "//192.168.0.1/a"],
)
def test_each_redirect_is_checked_like_the_first_address(target: str) -> None:
    with server(answering("302 Found", Location=target)) as url, pytest.raises(FetchError, match="public web"):
        here(f"{url}/a.png")


def test_redirects_are_followed_and_have_an_end() -> None:
    def talk(connection: socket.socket, head: bytes) -> None:
        if head.startswith(b"GET /a "):
            answering("301 Moved", Location="/b")(connection, head)
        elif head.startswith(b"GET /b "):
            answering("200 OK", PNG)(connection, head)
        else:
            answering("307 Temporary Redirect", Location="/c")(connection, head)

    with server(talk) as url:
        assert here(f"{url}/a").content == PNG
        with pytest.raises(FetchError, match="redirected more than"):
            here(f"{url}/c")


def test_an_answer_is_measured_while_it_is_read() -> None:
    def endless(connection: socket.socket, head: bytes) -> None:
        answering("200 OK")(connection, head)
        while True:
            connection.sendall(b"x" * 4096)

    with server(endless) as url, pytest.raises(FetchError, match="larger than 1000"):
        here(url)
    with (
        server(answering("200 OK", PNG, Content_Length="1001")) as url,
        pytest.raises(FetchError, match="larger than 1000"),
    ):
        here(url)


@pytest.mark.parametrize("head_first", [True, False])
def test_a_server_that_drips_is_left_at_the_deadline(head_first: bool) -> None:
    """Each byte is in time, all of them never would be."""

    def drip(connection: socket.socket, head: bytes) -> None:
        if head_first:
            answering("200 OK", Content_Length="900")(connection, head)
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    with server(drip) as url:
        with pytest.raises(FetchError, match="too long") as error:
            here(url, seconds=0.4)
        assert error.value.is_passing


@pytest.mark.parametrize(
    ("talk", "reason", "is_passing"),
    [
        (answering("404 Not Found"), "answered 404", False),
        (answering("403 Forbidden"), "answered 403", False),
        (answering("503 Service Unavailable"), "answered 503", True),
        (answering("429 Too Many Requests"), "answered 429", True),
        (answering("302 Found"), "without an address", False),
        (answering("200 OK", b"half", Content_Length="900"), "cut off|did not answer", True),
        (lambda connection, head: connection.sendall(b"SSH-2.0-x\r\n"), "did not answer", True),
        (lambda connection, head: None, "did not answer", True),
    ],
)
def test_a_server_without_a_picture_is_told_with_its_reason(
    talk: Callable[[socket.socket, bytes], None], reason: str, is_passing: bool
) -> None:
    with server(talk) as url, pytest.raises(FetchError, match=reason) as error:
        here(url)
    assert error.value.is_passing is is_passing


def test_an_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(public_web.socket, "getaddrinfo", unknown)
    monkeypatch.setattr(public_web, "_NOT_PUBLIC_NAMES", frozenset())
    with pytest.raises(FetchError, match="name is not known") as error:
        fetch("https://nowhere.invalid/a.png", max_bytes=10, seconds=1.0)
    assert not error.value.is_passing


def certificate(name: str) -> bytes:
    """A certificate for this name that signs itself, and its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM) + private


def test_tls_is_for_the_name_and_its_certificate_is_checked(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pem = tmp_path / "server.pem"
    pem.write_bytes(certificate("pictures.example"))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    asked: list[str | None] = []
    serving.sni_callback = lambda _socket, name, _context: asked.append(name)
    names |= {"pictures.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
                with serving.wrap_socket(plain, server_side=True) as connection:
                    head = connection.recv(4096)
                    answering("200 OK", PNG, Content_Length=str(len(PNG)))(connection, head)
            except ssl.SSLError:
                continue
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with pytest.raises(FetchError, match="certificate is not valid"):
        here(f"https://pictures.example:{port}/a.png")
    trusting = ssl.create_default_context(cafile=str(pem))
    monkeypatch.setattr(public_web.ssl, "create_default_context", lambda: trusting)
    assert here(f"https://pictures.example:{port}/a.png").content == PNG
    with pytest.raises(FetchError, match="certificate is not valid"):
        here(f"https://other.example:{port}/a.png")
    assert asked == ["pictures.example", "pictures.example", "other.example"]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_a_handshake_that_drips_is_left_at_the_deadline() -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.sendall(b"\x16\x03\x03\x40\x00")
            while True:
                connection.sendall(b"\x02")
                time.sleep(0.02)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with pytest.raises(FetchError):
        here(f"https://127.0.0.1:{listening.getsockname()[1]}/a.png", seconds=0.4)
    thread.join(5)
    assert not thread.is_alive()
    listening.close()
