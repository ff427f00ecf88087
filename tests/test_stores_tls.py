"""A real Neo4j behind TLS: the addresses that check its certificate, those that take any, and one clear line where it does not fit."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_neo4j
from fake_extractor import GAZETTEER, fake_reading
from store_places import ONTOLOGY, Place, missing

from kg.errors import StoreError
from kg.stores import open_store

COUNT = "MATCH (c:Claim) RETURN count(c)"
SETTINGS = (
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
def server(home: Path) -> Iterator[Place]:
    running = _start(home)
    uri = running.uri.replace("bolt://", "bolt+ssc://")
    try:
        place = Place("neo4j", uri, running.environment, uri, running.password)
        place.write([fake_reading("Iran ACCUSE actual France.")])
        yield place
    finally:
        running.stop()


def _address(server: Place, scheme: str, host: str = "127.0.0.1") -> str:
    return f"{scheme}://{host}:{server.uri.rpartition(':')[2]}/neo4j"


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_that_nobody_knows_is_taken_where_the_address_says_so(server: Place, scheme: str) -> None:
    with open_store(_address(server, scheme), environment=server.environment, read_only=True) as store:
        assert store.query(COUNT).rows == [(1,)]


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_this_machine_trusts_is_taken(server: Place, home: Path, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "certificates" / "public.crt"))
    with open_store(_address(server, scheme), environment=server.environment) as store:
        store.write([fake_reading("Iran ACCUSE actual France.")], GAZETTEER, ONTOLOGY)
        assert store.query(COUNT).rows == [(1,)]


def _line(where: str, server: Place) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(where, environment=server.environment)
    return str(raised.value)


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_is_not_trusted_is_one_line_that_says_what_can_be_done(
    server: Place, home: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = r"\S+/neo4j: the server's certificate is refused \(.*{}.*\); bolt\+ssc:// or neo4j\+ssc:// takes any"
    assert re.fullmatch(told.format("self-signed certificate"), _line(_address(server, scheme), server))
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "certificates" / "public.crt"))
    assert re.fullmatch(told.format("'localhost'"), _line(_address(server, scheme, "localhost"), server))


def test_an_address_without_tls_is_one_line(server: Place) -> None:
    for scheme in ("bolt", "neo4j"):
        line = _line(_address(server, scheme), server)
        assert re.fullmatch(r"\S+/neo4j: cannot be reached; is the server running, and is it \w+\+s://\?.*", line), line


def test_a_server_without_tls_is_one_line(neo4j_server: Place) -> None:
    for scheme in ("bolt+s", "neo4j+ssc"):
        line = _line(_address(neo4j_server, scheme), neo4j_server)
        assert re.fullmatch(r"\S+/neo4j: the server does not answer in TLS; \w+:// goes without", line), line
