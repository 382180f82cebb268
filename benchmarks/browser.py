"""How long each page of the browser takes on a database, as a reader waits for it.

    python benchmarks/browser.py DATABASE [--times 5] [--write docs/scale.md]

Serves the database on this machine as `navnenyt serve` does, asks for every kind of page, of the largest company and
the person with most moves among them, and for each table sorted by each column it shows, both ways; the median counts.
What is counted in the background once (the front page's trends, the values of a whole table) is waited for first.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import uvicorn

from db.query import run_query
from db.trends import trends
from scraper.browser.companies import LISTS, OF_COMPANIES
from scraper.browser.serve import listen, serve
from scraper.browser.shapes import SHOWN
from scraper.browser.site import Site

WORDS = ("nord", "udvikler klit", "senior arkitekt", "anna sen", "aarhus", "an", "consulting", "xyzzy")
FILTERED = {
    "moves": (
        "kind=hire&_sort_desc=id",
        "kind=board&_sort=person",
        "function=sales&seniority=manager&region=Nordjylland&_sort_desc=first_seen",
        "region__isnull=1&_sort=company",
        "company_id={company}&_sort_desc=first_seen",
        "role__contains=arkitekt&_sort_desc=id",
        "_next=100000&_sort=person",
        "_all=1&_sort_desc=times_seen",
    ),
    "job_ads": ("gone_at__isnull=1&_sort_desc=id", "company_id={company}", "region=Aarhus&_sort_desc=times_seen"),
    "people": ("name__contains=nord&_sort=name", "_next=10000&_sort_desc=last_seen"),
    "companies": ("name__contains=nord&_sort_desc=hires",),
}
"""Narrowed down and turned over: what a reader does next."""


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The port of a server on this machine, in a thread of its own."""
    site = Site(f"sqlite:///{path}")
    bound = listen("127.0.0.1", 0)
    up = threading.Event()
    running: list[uvicorn.Server] = []

    def started(server: uvicorn.Server) -> None:
        running.append(server)
        up.set()

    thread = threading.Thread(target=lambda: asyncio.run(serve(site, bound, started=started)))
    thread.start()
    up.wait()
    try:
        yield bound.getsockname()[1]
    finally:
        running[0].should_exit = True
        thread.join()


def ask(port: int, path: str) -> tuple[float, int, str]:
    """Seconds until the page is whole, its status, and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.read().decode("utf-8", "replace")
    took = time.perf_counter() - begun
    connection.close()
    return took, answer.status, said


def addresses(path: Path) -> Iterator[tuple[str, str]]:
    """Each page's group and address."""

    def one(sql: str) -> int:
        return int(run_query(f"sqlite:///{path}", sql, limit_seconds=60).rows[0][0])

    company = one("SELECT company_id FROM move_fact GROUP BY company_id ORDER BY count(*) DESC LIMIT 1")
    person = one("SELECT person_id FROM move_fact GROUP BY person_id ORDER BY count(*) DESC LIMIT 1")
    move = one("SELECT move_id FROM move_fact ORDER BY times_seen DESC LIMIT 1")
    ad = one("SELECT job_ad_id FROM hire_ad ORDER BY move_id DESC LIMIT 1")
    ((name,),) = run_query(f"sqlite:///{path}", "SELECT name FROM company WHERE id = :id", {"id": company}).rows
    yield "front page", "/"
    yield "largest company", f"/company/{company}"
    for each in LISTS:
        yield "largest company, one list", f"/company/{company}/{each}"
    yield "person with most moves", f"/person/{person}"
    yield "move seen most often", f"/move/{move}"
    yield "job ad", f"/ad/{ad}"
    for words in WORDS:
        yield "search", f"/search?{urlencode({'q': words})}"
    yield "list of questions", "/trends"
    for question in trends():
        yield "question", f"/trends/{question.name}"
        if question.name in OF_COMPANIES:
            yield "question of the largest company", f"/trends/{question.name}?company={quote(str(name))}"
    yield "data", "/data"
    for view, columns in SHOWN.items():
        yield "table", f"/data/{view}"
        if view in FILTERED:
            for column in columns:
                for way in ("_sort", "_sort_desc"):
                    yield f"{view} sorted", f"/data/{view}?{way}={column}"
            for query in FILTERED[view]:
                yield f"{view} narrowed down", f"/data/{view}?{query.format(company=company)}"
    yield "SQL", f"/sql?{urlencode({'sql': 'SELECT kind, count(*) FROM move_fact GROUP BY kind'})}"
    yield "no such page", "/company/999999999"


def main() -> None:
    """Ask for all, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", default="", help="addresses that contain this")
    parser.add_argument("--write", type=Path, help="a file that has the lines <!-- pages --> and <!-- end of pages -->")
    given = parser.parse_args()
    found: list[tuple[str, str, float, int]] = []
    with served(given.database) as port:
        ask(port, "/")
        while "being counted" in ask(port, "/")[2]:
            time.sleep(0.5)
        ask(port, "/data/moves")
        time.sleep(3)
        for group, address in addresses(given.database):
            if given.only in address:
                asked = [ask(port, address) for _ in range(given.times)]
                median = statistics.median(took for took, _, _ in asked)
                found.append((group, address, median, asked[-1][1]))
                print(f"{median:7.3f} s  {asked[-1][1]}  {address}", flush=True)
    groups: dict[str, list[tuple[float, str]]] = {}
    for group, address, median, _status in found:
        groups.setdefault(group, []).append((median, address))
    lines = ["| pages | how many | median, s | slowest, s | which |", "|---|---|---|---|---|"]
    for group, each in groups.items():
        slowest, which = max(each)
        middle = statistics.median(took for took, _ in each)
        shown = re.sub(r"(?<=/)\d+", "ID", which)
        lines.append(f"| {group} | {len(each)} | {middle:.3f} | {slowest:.3f} | `{shown}` |")
    text = "\n".join(lines)
    print(text)
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        pattern = r"(?s)(<!-- pages -->\n).*(<!-- end of pages -->)"
        given.write.write_text(re.sub(pattern, lambda kept: f"{kept[1]}{text}\n{kept[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
