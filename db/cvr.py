"""Numbers of the Danish business register (CVR), imported from a CSV file: names of one number are one company.

The register's word goes before the rules and after a person's: two numbers are never one company by a rule, and what a
person merged or split stays so. A name that stands under several numbers decides nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from db import decisions
from db.company_rows import keys_of, lookup_key, part
from db.decisions import JOINING, ByWhom, Named, Verdict
from db.identity import clean, company_key, fold
from db.models import Company, CvrEntry
from db.settling import cvr_of, may_join, unite
from scraper.errors import FileUnreadable

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
"""A number is right when the sum of its digits by these weights is divisible by 11 (the register's check digit)."""
NUMBER_COLUMNS = frozenset("cvr cvrnr cvrnummer cvrno cvrnumber vat vatnumber momsnummer".split())
NAME_COLUMNS = frozenset(
    "name navn navne virksomhedsnavn virksomhed firma firmanavn company companyname binavn binavne alias names".split()
)
"""How the columns may be called, in small letters and without signs; several columns may hold names."""
_SIGNS = re.compile(r"[^a-z]")
_NUMBER = re.compile(r"(?:DK)?[- ]?(\d{2} ?\d{2} ?\d{2} ?\d{2})", re.IGNORECASE)
_ENCODINGS = ("utf-8-sig", "cp1252")
_AT_ONCE = 400


class Wrong(NamedTuple):
    """A row of the file that was left out, by its line (the header is line 1), and why."""

    line: int
    reason: str


class Entry(NamedTuple):
    """A name under a number."""

    cvr: str
    name: str

    @property
    def key(self) -> str:
        """The key by which the name is looked up."""
        return company_key(self.name)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: entries that are right, each once, and rows that are wrong."""

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...]


@dataclass(slots=True)
class Imported:
    """What came of an import. `unclear` are names that stand under several numbers, `kept` what a person decided."""

    new: int = 0
    known: int = 0
    numbered: int = 0
    merged: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def check_number(text: str) -> str:
    """The eight digits of a CVR number, which may be written `DK 12 34 56 74`. Raises ValueError with what is wrong."""
    written = _NUMBER.fullmatch(text.strip())
    if written is None:
        raise ValueError(f"“{text.strip()}” is no CVR number: it has eight digits")
    digits = written[1].replace(" ", "")
    if digits[0] == "0" or sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11:
        raise ValueError(f"{digits} is no CVR number: its check digit is wrong")
    return digits


def read_csv(path: Path) -> Read:
    """The entries of a CSV file: comma, semicolon or tab, UTF-8 or Windows letters, columns in any order.

    Raises FileUnreadable for a file that cannot be read or has no column of numbers or of names.
    """
    rows = csv.reader(_lines(path), delimiter=_delimiter(path))
    header = [_SIGNS.sub("", fold(title)) for title in next(rows, [])]
    numbers = [place for place, title in enumerate(header) if title in NUMBER_COLUMNS]
    names = [place for place, title in enumerate(header) if title in NAME_COLUMNS]
    if len(numbers) != 1 or not names:
        raise FileUnreadable(
            f"{path} has no column of CVR numbers, or none of names.",
            hint="Its first line names the columns, such as: cvr,name",
        )
    entries: dict[Entry, None] = {}
    wrong: list[Wrong] = []
    for row in rows:
        if not any(field.strip() for field in row):
            continue
        try:
            entries |= dict.fromkeys(_entries(row, numbers[0], names))
        except ValueError as error:
            wrong.append(Wrong(rows.line_num, str(error)))
    return Read(tuple(entries), tuple(wrong))


def _entries(row: list[str], number: int, names: list[int]) -> Iterator[Entry]:
    if len(row) <= number:
        raise ValueError("the row ends before its CVR number")
    cvr = check_number(row[number])
    found = [name for place in names if place < len(row) for part in row[place].split("|") if (name := clean(part))]
    if not found:
        raise ValueError(f"CVR {cvr} has no name")
    yield from (Entry(cvr, name) for name in found)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(f"{path} is no text.", hint="Save it as CSV in UTF-8.")


def _lines(path: Path) -> list[str]:
    return _text(path).splitlines(keepends=True)


def _delimiter(path: Path) -> str:
    first = next(iter(_lines(path)), "")
    return max(";\t,", key=first.count)


def import_entries(connection: Connection, entries: Iterable[Entry], *, at: datetime, source: str) -> Imported:
    """Keep the entries and let companies follow them; entries that are known already change nothing.

    `source` names the file in the decisions' reasons. All in the caller's transaction.
    """
    done = Imported()
    fresh = _keep(connection, entries, at, done)
    numbers = sorted({entry.cvr for entry in fresh} | _sharing(connection, {entry.key for entry in fresh}))
    for cvr in numbers:
        _apply(connection, cvr, at=at, source=source, done=done)
    done.unclear = sorted(set(done.unclear))
    return done


def _keep(connection: Connection, entries: Iterable[Entry], at: datetime, done: Imported) -> list[Entry]:
    given = {(entry.cvr, entry.key): entry for entry in entries}
    numbers = sorted({cvr for cvr, _ in given})
    known: set[tuple[str, str]] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        rows = connection.execute(select(CvrEntry.cvr, CvrEntry.key).where(CvrEntry.cvr.in_(some)))
        known |= {(cvr, key) for cvr, key in rows}
    fresh = [entry for pair, entry in given.items() if pair not in known]
    rows_new = [{"cvr": e.cvr, "key": e.key, "name": e.name, "imported_at": at} for e in fresh]
    if rows_new:
        connection.execute(insert(CvrEntry), rows_new)
    done.new, done.known = len(fresh), len(given) - len(fresh)
    return fresh


def _sharing(connection: Connection, keys: set[str]) -> set[str]:
    """All numbers under which one of these names stands: an older one may have become unclear."""
    ordered, found = sorted(keys), set()
    for start in range(0, len(ordered), _AT_ONCE):
        found |= set(
            connection.scalars(select(CvrEntry.cvr).where(CvrEntry.key.in_(ordered[start : start + _AT_ONCE])))
        )
    return found


def _apply(connection: Connection, cvr: str, *, at: datetime, source: str, done: Imported) -> None:
    """Give the company of a number its number, after its names have come together there."""
    rows = connection.execute(select(CvrEntry.key, CvrEntry.name).where(CvrEntry.cvr == cvr)).all()
    clear = [row for row in rows if cvr_of(connection, row.key) == cvr]
    done.unclear += [row.name for row in rows if row not in clear]
    for row in sorted(clear):
        there = lookup_key(connection, row.key)
        if there is None:
            continue
        there = _apart_from_other_numbers(connection, there, cvr, at=at, done=done)
        own = connection.scalar(select(Company.id).where(Company.cvr == cvr))
        if there is None or there == own:
            continue
        if own is None:
            connection.execute(update(Company).where(Company.id == there).values(cvr=cvr))
            done.numbered += 1
            continue
        mine = connection.execute(select(Company).where(Company.id == own)).one()
        theirs = connection.execute(select(Company).where(Company.id == there)).one()
        if not may_join(connection, own, keys_of(connection, there), theirs.cvr):
            done.kept.append(f"{mine.name} and {theirs.name}")
            continue
        decision = decisions.record(
            connection,
            at=at,
            by_whom=ByWhom.CVR,
            verdict=Verdict.CVR,
            one=Named(mine.key, mine.name),
            other=Named(theirs.key, theirs.name),
            reason=f"both names stand under CVR {cvr} in {source}",
        )
        unite(connection, min(own, there), max(own, there), decision)
        done.merged.append(f"{mine.name} and {theirs.name}")


def _apart_from_other_numbers(
    connection: Connection, there: int, cvr: str, *, at: datetime, done: Imported
) -> int | None:
    """The company of a name, parted from one of another number with which a rule had made it one.

    None where a person joined the two: that stays.
    """
    company = connection.execute(select(Company).where(Company.id == there)).one()
    keys = keys_of(connection, there)
    numbers = {key: number for key in keys if (number := cvr_of(connection, key)) is not None}
    if not {company.cvr, *numbers.values()} - {cvr, None}:
        return there
    mine = {key for key, number in numbers.items() if number == cvr}
    others = {key for key, number in numbers.items() if number != cvr}
    if not others:  # its number was that of a name that has become unclear
        connection.execute(update(Company).where(Company.id == there).values(cvr=None))
        return there
    if decisions.between(connection, mine, keys - mine, verdicts=JOINING, by=[ByWhom.USER]):
        if company.name not in done.kept:
            done.kept.append(company.name)
        return None
    goes = others if company.key in mine else mine
    decisions.overrule(connection, decisions.between(connection, goes, keys - goes, verdicts=JOINING), at=at)
    if company.cvr is not None and (company.cvr == cvr) == (goes == mine):
        connection.execute(update(Company).where(Company.id == there).values(cvr=None))
    names = {row.key: row.name for row in connection.execute(select(CvrEntry).where(CvrEntry.key.in_(goes)))}
    parted = Named(min(goes), names[min(goes)])
    own = part(connection, goes, parted.name)
    left = connection.execute(select(Company).where(Company.id == there)).one()
    decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.CVR,
        verdict=Verdict.DIFFERENT,
        one=Named(left.key, left.name),
        other=parted,
        reason=f"the one stands under CVR {cvr}, the other under another number",
    )
    done.parted.append(f"{left.name} and {parted.name}")
    return own if goes == mine else there
