"""Which lines of a page are job ads, and which only look like some."""

from __future__ import annotations

import pytest

from scraper.parsers import parse_page
from scraper.parsers.jobs import ad_from_feed_title, find_job_ads, is_region
from scraper.parsers.lines import Line
from scraper.records import Page

ONE = ["Granit Data A/S", "Engineering Manager", "Uspecificeret arbejdssted"]
TWO = ["Tværfag", "BI-koordinator / IT & administrativ support", "Københavnsområdet"]
END = ["Annonceindlæg fra DE-ØST", "Enhver strategi begynder her", "Skyen er en topprioritet for virksomheder."]


def ads(*texts: str) -> list[tuple[str, str, str | None]]:
    found = find_job_ads([Line(text) for text in texts])
    assert all(ad.text[slice(*ad.evidence["region"])] == ad.region for ad in found)
    return [(ad.company, ad.title, ad.region) for ad in found]


def test_triples_without_a_heading_are_ads() -> None:
    """Company, title and region on three lines are an ad, whatever stands around."""
    assert ads("Skyen er fuld", *ONE, *TWO, *END) == [tuple(ONE), tuple(TWO)]
    assert ads(*TWO) == [tuple(TWO)]


@pytest.mark.parametrize(
    "title",
    ["Vores it-division søger en erfaren arkitekt.", "Vil du lede et team på Fyn?", "Softwareudvikler, .NET – Aalborg", "Data Engineer til Granit Data A/S",
     "C++", "Elev", "Chef for drift, support, indkøb og alt det andet i koncernens nye hus"],
)  # fmt: skip
def test_titles_may_be_anything_an_employer_writes(title: str) -> None:
    """Sentences, questions, commas, dashes, the employer's name: a title is what stands in its place."""
    assert ads(*ONE, "fjordIT", title, "Midtjylland", *END) == [tuple(ONE), ("fjordIT", title, "Midtjylland")]


@pytest.mark.parametrize(
    "region",
    ["Limfjordsegnen", "Aalborgområdet", "Aarhus", "8000 Aarhus C", "Region Sjælland, Fyn", "Sverige", "Roskilde"],
)
def test_a_region_beside_known_ads_need_not_be_known(region: str) -> None:
    """A triple beside a known one is an ad when its last line looks like a region."""
    assert ads(*ONE, "fjordIT", "Softwareudvikler", region, *END)[1:] == [("fjordIT", "Softwareudvikler", region)]
    assert ads("Læses lige nu", "fjordIT", "Softwareudvikler", region, *ONE)[0] == (
        "fjordIT",
        "Softwareudvikler",
        region,
    )


def test_any_word_is_a_region_between_two_ads() -> None:
    """Between known ads, and by its links, even a word that looks like no region is one."""
    assert len(ads(*ONE, "fjordIT", "Alt muligt", "Vadehavskysten syd", *TWO)) == 3
    linked = [
        Line(text, link=f"https://x.dk/{number // 3}")
        for number, text in enumerate([*ONE, "fjordIT", "Alt muligt", "Bagbyen"])
    ]
    assert len(find_job_ads(linked)) == 2


@pytest.mark.parametrize(
    "lure",
    [
        ["Event: Digital forvaltning", "Offentlig it", "Københavnsområdet", "Hør hvordan.", "16. september 2026 | Gratis deltagelse"],
        ["Computerworld Events", "Cyber Briefing", "Midtjylland"],
        ["Computerworld Events", "Cyber Briefing", "Sikkerhed", "Midtjylland", "3. november 2026"],
        ["Computerworld Events", "Cyber Briefing", "Cybersikkerhed | Midtjylland"],
        ["Annonceindlæg tema", "Sådan flytter du", "Midtjylland"],
        ["Med venlig hilsen", "Gert Påfund", "Redaktør", "Region Sjælland"],
        ["Gert Hansen", "Journalist", "Region Sjælland"],
        ["Læs også:", "Skyen er fuld", "Region Midtjylland"],
        ["Nordjylland", "Midtjylland", "Sydjylland"],
        ["Apple", "Politik", "Grønland"],
        ["Skærgård A/S", "Havnegade 18, 2730 Herlev", "Region Hovedstaden"],
        ["Bo Lind", "CTO", "Midtjylland"],
        ["Granit Data A/S", "Nyt job", "Midtjylland"],
        ["Vi flytter nu.", "Udvikler", "Midtjylland"],
        ["", "Udvikler", "Midtjylland"],
        ["Midtjylland"],
    ],
)  # fmt: skip
def test_what_only_looks_like_an_ad_is_none(lure: list[str]) -> None:
    """Event cards, advertorials, signatures, lists of articles, topics or regions, addresses and name cards are no ads."""
    assert find_job_ads([Line(text) for text in lure], people={"Bo Lind"}) == []
    if lure[-1] != "Grønland":  # beside a known ad it is a region like any other
        assert [ad.title for ad in find_job_ads([Line(text) for text in [*TWO, *lure]], people={"Bo Lind"})] == [TWO[1]]


def test_an_employer_may_be_called_as_a_region() -> None:
    """The employer Region Sjælland hires in Region Sjælland."""
    region = ("Region Sjælland", "Projektleder", "Region Sjælland")
    assert ads("Skyen er fuld", "En overskrift", *region, *TWO) == [region, tuple(TWO)]


def test_an_ad_on_one_line_is_taken_apart() -> None:
    """Inline elements side by side, bars, dashes, or a pair above its region are ads too."""
    parts = tuple(TWO)
    assert [ad.title for ad in find_job_ads([Line(" ".join(parts), parts=parts)])] == [TWO[1]]
    assert ads(" | ".join(ONE), "fjordIT | Udvikler – Fyn | Limfjordsegnen", " | ".join(TWO))[1] == (
        "fjordIT",
        "Udvikler – Fyn",
        "Limfjordsegnen",
    )
    assert ads(" – ".join(ONE)) == [tuple(ONE)]
    pair = [Line("Læses lige nu"), Line("fjordIT Udvikler", parts=("fjordIT", "Udvikler")), Line("Midtjylland")]
    assert [ad.company for ad in find_job_ads(pair)] == ["fjordIT"]


def test_an_ad_is_given_once_with_its_link() -> None:
    """A carousel's clone is no second ad; one ad in two regions is two."""
    first, clone = [Line(text) for text in TWO], [Line(text, link="https://x.dk/1") for text in TWO]
    found = find_job_ads([*first, *clone, Line(TWO[0]), Line(TWO[1]), Line("Midtjylland")])
    assert [(ad.region, ad.url) for ad in found] == [("Københavnsområdet", "https://x.dk/1"), ("Midtjylland", None)]


def test_lines_that_were_read_already_belong_to_no_ad() -> None:
    """What a people section said is not read again as an ad."""
    assert find_job_ads([Line(text) for text in TWO], taken={0}) == []


def test_a_feed_title_is_split_at_its_last_comma() -> None:
    """A board's feed says "Role, Company"; the role may have commas itself."""
    ad = ad_from_feed_title("Konsulent, it og drift, Holm & Vang A/S", "https://x.dk/1")
    assert ad is not None
    assert (ad.title, ad.company, ad.url, ad.rule) == (
        "Konsulent, it og drift",
        "Holm & Vang A/S",
        "https://x.dk/1",
        "feed_title",
    )
    assert {name: ad.text[slice(*span)] for name, span in ad.evidence.items()} == {
        "title": ad.title,
        "company": ad.company,
    }
    assert ad_from_feed_title("Konsulent") is None
    assert ad_from_feed_title("Konsulent, ") is None


def test_regions_are_known_alone_and_together() -> None:
    """A region of the table, several of them, and loosely a town are regions; a sentence is none."""
    assert is_region("københavnsområdet")
    assert is_region("Midtjylland / Sydjylland")
    assert not is_region("Aarhus")
    assert is_region("Aarhus", loose=True)
    assert not is_region("Granit Data A/S", loose=True)
    assert not is_region("", loose=True)


def test_the_facts_of_a_job_are_no_title() -> None:
    """The table of a job's own page, "Område" before its region, is no ad; neither is half of the label cut off."""
    assert ads("Granit Data A/S", "Område", "Region Midtjylland", "Arbejdssted:", "Midtjylland") == []
    assert ads(*ONE, "Tværfag", "Student Worker", "Region") == [tuple(ONE)]


def test_an_element_that_stands_twice_is_read_once() -> None:
    """A line or a text that the page has twice in a row belongs to one ad."""
    company, title, region = ONE
    assert ads(company, title, title, region) == [tuple(ONE)]
    assert ads(company, f"{title} {title}", region) == [tuple(ONE)]


def test_a_line_that_signs_whole_does_not_hide_the_ads_below_it() -> None:
    """A commentator or photographer named in one line is done; "Skrevet af" goes on in the lines below."""
    assert ads("Kommentar af Bo Lind, salgschef, Tværfag A/S", *ONE) == [tuple(ONE)]
    assert ads("(Foto: Bo Lind)", *ONE) == [tuple(ONE)]
    assert ads("Skrevet af", "Bo Lind", "Udvikler", "Midtjylland") == []
    assert ads("Gert Påfund", "Redaktør", "Region Sjælland") == []
    assert ads("Aarhus", "Data Engineer", "Sydjylland") == []


AREA_ADS = [("granitIT", "Data Engineer", "Bornholm"), ("Tværfag", "Vil du forme fremtidens havne?", "Udlandet"), ("Vang & Holt A/S", "Elev", "Skåne")]  # fmt: skip


@pytest.mark.parametrize(
    "between",
    ["Se job", "Ansøg", "Ansøg nu »", "Gem job", "Læs mere", "Ny", "Indrykket 3. januar 2026", "for 2 dage siden", "📍", "3. januar 2026"],
)  # fmt: skip
def test_what_stands_between_ads_is_not_counted(between: str) -> None:
    """Buttons, badges and days between the triples neither end a run of ads nor become a part of one."""
    told = [text for ad in (*AREA_ADS, AREA_ADS[0]) for text in (*ad, between)]
    if between == "3. januar 2026":  # only below the title of a job: events have days too
        told = [text for ad in (AREA_ADS[0], ("Tværfag", "Java-udvikler", "Udlandet")) for text in (*ad, between)]
        assert len(ads("Skyen er fuld.", *told)) == 2
    else:
        assert ads("Skyen er fuld.", *told) == AREA_ADS
        assert ads("Skyen er fuld.", between, *told) == AREA_ADS


@pytest.mark.parametrize(
    "area", ["Bornholm", "Fyn", "Skåne", "Grønland", "Færøerne", "Udlandet", "Region Nordjylland", "📍 Fyn", "★ Midtjylland"]
)  # fmt: skip
def test_every_area_of_a_board_is_a_region(area: str) -> None:
    """An area that boards sort by makes an ad alone below the title of a job or a legal form, pinned or not."""
    bare = area.strip("📍★ ")
    assert ads("Skyen er fuld.", "fjordIT", "Data Engineer", area) == [("fjordIT", "Data Engineer", bare)]
    assert ads("fjordIT A/S", "Vil du forme fremtidens havne?", area) == [
        ("fjordIT A/S", "Vil du forme fremtidens havne?", bare)
    ]
    assert is_region(area)
    assert ads(area, "Vil du forme fremtidens havne?", "Nordsjælland") == (
        [(area, "Vil du forme fremtidens havne?", "Nordsjælland")] if area.startswith("Region") else []
    )


@pytest.mark.parametrize(
    "lure",
    [
        ["Apple", "Ny lov på vej", "Grønland"], ["Google", "Politik", "Fyn", "Apple", "Politik", "Grønland"], ["Bo Lind", "CTO", "Bornholm"],
        ["Ulla Opdigt", "Salgsdirektør", "Fyn"], ["Computerworld Events", "Chefens dag", "Fyn", "3. november 2026"],
        ["Apple", "Direktør", "Danmark"],
    ],
)  # fmt: skip
def test_topics_and_cards_above_an_area_are_no_ads(lure: list[str]) -> None:
    """Topics of articles, name cards and events are no ads, whatever place they end in."""
    assert find_job_ads([Line(text) for text in lure], people={"Bo Lind"}) == []


def page_ads(markup: str) -> list[tuple[str, str, str | None]]:
    page = Page("https://x.dk/art/1", f"<body><p>Skyen er fuld.</p>{markup}</body>".encode(), charset="utf-8")
    extraction = parse_page(page)
    assert not extraction.problems
    return [(ad.company, ad.title, ad.region) for ad in extraction.job_ads]


def test_a_logo_names_the_company_that_no_text_names() -> None:
    """The text that stands for a logo is the company of an ad that has none; where it has one, the logo adds nothing."""
    logo = '<a href="/j/{0}"><img src="/l.png" alt="{0}"><h4>{1}</h4><p>{2}</p></a>'
    named = "".join(logo.format(*ad) for ad in AREA_ADS)
    assert page_ads(named) == AREA_ADS
    assert page_ads(named.replace("<h4>", "<b>fjordIT</b><h4>"))[0] == ("fjordIT", "Data Engineer", "Bornholm")
    assert page_ads(logo.format("Tværfag logo", "Data Engineer", "Midtjylland")) == [
        ("Tværfag", "Data Engineer", "Midtjylland")
    ]


@pytest.mark.parametrize(
    "words", [("Ulla Opdigt", "CTO", "Midtjylland"), ("Fuld sal", "Cyber Briefing", "Midtjylland")]
)
def test_other_images_are_no_logos(words: tuple[str, str, str]) -> None:
    """A portrait above a title, or a picture above a topic, makes no ad."""
    assert page_ads('<div><img src="/p.jpg" alt="{}"><p>{}</p><p>{}</p></div>'.format(*words)) == []


def test_an_employer_that_hires_advertises_too() -> None:
    """An ad right below the announcement of its employer is an ad, not a name card of the one who was hired."""
    move = "<h3>Navnenyt</h3><p>Tværfag har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job</p>"
    for area in ("Bornholm", "Region Nordjylland", "Midtjylland"):
        ad = f"<div>Tværfag</div><div>Data Engineer</div><div>{area}</div>"
        assert page_ads(move + ad) == [("Tværfag", "Data Engineer", area)]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='/1'><span>Tværfag</span><span>Data Engineer</span><span>Fyn</span></a><a href='/2'><span>eHavn</span><span>Elev</span><span>Midtjylland</span></a>",
        "<x-ad><x-org>Tværfag</x-org><x-title>Data Engineer</x-title><x-place>Fyn</x-place></x-ad><x-ad><x-org>eHavn</x-org><x-title>Elev</x-title><x-place>Midtjylland</x-place></x-ad>",
    ],
)  # fmt: skip
def test_ads_side_by_side_are_not_glued(markup: str) -> None:
    """Two links, or two elements that the page names itself, are two ads even where the second begins in lower case."""
    assert page_ads(f"<div>{markup}</div>") == [("Tværfag", "Data Engineer", "Fyn"), ("eHavn", "Elev", "Midtjylland")]


def test_a_teaser_of_an_announcement_below_the_last_ad_is_no_event() -> None:
    """The day in a teaser that breaks off is that of a start, so the three lines above it are an ad all the same."""
    teaser = "Kobberværket A/S har pr. 1. maj 2026 ansat Åse Grøn som smelt…"
    assert ads(*ONE, *TWO, teaser, *END) == [tuple(ONE), tuple(TWO)]
