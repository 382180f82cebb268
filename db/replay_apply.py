"""Making the database what today's reading of the archive says, and keeping what that replaced.

All of it is done in the one transaction that the caller has begun. Each row that is changed or dropped is copied to
`replaced` first, as JSON; of a row that is new its number is kept with an empty `before`; so that a replay can be taken
back. Rows keep their ids. Names become companies and people by the same functions that a run uses, `company_ids` and
`db.people`: what a person puts right there by hand holds for a replay too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from db import earlier, facts, replay_follow
from db.companies import company_ids
from db.company_mending import mend_companies
from db.identity import company_key, person_key
from db.models import (
    Base,
    Fetch,
    JobAd,
    Move,
    Problem,
    Replaced,
    Replay,
    Unparsed,
)
from db.people import person_id
from db.progress import Told, untold
from db.regroup import people_of, regroup
from db.replay_compare import KINDS, Action, Change, Values
from db.replay_follow import OWNER, Differing, Followed
from db.rows import add_row
from db.same_event import Event, Telling, leading, loosen, settle
from db.shadow import Shadow
from db.sightings import Kind
from scraper.records import Move as MoveRecord
from scraper.records import MoveKind

_AT_ONCE = 500
_TABLES: dict[str, type[Base]] = {"move": Move, "job_ad": JobAd, "unparsed": Unparsed, "problem": Problem}
_TELLING: dict[str, Telling] = {"move": Move, "job_ad": JobAd}
"""Those whose rows may tell one event under several names of its company."""
_OF_PEOPLE = frozenset(
    {"person", "kind", "age", "company", "previous_company", "earlier_companies", "start_date", "key"}
)
"""The fields of a move by which its person is told from a namesake."""


class Applied(NamedTuple):
    """What was done: the replay's id, None when there was nothing to do, and what followed from the changes."""

    replay_id: int | None
    followed: list[Followed]


class Ledger:
    """What a replay replaces, written down as it goes."""

    def __init__(self, connection: Connection, replay_id: int) -> None:
        self._connection = connection
        self._replay_id = replay_id
        self._noted: set[tuple[str, int]] = set()

    def note(self, table: str, row_id: int, before: Values) -> None:
        """Keep a row as it stood; the first word about a row counts. An empty `before`: there was none."""
        if (table, row_id) not in self._noted:
            self._noted.add((table, row_id))
            plain = {name: _plain(value) for name, value in before.items()}
            row = {"replay_id": self._replay_id, "table_name": table, "row_id": row_id, "before": plain}
            self._connection.execute(insert(Replaced), row)

    def note_row(self, table: type[Base], row_id: int) -> None:
        """Keep a row of a table as it stands now."""
        row = self._connection.execute(select(table).where(table.__table__.c.id == row_id)).one()
        self.note(table.__tablename__, row_id, dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name

    def note_following(self, found: Mapping[type[Base], Differing]) -> None:
        """Keep what followed from the changes; of rows without a number all of one owner together, as `rows`."""
        for table, rows in found.items():
            name = table.__tablename__
            if (owner := OWNER.get(table)) is not None:
                for number in sorted({row[owner] for row in (*rows.before, *rows.after)}):
                    self.note(name, number, {"rows": self._owned(table, owner, number, rows)})
                continue
            for number, (was, now) in rows.by("id").items():
                if was is None or now is None or (name, number) in self._noted:
                    self.note(name, number, was or {})
                else:
                    row = self._connection.execute(select(table).where(table.__table__.c.id == number)).one()
                    self.note(name, number, {**row._mapping, **was})  # noqa: SLF001 - as above

    def _owned(self, table: type[Base], owner: str, number: int, rows: Differing) -> list[Values]:
        """The rows of an owner as they stood: those that changed, and those that are as they were."""
        stands = self._connection.execute(select(table).where(table.__table__.c[owner] == number))
        mine = [dict(row._mapping) for row in stands]  # noqa: SLF001 - as above
        mine = [row for row in mine if row not in rows.after]
        return [*mine, *(row for row in rows.before if row[owner] == number)]


def apply(
    connection: Connection,
    changes: Sequence[Change],
    shadow: Shadow,
    *,
    at: datetime,
    since: date | None,
    sources: Sequence[str],
    told: Told = untold,
    keep: bool = True,
) -> Applied:
    """Carry out the changes, and what follows from them. Nothing is written when there is nothing to change.

    `told` is told how far the facts are, which are worked out anew in the end. With `keep` false they are not, for the
    caller will roll back: then this only tells what would follow.
    """
    if not changes and not shadow.headings:
        return Applied(None, [])
    replay_follow.remember(connection)
    counts = {action: sum(change.action is action for change in changes) for action in Action}
    values = {
        "at": at,
        "parser_version": shadow.parser_version,
        "since": since,
        "sources": list(sources),
        "pages": shadow.pages,
        "added": counts[Action.ADDED],
        "changed": counts[Action.CHANGED],
        "dropped": counts[Action.DROPPED],
    }
    replay_id = add_row(connection, Replay, values)
    ledger = Ledger(connection, replay_id)
    touched = _touched_names(changes)
    loose: dict[str, set[int]] = {name: set() for name in _TELLING}
    suspects = _companies_of(changes)
    facts.clear(connection)
    for change in sorted(changes, key=lambda change: (change.first_fetch, change.row_id or 0)):
        _carry_out(connection, change, ledger, loose, at=at, version=shadow.parser_version)
    moved = settle(connection, Move, loose["move"], ledger.note_row)
    settle(connection, JobAd, loose["job_ad"], ledger.note_row)
    regroup(connection, touched | people_of(connection, moved), ledger.note_row)
    mend_companies(connection, shadow, suspects, ledger.note_row)
    following = replay_follow.differing(connection)
    ledger.note_following(following)
    for fetch_id, headings in shadow.headings.items():
        ledger.note_row(Fetch, fetch_id)
        connection.execute(update(Fetch).where(Fetch.id == fetch_id).values(headings=list(headings) or None))
    if keep:
        facts.refresh_all(connection, told=told)
    return Applied(replay_id, replay_follow.told(connection, following))


def _carry_out(
    connection: Connection,
    change: Change,
    ledger: Ledger,
    loose: dict[str, set[int]],
    *,
    at: datetime,
    version: str,
) -> None:
    """Carry out one change. `loose` gathers the rows whose events have to be settled then."""
    table, kind = _TABLES[change.table], KINDS[change.table]
    row_id = change.row_id
    if change.before is not None and row_id is not None and change.action is not Action.SIGHTED:
        ledger.note(change.table, row_id, change.before)
    telling = _TELLING.get(change.table)
    if row_id is not None and telling is not None:
        of_it = [row_id, *connection.scalars(select(telling.id).where(telling.same_as_id == row_id))]
        for number in of_it:
            ledger.note_row(table, number)
        loose[change.table] |= loosen(connection, telling, of_it)
    if change.action is Action.ADDED:
        assert change.after is not None, "a row that is added is known"
        values = _columns(connection, change, change.after)
        if telling is not None:
            event = Event(values["event"], values["company_id"])
            lead = leading(connection, telling, [event]).get(event)
            values["same_as_id"] = lead.id if lead is not None else None
        if change.table == "move":
            values["person_id"], _ = person_id(connection, _record(change.after))
        row_id = add_row(connection, table, values)
        _keep_earlier(connection, change, row_id)
        ledger.note(change.table, row_id, {})
        if telling is not None:
            loose[change.table].add(row_id)
    assert row_id is not None, "a row that is not added has an id"
    if change.action is Action.CHANGED and change.after is not None:
        values = _columns(connection, change, change.after)
        if change.table == "unparsed":
            read = change.after["resolved_by"] is not None
            values |= {"resolved_at": at if read else None, "parser_version": version}
        if "rule" in values:
            values["parser_version"] = version
        connection.execute(update(table).where(table.__table__.c.id == row_id).values(values))
        _keep_earlier(connection, change, row_id)
    if change.sightings is not None:
        _replace_sightings(connection, kind, row_id, change, ledger)
    if change.action is Action.DROPPED:
        connection.execute(delete(table).where(table.__table__.c.id == row_id))
        if telling is not None:
            loose[change.table].discard(row_id)


def _keep_earlier(connection: Connection, change: Change, move_id: int) -> None:
    if change.table == "move" and change.after is not None:
        names = change.after["earlier_companies"]
        earlier.put(connection, move_id, names, company_ids(connection, names, change.first_fetch))


def _columns(connection: Connection, change: Change, after: Values) -> Values:
    """The row's columns with this database's own numbers in place of the shadow's."""
    values = {name: value for name, value in after.items() if name not in {"id", "person_id", "same_as_id"}}
    if "company_id" in values:
        names = [after["company"], after.get("previous_company")]
        ids = company_ids(connection, names, change.first_fetch)
        values["company_id"] = ids.get(after["company"] or "")
        if change.table == "move":
            values["previous_company_id"] = ids.get(after["previous_company"] or "")
    return values


def _record(row: Values) -> MoveRecord:
    """As much of a move as tells whose it is."""
    return MoveRecord(
        kind=MoveKind(row["kind"]),
        person=row["person"],
        company=row["company"],
        previous_company=row["previous_company"],
        earlier_companies=tuple(row["earlier_companies"]),
    )


def _replace_sightings(connection: Connection, kind: Kind, row_id: int, change: Change, ledger: Ledger) -> None:
    table = kind.sighting
    if change.sightings_before:
        before = [{name: _plain(value) for name, value in seen.items()} for seen in change.sightings_before]
        ledger.note(table.__tablename__, row_id, {"sightings": before})
        connection.execute(delete(table).where(kind.record_id == row_id))
    rows = [{**seen, kind.record_id.key: row_id} for seen in change.sightings or ()]
    if rows:
        connection.execute(insert(table), rows)


def _touched_names(changes: Iterable[Change]) -> set[str]:
    """The name keys of the people whose moves are others now."""
    touched: set[str] = set()
    for change in changes:
        if change.table == "move" and (
            change.action in {Action.ADDED, Action.DROPPED} or _OF_PEOPLE & set(change.fields)
        ):
            touched |= {person_key(row["person"]) for row in (change.before, change.after) if row is not None}
    return touched


def _companies_of(changes: Iterable[Change]) -> set[str]:
    """The keys of the companies that changed rows name, before and after."""
    rows = [row for change in changes if change.action is not Action.SIGHTED for row in (change.before, change.after)]
    names = {row.get(name) for row in rows if row is not None for name in ("company", "previous_company")}
    names |= {name for row in rows if row is not None for name in row.get("earlier_companies", ())}
    return {company_key(name) for name in names if name}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _plain(part) for name, part in one.items()} if isinstance(one, dict) else one for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
