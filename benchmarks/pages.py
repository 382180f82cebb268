"""How many whole article pages a second the parser reads on one core, and what a user would get instead.

    python benchmarks/pages.py [SECONDS]

The page has 200 kB and some 1,460 elements, its side column 10 kB, as the article pages seen; all names are invented.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from random import Random

import lxml.html
from bs4 import BeautifulSoup

from scraper.parsers import parse_page
from scraper.parsers.document import read_document
from scraper.parsers.readings import reading_of
from scraper.records import Page

WORDS = (
    "det er en artikel om teknologi og virksomheder i landet som bliver læst af mange mennesker hver eneste dag".split()
)


def article(elements: int = 1460, size: int = 204_000) -> str:
    """An article page: scripts and styles, navigation, teasers, a body, and a side column with records in it."""
    random = Random(7)

    def words(count: int) -> str:
        return " ".join(random.choice(WORDS) for _ in range(count)).capitalize() + "."

    head = "<!DOCTYPE html><html lang=da><head><meta charset=utf-8><title>Artikel</title>"
    side = "<h4>Navnenyt fra it-Danmark</h4>"
    for number in range(6):
        side += (
            f"<div class=navnenyt><p>Fjord {number} A/S har pr. {number + 1}. januar 2026 ansat Åse Holm Bæk som CTO."
            " Hun skal især beskæftige sig med netværk og sikkerhed."
            " Hun kommer fra en stilling som supporter hos Granit ApS."
            f" <span>Nyt job</span></p><p>Åse Holm Bæk</p><p>Fjord {number} A/S</p></div>"
        )
    for number in range(4):
        side += (
            f"<a href=/job/{number}><div>Granit {number} ApS</div><div>Softwareudvikler</div><div>Midtjylland</div></a>"
        )
    parts: list[str] = []
    for number in range((elements - 60) // 5):
        kind = number % 2
        parts.append(
            f'<div class="teaser teaser--large c-{number}" data-tracking="{number}"><a href="/art/{number}/en-artikel">'
            f"<h3>{words(7)}</h3></a><p>{words(9)} <em>{words(2)}</em></p><span>{number}</span></div>"
            if kind
            else f"<p class=body>{words(24)} <strong>{words(2)}</strong></p>"
            f'<ul><li><a href="/x/{number}">{words(5)}</a></ul>'
        )
    body = "".join(parts)
    script = "<script>" + "window.dataLayer=window.dataLayer||[];function f(x){return x<2&&x>1};" * 40 + "</script>"
    rest = size - len((head + body + side).encode())
    scripts = script * max(0, rest // len(script))
    return f"{head}{scripts}</head><body>{body}<aside>{side}</aside></body></html>"


def per_second(work: Callable[[], object], seconds: float) -> float:
    """How often a second `work` is done: the best of the runs within the time."""
    work()
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return 1 / best


def main() -> None:
    """Prints the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    text = article()
    page = Page("https://www.example.dk/art/1/x", text.encode(), published=date(2026, 1, 15))
    found = parse_page(page)
    elements = len(BeautifulSoup(text, "lxml").find_all())
    print(
        f"page: {len(page.body) / 1000:.0f} kB, {elements} elements; {len(found.moves)} moves, {len(found.job_ads)} ads"
    )

    def afresh() -> object:
        """As if no announcement of the page had been read before."""
        reading_of.cache_clear()
        return parse_page(page)

    ours = per_second(afresh, seconds)
    rows = (
        ("parse_page, bytes to records", ours),
        ("the same, announcements known", per_second(lambda: parse_page(page), seconds)),
        ("of which bytes to blocks", per_second(lambda: read_document(text, page.url), seconds)),
        ("BeautifulSoup's tree and get_text", per_second(lambda: BeautifulSoup(text, "lxml").get_text("\n"), seconds)),
        ("lxml.html's tree and text", per_second(lambda: lxml.html.fromstring(text).text_content(), seconds)),
    )
    for name, figure in rows:
        print(f"{name:36} {figure:8.1f} pages/s   {ours / figure:5.2f} x")


if __name__ == "__main__":
    main()
