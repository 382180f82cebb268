"""Companies and decisions about them, listed for a person."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select, text

from db.company_changes import called_like, known
from db.company_rows import keys_of
from db.decisions import ByWhom, Verdict
from db.identity import fold
from db.models import Company, CompanyName
from scraper.errors import ConfigError

_HIRING_MOST = "SELECT * FROM companies ORDER BY moves DESC, name_folded LIMIT :limit"
_THESE = "SELECT * FROM companies WHERE id IN ({}) ORDER BY moves DESC, name_folded LIMIT :limit"
_DECIDED = """
SELECT * FROM company_decisions
WHERE (:by IS NULL OR by_whom = :by) AND (:verdict IS NULL OR verdict = :verdict) AND (:every OR is_valid = 1)
ORDER BY id DESC
"""


def listed(connection: Connection, words: str | None, limit: int) -> list[RowMapping]:
    """Rows of `companies`, those with most moves first.

    With `words`, only those with a spelling that holds them or, where none does, the few that are spelled most alike.
    """
    if words is None:
        return list(connection.execute(text(_HIRING_MOST), {"limit": limit}).mappings())
    wanted = fold(words)
    spelled = connection.execute(select(CompanyName.company_id, CompanyName.name)).all()
    ids = {company_id for company_id, name in spelled if wanted in fold(name)}
    ids |= set(connection.scalars(select(Company.id).where(Company.name_folded.contains(wanted, autoescape=True))))
    if not ids:
        ids = {known(connection, name).id for name in called_like(connection, words)}
    these = text(_THESE.format(", ".join(map(str, sorted(ids)))))  # numbers, so many that they are no parameters
    return list(connection.execute(these, {"limit": limit}).mappings())


def decided(
    connection: Connection, name: str | None, *, by: str | None, verdict: str | None, every: bool, limit: int
) -> list[RowMapping]:
    """Rows of `company_decisions`, the newest first. Raises UnknownName, or ConfigError for a word that is none."""
    for word, words in ((by, ByWhom), (verdict, Verdict)):
        if word is not None and word not in list(words):
            raise ConfigError(
                f"“{word}” is none of {', '.join(words)}.", hint="See: navnenyt companies decisions --help"
            )
    rows = connection.execute(text(_DECIDED), {"by": by, "verdict": verdict, "every": every}).mappings()
    if name is None:
        return list(rows.fetchmany(limit))
    keys = keys_of(connection, known(connection, name).id)
    return [row for row in rows if {row["key_a"], row["key_b"]} & keys][:limit]
