"""Companies as rows: one for each key, and each spelling kept with the fetch that showed it first."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from db import search
from db.identity import clean, company_key, fold
from db.models import Company, CompanyAlias, CompanyName
from db.rows import add_row


def company_ids(connection: Connection, names: Iterable[str | None], fetch_id: int) -> dict[str, int]:
    """The id of each company named, by the name as given; unknown companies and spellings are added.

    Blank names are left out.
    A company's own name is the spelling that was seen first.
    """
    given = {name: spelling for name in names if name and (spelling := clean(name))}
    if not given:
        return {}
    keys = {spelling: company_key(spelling) for spelling in given.values()}
    found = connection.execute(
        select(CompanyAlias.key, CompanyAlias.company_id).where(CompanyAlias.key.in_(set(keys.values())))
    )
    ids = {key: company_id for key, company_id in found}  # noqa: C416 - dict(found) loses the types
    for spelling, key in keys.items():
        if key not in ids:
            row = {"key": key, "name": spelling, "name_folded": fold(spelling)}
            ids[key] = add_row(connection, Company, row)
            connection.execute(insert(CompanyAlias), {"key": key, "company_id": ids[key]})
    _keep_spellings(connection, {(ids[key], spelling) for spelling, key in keys.items()}, fetch_id)
    return {name: ids[keys[spelling]] for name, spelling in given.items()}


def own_names(connection: Connection) -> None:
    """Let each company's own key lead to it, unless a decision has that key lead to another; leftovers go."""
    gone = CompanyAlias.company_id.not_in(select(Company.id))
    connection.execute(delete(CompanyAlias).where(gone))
    missing = select(Company.key, Company.id).where(Company.key.not_in(select(CompanyAlias.key)))
    connection.execute(insert(CompanyAlias).from_select(["key", "company_id"], missing))


def _keep_spellings(connection: Connection, spellings: set[tuple[int, str]], fetch_id: int) -> None:
    ids = {company_id for company_id, _ in spellings}
    known = connection.execute(select(CompanyName.company_id, CompanyName.name).where(CompanyName.company_id.in_(ids)))
    new = spellings - {(company_id, name) for company_id, name in known}
    if new:
        connection.execute(
            insert(CompanyName),
            [{"company_id": owner, "name": name, "first_fetch_id": fetch_id} for owner, name in sorted(new)],
        )
        search.index(connection, "company", {owner for owner, _ in new})
