"""A FAKE server that speaks enough of Bolt to say who it is, or says something else: nothing here stores anything."""

import contextlib
import socket
import struct
import threading
from typing import Self

_BOLT_5_4 = b"\x00\x00\x04\x05"


def _text(words: str) -> bytes:
    raw = words.encode()
    return b"\xd0" + struct.pack("B", len(raw)) + raw


def _success(**told: str) -> bytes:
    """A message of Bolt: it went well, and this is told about it."""
    body = b"\xb1\x70" + struct.pack("B", 0xA0 + len(told)) + b"".join(_text(name) + _text(value) for name, value in told.items())
    return struct.pack(">H", len(body)) + body + b"\x00\x00"


class FakeServer:
    """Listens on a free port of this machine. `agent`: what it calls itself over Bolt; `answer`: what it says to anything instead."""

    def __init__(self, agent: str = "", answer: bytes | None = None) -> None:
        self._agent, self._answer = agent, answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    @property
    def where(self) -> str:
        """Its address, for a store."""
        return f"bolt://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listener.accept()[0],), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            client.recv(1024)
            if self._answer is not None:
                client.sendall(self._answer)
                return
            client.sendall(_BOLT_5_4)
            while client.recv(65536):
                client.sendall(_success(server=self._agent, connection_id="bolt-1"))
