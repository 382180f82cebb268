"""What a page puts between the parts of an announcement: labels before it, links, field names, initials."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.parsers import parse_page
from scraper.parsers.furniture import is_furniture
from scraper.parsers.lines import Line, lines_of
from scraper.records import Block, Extraction, Page

BO = "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO."
BO_MORE = "Han kommer fra en stilling som chef hos Tværfag."
EVA = "Eva Holm, Kobberværket A/S, er pr. 1. juni 2026 udnævnt som direktør."
PIA = "Pia Sten, tester hos Skærgård ApS, har pr. 1. juni 2026 fuldført uddannelsen Master i it på Søkøbing Skole."
ALL = [("Bo Lind", "Granit Data A/S", "Nyt job"), ("Eva Holm", "Kobberværket A/S", "Udnævnelse"),
       ("Pia Sten", "Skærgård ApS", "Færdiggjort uddannelse")]  # fmt: skip


def read(markup: str) -> Extraction:
    page = f"<h1>Ny sky</h1><h3>Navnenyt fra it-Danmark</h3>{markup}<footer><p>Privatlivspolitik</footer>"
    return parse_page(Page("https://www.example.dk/art/1", page.encode(), published=date(2026, 3, 1)))


def told(markup: str) -> list[tuple[str, str | None, str | None]]:
    found = read(markup)
    assert (found.unparsed, found.problems) == ((), ())
    return [(move.person, move.company, move.label) for move in found.moves]


@pytest.mark.parametrize(
    "item",
    [
        "<p><span class=badge>{label}</span> {text}</p>",
        "<p><span>{label}</span><strong>{text}</strong></p>",
        "<li><a href=/kategori>{label}</a>: {text}</li>",
        "<p>{label}: {text}</p>",
        "<p>{label} – {text}</p>",
        "<p>{label} {text}</p>",
        "{label} {text} ",
    ],
)
@pytest.mark.parametrize("more", ["", f" {BO_MORE}"])
def test_a_label_before_an_announcement_is_its_own(item: str, more: str) -> None:
    """A label at the beginning of an announcement's block is its label and no part of the company or the person."""
    texts = (("Nyt job", BO + more), ("Udnævnelse", EVA), ("Færdiggjort uddannelse", PIA))
    assert told("".join(item.format(label=label, text=text) for label, text in texts)) == ALL


def test_a_sentence_below_an_announcement_with_its_label_before_belongs_to_it() -> None:
    """Where the label stands before, the sentences of the announcement may still stand in blocks of their own."""
    found = read(f"<p><b>Nyt job</b> {BO}</p><p>{BO_MORE}</p><p><b>Udnævnelse</b> {EVA}</p>")
    assert [(move.label, move.previous_company) for move in found.moves] == [
        ("Nyt job", "Tværfag"),
        ("Udnævnelse", None),
    ]


def test_a_company_called_like_a_label_keeps_its_name() -> None:
    """ "Pension Nord A/S" has hired: its first word is a label that says something else, so it is the name."""
    text = BO.replace("Granit Data", "Pension Nord")
    assert told(f"<p>{text}<p>Nyt job<p>{EVA} Udnævnelse") == [("Bo Lind", "Pension Nord A/S", "Nyt job"), ALL[1]]
    assert told(f"<p>{text} Nyt job<p>{EVA} Udnævnelse") == [("Bo Lind", "Pension Nord A/S", "Nyt job"), ALL[1]]


def test_a_label_glued_to_the_next_announcement_is_of_the_one_above_where_all_are_below() -> None:
    """A layout that runs a label into the next block does not move the labels by one."""
    assert told(f"<div>{BO}</div><div><i>Nyt job</i><b>{EVA}</b></div><div>Udnævnelse</div>") == ALL[:2]


def test_an_article_with_a_word_and_a_colon_is_no_announcement() -> None:
    """Outside of a people section a label and a colon make no announcement of a sentence, inside they do."""
    words = "Nyt job: Ulla Vang er ansat som udvikler hos Kobberværket A/S."
    found = parse_page(Page("https://www.example.dk/art/1", f"<h1>Ny sky</h1><p>{words}</p>".encode()))
    assert (found.moves, found.unparsed) == ((), ())
    assert told(f"<p>{words}</p>") == [("Ulla Vang", "Kobberværket A/S", "Nyt job")]


@pytest.mark.parametrize("link", ["Læs mere", "Læs hele", "Se mere", "Del", "LinkedIn", "Læs mere »", "Profil"])
@pytest.mark.parametrize(
    "markup",
    [
        "<div><p>{bo} <a href=/1>{link}</a></p><p>Nyt job</p></div><div><p>{eva} <a href=/2>{link}</a></p><p>Udnævnelse</p></div>",
        "<p>{bo}<p><a href=/1>{link}</a></p><p>Nyt job</p><p>{eva}</p><p>{link}</p><p>Udnævnelse",
        "<p>{bo} Nyt job <a href=/1>{link}</a></p><p>{eva} Udnævnelse <a href=/2>{link}</a>",
        "<p>{bo} Nyt job</p><p><a>Del</a> <a>{link}</a></p><p>{eva} Udnævnelse</p><p><a href=/n>Indsend navnenyt</a>",
    ],
)
def test_a_link_is_no_label(link: str, markup: str) -> None:
    """A link beside an announcement labels nothing, and the label behind it counts."""
    assert told(markup.format(bo=BO, eva=EVA, link=link)) == ALL[:2]


def test_an_announcement_with_a_link_and_no_label_has_none() -> None:
    """Where a page has no labels at all, the words of its links do not become labels."""
    assert told(f"<p>{BO} <a href=/1>Læs mere</a><p>{EVA} <a href=/2>Læs mere</a>") == [
        (person, company, None) for person, company, _ in ALL[:2]
    ]


def _fields(words: str, label: str, person: str, company: str, names: tuple[str, str, str, str]) -> str:
    values = zip(names, (words, label, person, company), strict=True)
    return "".join(f"<div>{name}</div><div>{value}</div>" for name, value in values)


@pytest.mark.parametrize(
    "names", [("Tekst", "Type", "Navn", "Virksomhed"), ("Tekst:", "Kategori:", "Person:", "Firma:")]
)
def test_the_field_names_of_a_form_are_no_labels(names: tuple[str, str, str, str]) -> None:
    """The small names that a form shows before each of its values change nothing of what the values say."""
    parts = zip((BO, EVA, PIA), ALL, strict=True)
    markup = "".join(_fields(text, label, person, company, names) for text, (person, company, label) in parts)
    assert told(markup) == ALL


@pytest.mark.parametrize("name", ["Slags", "Notits", "Ny besked", "Art"])
def test_no_announcement_vanishes_between_fields_of_any_name(name: str) -> None:
    """Whatever stands between the parts, each announcement of a section is a move or unread."""
    names = (name, "Rubrik", "Hvem", "Hvor")
    parts = zip((BO, EVA, PIA), ALL, strict=True)
    found = read("".join(_fields(text, label, person, company, names) for text, (person, company, label) in parts))
    kept = " ".join([*(move.text for move in found.moves), *(item.text for item in found.unparsed)])
    assert all(text in kept for text in (BO, EVA, PIA))


def test_initials_beside_a_name_are_a_portrait() -> None:
    """The initials that stand for a missing photo contradict nothing."""
    assert (
        told(f"<p>{BO}<p>Nyt job<div>BL</div><div>Bo Lind</div><div>Granit Data A/S</div><p>{EVA}<p>Udnævnelse")
        == ALL[:2]
    )


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("BL", "Bo Lind"), True), (("Bo Lind", "BL"), True), (("KS", "Karen von Skov"), True), (("CGI", "Bo Lind"), False),
        (("BL",), False), (("BL", "Lind"), False), (("Type", ""), True), (("Typen er ny", ""), False), (("Del LinkedIn", ""), True),
        (("Læs mere om Bo", ""), False),
    ],
)  # fmt: skip
def test_what_is_furniture(texts: tuple[str, ...], wanted: bool) -> None:
    """Links, field names and the initials of the name beside them are furniture, other words are not."""
    lines = [Line(text) for text in texts]
    at = 1 if texts[-1] == "BL" and len(texts) > 1 else 0
    assert is_furniture(lines, at) is wanted


def test_a_heading_is_never_furniture() -> None:
    """ "Kontakt" as a heading begins another part of the page."""
    assert not is_furniture([Line("Kontakt", heading=True)], 0)


def test_lines_know_the_label_before_them() -> None:
    """A line has the label that its block begins with, and is rid of it."""
    lines = lines_of([Block(f"Nyt job {BO}"), Block(f"Pension {BO}"), Block(f"Nyt job: {BO} Udnævnelse")])
    assert [(line.text, line.label) for line in lines[:2]] == [(BO, "Nyt job"), (f"Pension {BO}", None)]


@pytest.mark.parametrize(
    "body",
    [
        "Ifølge Henrik Måge, professor ved Egnens Universitet, er problemet langt større end som så.",
        "Selskabet har ansat 200 medarbejdere det seneste år og forventer at vokse yderligere.",
        "”Vi har ansat mange, og det er en god idé,” siger Lone Vibæk, der er chefkonsulent i Dansk Digitalforum.",
        "Han blev i 1998 ansat som programmør og har siden arbejdet med store systemer.",
    ],
)
def test_the_body_after_a_section_ends_it_quietly(body: str) -> None:
    """A paragraph of the article below the section is neither a move nor unread, and nothing after it is one."""
    after = "<p>Ulla Vang er ansat som udvikler hos Kobberværket A/S.</p>"
    assert told(f"<div>{BO} Nyt job</div><p>{body}</p>{after}") == ALL[:1]
    assert told(f"<div>{BO} Nyt job</div><div>Bo Lind</div><div>Granit Data A/S</div><p>{body}</p>") == ALL[:1]
