"""How many announcements a second the parser reads on one core, and how many plain looks at the words that is.

    python benchmarks/announcements.py [SECONDS [FILE]]

A thousand announcements in the words of editors and of the form, of the length of those seen (some 300 characters);
all names are invented. With FILE, the announcements of its lines instead: JSON objects with a "text", as
`navnenyt parse` prints them. Each is read afresh. The ratio to a pass of `re` over the same words holds on any
machine; the figure does not: a machine whose cores are shared by several runs gives half of it. Measured on such a
machine: 1,900 to 2,800 a second, 57 to 83 times as long as the plain pass; that pass itself swings by a third there.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from scraper.parsers import parse_announcement

FIRST = "Åse Bo Ida Ole Karen Lars Mette Henrik Louise Søren Camilla Jens".split()
LAST = "Holm Lind Skov Bæk Krogh Dam Toft Friis Lund Bang Vinther Agerbo".split()
FIRMS = (
    "Granit", "Fjordbyte", "Nordlys Data", "Skærgård A/S", "Netklit ApS", "Kom it", "Vindstyrke Consulting",
    "Havblik Systems", "Elmegård Kommune", "Bakkehus & Søn", "Lyngbo Group", "Strandvold Software",
)  # fmt: skip
TITLES = (
    "it-chef", "salgsdirektør", "projektleder", "systemudvikler", "key account manager", "it-arkitekt", "konsulent",
    "Senior Software Engineer", "afdelingsleder", "forretningsudvikler", "supporter", "it-sikkerhedsspecialist",
)  # fmt: skip
DEGREES = (
    "datamatiker fra Fjordby Erhvervsakademi", "cand.merc. fra Søndre Universitet", "civilingeniør",
    "datalog fra Nordre Universitet",
)  # fmt: skip
LEADS = (
    "{p} er pr. 1. marts ansat som {t} hos {f}.",
    "{f} har ansat {p} som {t}.",
    "{f} har pr. 1. januar 2026 ansat {p} som {t}.",
    "{p}, {age} år, er tiltrådt som {t} i {f}, hvor hun får ansvar for de nordiske kunder.",
    "{p} er udnævnt til {t} hos {f} i Aarhus.",
    "{p} er blevet forfremmet til {t} hos {f} og indgår i ledelsen.",
)
NEXT = (
    "{s} kommer fra en stilling som {u} hos {g}.",
    "{s} har tidligere arbejdet som {u} hos {g} og {h}.",
    "{s} kommer senest fra {g}, hvor {n} har været {u} de seneste fem år.",
    "{s} skal især beskæftige sig med drift og udvikling af virksomhedens platforme og styrke afdelingens hold.",
    "{s} er uddannet {d}.",
    "{s} har mere end ti års erfaring fra branchen, blandt andet fra {g}.",
    "{s} har senest været ansat som {u} i {g}, og før det arbejdede {n} hos {h}.",
)


def announcements(count: int = 1000) -> list[str]:
    """Announcements of two to four sentences, no two alike; the same on each run."""
    random = Random(11)
    texts = []
    for _ in range(count):
        first, last = random.choice(FIRST), f"{random.choice(LAST)} {random.choice(LAST)}"
        firm, other, third = random.sample(FIRMS, 3)
        title, former = random.sample(TITLES, 2)
        said = [random.choice(LEADS), *random.sample(NEXT, random.randint(1, 3))]
        texts.append(
            " ".join(said).format(
                p=f"{first} {last}",
                s=random.choice((first, "Han", "Hun")),
                n=random.choice(("han", "hun")),
                age=random.randint(25, 64),
                f=firm,
                g=other,
                h=third,
                t=title,
                u=former,
                d=random.choice(DEGREES),
            )
        )
    return texts


def told_in(path: Path) -> list[str]:
    """The announcements of a file of JSON lines, each text once."""
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return list(dict.fromkeys(record["text"] for record in records if record.get("text")))


def per_second(work: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """How many of the texts are worked on in a second: the best of the runs within the time."""
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def main() -> None:
    """Prints the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    texts = told_in(Path(sys.argv[2])) if len(sys.argv) > 2 else announcements()
    read = sum(bool(parse_announcement(text)) for text in texts)
    print(f"{len(texts)} announcements of {sum(map(len, texts)) // len(texts)} characters on average, {read} read")
    ours = per_second(parse_announcement, texts, seconds)
    words = per_second(re.compile(r"\w+").findall, texts, seconds)
    print(f"parse_announcement      {ours:9.0f} announcements/s")
    print(f"their words, with re    {words:9.0f} announcements/s, {words / ours:.1f} x")


if __name__ == "__main__":
    main()
