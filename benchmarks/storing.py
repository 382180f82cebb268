"""What it costs to store a page, and to make one company of two and two of one again.

    python benchmarks/storing.py [--moves 5000] [--pages 400]

Pages of ten announcements and five ads that are known; the same with a new one of each; then two companies with so many
moves each are merged and split: none of the moves is told under both names, then all are. Seconds of the processor.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

from db.company_changes import merge, split
from db.store import Store
from db.upgrade import open_database
from scraper.records import Candidate, Extraction, Fetch, FetchOutcome, JobAd, Move, MoveKind, PageKind, PartialDate

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
SYLLABLES = "nor syd øst vest fjor klit lyng skov bæk høj dam mark vand sol eng".split()
COMPANIES = [f"{''.join(parts).capitalize()} A/S" for parts in product(SYLLABLES, SYLLABLES, SYLLABLES[:4])]
PEOPLE = [f"{first} {''.join(last)}gaard" for first, *last in product(("Bo", "Eva", "Ida"), *[SYLLABLES] * 3)]
BIG = ("Kvarnbo", "Havblik")


class Pages:
    """A database to which pages are stored."""

    def __init__(self, path: Path) -> None:
        self.engine = open_database(f"sqlite:///{path}", backup_dir=path.parent, now=START)
        self.store = Store(self.engine)
        self.run_id = self.store.begin_run(at=START, parser_version="1", sources=["bladet"])
        self.store.keep_source("bladet", kind="articles", title="Bladet")
        self.number = 0

    def save(self, records: list[Move | JobAd]) -> float:
        """Store one page; the seconds of the processor that it took."""
        self.number += 1
        url = f"https://bladet.example/{self.number}"
        at = START + timedelta(minutes=self.number)
        asked = Fetch(url=url, at=at, outcome=FetchOutcome.FETCHED, status=200, body_sha256=url, allowed_by="no rule")
        said = Extraction(
            moves=tuple(record for record in records if isinstance(record, Move)),
            job_ads=tuple(record for record in records if isinstance(record, JobAd)),
        )
        page = Candidate(url=url, identity=url, kind=PageKind.ARTICLE, title="Artikel")
        return seconds(lambda: self.store.save_page(self.run_id, "bladet", page, asked, said))


def seconds(work: Callable[[], object]) -> float:
    """The seconds of the processor that something takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def hire(person: str, company: str, role: str = "Systemudvikler") -> Move:
    """A hire as the parser gives it."""
    text = f"{company} har ansat {person} som {role}."
    date = PartialDate.parse("2026-02-01")
    return Move(kind=MoveKind.HIRE, person=person, company=company, role=role, start_date=date, text=text)


def storing(folder: Path, pages: int) -> Iterator[tuple[str, float]]:
    """The median for a page of known records, and for one with two new ones."""
    random, here = Random(7), Pages(folder / "storing.db")
    moves: list[Move | JobAd] = [hire(name, random.choice(COMPANIES)) for name in PEOPLE[:3000]]
    ads: list[Move | JobAd] = [
        JobAd(company=random.choice(COMPANIES), title=f"Tester {number}", region="Midtjylland") for number in range(600)
    ]
    for start in range(0, len(moves), 20):
        here.save([*moves[start : start + 20], *ads[start // 5 : start // 5 + 4]])
    known = [here.save([*random.sample(moves, 10), *random.sample(ads, 5)]) for _ in range(pages)]
    yield "a page of known records", statistics.median(known)
    fresh = [
        here.save(
            [
                *random.sample(moves, 9),
                hire(f"Ny Person{number}", random.choice(COMPANIES)),
                *random.sample(ads, 4),
                JobAd(company=random.choice(COMPANIES), title=f"Ny titel {number}"),
            ]
        )
        for number in range(pages // 2)
    ]
    yield "the same with two new ones", statistics.median(fresh)
    here.engine.dispose()


def merging(folder: Path, moves: int, *, same: bool) -> Iterator[tuple[str, float]]:
    """A merge and the split that undoes it; `same`: each move is told under both names."""
    here = Pages(folder / f"merging {same}.db")
    for start in range(0, moves, 50):
        for number, company in enumerate(BIG):
            people = [PEOPLE[place + (0 if same else moves * number)] for place in range(start, min(start + 50, moves))]
            here.save([hire(person, company) for person in people])
    told = "all told under both" if same else "none told under both"
    for change in (merge, split):
        with here.engine.begin() as connection:
            took = seconds(lambda: change(connection, *BIG, at=START))  # noqa: B023
        yield f"{change.__name__} of 2 x {moves} moves, {told}", took
    here.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=5000)
    parser.add_argument("--pages", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, took in storing(folder, given.pages):
            print(f"{what}: {took * 1000:.1f} ms", flush=True)
        for same in (False, True):
            for what, took in merging(folder, given.moves, same=same):
                print(f"{what}: {took:.2f} s", flush=True)


if __name__ == "__main__":
    main()
