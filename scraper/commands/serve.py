"""`navnenyt serve`: the database in a browser."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, fail
from scraper.errors import NavnenytError


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8001,
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="Allow a --host that other machines can reach.")
    ] = False,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show the database in a browser: what is new, the trends, companies, people, search, and SQL. Read only.

    Example: navnenyt serve --port 8001

    It listens on this machine alone. Ctrl-C ends it.
    """
    from scraper.browser.serve import is_loopback, run
    from scraper.commands.options import database_url
    from scraper.display import print_warning

    console = Console(highlight=False)
    try:
        if open_to_network and not is_loopback(host):
            print_warning("Everyone who can reach this machine can read all of it: put a password and TLS before it.")
        run(
            database_url(config, database),
            host=host,
            port=port,
            open_to_network=open_to_network,
            told=lambda address: console.print(f"{address}   (Ctrl-C ends it)", soft_wrap=True),
        )
    except NavnenytError as error:
        fail(error)
