"""What follows from a replay among companies and people: where names lead, what was decided, which events are one.

Names become companies by what a run would decide, which may join companies whose rows the replay itself does not touch.
So the tables concerned are copied before, as far as something may follow, and compared afterwards: whatever the way by
which a row was changed, it is seen. The copies are temporary tables of the connection; SQLite alone has replays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from db.base import Base
from db.models import Company, CompanyAlias, CompanyDecision, CompanyName, JobAd, Move, Person, PersonTie

WATCHED: Mapping[type[Base], tuple[str, ...]] = {
    Company: ("id", "key", "name", "name_folded", "cvr"),
    CompanyName: ("id", "company_id", "name", "first_fetch_id"),
    CompanyAlias: ("key", "company_id", "decision_id"),
    CompanyDecision: ("id", "overruled_at"),
    Person: ("id", "name_key", "name", "name_folded"),
    PersonTie: ("move_id", "other_move_id", "is_same", "company_id", "reason"),
    Move: ("id", "company_id", "previous_company_id", "person_id", "same_as_id"),
    JobAd: ("id", "company_id", "same_as_id"),
}
"""The columns that may change without the row being one that a replay changes, by table."""
OWNER: Mapping[type[Base], str] = {CompanyAlias: "company_id", PersonTie: "move_id"}
"""Tables whose rows have no number of their own, and the column by whose numbers they are kept together."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Something that follows: added, changed or dropped. `was` and `now` are what stood there and what stands there."""

    change: str
    table: str
    id: int | None
    about: str
    field: str | None = None
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """The rows of a table that are others than before: as they stood, and as they stand."""

    before: tuple[Values, ...]
    after: tuple[Values, ...]

    def by(self, column: str) -> dict[Any, tuple[Values | None, Values | None]]:
        """Each row before and after, by a column that tells rows apart."""
        before = {row[column]: row for row in self.before}
        after = {row[column]: row for row in self.after}
        return {key: (before.get(key), after.get(key)) for key in sorted({*before, *after})}


def remember(connection: Connection) -> None:
    """Copy what may change, so that `differing` can tell."""
    for table, columns in WATCHED.items():
        name = table.__tablename__
        connection.execute(text(f"DROP TABLE IF EXISTS temp.was_{name}"))
        listed = ", ".join(columns)
        connection.execute(text(f"CREATE TEMP TABLE was_{name} AS SELECT {listed} FROM main.{name}"))  # noqa: S608 - names of ours


def differing(connection: Connection) -> dict[type[Base], Differing]:
    """The rows that are others than they were when they were remembered, which is forgotten now."""
    found = {}
    for table, columns in WATCHED.items():
        name, listed = table.__tablename__, ", ".join(columns)
        was, now = f"SELECT {listed} FROM temp.was_{name}", f"SELECT {listed} FROM main.{name}"  # noqa: S608 - as above
        # The model's columns, so that times and truths are what they are in a row that was read.
        read = [table.__table__.c[column] for column in columns]
        pair = [
            tuple(
                dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
                for row in connection.execute(text(f"{one} EXCEPT {other} ORDER BY 1, 2").columns(*read))
            )
            for one, other in ((was, now), (now, was))
        ]
        found[table] = Differing(*pair)
    for table in WATCHED:
        connection.execute(text(f"DROP TABLE temp.was_{table.__tablename__}"))
    return found


def told(connection: Connection, found: Mapping[type[Base], Differing]) -> list[Followed]:
    """The same for a person to read. Spellings and persons are not told: they follow from the rows that are."""
    names = _names(connection, found)
    return [
        *_companies(found[Company]),
        *_aliases(found[CompanyAlias], found[Company], names),
        *_decisions(connection, found[CompanyDecision]),
        *_moved(found, names),
        *_one_event(found),
        *_ties(connection, found[PersonTie]),
    ]


def _names(connection: Connection, found: Mapping[type[Base], Differing]) -> dict[int, str]:
    """The names of the companies before, where they are no more, and after."""
    names = {row["id"]: row["name"] for row in found[Company].before}
    names |= {number: name for number, name in connection.execute(select(Company.id, Company.name))}  # noqa: C416 - dict() loses the types
    return names


def _change(was: object, now: object) -> str:
    return "added" if was is None else "dropped" if now is None else "changed"


def _companies(rows: Differing) -> Iterator[Followed]:
    for number, (was, now) in rows.by("id").items():
        names = [row["name"] if row is not None else None for row in (was, now)]
        if names[0] != names[1]:
            about = names[1] or names[0] or ""
            yield Followed(
                change=_change(was, now), table="company", id=number, about=about, was=names[0], now=names[1]
            )


def _aliases(rows: Differing, companies: Differing, names: Mapping[int, str]) -> Iterator[Followed]:
    own = {(row["key"], row["id"]) for row in (*companies.before, *companies.after)}
    for key, pair in rows.by("key").items():
        owners = [row["company_id"] if row is not None else None for row in pair]
        if owners[0] == owners[1] or (None in owners and (key, owners[0] or owners[1]) in own):
            continue  # the key of a company that comes or goes itself
        was, now = (names.get(owner) if owner is not None else None for owner in owners)
        yield Followed(
            change=_change(*pair), table="company_alias", id=owners[1] or owners[0], about=key, field="company",
            was=was, now=now,
        )  # fmt: skip


def _decisions(connection: Connection, rows: Differing) -> Iterator[Followed]:
    pairs = rows.by("id")
    made = {
        row.id: row for row in connection.execute(select(CompanyDecision).where(CompanyDecision.id.in_(list(pairs))))
    }
    for number, (was, now) in pairs.items():
        row = made[number]
        said = f"{row.by_whom}: {row.verdict}: {row.reason}"
        yield Followed(
            change=_change(was, now),
            table="company_decision",
            id=number,
            about=", ".join(name for name in (row.name_a, row.name_b) if name),
            field=None if was is None else "overruled_at",
            now=said if was is None else str(row.overruled_at),
        )


def _moved(found: Mapping[type[Base], Differing], names: Mapping[int, str]) -> Iterator[Followed]:
    """How many moves and ads stand with another company than before, by the two companies."""
    for table, column in ((Move, "company_id"), (Move, "previous_company_id"), (JobAd, "company_id")):
        counted: Counter[tuple[str, str]] = Counter()
        for was, now in found[table].by("id").values():
            if was is not None and now is not None and was[column] != now[column]:
                counted[names.get(was[column], ""), names.get(now[column], "")] += 1
        for (old, new), count in sorted(counted.items()):
            yield Followed(
                change="changed", table=table.__tablename__, id=None, about=f"{count} of them",
                field=column.removesuffix("_id"), was=old or None, now=new or None,
            )  # fmt: skip


def _one_event(found: Mapping[type[Base], Differing]) -> Iterator[Followed]:
    for table in (Move, JobAd):
        for number, (was, now) in found[table].by("id").items():
            own = [str(row["same_as_id"]) if row is not None and row["same_as_id"] else None for row in (was, now)]
            if own[0] != own[1]:
                yield Followed(
                    change=_change(was, now), table=table.__tablename__, id=number, about="told under another name",
                    field="same_as_id", was=own[0], now=own[1],
                )  # fmt: skip


def _ties(connection: Connection, rows: Differing) -> Iterator[Followed]:
    pairs: dict[tuple[int, int], list[Values | None]] = defaultdict(lambda: [None, None])
    for place, some in enumerate((rows.before, rows.after)):
        for row in some:
            pairs[row["move_id"], row["other_move_id"]][place] = row
    people = _people(connection, {number for pair in pairs for number in pair})
    for (one, other), (was, now) in sorted(pairs.items()):
        said = [
            f"{'one' if row['is_same'] else 'two'}: {row['reason']}" if row is not None else None for row in (was, now)
        ]
        if said[0] != said[1]:
            yield Followed(
                change=_change(was, now), table="person_tie", id=one,
                about=f"{people.get(one) or people.get(other) or ''}, with {other}", was=said[0], now=said[1],
            )  # fmt: skip


def _people(connection: Connection, moves: Iterable[int]) -> dict[int, str]:
    ordered: Sequence[int] = sorted(moves)
    found: dict[int, str] = {}
    for start in range(0, len(ordered), 400):
        some = Move.id.in_(ordered[start : start + 400])
        found |= {number: name for number, name in connection.execute(select(Move.id, Move.person).where(some))}  # noqa: C416 - as above
    return found
