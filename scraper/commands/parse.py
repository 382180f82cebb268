"""`navnenyt parse`: the records of saved pages, printed."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from scraper.commands.options import FormatOption, check_floors_or_fail, fail
from scraper.errors import ExitStatus, NavnenytError
from scraper.formats import Format


def parse(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Saved pages (.html, .htm, .txt), archives (.warc, .warc.gz), folders, or - for standard input."
        ),
    ],
    form: FormatOption = Format.TABLE,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the page was published, for dates written without a year."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each text with the words that every field rests on, and the rule.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT", help="Write the same as one HTML file, to open in a browser."),
    ] = None,
) -> None:
    """Print the records of saved pages, storing nothing.

    Example: navnenyt parse --format jsonl page.html

    Example: navnenyt parse --explain page.html

    Exit status: 0, or 1 when a file could not be read or the parser failed on a page (it hung, it crashed: that is the
    page's problem); the others are still printed.
    """
    check_floors_or_fail()
    from scraper.display import print_error, write_rows
    from scraper.reading import NOT_READ
    from scraper.saved import COLUMNS, GLANCE, at_a_glance, parse_saved, watched

    if explain or html is not None:
        if form is not Format.TABLE:
            raise typer.BadParameter(f"--explain and --html show all there is: leave out --format {form}.")
        whole = _explain(paths, published, on_terminal=explain, html=html)
        raise typer.Exit(int(ExitStatus.OK if whole else ExitStatus.ERROR))
    failed = False
    held: list[dict[str, Any]] = []
    with watched() as parse_page:
        for path in paths:
            try:
                for record in parse_saved(path, parse_page, published=published.date() if published else None):
                    failed = failed or (record["record"] == "problem" and record["code"] in NOT_READ)
                    if form is Format.JSONL:
                        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
                    else:
                        held.append(record)
            except NavnenytError as error:
                failed = True
                print_error(error)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.TABLE:
        write_rows(GLANCE, [at_a_glance(record) for record in held], form)
    elif form is Format.CSV:
        flat = [[_flat(record.get(column)) for column in COLUMNS] for record in held]
        write_rows(COLUMNS, flat, form)
    raise typer.Exit(int(ExitStatus.ERROR if failed else ExitStatus.OK))


def _explain(paths: list[str], published: datetime | None, *, on_terminal: bool, html: Path | None) -> bool:
    """Show the pages text by text, each parsed once; whether all of them could be read and parsed."""
    from collections.abc import Iterator

    from scraper.display import print_error
    from scraper.explain import PageAccount, explain_saved
    from scraper.explain_html import write_html
    from scraper.explain_terminal import print_page
    from scraper.reading import NOT_READ
    from scraper.saved import watched

    errors: list[NavnenytError] = []
    lost = False
    console = Console(highlight=False)

    def pages() -> Iterator[PageAccount]:
        nonlocal lost
        day = published.date() if published else None
        with watched() as parse_page:
            for page in explain_saved(paths, parse_page, errors.append, published=day):
                lost = lost or any(problem.code in NOT_READ for problem in page.problems)
                if on_terminal:
                    print_page(console, page)
                yield page

    try:
        if html is None:
            for _ in pages():
                pass
        else:
            write_html(html, pages(), sources=paths)
            Console(stderr=True, highlight=False, soft_wrap=True).print(f"Wrote {html}.", markup=False)
    except NavnenytError as error:
        fail(error)
    for unreadable in errors:
        print_error(unreadable)
    return not errors and not lost


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
