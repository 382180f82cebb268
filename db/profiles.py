"""All that is known of one company or one person, each thing with the sentence, the pages and the days it rests on.

Read over a plain connection of sqlite3 that only reads (`db.engine.connect_read_only`). Everything comes as plain rows,
so that the terminal, the browser and a file show the same.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, fields

from db.identity import clean, company_key, fold, person_key
from db.known import KnownAd, KnownMove, ads_of, moves_of, rows
from db.nearest import nearest
from scraper.errors import UnknownName

MOST_NEAREST = 5
MOST = 500
"""So many moves or ads of one kind are given, the newest; the counts are of all."""
NEWEST = ("9999-12-31", 0)
"""Before whatever was seen first at any time."""
_OTHERS = "FROM move_fact x WHERE x.previous_company_id = :id AND (x.company_id IS NULL OR x.company_id <> :id)"
_NAMES_IT = "FROM move_fact x WHERE x.move_id IN (SELECT e.move_id FROM move_earlier e WHERE e.company_id = :id)"
COMPANY_MOVES = {
    "moves": "FROM move_fact x WHERE x.company_id = :id",
    "joined": "FROM move_fact x WHERE x.company_id = :id AND x.kind = 'hire'",
    "inside": "FROM move_fact x WHERE x.company_id = :id AND x.kind <> 'hire'",
    "left": _OTHERS,
    "named": _NAMES_IT,
}
"""The lists of a company's moves: those to and within it, the hires and the others among these, those of people whom
others took from it, and those that name it as an earlier employer."""
_ORDER = " AND (x.first_seen, x.move_id) < (:seen, :number) ORDER BY x.first_seen DESC, x.move_id DESC LIMIT :most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A spelling of a company's name, and the page that showed it first."""

    name: str
    first_seen: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about a company's names, by whom (rule, user or cvr) and why."""

    at: str
    by_whom: str
    verdict: str
    name_a: str
    name_b: str | None
    score: float | None
    reason: str
    overruled_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyHead:
    """Who a company is, and how much is known of it: had at once, however much that is.

    `counts` has a figure for each list of a CompanyProfile and for `hires` and `open_job_ads`.
    """

    id: int
    name: str
    cvr: str | None
    spellings: tuple[Spelling, ...]
    decisions: tuple[Decision, ...]
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyProfile(CompanyHead):
    """All that is known of a company. Each list is newest first; `counts` are of all, also of what is not listed.

    `moves` are those to and within it, `left` those of people whom others took from it, `named` those that name it as
    an earlier employer.
    """

    first_seen: str | None
    last_seen: str | None
    moves: tuple[KnownMove, ...]
    left: tuple[KnownMove, ...]
    named: tuple[KnownMove, ...]
    job_ads: tuple[KnownAd, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Another person of the same name, as far as is known, and what tells them apart."""

    id: int
    name: str
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProfile:
    """All that is known of a person: the moves, newest first. `namesakes` are others of the same name."""

    id: int
    name: str
    first_seen: str | None
    last_seen: str | None
    moves: tuple[KnownMove, ...]
    namesakes: tuple[Namesake, ...]


def company_profile(connection: sqlite3.Connection, company: str | int, *, most: int = MOST) -> CompanyProfile:
    """The company of that name, in whatever spelling, or of that id. Raises UnknownName with the nearest names."""
    head = company_head(connection, company)
    return CompanyProfile(
        **{each.name: getattr(head, each.name) for each in fields(head)},
        **rows(connection, _SEEN, {"id": head.id})[0],
        moves=company_moves(connection, head.id, "moves", most=most),
        left=company_moves(connection, head.id, "left", most=most),
        named=company_moves(connection, head.id, "named", most=most),
        job_ads=company_ads(connection, head.id, most=most),
    )


def company_head(connection: sqlite3.Connection, company: str | int) -> CompanyHead:
    """Who the company of that name or id is. Raises UnknownName with the nearest names."""
    company_id = company if isinstance(company, int) else company_id_of(connection, company)
    found = rows(connection, "SELECT id, name, cvr FROM company WHERE id = ?", company_id)
    if not found:
        raise UnknownName(f"There is no company {company!r}.")
    return CompanyHead(
        **found[0],
        spellings=tuple(Spelling(**row) for row in rows(connection, _SPELLINGS, company_id)),
        decisions=tuple(Decision(**row) for row in rows(connection, _DECISIONS, {"id": company_id})),
        counts=rows(connection, _COUNTS, {"id": company_id})[0],
    )


def company_moves(
    connection: sqlite3.Connection,
    company_id: int,
    which: str,
    *,
    most: int = MOST,
    before: tuple[str, int] = NEWEST,
) -> tuple[KnownMove, ...]:
    """The newest moves of a company, of one of COMPANY_MOVES.

    With `before`, the first sighting and the id of a move, those that come after that one in the list.
    """
    seen, number = before
    sql = f"SELECT x.move_id AS id {COMPANY_MOVES[which]}{_ORDER}"
    found = rows(connection, sql, {"id": company_id, "most": most, "seen": seen, "number": number})
    return _moves(connection, [row["id"] for row in found])


def company_ads(connection: sqlite3.Connection, company_id: int, *, most: int = MOST) -> tuple[KnownAd, ...]:
    """The newest job ads of a company: the open ones, by their first sighting, then those that went last."""
    found: list[int] = []
    for sql in (_OPEN_ADS, _GONE_ADS):
        asked = rows(connection, sql, company_id, most - len(found))
        found += [row["job_ad_id"] for row in asked]
    return tuple(ads_of(connection, found))


def company_id_of(connection: sqlite3.Connection, name: str) -> int:
    """The id of the company of that name, in whatever spelling. Raises UnknownName with the nearest names."""
    # A spelling that was split off a company has a key of its own, which counts first.
    keys = (f"={fold(name)}", company_key(name))
    sql = "SELECT company_id FROM company_alias WHERE key IN (?, ?) ORDER BY key = ? DESC"
    if found := rows(connection, sql, *keys, keys[0]):
        return int(found[0]["company_id"])
    of = {row["name"]: row["company_id"] for row in rows(connection, "SELECT name, company_id FROM company_name")}
    likely = {of[spelling]: spelling for spelling in reversed(nearest(name, of, most=3 * MOST_NEAREST))}
    names = list(reversed(likely.values()))[:MOST_NEAREST]
    raise UnknownName(f"There is no company {clean(name)!r}.", nearest=names)


def person_profiles(connection: sqlite3.Connection, name: str) -> list[PersonProfile]:
    """Every person of that name, in whatever spelling, the one seen last first. Raises UnknownName with the nearest."""
    found = rows(connection, "SELECT id FROM person WHERE name_key = ?", person_key(name))
    if not found:
        likely = nearest(name, (row["name"] for row in rows(connection, "SELECT DISTINCT name FROM person")))
        raise UnknownName(f"There is no person {clean(name)!r}.", nearest=likely)
    people = [person_profile(connection, row["id"]) for row in found]
    return sorted(people, key=lambda person: person.last_seen or "", reverse=True)


def person_profile(connection: sqlite3.Connection, person: str | int) -> PersonProfile:
    """The person of that id, or, of those of that name, the one seen last. Raises UnknownName."""
    if isinstance(person, str):
        return person_profiles(connection, person)[0]
    found = rows(connection, "SELECT id, name, name_key FROM person WHERE id = ?", person)
    if not found:
        raise UnknownName(f"There is no person {person}.")
    key = found[0].pop("name_key")
    moves = _moves(connection, [row["id"] for row in rows(connection, _PERSONS, person, MOST)])
    return PersonProfile(
        **found[0],
        first_seen=min((move.first_seen for move in moves), default=None),
        last_seen=max((move.last_seen for move in moves), default=None),
        moves=moves,
        namesakes=_namesakes(connection, key, person),
    )


_OPEN_ADS = """
SELECT job_ad_id FROM job_ad_fact WHERE company_id = ? AND gone_at IS NULL
ORDER BY first_seen DESC, job_ad_id DESC LIMIT ?
"""
_GONE_ADS = """
SELECT job_ad_id FROM job_ad_fact WHERE company_id = ? AND gone_at IS NOT NULL
ORDER BY gone_at DESC, job_ad_id DESC LIMIT ?
"""
_PERSONS = "SELECT move_id AS id FROM move_fact WHERE person_id = ? ORDER BY first_seen DESC, move_id DESC LIMIT ?"
_COUNTS = """
SELECT
  (SELECT count(*) FROM move_fact WHERE company_id = :id) AS moves,
  (SELECT count(*) FROM move_fact WHERE company_id = :id AND kind = 'hire') AS hires,
  (
    SELECT count(*) FROM move_fact WHERE previous_company_id = :id AND (company_id IS NULL OR company_id <> :id)
  ) AS left,
  (
    SELECT count(DISTINCT e.move_id) FROM move_earlier e JOIN move_fact x ON x.move_id = e.move_id
    WHERE e.company_id = :id
  ) AS named,
  (SELECT count(*) FROM job_ad_fact WHERE company_id = :id) AS job_ads,
  (SELECT count(*) FROM job_ad_fact WHERE company_id = :id AND gone_at IS NULL) AS open_job_ads
"""
_SEEN = """
SELECT
  (
    SELECT min(at) FROM (
      SELECT min(first_seen) AS at FROM move_fact WHERE company_id = :id OR previous_company_id = :id
      UNION ALL SELECT min(first_seen) FROM job_ad_fact WHERE company_id = :id
    )
  ) AS first_seen,
  (
    SELECT max(at) FROM (
      SELECT max(last_seen) AS at FROM move_fact WHERE company_id = :id OR previous_company_id = :id
      UNION ALL SELECT max(last_seen) FROM job_ad_fact WHERE company_id = :id
    )
  ) AS last_seen
"""
_SPELLINGS = """
SELECT n.name, f.at AS first_seen, f.url
FROM company_name n JOIN "fetch" f ON f.id = n.first_fetch_id
WHERE n.company_id = ?
ORDER BY f.at, n.name
"""
_DECISIONS = """
SELECT at, by_whom, verdict, name_a, name_b, score, reason, overruled_at
FROM company_decision
WHERE key_a IN (SELECT key FROM company_alias WHERE company_id = :id)
  OR key_b IN (SELECT key FROM company_alias WHERE company_id = :id)
ORDER BY at, id
"""


def _moves(connection: sqlite3.Connection, ids: list[int]) -> tuple[KnownMove, ...]:
    return tuple(moves_of(connection, ids))


def _namesakes(connection: sqlite3.Connection, key: str, person_id: int) -> tuple[Namesake, ...]:
    sql = """
        SELECT p.id, p.name, json_group_array(DISTINCT c.name) AS companies
        FROM person p
        JOIN move m ON m.person_id = p.id
        LEFT JOIN company c ON c.id = m.company_id
        WHERE p.name_key = ? AND p.id <> ?
        GROUP BY p.id
        ORDER BY p.id"""
    return tuple(
        Namesake(id=row["id"], name=row["name"], companies=tuple(filter(None, json.loads(row["companies"]))))
        for row in rows(connection, sql, key, person_id)
    )
