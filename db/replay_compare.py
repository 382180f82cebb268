"""What today's reading of the archive would change in the database, row by row and field by field.

A row of the database and one of the shadow are the same record when their keys are; else when the same fetch showed
both and their texts are the same announcement: then a field was mended that is part of the key, such as the boundary of
a company, and the row keeps its id. A row that was also seen on pages that are not in the archive is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from db.job_ads import FACTS
from db.replay_match import Unpaired, match
from db.shadow import Shadow
from db.sightings import JOB_ADS, MOVES, PROBLEMS, UNPARSED, Kind

_AT_ONCE = 500
_MOVE_FIELDS = (
    *("kind", "person", "age", "company", "role", "unit", "location", "start_date", "start_date_text"),
    *("previous_role", "previous_company", "earlier_companies", "education", "institution", "focus", "label"),
    *("text", "evidence", "rule"),
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "move": _MOVE_FIELDS,
    "job_ad": (*FACTS, "text", "evidence", "rule"),
    "unparsed": ("text", "reason", "label", "resolved_by"),
    "problem": ("code", "message", "text"),
}
"""What is compared of a row of each table; its other columns follow from these."""
KINDS = {"move": MOVES, "job_ad": JOB_ADS, "unparsed": UNPARSED, "problem": PROBLEMS}

Values = dict[str, Any]


class Action(StrEnum):
    """What a replay does to a row. `sighted`: the row stays as it is, and other pages showed it than was thought."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"
    SIGHTED = "sighted"


class Difference(NamedTuple):
    """A field's value in the database and in today's reading."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a replay would do to one row. `row_id` and `before` are None for a row that is new.

    `after` holds all columns of the row as read today, its ids apart. `sightings` are all that it has then, None where
    they stay as they are. `first_fetch` is the first of them, or of those before.
    """

    table: str
    action: Action
    row_id: int | None
    before: Values | None
    after: Values | None
    fields: dict[str, Difference] = field(default_factory=dict)
    sightings: tuple[Values, ...] | None = None
    sightings_before: tuple[Values, ...] = ()
    first_fetch: int = 0


class Pair(NamedTuple):
    """A row and its sightings."""

    row: Values
    sightings: list[Values]


def compare(connection: Connection, shadow: Shadow) -> Iterator[Change]:
    """The changes, table by table: first of rows that are there, by id, then the new ones in the order of fetches."""
    shadow.connection.commit()
    for table, kind in KINDS.items():
        yield from _Comparison(table, kind, connection, shadow).changes()


class _Comparison:
    """One table's rows against the shadow's."""

    def __init__(self, table: str, kind: Kind, connection: Connection, shadow: Shadow) -> None:
        self.table = table
        self.kind = kind
        self.connection = connection
        self.shadow = shadow
        self.version = shadow.parser_version

    def changes(self) -> Iterator[Change]:
        paired: set[int] = set()
        lost: list[Pair] = []
        for chunk in _pairs(self.connection, self.kind):
            keys = [pair.row["key"] for pair in chunk]
            read = {pair.row["key"]: pair for pair in _by(self.shadow.connection, self.kind, "key", keys)}
            for pair in chunk:
                today = read.get(pair.row["key"])
                if today is not None:
                    paired.add(today.row["id"])
                    yield from self._both(pair, today)
                elif any(seen["fetch_id"] in self.shadow.replayed for seen in pair.sightings):
                    lost.append(pair)
        every = _pairs(self.shadow.connection, self.kind)
        new = [pair for chunk in every for pair in chunk if pair.row["id"] not in paired]
        same = match(self.table, [_unpaired(self, pair) for pair in lost], [_unpaired(self, pair) for pair in new])
        for index, pair in enumerate(lost):
            other = same.get(index)
            yield from self._lost(pair) if other is None else self._both(pair, new[other])
        taken = set(same.values())
        fresh = [pair for index, pair in enumerate(new) if index not in taken]
        for pair in sorted(fresh, key=lambda pair: (_first(pair.sightings), pair.row["id"])):
            yield Change(
                table=self.table,
                action=Action.ADDED,
                row_id=None,
                before=None,
                after=pair.row,
                sightings=tuple(self._of_row(pair.sightings, 0)),
                first_fetch=_first(pair.sightings),
            )

    def _both(self, pair: Pair, today: Pair) -> Iterator[Change]:
        """A row that is read today too: what has another value."""
        outside = [seen for seen in pair.sightings if seen["fetch_id"] not in self.shadow.replayed]
        row, read = pair.row, dict(today.row)
        if self.table == "unparsed":
            sightings = [*outside, *self._of_row(today.sightings, row["id"])]
        elif not outside:
            sightings = self._of_row(today.sightings, row["id"])
        else:
            read = self._partly(pair, today)
            sightings = self._reworded(pair, today, read)
        fields = {
            name: Difference(row[name], read[name]) for name in FIELDS[self.table] if not _same(row[name], read[name])
        }
        if not fields and row["key"] != read["key"]:
            fields["key"] = Difference(row["key"], read["key"])
        yield from self._change(pair, fields, read, sightings)

    def _partly(self, pair: Pair, today: Pair) -> Values:
        """The row when some of its sightings cannot be read again: what those say is not lost."""
        row, read = pair.row, today.row
        ours = _first(pair.sightings) in self.shadow.replayed
        if row["key"] == read["key"] and not ours and row["text"] != read["text"]:
            return dict(row)  # its words are those of a page that is out of reach
        merged = dict(read)
        if self.table == "job_ad":
            said = [seen["facts"] or {} for seen in pair.sightings if seen["fetch_id"] in self.shadow.replayed]
            for name in FACTS:
                known = {str(row[name]), *(facts[name] for facts in said if name in facts)}
                if read[name] is None or (not ours and row[name] is not None and str(read[name]) in known):
                    merged[name] = row[name]
        return merged

    def _reworded(self, pair: Pair, today: Pair, read: Values) -> list[Values]:
        """The sightings when the row's words may no longer be those of today's first sighting."""
        if "text" not in self.kind.says:
            outside = [seen for seen in pair.sightings if seen["fetch_id"] not in self.shadow.replayed]
            return [*outside, *self._of_row(today.sightings, pair.row["id"])]
        old = {seen["fetch_id"]: seen for seen in pair.sightings}
        found = []
        for seen in [*pair.sightings, *self._of_row(today.sightings, pair.row["id"])]:
            known = old.get(seen["fetch_id"])
            if seen is known:
                if seen["fetch_id"] in self.shadow.replayed:
                    continue
                words, facts = seen["text"] or pair.row["text"], seen.get("facts")
            else:
                words = seen["text"] or today.row["text"]
                said = {name: today.row[name] for name in FACTS if name in today.row} | (seen.get("facts") or {})
                other = {name: str(value) for name, value in said.items() if value is not None}
                facts = {name: value for name, value in other.items() if value != str(read[name])} or None
                if known is not None and (known["text"] or pair.row["text"]) == words:
                    facts = known.get("facts")
            now = {**seen, "text": words if words != read["text"] else None}
            found.append({**now, "facts": facts} if "facts" in seen else now)
        return found

    def _lost(self, pair: Pair) -> Iterator[Change]:
        """A row that none of the pages shows that were read again."""
        outside = [seen for seen in pair.sightings if seen["fetch_id"] not in self.shadow.replayed]
        if self.table == "unparsed":
            if pair.row["resolved_at"] is None and not outside:
                fields = {"resolved_by": Difference(None, self.version)}
                yield from self._change(pair, fields, {**pair.row, "resolved_by": self.version}, pair.sightings)
        elif outside:
            yield from self._change(pair, {}, pair.row, outside)
        else:
            yield Change(
                table=self.table,
                action=Action.DROPPED,
                row_id=pair.row["id"],
                before=pair.row,
                after=None,
                sightings=(),
                sightings_before=tuple(pair.sightings),
                first_fetch=_first(pair.sightings),
            )

    def _change(
        self, pair: Pair, fields: dict[str, Difference], after: Values, sightings: list[Values]
    ) -> Iterator[Change]:
        sightings = sorted(sightings, key=lambda seen: seen["fetch_id"])
        other = len(sightings) != len(pair.sightings) or any(
            not _same(one[name], two[name]) for one, two in zip(pair.sightings, sightings, strict=True) for name in one
        )
        if fields or other:
            yield Change(
                table=self.table,
                action=Action.CHANGED if fields else Action.SIGHTED,
                row_id=pair.row["id"],
                before=pair.row,
                after=after,
                fields=fields,
                sightings=tuple(sightings) if other else None,
                sightings_before=tuple(pair.sightings) if other else (),
                first_fetch=_first(sightings),
            )

    def _of_row(self, sightings: Sequence[Values], row_id: int) -> list[Values]:
        return [{**seen, self.kind.record_id.key: row_id} for seen in sightings]


def _unpaired(comparison: _Comparison, pair: Pair) -> Unpaired:
    replayed = comparison.shadow.replayed
    fetches = frozenset(seen["fetch_id"] for seen in pair.sightings if seen["fetch_id"] in replayed)
    return Unpaired(pair.row, fetches)


def _first(sightings: Sequence[Values]) -> int:
    return min((seen["fetch_id"] for seen in sightings), default=0)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


def _pairs(connection: Connection, kind: Kind) -> Iterator[list[Pair]]:
    """All rows with their sightings, a few hundred at a time, by id."""
    last = 0
    while True:
        rows = connection.execute(
            select(kind.record).where(kind.record.id > last).order_by(kind.record.id).limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        yield _with_sightings(connection, kind, rows)


def _by(connection: Connection, kind: Kind, column: str, values: Sequence[Any]) -> list[Pair]:
    rows = connection.execute(select(kind.record).where(getattr(kind.record, column).in_(values))).all()
    return _with_sightings(connection, kind, rows)


def _with_sightings(connection: Connection, kind: Kind, rows: Sequence[Row[Any]]) -> list[Pair]:
    table = kind.sighting
    ids = [row.id for row in rows]
    found: dict[int, list[Values]] = {number: [] for number in ids}
    seen = connection.execute(select(table).where(kind.record_id.in_(ids)).order_by(kind.record_id, table.fetch_id))
    for item in seen:
        found[getattr(item, kind.record_id.key)].append(dict(item._mapping))  # noqa: SLF001 - SQLAlchemy's public name
    return [Pair(dict(row._mapping), found[row.id]) for row in rows]  # noqa: SLF001 - as above
