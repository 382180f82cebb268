"""Healthy sources as they live: rotations that fill and drain, weekends, holidays, bad days of a server, odd pages.

Nothing here is broken. What comes out are the Measures of run after run, as a real run would have measured them, from a
little world of records that stay for weeks, so that neighbouring runs show much the same, as in life.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from scraper.measures import AD_FIELDS, MOVE_FIELDS, Measures

COMPARED = ("age", "unit", "location", "previous_role", "previous_company", "education", "focus", "label")
LABELS = ("Nyt job",) * 14 + ("Forfremmelse",) * 4 + ("Færdiggjort uddannelse",) * 2 + ("Jubilæum",)


def poisson(chance: Random, mean: float) -> int:
    limit, number, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        number, product = number + 1, product * chance.random()
    return number


def bustle(day: datetime) -> float:
    """How much happens on a day, as a share of a plain weekday."""
    month, number = day.month, day.day
    if (month, number) >= (12, 22) or (month, number) <= (1, 3):
        return 0.08
    easter = datetime(day.year, 4, 5, tzinfo=UTC)
    if abs((day - easter).days) <= 3:
        return 0.1
    summer = 0.45 if month == 7 else 1.0
    return summer * (0.18 if day.weekday() >= 5 else 1.0)


@dataclass(frozen=True)
class Record:
    number: int
    fields: frozenset[str]
    label: str
    kind: str
    unreadable: bool
    until: datetime
    weight: float


class HealthySource:
    """A source that works, run `per_day` times a day from `start` on."""

    def __init__(self, seed: int, *, start: datetime = datetime(2026, 2, 2, 6, tzinfo=UTC)) -> None:
        chance = self.chance = Random(seed)
        self.now = start
        self.per_day = chance.choice((1, 2, 2, 4))
        self.size = chance.randint(15, 90)
        self.ads = chance.choice((0, 8, 15, 40))
        self.stay = chance.uniform(8, 30)
        self.budget = chance.choice((20, 30, 40))
        self.shown = chance.choice(((3, 6), (2, 4), (5, 8)))
        self.rates = {name: chance.choice((0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)) for name in (*MOVE_FIELDS, *AD_FIELDS)}
        self.rates |= {"label": 0.97, "company": 0.98, "role": 0.9, "start_date": 0.85}
        self.with_section = chance.uniform(0.75, 0.99)
        self.fails = chance.choice((0.0, 0.01, 0.05, 0.2))
        self.articles = chance.choice((1.5, 6, 20))
        self.numbers = count()
        self.rotation: dict[str, list[Record]] = {"move": [], "ad": []}
        for kind, most in (("move", self.size), ("ad", self.ads)):
            self.rotation[kind] = [self._record(chance.uniform(0, 1)) for _ in range(most)]
        self.seen: set[int] = set()
        self.quiet = 0.0
        self.first = True

    def _record(self, left: float = 1.0) -> Record:
        chance = self.chance
        label = chance.choice(LABELS) if chance.random() > 0.004 else f"Ny {chance.randint(1, 9)}"
        return Record(
            number=next(self.numbers),
            fields=frozenset(name for name, rate in self.rates.items() if chance.random() < rate),
            label=label,
            kind="other" if chance.random() < 0.03 else "hire",
            unreadable=chance.random() < 0.06,
            until=self.now + timedelta(days=left * self.stay * chance.uniform(0.5, 1.5)),
            weight=chance.lognormvariate(0, 0.4),
        )

    def _pass_time(self, days: float) -> int:
        """Let time pass; how many new articles came."""
        chance, new, left = self.chance, 0, days
        while left > 0:
            step = min(left, 0.25)
            self.now += timedelta(days=step)
            left -= step
            much = bustle(self.now) * step
            new += poisson(chance, self.articles * much)
            for kind, most in (("move", self.size), ("ad", self.ads)):
                # editors do not empty the column over the holidays: what ends stays until something follows
                coming = poisson(chance, 1.4 * most / self.stay * much) if most else 0
                kept = sorted(self.rotation[kind], key=lambda record: record.until)
                fresh = [self._record() for _ in range(coming)]
                while (
                    kept
                    and (len(kept) + len(fresh) > most or kept[0].until < self.now)
                    and len(kept) + len(fresh) > most * 0.6
                ):
                    kept.pop(0)
                self.rotation[kind] = kept + fresh
        return new

    def runs(self, weeks: int) -> Iterator[Measures]:
        for _ in range(weeks * 7 * self.per_day):
            days = 1 / self.per_day * self.chance.uniform(0.8, 1.2)
            yield self._run(days, self._pass_time(days))

    def _run(self, days: float, new: int) -> Measures:
        chance = self.chance
        asked = max(4, round(self.budget * chance.uniform(0.4, 1)))
        bad_day = chance.random() < 0.02
        fails = min(0.3, self.fails * 4 + 0.05) if bad_day else self.fails
        failed = Counter(chance.choice(("not_found", "server_error")) for _ in range(asked) if chance.random() < fails)
        unchanged = sum(chance.random() < 0.1 for _ in range(asked - failed.total()))
        fetched = asked - failed.total() - unchanged
        on_pages: dict[str, Counter[int]] = {"move": Counter(), "ad": Counter()}
        records: dict[int, Record] = {}
        counts: Counter[str] = Counter()
        unread: set[int] = set()
        less = 0.8 if bustle(self.now) < 0.5 else 1.0
        for _ in range(fetched):
            for kind, present in (("move", self.with_section), ("ad", 0.94)):
                here = self.rotation[kind]
                if not here or chance.random() > present:
                    continue
                most = max(1, round(chance.randint(*self.shown) * less))
                keyed = sorted(here, key=lambda record: math.log(chance.random()) / record.weight, reverse=True)
                shown = keyed[:most]
                read = [record for record in shown if kind == "ad" or not record.unreadable]
                unread |= {record.number for record in shown if record not in read}
                records |= {record.number: record for record in read}
                on_pages[kind].update(record.number for record in read)
                counts[f"sighted_{kind}"] += len(read)
                counts[f"with_{kind}"] += bool(read)
                counts["heading"] += kind == "move"
                counts["empty"] += kind == "move" and not read
        moves = [records[number] for number in on_pages["move"]]
        ads = [records[number] for number in on_pages["ad"]]
        again = [record for record in moves if record.number in self.seen]
        self.seen |= {record.number for record in moves}
        had = Counter(name for record in again for name in record.fields if name in COMPARED)
        self.quiet = 0.0 if new else self.quiet + days
        first, self.first = self.first, False
        return Measures(
            asked=asked,
            fetched=fetched,
            unchanged=unchanged,
            failed=dict(failed),
            size=fetched * 80_000,
            same_body=min(1, fetched),
            with_moves=counts["with_move"],
            with_ads=counts["with_ad"],
            with_heading=counts["heading"],
            empty_sections=counts["empty"],
            announcements=counts["sighted_move"],
            job_ads=counts["sighted_ad"],
            same_move=max(on_pages["move"].values(), default=0),
            same_ad=max(on_pages["ad"].values(), default=0),
            moves=len(moves),
            ads=len(ads),
            unparsed=len(unread),
            move_fields={name: sum(name in record.fields for record in moves) for name in MOVE_FIELDS},
            ad_fields={name: sum(name in record.fields for record in ads) for name in AD_FIELDS},
            kinds=dict(Counter(record.kind for record in moves)),
            labels=dict(Counter(record.label for record in moves if "label" in record.fields)),
            headings={"Navnenyt": counts["heading"]} if counts["heading"] else {},
            problems={"card_mismatch": number}
            if (number := sum(chance.random() < 0.03 for _ in range(fetched)))
            else {},
            signs={"comment": sum(chance.random() < 0.2 for _ in range(fetched))},
            had=dict(had),
            lost={name: sum(chance.random() < 0.03 for _ in range(number)) for name, number in had.items()},
            entries=30,
            new_pages=new,
            days=None if first else days,
            quiet_days=self.quiet,
        )
