"""The transport under `requests` that no server can hold, flood or lead astray.

Three guards stand on the socket itself, where nothing above can go round them:

- **the deadline** covers the whole exchange. `requests` sets its time-out for each read, so a server that drips one
  byte a second holds it for ever; here each read gets what is left of one budget.
- **the host** of every connection must be on the source's list, whatever a redirect or an odd spelling says.
- **the address** that the name leads to must be a public one, and so must the peer of the open connection: a name
  that is rebound between check and use gains nothing.
"""

from __future__ import annotations

import contextlib
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Collection
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from scraper.errors import FetchReason, NotAllowed, Unreachable

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address may be asked: globally reachable (IANA registries), also behind IPv6 transition forms."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo is not None or int(ip) >> 32 == 0:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class Wire:
    """The state of the one exchange in flight: its deadline, what came over the wire, and whom it may connect to.

    One Wire serves one Fetcher, which has one request in flight. Times are in seconds.
    """

    def __init__(self, hosts: Collection[str], *, allow_private: bool, connect_timeout: float) -> None:
        self.hosts = frozenset(hosts)
        self.allow_private = allow_private
        self.connect_timeout = connect_timeout
        self.url = ""
        self.received = 0
        self.leftover = False
        self.peer = ""
        self._ends = 0.0

    def start(self, url: str, seconds: float) -> None:
        """Begin an exchange that must be over in `seconds`."""
        self.url = url
        self.received = 0
        self.leftover = False
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises Unreachable (deadline) when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.too_late()
        return left

    def too_late(self) -> Unreachable:
        """The error of an exchange whose time is up."""
        return Unreachable(
            f"{self.url}: no whole answer within the deadline ({self.received} bytes had come).",
            reason=FetchReason.DEADLINE,
            url=self.url,
            hint="The site is slow or holds us; it is asked again in the next run.",
        )

    def connect(self, host: str, port: int) -> PlainSocket:
        """An open connection to `host`, if the source owns it and its address is public.

        Raises NotAllowed (outside_hosts, forbidden_address) or Unreachable (dns, connect, deadline).
        """
        if host not in self.hosts and f"{host}:{port}" not in self.hosts:
            raise NotAllowed(
                f"{self.url}: {host} is not one of the source's hosts.",
                reason=FetchReason.OUTSIDE_HOSTS,
                url=self.url,
                hint="List it under hosts: if it belongs to the site.",
            )
        refused = ""
        failure: OSError | None = None
        for family, sockaddr in self._resolve(host, port):
            address = str(sockaddr[0])
            if not self.allow_private and not is_public(address):
                refused = address
                continue
            sock = PlainSocket(family, socket.SOCK_STREAM)
            sock.wire = self
            try:
                sock.settimeout(min(self.connect_timeout, self.left()))
                sock.connect(sockaddr)
                self._check_peer(sock)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(self.left())  # for a TLS handshake, which comes next
            except OSError as error:
                sock.close()
                failure = error
            except BaseException:
                sock.close()
                raise
            else:
                return sock
        if failure is None:
            raise self._forbidden(refused)
        self.left()
        what = "did not answer in time" if isinstance(failure, TimeoutError) else failure.strerror or str(failure)
        raise Unreachable(
            f"{self.url}: no connection to {host}: {what}.",
            reason=FetchReason.CONNECT,
            url=self.url,
            hint="Check the network, and the site in a browser.",
        ) from failure

    def _check_peer(self, sock: socket.socket) -> None:
        """Note whom we are really connected to, and refuse an inside address."""
        self.peer = str(sock.getpeername()[0])
        if not self.allow_private and not is_public(self.peer):
            raise self._forbidden(self.peer)

    def _forbidden(self, address: str) -> NotAllowed:
        return NotAllowed(
            f"{self.url}: leads to {address}, an address inside a private network.",
            reason=FetchReason.FORBIDDEN_ADDRESS,
            url=self.url,
            hint="If it is meant, set fetch: allow_private_addresses: true.",
        )

    def _resolve(self, host: str, port: int) -> list[tuple[int, Any]]:
        """The addresses of a name. In a thread, since the resolver of the system knows no time-out of ours."""
        found: list[tuple[int, Any]] = []
        failed: list[Exception] = []

        def look_up() -> None:
            try:
                for family, _, _, _, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                    found.append((family, sockaddr))
            except (OSError, UnicodeError) as error:
                failed.append(error)

        thread = threading.Thread(target=look_up, name=f"resolve {host}", daemon=True)
        thread.start()
        thread.join(min(self.connect_timeout, self.left()))
        if found and not thread.is_alive():
            return found
        what = getattr(failed[0], "strerror", None) or str(failed[0]) if failed else "the resolver did not answer"
        raise Unreachable(
            f"{self.url}: the name {host} cannot be resolved: {what}.",
            reason=FetchReason.DNS,
            url=self.url,
            hint="Check the network, and the spelling of the address in config.yaml.",
        )


class _Reader(io.BufferedReader):
    """Tells, when a body has been read to its declared end, whether the server had sent more than it declared."""

    wire: Wire
    sock: _Guarded

    def close(self) -> None:
        if not self.closed:
            self.sock.waits = False
            with contextlib.suppress(OSError, ValueError):
                self.wire.leftover = bool(self.peek(1))
            self.sock.waits = True
        super().close()


class _Guarded(socket.socket):
    """A socket each of whose reads gets what is left of the exchange's time."""

    wire: Wire
    waits = True
    peer = ""

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        if not self.waits:
            self.settimeout(0)
            return super().recv_into(buffer, nbytes, flags)
        self.settimeout(self.wire.left())
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except TimeoutError:
            raise self.wire.too_late() from None
        self.wire.received += count
        self.wire.peer = self.peer = self.peer or str(self.getpeername()[0])
        return count

    def makefile(self, mode: str = "r", buffering: int | None = None, **kw: Any) -> Any:
        if mode != "rb" or buffering is not None:
            return super().makefile(mode, buffering, **kw)  # type: ignore[call-overload]
        reader = _Reader(super().makefile("rb", buffering=0))
        reader.wire, reader.sock = self.wire, self
        return reader


class PlainSocket(_Guarded):
    """The guarded socket of http, and of https before its handshake."""


class _TlsSocket(_Guarded, ssl.SSLSocket):  # type: ignore[misc]  # the stubs name recv_into's parameters otherwise
    """The guarded socket of https. Python gives a handshake one time-out for the whole of it."""


class GuardedAdapter(HTTPAdapter):
    """The adapter of `requests` whose connections go over a Wire. It never retries and never follows a redirect."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(pool_connections=8, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Hand urllib3 the guarded connections."""
        wire = self._wire

        class TlsSocket(_TlsSocket):
            pass

        TlsSocket.wire = wire

        class Http(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return wire.connect(self.host, self.port)

        class Https(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return wire.connect(self.host, self.port)

        class HttpPool(HTTPConnectionPool):
            ConnectionCls = Http

        class HttpsPool(HTTPSConnectionPool):
            ConnectionCls = Https

        context = create_urllib3_context()
        context.sslsocket_class = TlsSocket
        super().init_poolmanager(connections, maxsize, block, ssl_context=context, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
