"""The same words in any layout give the same records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from scraper.parsers import lines, parse_announcement, parse_page
from scraper.records import Extraction, Page, plain
from tests.layouts import Layout, Story, story

PUBLISHED = date(2026, 3, 1)
SEED_PAGE = Path(__file__).parents[3] / "shared" / "pages" / "article.txt"


def shown(found: Extraction) -> str:
    return "\n".join(item.text for item in found.unparsed)


def differences(seed: int) -> list[str]:
    random = Random(seed)
    told, layout = story(random), Layout(random)
    body, header = layout.page(told)
    found = parse_page(Page("https://www.example.dk/art/1/x", body, charset=header, published=PUBLISHED))
    wanted = [
        plain(move)
        for words, label, *_ in told.announcements
        for move in parse_announcement(f"{words} {label}", published=PUBLISHED)
    ]
    said: list[str] = []
    if len(wanted) != len(told.announcements):
        said.append(f"{seed}: an announcement of the generator cannot be read: {told.announcements}")
    got = [plain(move) for move in found.moves]
    said += [f"{seed}: missing {move['text']}" for move in wanted if move not in got]
    said += [f"{seed}: not said {move['text']} {move}" for move in got if move not in wanted]
    ads = [(ad.company, ad.title, ad.region) for ad in found.job_ads]
    said += [f"{seed}: missing ad {ad}" for ad in told.ads if ad not in ads]
    said += [f"{seed}: no such ad {ad}" for ad in ads if ad not in told.ads]
    cut = [told.cut] if told.cut and "Kobberværket A/S har pr." in shown(found) else []
    said += [f"{seed}: unread {item.reason}: {item.text}" for item in found.unparsed if item.text not in cut]
    said += [f"{seed}: {problem.code}: {problem.message}" for problem in found.problems]
    return said


def check(seeds: range) -> None:
    wrong = [line for seed in seeds for line in differences(seed)]
    assert not wrong, "\n".join(wrong[:20])


def test_three_hundred_layouts_say_the_same() -> None:
    """However a page is marked up, every announcement and ad of it is found, whole and nothing else."""
    check(range(300))


@pytest.mark.scorecard
def test_ten_thousand_layouts_say_the_same(record_property: Callable[[str, object], None]) -> None:
    """As above, over ten thousand layouts that no one has looked at."""
    seeds = range(1000, 11_000)
    wrong = {seed: said for seed in seeds if (said := differences(seed))}
    figure = f"{len(seeds) - len(wrong)} of {len(seeds)} layouts the same"
    record_property("scorecard", f"21|the same words in any layout|{figure}|labels not cut from sentences: found")
    assert not wrong, "\n".join(line for said in list(wrong.values())[:5] for line in said)


def test_the_layouts_find_a_parser_that_cuts_no_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that leaves glued labels where they stand says something else in at least one of three hundred layouts."""
    monkeypatch.setattr(lines, "_cut_labels", lambda text: [text])
    monkeypatch.setattr(lines, "_by_parts", lambda text, *_: [text])
    assert any(differences(seed) for seed in range(300))


@pytest.mark.shared
def test_the_seed_page_says_the_same_in_a_hundred_layouts() -> None:
    """The words of the real page beside the project, in a hundred layouts: the same 4 moves and 2 ads from each."""
    if not SEED_PAGE.exists():
        pytest.skip(f"{SEED_PAGE} is not there")
    seed = parse_page(Page("article.txt", SEED_PAGE.read_bytes(), "text/plain", published=PUBLISHED))
    assert (len(seed.moves), len(seed.job_ads)) == (4, 2)
    told = Story(
        [
            (move.text.removesuffix(f" {move.label}"), move.label or "", move.person, move.company or "")
            for move in seed.moves
        ],
        [(ad.company, ad.title, ad.region or "") for ad in seed.job_ads],
    )
    for number in range(100):
        body, header = Layout(Random(number)).page(told)
        found = parse_page(Page("https://www.example.dk/art/1", body, charset=header, published=PUBLISHED))
        assert found.moves == seed.moves
        assert [(ad.company, ad.title, ad.region) for ad in found.job_ads] == told.ads
        assert (found.unparsed, found.problems) == ((), ())
