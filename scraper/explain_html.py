"""The account of pages as one HTML file: no script, nothing fetched, to be opened from a disk or sent to a colleague.

Every text is escaped twice over: control and bidi characters as on a terminal, then HTML. The policy in the file
forbids all but its own style sheet, by that sheet's hash, so that an escape that was missed would still do nothing.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from secrets import token_hex

from scraper.errors import NavnenytError
from scraper.explain import COLOURS, Account, Mark, PageAccount, Passage, Piece, counted
from scraper.records import Problem
from scraper.show.text import shown


def _safe(text: str) -> str:
    return escape("\n".join(shown(line) for line in text.split("\n")), quote=True)


def _word(name: str) -> str:
    """A field's name, or a count's, as a reader writes it."""
    return escape(name.replace("_", " "))


def _style() -> str:
    colours = "\n".join(f".f-{name} {{ --c: {colour}; }}" for name, colour in COLOURS.items())
    return f"{(files('scraper') / 'explain.css').read_text(encoding='utf-8')}{colours}\n"


def _opened(mark: Mark) -> str:
    names = ", ".join(_word(name) for name in mark.names)
    return f'<mark class="f-{mark.names[0]}" title="{names}">'


def _closed(mark: Mark, at: int) -> str:
    """The end of a mark, and where its span ends what it says, in small print.

    The print is seen, read out and printed whatever becomes of the colours. A kind's mark is the whole sentence, and
    its dotted line is enough.
    """
    if mark.span[1] != at or mark.names == ("kind",):
        return "</mark>"
    names = [name for name in mark.names if name != "start_date_text" or "start_date" not in mark.names]
    of = f" {', '.join(map(str, mark.of))}" if mark.of else ""
    return f'<span class="tag">{", ".join(_word(name) for name in names)}{of}</span></mark>'


def marked(passage: Passage) -> str:
    """The text of a passage with its marks, well nested: of two that cross, the inner is closed and opened again."""
    out: list[str] = []
    stack: tuple[Mark, ...] = ()
    at = 0
    for piece in [*passage.pieces(), Piece("")]:
        common = 0
        while common < min(len(stack), len(piece.marks)) and stack[common] == piece.marks[common]:
            common += 1
        out += [_closed(mark, at) for mark in reversed(stack[common:])]
        out += [_opened(mark) for mark in piece.marks[common:]]
        out.append(_safe(piece.text))
        stack, at = piece.marks, piece.ends
    return "".join(out)


def _fields(account: Account) -> str:
    rows = []
    for field in account.told:
        words = ""
        if not field.words:
            words = '<span class="words">not in the text</span>'
        elif field.words != field.value and field.name != "kind":
            words = f'<span class="words">«{_safe(field.words)}»</span>'
        rows.append(f'<dt class="f-{field.name}">{_word(field.name)}</dt><dd>{_safe(field.value)}{words}</dd>')
    rows.append(f"<dt>rule</dt><dd><code>{_safe(account.rule)}</code></dd>")
    return f"<dl>{''.join(rows)}</dl>"


def _article(passage: Passage, number: int, anchor: str) -> str:
    what = {"move": "Announcement", "job ad": "Job ad"}.get(passage.what, "Not read")
    kinds = ", ".join(dict.fromkeys(account.kind for account in passage.accounts if account.kind != passage.what))
    said = f'<p class="quiet">{escape(kinds)}</p>' if kinds else ""
    if passage.reason:
        said = f'<p class="quiet why">{_safe(passage.reason)}</p>'
    lists = []
    for at, account in enumerate(passage.accounts, start=1):
        title = f"<h4>{at}. {_safe(account.name)}</h4>" if len(passage.accounts) > 1 else ""
        lists.append(title + _fields(account))
    if passage.label and not passage.accounts:
        lists.append(f"<dl><dt>label</dt><dd>{_safe(passage.label)}</dd></dl>")
    beside = f"<div>{''.join(lists)}</div>" if lists else ""
    return (
        f'<article id="{anchor}" class="{passage.what.replace(" ", "-")}" aria-labelledby="{anchor}-h">'
        f'<header><h3 id="{anchor}-h">{what} {number}</h3>{said}</header>'
        f'<div class="both"><p class="text" lang="da">{marked(passage)}</p>{beside}</div></article>'
    )


def _problem(problem: Problem, anchor: str) -> str:
    text = f'<p class="quiet">{_safe(problem.text)}</p>' if problem.text else ""
    said = f"<code>{_safe(problem.code)}</code> {_safe(problem.message)}"
    return f'<article id="{anchor}" class="problem"><h3>Problem</h3><p>{said}</p>{text}</article>'


class _Body:
    """The sections of a file, one for each page, and what its head needs to know of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.fields: set[str] = set()
        self.sources: list[str] = []
        self.sections: list[str] = []

    def add(self, page: PageAccount) -> None:
        self.counts += page.counts()
        self.sources.append(page.source)
        at = f"p{len(self.sources)}"
        parts = [
            f'<section id="{at}" aria-labelledby="{at}-h"><h2 id="{at}-h">{_safe(page.source)}</h2>',
            f'<p class="quiet">{counted(page.counts())}</p>',
        ]
        for number, problem in enumerate(page.problems, start=1):
            parts.append(_problem(problem, self._anchor("problem", f"{at}-problem-{number}")))
        numbers: Counter[str] = Counter()
        for passage in page.passages:
            numbers[passage.what] += 1
            anchor = f"{at}-{passage.what.replace(' ', '-')}-{numbers[passage.what]}"
            parts.append(_article(passage, numbers[passage.what], self._anchor(passage.what, anchor)))
            self.fields.update(field.name for account in passage.accounts for field in account.told)
        self.sections.append("\n".join([*parts, "</section>"]))

    def _anchor(self, what: str, anchor: str) -> str:
        self.first.setdefault(what, anchor)
        return anchor

    def head(self) -> str:
        counts = []
        for what, one, many in (
            ("page", "page", "pages"),
            ("move", "move", "moves"),
            ("job ad", "job ad", "job ads"),
            ("unparsed", "not read", "not read"),
            ("problem", "problem", "problems"),
        ):
            said = f"<b>{self.counts[what]}</b> {one if self.counts[what] == 1 else many}"
            link = self.first.get(what)
            counts.append(f'<li><a href="#{link}">{said}</a></li>' if link else f"<li>{said}</li>")
        shown_fields = [name for name in COLOURS if name in self.fields and name != "start_date_text"]
        legend = [f'<li><mark class="f-{name}">{_word(name)}</mark></li>' for name in shown_fields]
        named = f'<ul class="legend" aria-label="Fields and their colours">{"".join(legend)}</ul>' if legend else ""
        links = [f'<li><a href="#p{at}">{_safe(name)}</a></li>' for at, name in enumerate(self.sources, start=1)]
        pages = f"<nav><details><summary>Pages</summary><ol>{''.join(links)}</ol></details></nav>"
        return (
            f'<header id="top"><h1>What the pages say, and where</h1><ul class="counts">{"".join(counts)}</ul>'
            f"{named}{pages if len(links) > 1 else ''}</header>"
        )


def html_of(pages: Iterable[PageAccount]) -> str:
    """The whole file as text."""
    body = _Body()
    for page in pages:
        body.add(page)
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">',
            f"<title>navnenyt: {counted(body.counts)}</title>\n<style>{style}</style>\n</head>\n<body>",
            '<a class="skip" href="#main">To the announcements</a>',
            body.head(),
            '<main id="main">',
            *(body.sections or ['<p class="quiet">No page could be read.</p>']),
            '</main>\n<footer class="quiet"><a href="#top">To the top</a></footer>\n</body>\n</html>\n',
        ]
    )


def write_html(out: Path, pages: Iterable[PageAccount], *, sources: Sequence[str] = ()) -> None:
    """Write the account of the pages to `out`, replacing what is there in one step, or not at all.

    `sources` are the paths that the pages come from. Raises NavnenytError when `out` is one of them or lies in one, is
    a folder, or cannot be written; that is found out before the first page is read.
    """
    try:
        target = _target(out, sources)
        fresh = target.with_name(f".{token_hex(8)}.tmp")
        file = fresh.open("x", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        with file:
            text = html_of(pages)
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
                fresh.replace(target)
            except OSError as error:
                raise _unwritable(out, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _target(out: Path, sources: Sequence[str]) -> Path:
    """The file that `out` stands for, links followed. Raises OSError, or NavnenytError for what is not replaced."""
    target = out.resolve()
    for source in sources:
        if target == (read := Path(source).resolve()) or (read.is_dir() and target.is_relative_to(read)):
            raise NavnenytError(
                f"{out}: is among the pages that are read.", hint="Name a file outside of them under --html."
            )
    if target.exists() and not target.is_file():
        raise NavnenytError(f"{out}: is no file.", hint="Name a file under --html.")
    return target


def _unwritable(out: Path, error: OSError) -> NavnenytError:
    return NavnenytError(
        f"{out}: cannot be written: {error.strerror}.", hint="Name a path that you may write under --html."
    )
