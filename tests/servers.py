"""Small servers on loopback that say exactly the bytes a test gives them, well-behaved or not.

Raw sockets, since a fault worth testing is one that a real HTTP server would not let us make. Nothing here sleeps: a
server that stalls waits for its own end.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

DRIP = 0.02
"""Seconds between two bytes of a server that drips."""


@dataclass(frozen=True)
class Request:
    """What a server saw: `at` is the time of the server's clock when the request had come."""

    path: str
    headers: Mapping[str, str]
    head: bytes
    at: float = 0.0


@dataclass
class Talk:
    """One request and the means to answer it."""

    request: Request
    connection: socket.socket
    ended: threading.Event
    keep: bool = True

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def stall(self) -> None:
        """Say nothing more until the server ends."""
        self.ended.wait()
        self.keep = False

    def drip(self, data: Iterable[int]) -> None:
        """One byte at a time, for as long as anybody listens."""
        for byte in data:
            self.connection.sendall(bytes([byte]))
            if self.ended.wait(DRIP):
                break
        self.keep = False

    def flood(self, data: bytes) -> None:
        """The same bytes again and again, for as long as anybody listens."""
        while not self.ended.is_set():
            self.connection.sendall(data)

    def close(self) -> None:
        """End the connection in peace."""
        self.keep = False

    def reset(self) -> None:
        """End the connection with a TCP reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.keep = False


Route = bytes | Callable[[Talk], None]


def answer(body: bytes = b"", status: int = 200, *, length: int | None = None, **headers: str) -> bytes:
    """A whole HTTP answer; `Content_Type="text/html"` becomes a header. `length` -1 leaves Content-Length out."""
    lines = [f"HTTP/1.1 {status} Whatever"]
    headers.setdefault("Content_Type", "text/html; charset=utf-8")
    if length != -1 and status != 304:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@dataclass
class Server:
    """Answers each path with its route: bytes as they are, or a function that is given the Talk.

    A list is answered one after the other, the last one for ever. robots.txt is a 404 unless it has a route. `log`
    holds what was asked; `clock` dates it.
    """

    routes: dict[str, Route | list[Route]] = field(default_factory=dict)
    clock: Callable[[], float] = lambda: 0.0
    tls: ssl.SSLContext | None = None
    log: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._asked: dict[str, int] = {}
        self._lock = threading.Lock()
        self._run(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()

    @property
    def base(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return self.base + path

    def paths(self) -> list[str]:
        """The paths asked for, in order, without robots.txt."""
        return [request.path for request in self.log if request.path != "/robots.txt"]

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            self._run(lambda connection=connection: self._serve(connection))

    def _serve(self, raw: socket.socket) -> None:
        connection = raw
        try:
            if self.tls:
                connection = self.tls.wrap_socket(raw, server_side=True)
                with self._lock:
                    self._open.add(connection)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self._ended.is_set():
                request = self._read(connection)
                if request is None:
                    return
                talk = Talk(request, connection, self._ended)
                route = self._route(request.path)
                if isinstance(route, bytes):
                    talk.send(route)
                else:
                    route(talk)
                if not talk.keep:
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._open -= {raw, connection}
            connection.close()
            raw.close()

    def _read(self, connection: socket.socket) -> Request | None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(4096)
            if not data:
                return None
            head += data
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(first.split()[1], headers, head, self.clock())
        with self._lock:
            self.log.append(request)
        return request

    def _route(self, path: str) -> Route:
        route = self.routes.get(path)
        if route is None:
            return answer(b"not here", 404)
        if isinstance(route, list):
            with self._lock:
                at = self._asked[path] = self._asked.get(path, -1) + 1
            return route[min(at, len(route) - 1)]
        return route
