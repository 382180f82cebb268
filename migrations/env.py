"""How Alembic runs here: on the connection that `db.upgrade` hands it, in that connection's own transaction.

A developer who writes a migration has no such connection:
`alembic -x database=sqlite:///scratch.db revision --autogenerate -m "…"`.
"""

from alembic import context
from sqlalchemy import Connection, Engine

from db.engine import make_engine
from db.models import Base


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _main() -> None:
    given = context.config.attributes.get("connection")
    if isinstance(given, Connection):
        _run(given)
        return
    engine = given if isinstance(given, Engine) else make_engine(context.get_x_argument(as_dictionary=True)["database"])
    with engine.connect() as connection:
        _run(connection)


_main()
