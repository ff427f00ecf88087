"""docker-compose.yml, read as Docker would read it: loopback only, no password in it, the version that the tests run."""

import re
from pathlib import Path
from typing import Any

import pytest
import real_neo4j
import yaml

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text("utf8")


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    loaded = yaml.safe_load(TEXT)
    assert loaded.keys() == {"services", "volumes"}
    (found,) = loaded["services"].values()
    assert isinstance(found, dict)
    return found


def test_its_image_is_the_version_that_the_tests_run(service: dict[str, Any]) -> None:
    assert service["image"] == f"neo4j:{real_neo4j.version()}-community"


def test_every_port_is_on_this_machine_only(service: dict[str, Any]) -> None:
    assert service["ports"]
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in service["ports"])
    assert any(port.endswith(":7687") for port in service["ports"])
    assert "network_mode" not in service


def test_the_password_comes_from_the_environment(service: dict[str, Any]) -> None:
    name, value = service["environment"]["NEO4J_AUTH"].split("/", 1)
    assert name == "neo4j"
    assert re.fullmatch(r"\$\{NEO4J_PASSWORD:\?[^}]+\}", value)  # without it Docker refuses, with these words
    assert not re.search(r"(?i)password\s*[:=]\s*['\"]?\w", TEXT.replace("NEO4J_PASSWORD=...", ""))
    assert re.fullmatch(r'cypher-shell -u neo4j -p "\$\$\{NEO4J_AUTH#neo4j/\}" .*', service["healthcheck"]["test"][1])


def test_it_has_a_health_check_and_a_named_volume(service: dict[str, Any]) -> None:
    assert {"interval", "timeout", "retries", "test"} <= service["healthcheck"].keys()
    volume, place = service["volumes"][0].split(":")
    assert place == "/data"
    assert volume in yaml.safe_load(TEXT)["volumes"]
