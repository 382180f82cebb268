"""Job ads in every order and surrounding a page may give them."""

from __future__ import annotations

import pytest

from scraper.parsers import parse_page
from scraper.records import Page

ADS = (
    ("Granit Data A/S", "Netværkstekniker", "Storkøbenhavn"),
    ("Skiferlys ApS", "Er du vores nye teamleder?", "Region Midtjylland"),
    ("Kobberby Kommune", "Systemudvikler", "Bornholm"),
)


def ads(markup: str) -> list[tuple[str, str, str | None]]:
    page = parse_page(Page("https://www.example.dk/art/1", markup.encode()))
    return [(ad.company, ad.title, ad.region) for ad in page.job_ads]


@pytest.mark.parametrize(
    "layout",
    [
        "<div><h3><a href=/j>{title}</a></h3><p>{company}</p><p>{region}</p></div>",
        "<p>{title}<p>{company}<p>{region}",
        "<h3>{title}</h3><p>Virksomhed: {company}</p><p>Område: {region}</p>",
        "<p>Stilling: {title}<p>Virksomhed: {company}<p>Sted: {region}",
        "<dl><dt>Virksomhed</dt><dd>{company}</dd><dt>Stilling</dt><dd>{title}</dd><dt>Område</dt><dd>{region}</dd></dl>",
        "<p><a href=/j>{title}</a><br>{company}, {region}",
        "<p>{company}<p>{title}<p>Sted: {region}",
        "<p>{company} / {title} / {region}",
        "<p>1.<p>{company}<p>{title}<p>{region}",
        "<p>Annonce<p>{company}<p>{title}<p>{region}",
    ],
)
def test_an_ad_is_read_in_the_order_its_page_has(layout: str) -> None:
    """The title above the company, each part behind its name, a badge above each ad: the same ads."""
    markup = "".join(layout.format(company=c, title=t, region=r) for c, t, r in ADS)
    assert ads(f"<p>Et afsnit af en artikel, som handler om noget helt andet.{markup}") == list(ADS)


def test_a_title_may_hold_a_bar() -> None:
    """A title with its field behind a bar is no topic and place of an event."""
    assert ads("<p>Granit Data A/S<p>Test Manager | Automation<p>Fyn") == [
        ("Granit Data A/S", "Test Manager | Automation", "Fyn")
    ]
    assert ads("<p>Sikker drift<p>Test Managers | Aarhus<p>Fyn") == []


def test_a_company_may_end_in_a_number() -> None:
    """A firm with a number in its name is no address; a street with one is."""
    ad = ("Grusgrav 9", "Netværkstekniker", "Storkøbenhavn")
    assert ads(f"<p>{'<p>'.join(ad)}") == [ad]
    assert ads("<p>Grusgravsvej 9<p>Netværkstekniker<p>Storkøbenhavn") == []


def test_a_menu_between_slashes_is_no_ad() -> None:
    """Subjects between slashes that end in a region name no job."""
    assert ads("<p>Kultur / Musik / Nordjylland<p>Sport / Håndbold / Fyn") == []


def test_a_company_may_end_in_a_full_stop() -> None:
    """The legal form a.m.b.a. ends in a full stop and no sentence."""
    ad = ("Grenforsyning a.m.b.a.", "Netværkstekniker", "Storkøbenhavn")
    assert ads(f"<p>{'<p>'.join(ad)}") == [ad]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h3>Få nyhedsbrevet</h3><button>Tilmeld</button>", ""),
        ("<h3>Redaktionen</h3><p>Lone Grif<p>Ansvarshavende chefredaktør<p>Tor Krat, journalist", ""),
        ("", "<table><tr><td>3. marts 2026 | Gratis deltagelse<td>Digital Dag<td>Ledelse | Online</table>"),
        ("", "<p>Flere job »<p>3. marts 2026 | Gratis deltagelse<p>Event: Digital Dag<p>Ledelse | Online"),
        ("", "<b>Nyt job</b><p>10. januar 2026"),
        ("<b>Brancheguiden</b><p>Nordspor Hosting A/S<p>Hosting og drift<p>Aarhus", ""),
    ],
)
def test_what_stands_beside_the_ads_changes_none_of_them(before: str, after: str) -> None:
    """A form, the staff, an event that begins with its day, a list of firms: neither ads nor the end of them."""
    markup = "".join(f"<div><p>{company}<p>{title}<p>{region}</div>" for company, title, region in ADS)
    assert ads(f"{before}{markup}{after}") == list(ADS)


def test_the_logo_above_a_title_is_its_company_whoever_stands_above() -> None:
    """What precedes the logo belongs to the page."""
    logo = "<div><img src=a.png alt='Granit Data A/S'><h3>Systemudvikler</h3><p>Storkøbenhavn</p></div>"
    assert ads(f"<p>Guide: Sådan skifter du kodeord</p>{logo}") == [
        ("Granit Data A/S", "Systemudvikler", "Storkøbenhavn")
    ]
