"""Pages that were damaged on their way: cut anywhere, a node dropped, doubled or moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers import document, drafts, moves, parse_page, readings, sections
from scraper.parsers.document import read_document
from scraper.records import Extraction, Page
from tests.layouts import Layout, story

PUBLISHED = date(2026, 3, 1)
MUTATIONS = 1_000
MOST_WRONG = 0.01
KINDS = ("cut", "cut", "drop", "double", "move")


def read(markup: str) -> Extraction:
    """What a page of this mark-up says."""
    return parse_page(Page("https://www.example.dk/art/1/x", markup.encode(), charset="utf-8", published=PUBLISHED))


def damaged(markup: str, kind: str, random: Random) -> str:
    """The page with one thing done to it, at a place drawn from `random`."""
    if kind == "cut":
        return markup[: random.randrange(len(markup) // 8, len(markup))]
    tree = lxml.html.document_fromstring(markup)
    unseen = "ancestor::template or ancestor::noscript or ancestor::*[@hidden or @aria-hidden or @style]"
    nodes = [node for node in tree.body.xpath(f".//*[not({unseen})]") if node.tag != "script"]
    node = random.choice(nodes)
    parent = node.getparent()
    assert parent is not None
    if kind == "double":
        parent.insert(parent.index(node), lxml.html.fromstring(lxml.html.tostring(node)))
    else:
        tail, before = node.tail, node.getprevious()
        node.tail = None
        parent.remove(node)
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        if kind == "move":
            random.choice([tree.body, *tree.body.iterchildren("*")]).append(node)
    return str(lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def page_of(seed: int) -> str:
    """A page of the generator as text."""
    random = Random(seed)
    told, layout = story(random), Layout(random)
    layout.codec, layout.header, layout.meta = "utf-8", "utf-8", "utf-8"
    body, _ = layout.page(told)
    return body.decode("utf-8")


def wrongs(seed: int) -> list[str]:
    """What a damaged page says that the whole page does not, or leaves out though it shows it, and does not report."""
    markup = page_of(seed)
    random = Random(seed * 7 + 1)
    kind = random.choice(KINDS)
    hurt = damaged(markup, kind, random)
    whole, found = read(markup), read(hurt)
    flags = len(found.unparsed) + len(found.problems)
    if flags > len(whole.unparsed) + len(whole.problems):
        return []
    shown = " ".join(block.text for block in read_document(hurt).blocks)
    said = [f"{seed} {kind}: wrong {move.text} {move}" for move in found.moves if move not in whole.moves]
    said += [
        f"{seed} {kind}: lost {move.text}" for move in whole.moves if move not in found.moves and move.text in shown
    ]
    ads = {(ad.company, ad.title, ad.region) for ad in whole.job_ads}
    said += [
        f"{seed} {kind}: no such ad {ad.company} / {ad.title} / {ad.region}"
        for ad in found.job_ads
        if (ad.company, ad.title, ad.region) not in ads
    ]
    return said


@pytest.mark.scorecard
def test_a_damaged_page_is_read_right_or_reported(record_property: Callable[[str, object], None]) -> None:
    """Of 1,000 pages cut anywhere or with a node dropped, doubled or moved, at most 1 % say something wrong silently."""
    said = [wrong for wrong in map(wrongs, range(20_000, 20_000 + MUTATIONS)) if wrong]
    figure = f"{len(said)} of {MUTATIONS} pages silently wrong"
    record_property("scorecard", f"22|cut, dropped, doubled, moved|{figure}|see next line")
    assert len(said) <= MUTATIONS * MOST_WRONG, "\n".join(line for wrong in said for line in wrong)


@pytest.mark.scorecard
def test_damage_goes_unseen_without_the_checks(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With cut pages not noticed and no sentence looked at for its end, more than 1 % are silently wrong."""
    monkeypatch.setattr(document, "_is_cut_off", lambda _: False)
    monkeypatch.setattr(sections, "is_closed", lambda _: True)
    monkeypatch.setattr(drafts, "is_closed", lambda _: True)
    monkeypatch.setattr(drafts, "has_hole", lambda _: False)
    monkeypatch.setattr(moves, "_cut_off", lambda *_, **__: False)
    readings.reading_of.cache_clear()
    said = [wrong for wrong in map(wrongs, range(20_000, 20_200)) if wrong]
    readings.reading_of.cache_clear()
    record_property("scorecard", f"22|the same, pages judged as whole|at most {MOST_WRONG:.0%}|{len(said)} of 200")
    assert len(said) > 200 * MOST_WRONG


@given(st.integers(0, 300), st.floats(0.05, 0.999))
@settings(max_examples=25, deadline=None)
def test_a_page_cut_anywhere_gives_no_record_that_it_hides(seed: int, share: float) -> None:
    """Wherever a page breaks off, its moves are those of the whole page, or the page is reported as cut off."""
    markup = page_of(seed)
    whole, found = read(markup), read(markup[: int(len(markup) * share)])
    wrong = [move for move in found.moves if move not in whole.moves]
    assert not wrong or found.problems or len(found.unparsed) > len(whole.unparsed)


@given(st.integers(0, 300), st.sampled_from(KINDS), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_a_damaged_page_never_gives_a_record_without_its_words(seed: int, kind: str, random: Random) -> None:
    """Whatever happened to a page, each record it gives says only what its own text says."""
    found = read(damaged(page_of(seed), kind, random))
    for move in found.moves:
        assert move.person
        assert move.person in move.text
        assert (move.company or "") in move.text
    for ad in found.job_ads:
        assert ad.company
        assert ad.title
        assert ad.company != ad.title
