"""Lists of job ads are read by their make, whoever hires and for what; lists of other things are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest

from scraper.parsers import parse_page
from scraper.records import JobAd, Page
from tests.ad_layouts import ADS, LURES, Ad, Draw, list_of, page_of_ads

ONE: Ad = ("Mergelgård Data A/S", "Cloud Engineer", "Midtjylland")
TWO: Ad = ("Sivsko", "Gør havnen digital", "Fyn")


def found(markup: str) -> list[JobAd]:
    """The ads of a page of this mark-up."""
    text = f"<!DOCTYPE html><body><h1>Fyret bliver stående</h1><p>Der er ingen plan for fyret.</p>{markup}</body>"
    extraction = parse_page(Page("https://x.dk/art/1", text.encode(), charset="utf-8"))
    assert not extraction.problems
    return list(extraction.job_ads)


def ads(markup: str) -> list[tuple[str, str, str | None]]:
    """The same as company, title and region."""
    return [(ad.company, ad.title, ad.region) for ad in found(markup)]


@pytest.mark.parametrize("kind", ADS, ids=lambda kind: str(kind.__name__))
def test_a_list_is_read_however_it_is_marked_up(kind: Callable[[Draw, Sequence[Ad]], str]) -> None:
    """Twelve pages of each kind of list, with lists of other things around it: these ads, and nothing else."""
    for number in range(12):
        markup, told = page_of_ads(Random(f"{kind.__name__}-{number}"), kind)
        extraction = parse_page(Page("https://x.dk/art/1", markup.encode(), charset="utf-8"))
        assert {(ad.company, ad.title, ad.region) for ad in extraction.job_ads} == set(told), number


@pytest.mark.parametrize(("heading", "rows"), LURES, ids=[heading for heading, _ in LURES])
def test_lists_of_other_things_are_no_ads(heading: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """Events, courses, firms, the staff, articles and rooms to let have the make of ads and are none, in any shape."""
    for number in range(8):
        assert ads(list_of(heading, rows, Draw(Random(number)))) == []


def test_an_ad_says_where_its_parts_stand() -> None:
    """Evidence, rule and link of an ad that a list holds."""
    item = "<li><b>{}</b><br><a href=/job/{}>{}</a><br>{}</li>"
    ad, _ = found("<ul>" + item.format(ONE[0], 1, *ONE[1:]) + item.format(TWO[0], 2, *TWO[1:]) + "</ul>")
    assert {name: ad.text[slice(*span)] for name, span in ad.evidence.items()} == {
        "company": ONE[0],
        "title": ONE[1],
        "region": ONE[2],
    }
    assert (ad.rule, ad.url) == ("list", "https://x.dk/job/1")


def test_all_items_together_tell_which_slot_is_which() -> None:
    """A company like an address, a title like a firm and a region of no table are read from their neighbours."""
    odd = ("Kogle 2021 ApS", "Havnens hus", "Enghaveøerne")
    item = "<div><p>{}</p><h4>{}</h4><p>{}</p></div>"
    told = [ONE, odd, ("STÆR.", "Netværkstekniker", "Aarhus")]
    assert ads("<h3>Job</h3>" + "".join(item.format(*ad) for ad in told)) == told


def test_the_last_element_of_a_list_may_never_close() -> None:
    """What an unclosed item takes up behind its ad is no part of it."""
    item = "<li><div>{}</div><div>{}</div><div>{}</div>"
    events = "<ul><li>Event: Lyset tændes<li>Fyrforum<li>København<li>4. maj 2026 | Gratis deltagelse</ul>"
    assert ads("<ul>" + item.format(*ONE) + item.format(*TWO) + events) == [ONE, TWO]


def test_names_of_columns_stand_for_a_single_ad_too() -> None:
    """The head of a table names the parts of the one row below it."""
    head = "<tr><th>Stilling</th><th>Arbejdsgiver</th><th>Sted</th></tr>"
    row = "<tr><td>Havnens hus</td><td>Sivsko</td><td>Aarhus</td></tr>"
    assert ads(f"<table>{head}{row}</table>") == [("Sivsko", "Havnens hus", "Aarhus")]


def test_a_heading_is_that_of_a_list_only_in_its_own_box() -> None:
    """The heading of a section that a script fills stands above ads that are none of its business."""
    item = "<div><p>{}</p><p>{}</p><p>{}</p></div>"
    both = item.format(*ONE) + item.format(*TWO)
    assert ads(f"<aside><h4>Læses lige nu</h4><div>{both}</div></aside>") == [ONE, TWO]
    assert ads(f"<aside><section><h4>Kommende events</h4><div>{both}</div></section></aside>") == []


def test_who_is_hired_and_who_hires_may_be_the_same_house() -> None:
    """An employer whose name an announcement claims for its card keeps its ad."""
    move = f"<h3>Navnenyt</h3><p>{ONE[0]} har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job</p>"
    item = "<li><b>{}</b><div>{}</div><div>{}</div></li>"
    assert ads(move + "<ul>" + item.format(*ONE) + item.format(*TWO) + "</ul>") == [ONE, TWO]


@pytest.mark.parametrize("deep", [150, 4000])
def test_a_page_that_is_nested_without_end_is_read_in_bounded_space(deep: int) -> None:
    """Elements that stand too deep for a list have no path, and cost none."""
    assert ads("<div>x" * deep + f"<p>{ONE[0]}</p><p>{ONE[1]}</p><p>{ONE[2]}</p>") in ([ONE], [])


@pytest.mark.parametrize("item", ["<p>Midtjylland</p>", "<div><p>x</p><p>Aarhus</p></div>", "<div><p>Aarhus</p>"])
def test_thousands_of_regions_are_no_ads(item: str) -> None:
    """Only so many regions, and so much around each, are looked at."""
    assert ads(item * 3000) == []


@pytest.mark.parametrize("button", ["Se jobbet", "Søg stillingen", "Ansøgningsfrist: 2. februar 2026"])
def test_a_style_sheet_may_set_the_region_and_a_button_below_each_other(button: str) -> None:
    """Inline elements with nothing but a blank between them: the region, and what only surrounds an ad."""
    item = "<div><span>{}</span><h3>{}</h3> <span>{}</span> <a href=#>{}</a></div>"
    assert ads(f"<div>{item.format(*ONE, button)}{item.format(*TWO, button)}</div>") == [ONE, TWO]


def test_a_title_and_its_region_may_stand_in_one_block_beside_a_logo() -> None:
    """The employer is a logo; the title and the region are inline elements that a style sheet sets apart."""
    item = "<article><figure><img src=l.png alt='{}'></figure><div><strong>{}</strong> <em>{}</em></div></article>"
    assert ads(f"<div>{item.format(*ONE)}{item.format(*TWO)}</div>") == [ONE, TWO]


def test_a_day_of_beginning_and_a_trade_of_the_press_are_no_lures_where_a_firm_hires() -> None:
    """An event has a day too, and a journalist signs below a name: here a firm asks for them."""
    item = "<li><b>{}</b><p>{}</p><p>{}</p></li>"
    pupil = ("Brodal Revision", "It-elev med start 1. august", "Nordsjælland")
    writer = ("Sivsko Medier", "Journalist med næse for tal", "Fyn")
    assert ads(f"<ul>{item.format(*ONE)}{item.format(*pupil)}{item.format(*writer)}</ul>") == [ONE, pupil, writer]


def test_what_has_the_shape_of_a_region_is_hardly_an_employer() -> None:
    """A title that ends in a town leaves the region below it a region, where elements of a list are never closed."""
    rows = "<dt>Sivsko<dd>Elev<dd>Midtjylland<dt>Åmose & Søn<dd>Udvikler, .NET – Aalborg<dd>Mosefjordsegnen"
    assert ("Åmose & Søn", "Udvikler, .NET – Aalborg", "Mosefjordsegnen") in ads(
        f"<dl>{rows}<dt>Pil<dd>It-chef<dd>Fyn</dl>"
    )


def test_a_title_says_what_it_asks_for() -> None:
    """Nobody employs who is called "med kendskab til": that text is the title, whichever stands first."""
    for region, other in (("Bornholm", "Fyn"), ("Skåne", "Midtjylland")):
        rows = [("Gartner med kendskab til Fortran", "Skolen Øst for Åen", place) for place in (region, other)]
        table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
        assert ads(f"<table>{table}</table>") == [(company, title, place) for title, company, place in rows]
