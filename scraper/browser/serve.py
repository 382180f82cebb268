"""Start the server: on this machine alone unless more is asked for in so many words."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from scraper.browser.guard import LOOPBACK
from scraper.browser.site import Site
from scraper.errors import ConfigError


def is_loopback(host: str) -> bool:
    """Whether a name or address is of this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_host(host: str, *, open_to_network: bool) -> None:
    """Raises ConfigError for an address that others can reach, unless that was asked for."""
    if not is_loopback(host) and not open_to_network:
        raise ConfigError(
            f"{host} can be reached by other machines, and the pages name living people.",
            hint="Add --open-to-network if that is meant; put a server with a password and TLS before it.",
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ConfigError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host.strip("[]"), port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.", hint="Name another with --port."
        ) from error
    return bound


class _Server(uvicorn.Server):
    """A server that leaves signals to us: uvicorn's own ends the process before what it started has been ended."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured here; see `_ending`."""
        yield


@contextlib.contextmanager
def _ending(server: uvicorn.Server) -> Iterator[None]:
    """SIGINT and SIGTERM are the wish that the server end, where this is the main thread."""
    loop = asyncio.get_running_loop()
    ours = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    for each in ours:
        loop.add_signal_handler(each, server.handle_exit, each, None)
    try:
        yield
    finally:
        for each in ours:
            loop.remove_signal_handler(each)


async def serve(site: Site, bound: socket.socket, *, started: Callable[[uvicorn.Server], None] | None = None) -> None:
    """Serve until Ctrl-C, or until the server that `started` was given is told to stop."""
    config = uvicorn.Config(
        site.guarded(),
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=False,
        loop="asyncio",
        limit_concurrency=200,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    with _ending(server):
        await site.invoke_startup()
        await site.fence.open()
        warming = site.front.read()
        if site.is_large:
            site.tallies.begin()
        if started is not None:
            started(server)
        try:
            await server.serve(sockets=[bound])
        finally:
            warming.cancel()
            await asyncio.wait({warming})
            await site.shut()


def run(url: str, *, host: str, port: int, open_to_network: bool, told: Callable[[str], None]) -> None:
    """Serve the database at `url` until Ctrl-C. `told` gets the address once it can be opened.

    Raises ConfigError for an address that is not allowed or cannot be had; StoreError when there is no database.
    """
    check_host(host, open_to_network=open_to_network)
    site = Site(url, hosts=LOOPBACK if is_loopback(host) else None)
    bound = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(site, bound, started=lambda _: told(f"http://{shown}:{bound.getsockname()[1]}/")))
