"""A real Neo4j behind TLS, at last with a read-only database: addresses that check its certificate, and those that take any."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_neo4j
from fake_extractor import GAZETTEER, fake_reading
from store_places import ONTOLOGY, missing

from kg.errors import StoreError
from kg.stores import open_store

READING = fake_reading("Iran ACCUSE actual France.")
COUNT = "MATCH (c:Claim) RETURN count(c)"
SETTINGS = (
    "dbms.security.auth_enabled=false",
    "dbms.ssl.policy.bolt.enabled=true",
    "dbms.ssl.policy.bolt.base_directory=certificates",
    "dbms.ssl.policy.bolt.private_key=private.key",
    "dbms.ssl.policy.bolt.public_certificate=public.crt",
    "dbms.ssl.policy.bolt.client_auth=NONE",
    "server.bolt.tls_level=REQUIRED",
)


def _sign(folder: Path) -> None:
    """A certificate for 127.0.0.1 that nobody else has signed."""
    if not shutil.which("openssl"):
        missing("no openssl on this machine to make a certificate with")
    folder.mkdir(parents=True)
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", "private.key", "-out", "public.crt", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:TRUE"]
    subprocess.run(["openssl", "req", "-x509", *made, *names], cwd=folder, capture_output=True, check=True)


def _start(home: Path, *settings: str) -> real_neo4j.Server:
    try:
        return real_neo4j.start(home, *SETTINGS, *settings)
    except real_neo4j.NotHereError as error:
        missing(str(error))
        raise


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls") / "home"
    _sign(folder / "certificates")
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[real_neo4j.Server]:
    running = _start(home)
    try:
        yield running
    finally:
        running.stop()


def _address(server: real_neo4j.Server, scheme: str, host: str = "127.0.0.1") -> str:
    return f"{scheme}://{host}:{server.port}/neo4j"


def _refusal(where: str) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(where)
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"{where}: ")
    return line.removeprefix(f"{where}: ")


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_that_nobody_knows_is_taken_where_the_address_says_so(server: real_neo4j.Server, scheme: str) -> None:
    with open_store(_address(server, scheme)) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)
        assert store.query(COUNT).rows == [(1,)]


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_is_trusted_here_is_taken_for_its_own_host_only(
    server: real_neo4j.Server, home: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = r"the server's certificate is not trusted \({}\); bolt\+ssc:// or neo4j\+ssc:// takes any"
    assert re.fullmatch(told.format("self-signed certificate"), _refusal(_address(server, scheme)))
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "certificates" / "public.crt"))
    assert re.fullmatch(told.format("Hostname mismatch.*'localhost'"), _refusal(_address(server, scheme, "localhost")))
    with open_store(_address(server, scheme)) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)
        assert store.query(COUNT).rows == [(1,)]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_address_without_encryption_is_told_that_the_server_asks_for_it(server: real_neo4j.Server, scheme: str) -> None:
    assert "if it asks for encryption: bolt+s:// or neo4j+s://" in _refusal(_address(server, scheme))


@pytest.mark.slow
def test_a_read_only_database_is_asked_and_not_written_to(server: real_neo4j.Server, home: Path) -> None:
    with open_store(_address(server, "bolt+ssc")) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)
    server.stop()
    again = _start(home, "server.databases.default_to_read_only=true")
    try:
        where = _address(again, "bolt+ssc")
        with open_store(where, read_only=True) as store:
            assert store.query(COUNT).rows == [(1,)]
            assert list(store.check(GAZETTEER, ONTOLOGY)) == []
        with open_store(where) as store, pytest.raises(StoreError) as raised:
            store.write([fake_reading("Iran ACCUSE actual China.")], GAZETTEER, ONTOLOGY)
        (line,) = str(raised.value).splitlines()
        assert line.startswith(f"{where}: this database is read-only: ")
    finally:
        again.stop()
