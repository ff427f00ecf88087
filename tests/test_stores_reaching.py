"""What cannot be reached, or is not what it should be, is one clear line. The servers here are fakes: sockets that do not speak Bolt."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.stores import open_store
from kg.stores.address import Access
from kg.stores.folder import Folder
from kg.stores.reaching import check_server

HERE = Access("bolt://db.example", "bolt://db.example")


@contextmanager
def fake_server(certificate: Path | None = None) -> Iterator[int]:
    """A port that takes connections, in TLS if there is a certificate, and closes them at the first word."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate is not None:
        context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    taken, _ = listener.accept()
                except OSError:
                    return
                with taken:
                    try:
                        if certificate is None:
                            taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                        else:
                            context.wrap_socket(taken, server_side=True).close()
                    except OSError:
                        pass

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def refusal(where: str) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(where)
    (line,) = str(raised.value).splitlines()
    return line


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    made = tmp_path / "both.pem"
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    made.write_text(key.read_text() + certificate.read_text())
    with fake_server(made) as port:
        for scheme in ("bolt+s", "neo4j+s"):
            where = f"{scheme}://127.0.0.1:{port}"
            line = refusal(where)
            assert line.startswith(f"{where}: the server's certificate is not trusted (self-signed certificate); ")
            assert "bolt+ssc://" in line


def test_a_server_without_encryption_is_told() -> None:
    with fake_server() as port:
        assert refusal(f"bolt+s://127.0.0.1:{port}") == (
            f"bolt+s://127.0.0.1:{port}: the server does not answer in TLS; bolt:// or neo4j:// goes without"
        )


def test_a_port_where_no_database_listens_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for scheme in ("bolt", "neo4j"):
        where = f"{scheme}://127.0.0.1:{port}"
        assert re.fullmatch(rf"{where}: cannot be reached; is the server running\? \(.*[Rr]efused.*\)", refusal(where))
    assert capfd.readouterr().err == ""  # the driver would say something, too


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_that_another_program_has_taken_is_told(scheme: str) -> None:
    with fake_server() as port:
        where = f"{scheme}://127.0.0.1:{port}"
        assert refusal(where) == f"{where}: what answers there speaks HTTP and not Bolt, for which most servers have port 7687"


def test_the_database_that_the_server_keeps_for_itself_is_refused() -> None:
    assert refusal("bolt://127.0.0.1/System").startswith("bolt://127.0.0.1/System: the server keeps its own matters there")


@pytest.mark.parametrize("agent", ["Neo4j/5.26.25", "Neo4j/2026.09.0", "Neo4j/5.7.0", "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)"])
def test_servers_that_our_statements_were_written_for_are_taken(agent: str) -> None:
    check_server(HERE, agent)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Neo4j/4.4.12", "Neo4j 4.4 is too old; Neo4j 5.7 or later is needed"),
        ("Neo4j/5.6.0", "Neo4j 5.6 is too old; Neo4j 5.7 or later is needed"),
        ("Memgraph/2.1", "a server that calls itself 'Memgraph/2.1'; Neo4j 5.7 or later is needed"),
        ("Neo4j/5.2.0 compatible graph database", "a server that calls itself"),
    ],
)
def test_a_server_that_is_too_old_or_no_neo4j_is_refused(agent: str, told: str) -> None:
    with pytest.raises(StoreError, match=f"^bolt://db.example: {told}"):
        check_server(HERE, agent)


@pytest.mark.parametrize(
    ("mark", "told"),
    [('{"kind": "kg store", "format": 2}', "a store of format 2; this program knows format 1: update it"), ("{", "is damaged")],
)
def test_a_folder_of_a_newer_program_or_a_damaged_one_is_refused(tmp_path: Path, mark: str, told: str) -> None:
    folder = tmp_path / "store"
    Folder(folder).make()
    (folder / "kg-store.json").write_text(mark, "utf8")
    assert told in refusal(str(folder))
    assert (folder / "kg-store.json").read_text("utf8") == mark
