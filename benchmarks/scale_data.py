"""A database of twelve years for the benchmark of scale: invented people and companies, the same for the same seed.

Skew as in life: a few companies hire much and most seldom, hiring has seasons and a slump, an announcement stands on a
few pages and now and then on many, one source is broken for some weeks. Rows are written in bulk past the store, in the
shape in which the store writes them; the facts are then worked out by the program itself.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from random import Random

from db.identity import company_key, fold, person_key
from db.progress import Told, untold
from db.upgrade import open_database

START = date(2014, 1, 1)
DAYS = 365 * 12 + 3
OUTAGE = range(2600, 2621)
"""Days on which the first source was broken: 2021-02-13 and three weeks on."""
FETCHES_A_DAY = 90
STEMS = """udvikler systemudvikler softwareudvikler projektleder konsulent it-konsulent arkitekt løsningsarkitekt
supporter it-supporter driftstekniker netværksspecialist sikkerhedskonsulent dataanalytiker data_scientist
forretningsudvikler key_account_manager salgschef salgskonsulent marketingchef økonomichef controller hr-konsulent
hr-chef jurist direktør teknisk_direktør afdelingschef teamleder produktchef scrum_master testmanager
cloud_engineer devops_engineer account_manager bogholder kommunikationschef rådgiver servicedesk-medarbejder
compliance_officer""".replace("\n", " ").split()
BEFORE = ["", "", "", "", "senior ", "senior ", "junior ", "lead ", "erfaren ", "chief "]
AFTER = ["", "", "", "", "", " inden for energi", " i kundeservice", ", offentlig", " til cloud", " nord", " på tværs"]
PLACES = """København Aarhus Odense Aalborg Esbjerg Randers Kolding Horsens Vejle Roskilde Herning Silkeborg Næstved
Fredericia Viborg Køge Holstebro Slagelse Hillerød Sønderborg Holbæk Ballerup Glostrup Lyngby Malmø Oslo""".split()
SYLLABLES = "nor syd øst vest fjor klit lyng skov bæk høj dam mark vand sol eng sten ø vig hav kær lund dal".split()
ENDINGS = ["", " A/S", " ApS", " Data", " Consulting", " Group A/S", " Systems", " Energi", " Digital", " Teknik"]
FIRST = "Anna Bo Clara Dan Eva Finn Gry Hans Ida Jens Karen Lars Mette Niels Olga Per Rita Søren Tove Ulla".split()
SCHOOLS = [f"{place} {kind}" for place in PLACES[:12] for kind in ("Universitet", "Erhvervsakademi", "Handelsskole")]
DEGREES = ["datamatiker", "cand.merc.", "civilingeniør", "ph.d.", "HD", "bachelor", "MBA", "diplomingeniør"]
KINDS = ["hire"] * 78 + ["promotion"] * 9 + ["board"] * 4 + ["departure"] * 3 + ["education"] * 3 + ["anniversary"] * 3


PAGE = "id source_id kind identity url title"
RUN_SOURCE = (
    "run_id source_id pages_fetched pages_unchanged pages_failed feeds_answered feeds_failed moves_seen job_ads_seen"
    " unparsed_seen problems_seen failures whole"
)
FETCH = (
    "id run_id source_id page_id at outcome url final_url status reason detail bytes_received elapsed_ms body_sha256"
    " archive_file archive_offset allowed_by"
)
JOB_AD = "id key company_id company title title_folded region text evidence rule parser_version event"
MOVE = (
    "id key kind person_id person company_id company role role_folded location start_date start_date_first"
    " start_date_precision start_date_text previous_role previous_company_id previous_company earlier_companies"
    " education institution label text evidence rule parser_version event"
)


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    moves: int = 1_000_000
    ads: int = 300_000
    sightings: int = 5_000_000
    companies: int = 60_000
    people: int = 700_000


def moment(day: int, seconds: float) -> str:
    """A time as SQLite keeps it."""
    at = datetime(2014, 1, 1, 5, tzinfo=UTC) + timedelta(days=day, seconds=seconds)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def fetch(ids: tuple[int, int, int, int], at: str, reason: str | None = None) -> tuple[object, ...]:
    """A fetch by its id, run, source and page; with a reason one that failed."""
    number, _run, source, page = ids
    url = f"https://kilde{source}.example/side/{page}"
    ended = ("failed", url, url, 404, reason) if reason else ("fetched", url, url, 200, None)
    return (*ids, at, *ended, "", 204_000, 310, f"{number:064x}", f"{source}.warc.gz", number * 41_000, "no rule")


class Maker:
    """Writes the rows of one database."""

    def __init__(self, path: Path, size: Size, seed: int, told: Told = untold) -> None:
        self.random = Random(seed)
        self.told = told
        self.size = size
        open_database(f"sqlite:///{path}", backup_dir=path.parent, now=datetime(2026, 1, 1, tzinfo=UTC)).dispose()
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN")
        self.indexes = self.db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _sql in self.indexes:
            self.db.execute(f"DROP INDEX {name}")
        self.companies: list[str] = []
        self.roles = [
            f"{before}{stem.replace('_', ' ')}{after}".capitalize()
            for stem in STEMS for before in dict.fromkeys(BEFORE) for after in dict.fromkeys(AFTER)
        ]  # fmt: skip
        self.random.shuffle(self.roles)
        self.pages = count(4001)
        self.heaviest = list(accumulate(1 / rank**0.9 for rank in range(1, size.companies + 1)))
        self.role_weights = list(accumulate(1 / rank**0.7 for rank in range(1, len(self.roles) + 1)))
        self.months = list(accumulate(self._weight(day) for day in range(DAYS)))
        self.extra_fetch = count(2 * FETCHES_A_DAY * DAYS + 1)
        self.sightings = 0

    def make(self) -> None:
        """All rows but the facts."""
        self._sources_and_runs()
        self._companies()
        self._people()
        jobs = list(self._ads())
        self._moves(jobs)
        for number, (_name, sql) in enumerate(self.indexes):
            self.told("indexes", number, len(self.indexes))
            self.db.execute(sql)
        self.told("indexes", len(self.indexes), len(self.indexes))
        for statement in ("COMMIT", "PRAGMA journal_mode = DELETE"):
            self.db.execute(statement)
        self.db.close()

    def _weight(self, day: int) -> float:
        """How much is announced on a day: it grows over the years, with summers and a slump."""
        on = START + timedelta(days=day)
        season = 1.3 if on.month in {1, 2, 8, 9} else 0.6 if on.month in {7, 12} else 1.0
        slump = 0.55 if date(2020, 3, 15) < on < date(2020, 11, 1) else 1.0
        return (0.5 + day / DAYS) * season * slump * (0.2 if on.weekday() > 4 else 1.0)

    def _pick(self, heaviest: list[float]) -> int:
        return min(bisect(heaviest, self.random.random() * heaviest[-1]), len(heaviest) - 1)

    def _put(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        names = columns.split()
        marks = ", ".join("?" * len(names))
        self.db.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)

    def _sources_and_runs(self) -> None:
        kinds = [(1, "bladet", "articles"), (2, "posten", "articles"), (3, "opslag", "job_board")]
        self._put("source", "id name kind title", [(*kind, kind[1].title()) for kind in kinds])
        pages = [
            (1 + source * 2000 + n, source + 1, "article", str(n), f"https://{source}.example/art/{n}", f"Artikel {n}")
            for source in (0, 1)
            for n in range(2000)
        ]
        self._put("page", PAGE, pages)
        runs, parts, fetches = [], [], []
        for day in range(DAYS):
            run = day + 1
            runs.append((run, moment(day, 0), moment(day, 7200), "done", 0, "1", '["bladet", "posten", "opslag"]'))
            for source in (1, 2, 3):
                broken = source == 1 and day in OUTAGE
                seen = 0 if broken else FETCHES_A_DAY
                failed = FETCHES_A_DAY - seen
                parts.append((run, source, seen, 0, failed, 1, 0, seen * 3, seen, 0, 0, "{}", not broken))
                for number in range(FETCHES_A_DAY if source < 3 else 0):
                    page = 1 + (source - 1) * 2000 + (day * FETCHES_A_DAY + number) % 2000
                    fetches.append(
                        fetch((self._fetch_id(day, source, number), run, source, page), moment(day, number * 30))
                    )
            if day % 500 == 0 or day == DAYS - 1:
                self.told("days of runs", day + 1, DAYS)
        self._put("run", "id started_at finished_at status exit_status parser_version sources", runs)
        self._put("run_source", RUN_SOURCE, parts)
        self._put("fetch", FETCH, fetches)

    def _fetch_id(self, day: int, source: int, number: int) -> int:
        return (day * 2 + source - 1) * FETCHES_A_DAY + number + 1

    def _companies(self) -> None:
        known: dict[str, str] = {}
        while len(known) < self.size.companies:
            word = "".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 3, 3, 4)))).capitalize()
            name = word + self.random.choice(ENDINGS)
            known.setdefault(company_key(name), name)
        self.companies = list(known.values())
        keys = list(known)
        rows = ((n + 1, keys[n], name, fold(name)) for n, name in enumerate(self.companies))
        self._put("company", "id key name name_folded", rows)
        self.db.execute("INSERT INTO company_alias (key, company_id) SELECT key, id FROM company")
        self.db.execute("INSERT INTO company_name (company_id, name, first_fetch_id) SELECT id, name, 1 FROM company")

    def _people(self) -> None:
        def rows() -> Iterator[tuple]:
            for number in range(self.size.people):
                name = self._person(number)
                yield number + 1, person_key(name), name, fold(name)

        self._put("person", "id name_key name name_folded", rows())

    def _person(self, number: int) -> str:
        middle = SYLLABLES[number // 20 % 22] + SYLLABLES[number // 440 % 22]
        last = SYLLABLES[number // 9680 % 22] + SYLLABLES[number // 212_960 % 22]
        return f"{FIRST[number % 20]} {middle.capitalize()} {last.capitalize()}sen"

    def _ads(self) -> Iterator[tuple[int, int, int]]:
        """Ads with their sightings; gives the company, role and day of those that somebody is hired for."""
        random = self.random
        days = sorted(min(self._pick(self.months), DAYS - 1) for _ in range(self.size.ads))
        ads, seen, pages, fetches = [], [], [], []
        for number, day in enumerate(days, 1):
            company, role = self._pick(self.heaviest), self._pick(self.role_weights)
            title, name, place = self.roles[role], self.companies[company], random.choice(PLACES)
            said = json.dumps({"title": [len(name) + 7, len(name) + 7 + len(title)]})
            words = (name, title, fold(title), place, f"{name} søger {title}.", said, "triple", "1")
            ads.append((number, f"{number:032x}", company + 1, *words))
            last = min(day + random.choice((7, 14, 21, 28, 28, 35, 60)), DAYS - 1)
            if number % 10 < 3:  # in the side column of articles, on each of some days in a row
                for on in range(day, min(day + random.choice((1, 2, 4)), DAYS)):
                    at = self._fetch_id(on, random.choice((1, 2)), random.randrange(FETCHES_A_DAY))
                    seen.append((number, at, moment(on, (at - 1) % FETCHES_A_DAY * 30)))
            else:  # on a page of its own, which is gone in the end
                page = next(self.pages)
                pages.append((page, 3, "job_ad", f"{number}", f"https://opslag.example/job/{number}", title))
                for on in sorted({day, (day + last) // 2}):
                    asked = moment(on, 3600 + number % 3000)
                    seen.append((number, next(self.extra_fetch), asked))
                    fetches.append(fetch((seen[-1][1], on + 1, 3, page), asked))
                if last < DAYS - 1:
                    ids = (next(self.extra_fetch), last + 1, 3, page)
                    fetches.append(fetch(ids, moment(last, 3600 + number % 3000), "not_found"))
            if random.random() < 0.4:
                yield company, role, day
            if len(ads) == 20_000 or number == len(days):
                self._put("page", PAGE, pages)
                self._put("fetch", FETCH, fetches)
                self._put("job_ad", JOB_AD, [(*row, row[1]) for row in ads])
                self._put("job_ad_sighting", "job_ad_id fetch_id seen_at", seen)
                self.sightings += len(seen)
                for rows in (ads, seen, pages, fetches):
                    rows.clear()
                self.told("job ads", number, len(days))

    def _moves(self, jobs: list[tuple[int, int, int]]) -> None:
        """Moves in the order in which they were announced; those of `jobs` some months after the ad."""
        random = self.random
        planned = [(min(day + random.randrange(30, 120), DAYS - 1), company, role) for company, role, day in jobs]
        planned += [
            (min(self._pick(self.months), DAYS - 1), self._pick(self.heaviest), self._pick(self.role_weights))
            for _ in range(self.size.moves - len(planned))
        ]
        planned.sort()
        left = self.size.sightings - self.sightings
        for start in range(0, len(planned), 20_000):
            moves, seen = [], []
            for number, (day, company, role) in enumerate(planned[start : start + 20_000], start + 1):
                moves.append(self._move(number, day, company, role))
                mean = left / (len(planned) - number + 1)
                times = max(1, min(400, int(random.expovariate(1 / mean) + 0.55)))
                found: dict[int, int] = {}
                for again in range(times):
                    on = min(day + again // 3, DAYS - 1)
                    found[self._fetch_id(on, random.choice((1, 2)), random.randrange(FETCHES_A_DAY))] = on
                left -= len(found)
                seen += [(number, at, moment(on, (at - 1) % FETCHES_A_DAY * 30)) for at, on in sorted(found.items())]
            self._put("move", MOVE, [(*row, row[1]) for row in moves])
            self._put("move_sighting", "move_id fetch_id seen_at", seen)
            self.told("moves", start + len(moves), len(planned))

    def _move(self, number: int, day: int, company: int, role: int) -> tuple:
        random = self.random
        kind = random.choice(KINDS)
        person = random.randrange(self.size.people)
        name, title = self._person(person), self.roles[role]
        firm = self.companies[company]
        left = self._pick(self.heaviest) if random.random() < 0.6 else None
        past = [self.companies[self._pick(self.heaviest)]] if random.random() < 0.2 else []
        learned = random.random() < 0.25
        chance = random.random()
        on = START + timedelta(days=day + random.randrange(-20, 45))
        precision = "day" if chance < 0.7 else "month" if chance < 0.85 else None
        start = {"day": f"{on}", "month": f"{on:%Y-%m}"}.get(precision or "")
        first = f"{start}-01"[:10] if start else None
        place = random.choice(PLACES) if random.random() < 0.5 else None
        text = f"{firm} har pr. {on} ansat {name} som {title}. {name.split()[0]} skal især arbejde med kunder. Nyt job"
        said = json.dumps({"company": [0, len(firm)], "person": [len(firm) + 30, len(firm) + 30 + len(name)]})
        lists = (past, [random.choice(DEGREES)] if learned else [], [random.choice(SCHOOLS)] if learned else [])
        from_role = self.roles[self._pick(self.role_weights)] if left is not None else None
        before = (None, None) if left is None else (left + 1, self.companies[left])
        return (
            *(number, f"{number:032x}", kind, person + 1, name, company + 1, firm, title, fold(title), place),
            *(start, first, precision, start, from_role, *before),
            *(json.dumps(names, ensure_ascii=False) for names in lists),
            *("Nyt job", text, said, "form", "1"),
        )
