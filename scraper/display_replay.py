"""What a replay found, for a person or a program."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console

from db.replay_compare import FIELDS, Action, Change
from db.replay_follow import Followed
from db.status import counted
from scraper.display import write_rows
from scraper.formats import Format
from scraper.replay import Replayed

COLUMNS = ("change", "record", "id", "about", "field", "was", "is")
_SHOWN_OF_NEW = ("kind", "person", "company", "role", "title", "region", "start_date", "reason", "message")
_ABOUT = {
    "move": ("person", "company"),
    "job_ad": ("company", "title"),
    "unparsed": ("text",),
    "problem": ("code", "message"),
}
_LONGEST = 60
"""Characters of what a row is about, in a table."""
_ACTIONS = (Action.ADDED, Action.CHANGED, Action.DROPPED)


def summary(found: Replayed) -> dict[str, int]:
    """The counts of a replay."""
    return {
        "fetches": found.fetches,
        "pages": found.pages,
        "missing": found.missing,
        "unread": found.unread,
        **{action.value: found.count(action) for action in (*_ACTIONS, Action.SIGHTED)},
        "followed": len(found.followed),
    }


def print_replay(found: Replayed, form: Format, *, applied: bool) -> None:
    """Print what a replay found: rows to standard output, for a person the counts below them."""
    if form is Format.JSON:
        whole = {
            "summary": summary(found),
            "changes": [_plain(change) for change in found.changes],
            "followed": [_following(each) for each in found.followed],
        }
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n")
        return
    if form is Format.JSONL:
        for change in found.changes:
            sys.stdout.write(json.dumps(_plain(change), ensure_ascii=False, default=str) + "\n")
        for each in found.followed:
            sys.stdout.write(json.dumps(_following(each), ensure_ascii=False) + "\n")
        sys.stdout.write(json.dumps({"change": "summary", **summary(found)}) + "\n")
        return
    rows = [line for change in found.changes for line in _lines(change)]
    rows += [[one.change, one.table, one.id, _cut(one.about), one.field, one.was, one.now] for one in found.followed]
    if rows or form is Format.CSV:
        write_rows(COLUMNS, rows, form, title="What today's parser reads otherwise")
    if form is Format.TABLE:
        _print_counts(found, Console(highlight=False, soft_wrap=True), applied=applied)


def _print_counts(found: Replayed, console: Console, *, applied: bool) -> None:
    console.print(f"Read again: {counted(found.pages, 'page')}, for {found.fetches} fetches.")
    if found.missing:
        console.print(f"{found.missing} fetches are not in the archive: what they showed stays as it is.")
    if found.unread:
        console.print(
            f"[yellow]{found.unread} fetches showed a page that the parser fails on:[/] they stay as they are."
        )
    counts = ", ".join(f"{found.count(action)} {action.value}" for action in _ACTIONS)
    seen = found.count(Action.SIGHTED)
    console.print(f"Rows: {counts}" + (f"; {seen} only seen on other pages than was thought." if seen else "."))
    if found.followed:
        tables = Counter(one.table.replace("_", " ") for one in found.followed)
        console.print(f"What follows: {', '.join(f'{count} of {table}' for table, count in tables.items())}.")
    if not found.changes:
        console.print("The database is what today's parser reads.")
    elif applied:
        console.print(f"Done, as replay {found.replay_id}. What it replaced is kept in the table replaced.")
    else:
        console.print("Nothing was changed. To make these changes: navnenyt replay --apply")


def _plain(change: Change) -> dict[str, Any]:
    """A change as JSON knows it."""
    now = change.after or {}
    return {
        "change": change.action.value,
        "record": change.table,
        "id": change.row_id,
        "about": _about(change),
        "fields": {name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
        "row": {name: now[name] for name in FIELDS[change.table]} if change.action is Action.ADDED else None,
        "sightings": None if change.sightings is None else [len(change.sightings_before), len(change.sightings)],
    }


def _about(change: Change) -> str:
    row = change.before or change.after or {}
    return ", ".join(str(row[name]) for name in _ABOUT[change.table] if row[name])


def _lines(change: Change) -> Iterator[list[Any]]:
    """A line for each field that changes, one for a row that comes, goes, or was seen elsewhere."""
    head = [change.action.value, change.table, change.row_id, _cut(_about(change))]
    if change.action is Action.CHANGED:
        fields = {name: pair for name, pair in change.fields.items() if name not in {"evidence", "rule"}}
        for name, (old, new) in (fields or change.fields).items():
            yield [*head, name, _cell(old), _cell(new)]
    elif change.action is Action.SIGHTED:
        yield [*head, "sightings", len(change.sightings_before), len(change.sightings or ())]
    else:
        row = change.after or change.before or {}
        said = ", ".join(str(row[name]) for name in _SHOWN_OF_NEW if row.get(name))
        yield [*head, None, *((None, said) if change.action is Action.ADDED else (said, None))]


def _following(one: Followed) -> dict[str, Any]:
    """What follows from the changes as JSON knows it."""
    return {
        "change": one.change,
        "record": one.table,
        "id": one.id,
        "about": one.about,
        "follows": {"field": one.field, "old": one.was, "new": one.now},
    }


def _cut(about: str) -> str:
    return about if len(about) <= _LONGEST else f"{about[:_LONGEST]}…"


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
