"""How Alembic runs here: on the connection that `db.upgrade` hands it, in that connection's own transaction.

Once a database has been brought up to the newest revision, its facts are worked out from its records, in the same
transaction: what a revision adds to them is filled from what an older release stored. Only where every step says
`keeps_facts` they are right as they stand.

A developer who writes a migration has no such connection:
`alembic -x database=sqlite:///scratch.db revision --autogenerate -m "…"`.
"""

from alembic import context
from sqlalchemy import Connection, Engine

from db import facts
from db.engine import make_engine
from db.models import Base
from db.progress import untold
from db.search import is_search_table


def _include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the models speak of it: the full-text index is SQLite's own affair."""
    return not (kind == "table" and name is not None and is_search_table(name))


def _keep_facts(connection: Connection, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether there are facts, and no step from one revision to the other leaves any to be worked out."""
    steps = context.script.iterate_revisions(after, before or "base")
    return (
        bool(before)
        and all(getattr(step.module, "keeps_facts", False) for step in steps)
        and facts.are_there(connection)
    )


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
        compare_type=True,
        include_name=_include_name,
    )
    with context.begin_transaction():
        told = context.config.attributes.get("told", untold)
        told("the tables of this release", 0, 1)
        before = context.get_context().get_current_heads()
        context.run_migrations()
        after = context.get_context().get_current_heads()
        if (
            after != before
            and after == tuple(context.script.get_heads())
            and not _keep_facts(connection, before, after)
        ):
            facts.refresh_all(connection, told=told)


def _main() -> None:
    given = context.config.attributes.get("connection")
    if isinstance(given, Connection):
        _run(given)
        return
    engine = given if isinstance(given, Engine) else make_engine(context.get_x_argument(as_dictionary=True)["database"])
    with engine.connect() as connection:
        _run(connection)


_main()
