"""How long a company's name takes to be settled, by how many are known: `python benchmarks/company_names.py 100000`.

The names are made of syllables and trades, with a few houses that have many arms. Printed are milliseconds of processor
time for each name, so that other programs on the machine do not count.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from db.companies import company_ids
from db.models import Company
from db.upgrade import open_database

SYLLABLES = (
    "ka ne lo mi tra ver sto del fin gra hol jor kel lin mar nor pel ras sol tin vel bro ek fal gul krag løv næs ost"
)
TRADES = "Data Systems Consulting Hosting Danmark Group Nordic Bank Byg Teknik Service Solutions Media Finans Transport"
FORMS = ("A/S", "ApS", "I/S", "", "")
AT_ONCE = 20
"""Names of one page."""


def names(count: int, chance: random.Random) -> list[str]:
    """So many names, most of them of houses with several."""
    syllables, trades = SYLLABLES.split(), TRADES.split()
    houses = ["".join(chance.choices(syllables, k=chance.randint(2, 4))).capitalize() for _ in range(count // 3 + 1)]
    made = []
    for _ in range(count):
        largest = int(chance.paretovariate(1.1)) % len(houses)
        house = houses[largest] if chance.random() < 0.4 else chance.choice(houses)
        words = [house, *chance.choices(trades, k=chance.choice((0, 0, 1, 1, 2))), chance.choice(FORMS)]
        made.append(" ".join(word for word in words if word))
    return made


def timed(connection: Connection, some: list[str]) -> float:
    """Milliseconds of processor time for each of these names."""
    began = time.process_time()
    company_ids(connection, some, 1)
    return (time.process_time() - began) / len(some) * 1000


def main(count: int) -> None:
    made = names(count, random.Random(1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.db"
        engine = open_database(f"sqlite:///{path}", backup_dir=path.parent, now=datetime.now(UTC))
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # no fetch showed these names
            new = [timed(connection, made[start : start + AT_ONCE]) for start in range(0, count, AT_ONCE)]
            known = [timed(connection, made[start : start + AT_ONCE]) for start in range(0, min(count, 5000), AT_ONCE)]
            companies = connection.scalar(select(func.count()).select_from(Company))
            connection.rollback()
        engine.dispose()
    last = sorted(new[-500:])
    sys.stdout.write(
        f"{companies} companies known\n"
        f"a new name   {statistics.median(last):.2f} ms, 95 of 100 under {last[int(len(last) * 0.95)]:.2f} ms\n"
        f"a known one  {statistics.median(known):.2f} ms\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
