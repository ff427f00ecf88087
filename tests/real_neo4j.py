"""The real Neo4j Community server for tests, without Docker: its jars from Maven, kept in a cache outside of the repository.

KG_TEST_NEO4J names another version than pom.xml: 2026.09.0, the newest line, needs Java 21 or newer.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "neo4j"
FLAGS = (
    "-Xms384m",
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:+DisableExplicitGC",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


class NotHereError(Exception):
    """What is missing on this machine."""


def version() -> str:
    """The version that KG_TEST_NEO4J names, else pom.xml."""
    if named := os.environ.get("KG_TEST_NEO4J"):
        return named
    found = re.search(r"<neo4j.version>([^<]+)<", (HERE / "pom.xml").read_text("utf8"))
    assert found
    return found[1]


def fitting_java() -> range:
    """The versions of Java that this version of the server runs on."""
    return range(17, 22) if version().startswith("5.") else range(21, 26)


def cache() -> Path:
    """The folder of the jars (KG_TEST_CACHE, else the user's cache)."""
    home = os.environ.get("KG_TEST_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "stancegraph" / "neo4j" / version()


def java() -> str:
    """A Java of the right version."""
    homes = [os.environ.get("JAVA_HOME"), *sorted(map(str, Path("/usr/lib/jvm").glob("*")))]
    programs = [str(Path(home) / "bin" / "java") for home in homes if home] + ["java"]
    for program in programs:
        if not shutil.which(program):
            continue
        told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
        found = re.search(r'version "(\d+)', told)
        if found and int(found[1]) in fitting_java():
            return program
    raise NotHereError(f"no Java from {fitting_java()[0]} to {fitting_java()[-1]} on this machine, which Neo4j {version()} needs")


def jars() -> Path:
    """The folder with the jars; fetched by Maven the first time."""
    place = cache()
    if place.is_dir():
        return place
    if not shutil.which("mvn"):
        raise NotHereError(f"no Maven on this machine to fetch the jars of Neo4j {version()} with")
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        str(HERE / "pom.xml"),
        f"-Dneo4j.version={version()}",
        "dependency:copy-dependencies",
        f"-DoutputDirectory={temporary}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(temporary, ignore_errors=True)
        raise NotHereError(f"Maven cannot fetch the jars of Neo4j {version()}: {done.stdout.strip()[-300:]}")
    temporary.replace(place)
    return place


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Server:
    """A running server with a password."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"
    user: str = "neo4j"
    password: str = "only-for-tests"  # noqa: S105 - lives as long as the test run

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a user would set."""
        return {"NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}

    def wait(self, seconds: float = 120.0) -> None:
        """Until it listens."""
        deadline = time.monotonic() + seconds
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = (self.home / "server.log").read_text("utf8", "replace")
                raise RuntimeError(f"Neo4j does not start:\n{log[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Shut down, and wait for it."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def admin(home: Path, *arguments: str, folder: Path | None = None) -> str:
    """What `neo4j-admin` says to these arguments, run in this folder.

    Raises:
        RuntimeError: it fails.
    """
    command = [java(), "-cp", f"{jars()}/*", "org.neo4j.server.startup.Neo4jAdminCommand", *arguments]
    opened = {"JDK_JAVA_OPTIONS": " ".join(flag for flag in FLAGS if flag.startswith("--add-opens"))}  # for the process that it starts, too
    done = subprocess.run(command, env=_environment(home) | opened, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"neo4j-admin {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def prepare(home: Path, *settings: str) -> int:
    """Make the folder of a server, with its settings and its password, unless it has one; the port."""
    server_port = free_port()
    conf = home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    for name in ("data", "logs", "run", "import", "plugins"):
        (home / name).mkdir(exist_ok=True)
    lines = [*(HERE / "neo4j.conf").read_text("utf8").splitlines(), *settings]
    named = {line.partition("=")[0]: line for line in lines if "=" in line}  # a setting given twice would stop the start
    (conf / "neo4j.conf").write_text("\n".join(named.values()).replace("PORT", str(server_port)), "utf8")
    if not any((home / "data").iterdir()) and "dbms.security.auth_enabled=false" not in settings:
        admin(home, "dbms", "set-initial-password", Server.password)
    return server_port


def start(home: Path, *settings: str) -> Server:
    """A server whose data lie in this folder, which is made, or is that of a server that was stopped. `settings`: lines of neo4j.conf.

    Raises:
        NotHereError: Java or Maven is missing.
    """
    server_port = prepare(home, *settings)
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [
                java(),
                *FLAGS,
                "-cp",
                f"{jars()}/*",
                f"org.neo4j.server.{'CommunityEntryPoint' if version().startswith('5.') else 'Neo4jCommunity'}",
                f"--home-dir={home}",
                f"--config-dir={home / 'conf'}",
                "--console-mode",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(home),
        )
    server = Server(home, server_port, process)
    server.wait()
    return server
