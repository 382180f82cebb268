"""Roles and places taken anew after their tables changed, with the facts of the records that this concerns.

A new release or a line added to `db/tables` gives some texts another answer. Working all facts out anew would give the
same in the end (`db.facts.refresh_all`); here only the answers that changed are followed, so that a run can begin with
it. The whole is one transaction of the caller's: cut off, the old rows are still old and the next run does it again.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from db import classified, facts, hire_ads
from db.identity import fold
from db.models import JobAd, Move, Place, Role
from db.roles import TABLES_VERSION


@dataclass(frozen=True, slots=True)
class Reclassified:
    """What another answer was found for: texts, and the records whose facts follow them."""

    roles: int = 0
    places: int = 0
    moves: int = 0
    job_ads: int = 0


def reclassify(connection: Connection) -> Reclassified:
    """Bring the rows of older tables up to the tables of now. Does nothing when there are none."""
    if not classified.is_old(connection):
        return Reclassified()
    roles, places = _roles(connection), _places(connection)
    reclassified = _follow(connection, roles, places) if roles or places else Reclassified()
    hire_ads.refresh_all(connection)  # what titles tell, by which ads and hires are joined, stands in these tables too
    return reclassified


def _follow(connection: Connection, roles: set[str], places: set[str]) -> Reclassified:
    """Work out the facts of the records that hold one of these roles or places."""
    moves = [
        row.id
        for row in connection.execute(select(Move.id, Move.role, Move.previous_role, Move.location))
        if _among(row.role, roles) or _among(row.previous_role, roles) or _among(row.location, places)
    ]
    job_ads = [
        row.id
        for row in connection.execute(select(JobAd.id, JobAd.title, JobAd.region))
        if _among(row.title, roles) or _among(row.region, places)
    ]
    facts.keep(connection, moves=moves, job_ads=job_ads)
    return Reclassified(len(roles), len(places), len(moves), len(job_ads))


def _among(text: str | None, changed: set[str]) -> bool:
    return text is not None and fold(text) in changed


def _roles(connection: Connection) -> set[str]:
    """The folded roles that mean something else now; every row says which tables it follows and why."""
    changed = set()
    for row in connection.execute(select(Role).where(Role.tables_version != TABLES_VERSION)).all():
        said = classified.role_row(row.folded)
        connection.execute(update(Role).where(Role.folded == row.folded).values(said))
        if (said["function"], said["seniority"]) != (row.function, row.seniority):
            changed.add(row.folded)
    return changed


def _places(connection: Connection) -> set[str]:
    """The folded places that lie elsewhere now."""
    changed = set()
    for row in connection.execute(select(Place)).all():
        said = classified.place_row(row.folded)
        if (said["region"], said["nuts"]) != (row.region, row.nuts):
            connection.execute(update(Place).where(Place.folded == row.folded).values(said))
            changed.add(row.folded)
    return changed
