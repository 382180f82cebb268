"""`navnenyt report`: a month on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, LanguageOption, database_url, fail
from scraper.errors import NavnenytError
from scraper.show.language import Language


def report(
    *,
    month: Annotated[str, typer.Option(help="The month, as 2026-01.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file.")],
    language: LanguageOption = Language.ENGLISH,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Write the report of a month: one page with figures, plots, tables, method and coverage, everything in it.

    Example: navnenyt report --month 2026-01 --out report.html --language da
    """
    from scraper.display import print_line
    from scraper.show.files import written
    from scraper.show.report import html_of
    from scraper.show.report_data import gather

    try:
        said = html_of(gather(database_url(config, database), month), language=language)
        with written(out) as file:
            file.write(said.encode())
    except NavnenytError as error:
        fail(error)
    print_line(f"Wrote {out}.")
