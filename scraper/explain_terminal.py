"""The account of a page for a terminal or a pipe: texts with coloured underlines, and below each the same in words.

The list below a text says all that the colours say, so nothing is lost where there are none.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from scraper.explain import COLOURS, Account, PageAccount, Passage, counted
from scraper.records import Problem
from scraper.show.text import shown

LONGEST = 64
"""Longer evidence is cut in its middle in the list: it stands whole in the text above."""
WIDE = 72
"""From so many characters on, evidence has a column of its own; in less it stands below the value."""
_NAMES = max(len(name) for name in COLOURS)
_QUIET = Style(dim=True)


def print_page(console: Console, page: PageAccount) -> None:
    """Print what a page says, text by text, with the reason of whatever was not read."""
    console.print(Text(shown(page.source), Style(bold=True)), soft_wrap=True)
    console.print(Text(counted(page.counts()), _QUIET))
    for problem in page.problems:
        _print_problem(console, problem)
    numbers: dict[str, int] = {}
    for passage in page.passages:
        numbers[passage.what] = numbers.get(passage.what, 0) + 1
        _print_passage(console, passage, numbers[passage.what])
    console.print()


def _print_problem(console: Console, problem: Problem) -> None:
    console.print()
    console.print(
        Text.assemble(("problem: ", Style(bold=True, color="red")), shown(f"{problem.code}: {problem.message}"))
    )
    if problem.text:
        console.print(Padding(Text(shown(_cut(problem.text)), _QUIET), (0, 0, 0, 2)))


def _print_passage(console: Console, passage: Passage, number: int) -> None:
    console.print()
    what = "announcement" if passage.what == "move" else passage.what
    kinds = ", ".join(dict.fromkeys(account.kind for account in passage.accounts if account.kind != what))
    head = Text.assemble((f"{what} {number}", Style(bold=True)), f": {kinds}" if kinds else "")
    if passage.reason:
        head.append(f": {shown(passage.reason)}", Style(color="yellow"))
    console.print(head)
    console.print(Padding(marked(passage), (0, 0, 0, 2)))
    if passage.label and not passage.accounts:
        console.print(Padding(Text(f"label  {shown(passage.label)}", _QUIET), (0, 0, 0, 2)))
    for at, account in enumerate(passage.accounts, start=1):
        console.print()
        if len(passage.accounts) > 1:
            title = f"move {at} of {len(passage.accounts)}: {shown(account.name)}"
            console.print(Padding(Text(title, Style(bold=True)), (0, 0, 0, 2)))
        console.print(Padding(listed(account, wide=console.width >= WIDE), (0, 0, 0, 2)))


def marked(passage: Passage) -> Text:
    """The text of a passage, every piece underlined in the colour of its innermost mark, controls escaped."""
    text = Text(overflow="fold")
    for piece in passage.pieces():
        style = Style()
        if piece.marks:
            name = piece.marks[-1].names[0]
            style = Style(color=COLOURS[name], underline=True, bold=name != "kind")
        text.append("\n".join(shown(line) for line in piece.text.split("\n")), style)
    return text


def listed(account: Account, *, wide: bool = True) -> Table:
    """The fields of an account, one a row, as `field  value  «evidence»`, and the rule."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=_NAMES)
    table.add_column(overflow="fold")
    if wide:
        table.add_column(overflow="fold")
    for field in account.told:
        name = Text(field.name, Style(color=COLOURS[field.name]))
        value = Text(shown(field.value))
        words = Text(f"«{shown(_cut(field.words))}»" if field.words else "not in the text", _QUIET)
        if wide:
            table.add_row(name, value, words)
        else:
            table.add_row(name, Text("\n").join([value, words]))
    table.add_row(Text("rule", _QUIET), Text(shown(account.rule)))
    return table


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    half = (LONGEST - 3) // 2
    return f"{text[:half].rsplit(' ', 1)[0].rstrip()} … {text[-half:].split(' ', 1)[-1].lstrip()}"
