"""Which lines of a page are announcements, and which are not."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.parsers import drafts, parse_page
from scraper.parsers.moves import Reading
from scraper.records import Extraction, Page

BO = "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO."
EVA = "Eva Holm, IT Konsulent hos Tværfag, er pr. 1. juni 2026 forfremmet til chef."
EDITED = "Ulla Vang er ansat som udvikler hos Kobberværket A/S."


def read(markup: str, *, headings: tuple[str, ...] = ()) -> Extraction:
    return parse_page(
        Page("https://www.example.dk/art/1", markup.encode(), published=date(2026, 3, 1)), headings=headings
    )


def people(markup: str) -> list[tuple[str, str | None]]:
    found = read(markup)
    assert found.problems == ()
    assert found.unparsed == ()
    return [(move.person, move.label) for move in found.moves]


BOTH = [("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{BO} Nyt job</p><p>{EVA} Forfremmelse</p>",
        f"<p>{BO} Nyt job {EVA} Forfremmelse</p>",
        f"<p>{BO} Nyt job{EVA} Forfremmelse</p>",
        f"<p>{BO}Nyt job<br>{EVA}Forfremmelse",
        f"<div>{BO}<b>Nyt job</b></div><div>{EVA}<b>Forfremmelse</b></div>",
        f"<div>{BO}</div><div>Nyt job</div><div>{EVA}</div><div>Forfremmelse</div>",
        f"<div>Nyt job</div><div>{BO}</div><div>Forfremmelse</div><div>{EVA}</div>",
        f"<h3>Nyt job</h3><p>Bo Lind<p>Granit Data A/S<p>{BO}<h3>Forfremmelse</h3><p>Eva Holm<p>Tværfag<p>{EVA}",
        f"<p>{BO}<p>Bo Lind<p>Granit Data A/S<p>Nyt job<p>{EVA}<p>Eva Holm<p>Tværfag<p>Forfremmelse",
        f"<p>Bo Lind<p>Granit Data A/S<p>{BO} Nyt job<p>Eva Holm<p>Tværfag<p>{EVA} Forfremmelse",
        f"<div><span>{BO} Nyt job</span> <span>Bo Lind</span> <span>Granit Data A/S</span> <span>{EVA} Forfremmelse</span></div>",
        f"<p>{BO} Nyt job Bo Lind Granit Data A/S {EVA} Forfremmelse",
        f"<p>Bo Lind {BO} Nyt job<p>Eva Holm {EVA} Forfremmelse",
        f"Navnenyt fra it-Danmark{BO} Nyt job<p>{EVA} Forfremmelse",
        f"Det var slut på artiklen.Navnenyt fra it-Danmark{BO} Nyt job<p>{EVA} Forfremmelse",
        f"<p>{BO[:-1]}<br>. Nyt job<p>{EVA} Forfremmelse",
        f"<p>Granit Data A/S har pr. 1. maj 2026 ansat<br>Bo Lind<br>som CTO.<br>Nyt job<p>{EVA} Forfremmelse",
        f"<p>{BO} Nyt job<p>{EVA} Forfremmelse<p>{BO} Nyt job",
        f"<p>{BO} Nyt job<p>Annonceindlæg fra DE-ØST<p>Skyen er her<p>{EVA} Forfremmelse",
    ],
)  # fmt: skip
def test_the_form_is_read_in_any_order_of_its_parts(markup: str) -> None:
    """Labels in the text, glued to it, below it, above it; cards before, after or glued; clones and ads between."""
    assert people(f"<h1>Nyt</h1><p>Artikel top billede</p>{markup}<footer><p>Kontakt</footer>") == BOTH


def test_sentences_on_lines_of_their_own_are_one_announcement() -> None:
    """An announcement whose sentences a layout sets apart is put together again."""
    found = read(
        f"<h2>Navnenyt</h2><p>{BO}<p>Han skal især beskæftige sig med drift.<p>Bo kommer fra en stilling som chef hos Tværfag.<p>Nyt job"
    )
    assert [(move.focus, move.previous_company, move.label) for move in found.moves] == [
        ("drift", "Tværfag", "Nyt job")
    ]


def test_editors_announcements_are_read_in_a_section_and_only_there() -> None:
    """A sentence of an article that sounds like an announcement is none, under the heading it is one."""
    assert people(f"<p>{EDITED}</p>") == []
    assert people(f"<h3>Nyt om navne</h3><p>{EDITED}</p>") == [("Ulla Vang", None)]
    assert people(f"<h3>Nyt om navne</h3><p>{EDITED}</p><p>Nu taler vi om noget helt andet, og det gør vi længe nok til at det er en artikel med flere ord end "
                  f"et kort.</p><p>{EDITED.replace('Ulla Vang', 'Gert Påfund')}</p>") == [("Ulla Vang", None)]  # fmt: skip


def test_a_heading_in_a_menu_opens_no_section() -> None:
    """ "Navnenyt" as a link of a menu does not make the article below it a people section."""
    found = read(
        f"<nav><a href=/>Forside</a> <a href=/navne>Navnenyt</a> <a href=/x>Mere</a></nav><h1>Ny chef</h1><p>{EDITED}</p>"
    )
    assert (found.moves, found.unparsed, found.problems, found.headings) == ((), (), (), ())


def test_the_form_without_label_needs_a_card_or_a_neighbour() -> None:
    """Without heading and label a sentence of the form is an announcement beside its card or another one."""
    assert people(f"<p>{BO}</p>") == []
    assert people(f"<p>{BO}</p><p>Bo Lind</p><p>Granit Data A/S</p>") == [("Bo Lind", None)]
    assert people(f"<p>{BO}</p><p>{EVA}</p>") == [("Bo Lind", None), ("Eva Holm", None)]


@pytest.mark.parametrize("cut", ["Granit Data A/S har pr.", "Granit Data A/S har pr. 1. maj 2026 ansat", "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som",
                                 BO + " Han skal især beskæftige sig med", BO + " Han skal …", BO])  # fmt: skip
def test_what_is_cut_off_is_kept_unread(cut: str) -> None:
    """An announcement broken off anywhere, at a full stop too, is never a move and never lost."""
    found = read(f"<h3>Navnenyt</h3><p>{EVA} Forfremmelse</p><p>{cut}</p>")
    assert [move.person for move in found.moves] == ["Eva Holm"]
    assert [item.text for item in found.unparsed] == [cut]
    assert found.unparsed[0].reason


def test_the_beginning_of_an_announcement_that_stands_in_full_is_dropped() -> None:
    """A teaser that breaks an announcement off is no loss where the whole one stands on the page."""
    assert people(f"<h3>Navnenyt</h3><p>{BO[:45]}…</p><p>{BO} Nyt job</p>") == [("Bo Lind", "Nyt job")]


def test_what_no_rule_reads_is_kept_with_its_reason() -> None:
    """An announcement with a label that cannot be read whole goes to the unread, with label and reason."""
    found = read("<h3>Navnenyt</h3><p>Granit Data A/S har pr. 1. maj 2026 noget med Bo Lind. Nyt job</p>")
    assert found.moves == ()
    assert [(item.label, bool(item.reason)) for item in found.unparsed] == [("Nyt job", True)]


@pytest.mark.parametrize(
    ("card", "wrong"),
    [
        ("<p>Bo Lind<p>Granit Data A/S", False),
        ("<p>Granit Data<p>Bo Lind", False),
        ("<p>Bo Lind<p>Skærgård ApS", True),
        ("<p>Pia Sten<p>Granit Data A/S", True),
    ],
)
def test_a_name_card_is_checked(card: str, wrong: bool) -> None:
    """A card that names another person or company than its announcement is a problem; the move is kept."""
    found = read(f"<h3>Navnenyt</h3><p>{BO} Nyt job{card}<p>{EVA} Forfremmelse")
    assert len(found.moves) == 2
    assert [problem.code for problem in found.problems] == (["card_mismatch"] if wrong else [])


def test_a_job_ad_below_half_a_card_is_no_contradiction() -> None:
    """An employer whose ad follows a card of one line is not taken for the card's second."""
    found = read(f"<h3>Navnenyt</h3><p>{EVA} Forfremmelse<p>{BO} Nyt job<p>Bo Lind<p>fjordIT<p>Udvikler<p>Midtjylland")
    assert found.problems == ()
    assert [ad.company for ad in found.job_ads] == ["fjordIT"]


def test_announcements_glued_without_a_seam_are_kept_unread() -> None:
    """Two announcements in one text, a label between them that no table knows, are not read as one."""
    found = read(f"<h3>Navnenyt</h3><p>{BO} Ny udfordring {EVA} Forfremmelse")
    assert (found.moves, len(found.unparsed)) == ((), 1)
    assert people(f"<h3>Navnenyt</h3><div><span>{BO} Ny udfordring</span> <span>{EVA} Forfremmelse</span></div>") == [
        ("Bo Lind", "Ny udfordring"), BOTH[1],
    ]  # fmt: skip


def test_a_rule_that_fails_costs_one_announcement_and_not_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """An announcement on which the parser itself breaks is kept unread with the reason; the others are read."""
    real = drafts.reading_of

    def failing(text: str, *, published: date | None = None) -> Reading:
        if "Bo Lind" in text:
            raise ValueError("no such thing")
        return real(text, published=published)

    monkeypatch.setattr(drafts, "reading_of", failing)
    found = read(f"<h3>Navnenyt</h3><p>{BO} Nyt job<p>{EVA} Forfremmelse")
    assert [move.person for move in found.moves] == ["Eva Holm"]
    assert [item.reason for item in found.unparsed] == ["a rule failed on it: ValueError: no such thing"]


def test_one_company_may_hire_twice_in_a_row() -> None:
    """An announcement that begins with the company of the one before it is another one."""
    second = "Granit Data A/S har ansat Pia Sten som tester."
    assert people(f"<h3>Navnenyt</h3><p>Granit Data A/S har ansat Bo Lind som udvikler.<p>{second}<p>{EDITED}") == [
        ("Bo Lind", None), ("Pia Sten", None), ("Ulla Vang", None),
    ]  # fmt: skip


def test_what_stands_between_announcements_unread_is_kept() -> None:
    """A text between two announcements of a section that no rule takes for one is kept, and the section goes on."""
    odd = "Torben Fiktiv, 29 år, på Søkøbing Skole, hvor han underviser i programmering og i mobil udvikling for andet år."
    found = read(f"<h3>Navnenyt</h3><p>{EDITED}<p>{odd}<p>{EDITED.replace('Ulla Vang', 'Pia Sten')}")
    assert [move.person for move in found.moves] == ["Ulla Vang", "Pia Sten"]
    assert [item.text for item in found.unparsed] == [odd]


def test_bullets_of_a_plain_list_are_no_part_of_a_name() -> None:
    """A list typed with bullets reads as one set as a list."""
    assert people(f"<p>• {BO} Nyt job<br>- {EVA} Forfremmelse") == BOTH


def test_bullets_stand_before_parts_and_labels_too() -> None:
    """A bullet is no part of what an inline element or a label behind it begins."""
    bo = BO.replace("Bo Lind", "<b>Bo</b> <b>Lind</b>").replace("Granit Data A/S", "<i>Granit Data A/S</i>")
    eva = EVA.replace("Eva Holm", "<b>Eva</b> <b>Holm</b>")
    assert people(f"<p>* {bo} Nyt job</p><p>* {eva} Forfremmelse</p>") == BOTH
    assert people(f"<p>* Nyt job: {bo}</p><p>* Forfremmelse: {eva}</p>") == BOTH
    assert people(f"<p>* <em>Nyt job</em> {bo}</p><p>* <em>Forfremmelse</em> {eva}</p>") == BOTH
    assert people(f"<p>{BO} Nyt job</p><p>Granit Data A/S</p>\n<span>• {EVA} Forfremmelse</span>") == BOTH
    (found, _) = read(f"<p>* <em>Nyt job</em> {bo}</p><p>* <em>Forfremmelse</em> {eva}</p>").moves
    assert found.company == "Granit Data A/S"


@pytest.mark.parametrize(
    "name", ["Mirabel de la Sorgente", "Otto von Klintefeld", "Nils van der Molenaar", "Rui dos Campeiro"]
)
def test_a_name_cut_behind_its_particle_is_whole(name: str) -> None:
    """What ends in "de la" or "von" is no label: an inline element only cut the name there."""
    first, _, last = name.rpartition(" ")
    for cut in (f"<b>{first}</b> <b>{last}</b>", f"<span>{first}</span> <span>{last}</span>"):
        assert people(
            f"<p>{cut}, konsulent hos Tværfag, er pr. 1. juni 2026 forfremmet til chef. Forfremmelse</p>"
        ) == [(name, "Forfremmelse")]


def test_an_empty_section_is_a_problem() -> None:
    """A heading under which no announcement is found is the first sign that a layout has changed."""
    found = read("<h2>Navnenyt fra it-Danmark</h2><div><p>Kommende events</p></div>")
    assert [problem.code for problem in found.problems] == ["empty_section"]
    assert found.headings == ("Navnenyt fra it-Danmark",)


def test_an_unknown_label_is_kept_as_written() -> None:
    """A label that no table knows is the announcement's label, in its text or in a block of its own."""
    for markup in (f"<p>{BO} Ny udfordring", f"<p>{BO}<p>Ny udfordring", f"<p>{BO}<em>Ny udfordring</em>"):
        assert people(f"<h3>Navnenyt</h3>{markup}<p>{EVA} Forfremmelse") == [
            ("Bo Lind", "Ny udfordring"),
            ("Eva Holm", "Forfremmelse"),
        ]


def test_a_page_of_thousands_of_announcements_is_cut_and_said() -> None:
    """A page with more announcements than any page has is read in part, and the rest is a problem."""
    many = "".join(
        f"<p>Granit {number} A/S har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job" for number in range(420)
    )
    found = read(f"<h3>Navnenyt</h3>{many}")
    assert len(found.moves) == 400
    assert [problem.code for problem in found.problems] == ["too_many"]


AD = "<div>Skærgård A/S<div>Udvikler</div><div>Midtjylland</div></div><h3>Mere at læse</h3><p>Skyen er fuld af huller</p>"
PIA = BO.replace("Bo Lind", "Pia Sten").replace("maj", "juni")
HEAD = f"<h3>Navnenyt</h3><p>{EVA} Forfremmelse</p>"


@pytest.mark.parametrize(
    "cut",
    [
        "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som", "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CT…",
        "Granit Data A/S har pr. 1. maj 2026 ansat", f"{BO} Han kommer fra en stilling som chef hos", f"{BO} Bo", f"{BO} Han kom",
        f"{BO} I fritiden løber", f"{BO} Nyt jo", f"{BO} Bo er uddannet cand.", f"{BO} Han har", "Bo Lind, IT Konsulent hos Granit Da ...",
        "Bo Lind, IT Konsulent hos Granit Data",
    ],
)  # fmt: skip
def test_a_cut_off_announcement_is_unread_and_swallows_nothing(cut: str) -> None:
    """What is cut off, in a word or behind one, is kept unread; the announcement and the ad below it are found."""
    found = read(f"{HEAD}<p>{cut}</p><p>{PIA} Nyt job</p>{AD}")
    assert [move.person for move in found.moves] == ["Eva Holm", "Pia Sten"]
    assert [ad.company for ad in found.job_ads] == ["Skærgård A/S"]
    assert [item.text for item in found.unparsed] == [cut]
    last = read(f"{HEAD}<p>{cut}</p>{AD}")
    assert ([ad.company for ad in last.job_ads], [item.text for item in last.unparsed]) == (["Skærgård A/S"], [cut])


def test_the_ad_of_a_company_that_hires_is_no_name_card() -> None:
    """An ad right below the announcement of the same company is an ad, a name card with a town is a card."""
    ad = "<p>Granit Data A/S<p>Udvikler<p>Midtjylland"
    assert [item.title for item in read(f"<h3>Navnenyt</h3><p>{BO} Nyt job{ad}").job_ads] == ["Udvikler"]
    assert [item.title for item in read(f"<h3>Navnenyt</h3><p>{BO} Nyt job<p>Bo Lind{ad}").job_ads] == ["Udvikler"]
    card = "<p>Bo Lind<p>Granit Data A/S<p>Midtjylland"
    assert read(f"<h3>Navnenyt</h3><p>{BO} Nyt job{card}").job_ads == ()


@pytest.mark.parametrize("after", ["<h3>Dyrere end ventet</h3>", "<p>Dyrere end ventet</p>", ""])
def test_a_company_that_hired_hundreds_is_no_announcement(after: str) -> None:
    """A sentence of the body with the words of the form but no person is nothing, whatever stands after it."""
    lure = "Skærgård A/S har pr. 1. maj 2026 ansat 200 medarbejdere som led i planen, og flere er på vej."
    found = read(f"<p>{lure}</p>{after}<p>Teksten går videre.</p>{HEAD}")
    assert ([move.person for move in found.moves], found.unparsed) == (["Eva Holm"], ())
    assert read(f"<p>{lure}</p>{HEAD}").unparsed == ()


def test_what_bears_a_label_in_a_section_never_vanishes() -> None:
    """A sentence with a label that announces nobody is kept unread, and so is the one cut off below it."""
    odd = "Ved en fest i går blev der sagt tak til alle i huset."
    for label in (" Nyt job", "<p>Nyt job"):
        found = read(f"<h3>Navnenyt</h3><p>{PIA} Nyt job<p>{odd}{label}<p>{BO[:-5]}")
        assert [(item.text, item.label) for item in found.unparsed] == [(f"{odd} Nyt job", "Nyt job"), (BO[:-5], None)]


def test_labels_unknown_to_every_table_tell_where_labels_stand() -> None:
    """Where half of the labels are unknown, the first announcement under the heading shows that they stand below."""
    other = BO.replace("Bo Lind", "Pia Sten")
    third = BO.replace("Bo Lind", "Per Engtoft")
    assert people(f"<h3>Navnenyt</h3><p>{BO}<p>Ny rolle<p>{other}<p>Nyt job<p>{third}<p>Ny rolle") == [
        ("Bo Lind", "Ny rolle"), ("Pia Sten", "Nyt job"), ("Per Engtoft", "Ny rolle"),
    ]  # fmt: skip
    assert people(f"<h3>Navnenyt</h3><p>Ny rolle<p>{BO}<p>Nyt job<p>{other}<p>Ny rolle<p>{third}") == [
        ("Bo Lind", "Ny rolle"), ("Pia Sten", "Nyt job"), ("Per Engtoft", "Ny rolle"),
    ]  # fmt: skip


def test_a_word_that_was_lost_is_noticed() -> None:
    """An announcement of the form with a hole in it is unread, not read as far as it goes."""
    for hurt in (BO.replace("Bo Lind ", ""), BO.replace(" CTO", ""), BO.replace("Bo Lind", "o Lind")):
        found = read(f"{HEAD}<p>{hurt} Nyt job")
        assert ([move.person for move in found.moves], len(found.unparsed)) == (["Eva Holm"], 1)


@pytest.mark.parametrize(
    "label", [" Nyt job", "<p>Nyt job", "<p>Han kommer fra en stilling som chef hos Tværfag.<p>Nyt job"]
)
def test_the_letter_of_a_town_s_district_may_end_a_sentence(label: str) -> None:
    """ "Aarhus N." is no name that breaks off at an initial: the announcement is whole."""
    found = read(f"<h3>Navnenyt</h3><p>{BO[:-1]} ved Granits kontor i Aarhus N.{label}<p>{EVA} Forfremmelse")
    assert [(move.location, move.label) for move in found.moves] == [("Aarhus N", "Nyt job"), (None, "Forfremmelse")]
    assert found.unparsed == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Granit Data A/S har pr. 1. maj 2026 <span>an</span><span>sat</span> Bo Lind som CTO. <i>Nyt job</i></p>",
        "<p>Granit Data A/S har pr. 1. maj 20<b>26</b> ansat Bo <span>Li</span><b>nd</b> som CTO. <i>Nyt job</i></p>",
        "<p><span>G</span>ranit Data A/S har pr. 1. maj <b>20</b><i>26</i> ansat Bo Lind som CTO. <span>– Nyt job</span></p>",
        "<p><i>Granit Data A/S</i> har pr. 1. maj 2026 ansat <i>Bo Lind</i><i>, 34 år,</i> som <i>CTO</i><i>.</i> <b>Nyt job</b></p>",
        "<p>Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO. [Nyt job]</p>",
        "<x-news><template shadowrootmode=open><p>Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO.</p><i>Nyt job</i></template></x-news>",
    ],
)  # fmt: skip
def test_words_cut_by_elements_marks_before_labels_and_shadow_roots(markup: str) -> None:
    """What a browser shows as one word is one; a dash or a bracket is no part of a label; a shadow root is shown."""
    (found,) = read(f"<h2>Navnenyt</h2>{markup}").moves
    assert (found.person, found.company, found.role, found.label) == ("Bo Lind", "Granit Data A/S", "CTO", "Nyt job")


def test_a_template_of_another_kind_is_not_shown() -> None:
    """Only a template that the page declares to be a shadow root is seen."""
    assert read(f"<h2>Navnenyt</h2><template><p>{BO} Nyt job</p></template>").moves == ()


def test_an_initial_ends_no_sentence_before_a_label() -> None:
    """Elements that cut the text behind an initial leave no "Vang som Ting" for a label."""
    (found,) = read(
        "<p>Tværfag har pr. 1. maj 2026 ansat Åse <i>B. Vang</i> som <b>Ting</b><i>lyser</i>. <b>Nyt job</b></p>"
    ).moves
    assert (found.person, found.role, found.label) == ("Åse B. Vang", "Tinglyser", "Nyt job")


def test_an_employer_that_sounds_like_a_title_is_no_former_post() -> None:
    """The appointment names person and firm: "Kær IT-Partner" is the firm alone."""
    (found,) = read("<p>Eva Holm, Kær IT-Partner, er pr. 1. juni 2026 udnævnt som chef. Udnævnelse</p>").moves
    assert (found.company, found.role, found.previous_role) == ("Kær IT-Partner", "chef", None)


def test_a_label_with_a_colon_announces_beside_others_of_the_form() -> None:
    """Below a heading that no table knows, an editor's sentence counts by the label before it."""
    ea = "Ea Bro er ny chef hos Tværfag. Hun begyndte pr. 1. maj 2026."
    markup = f"<p><b>Folkets</b><ul><li><b>Nyt job:</b> {ea}</li><li><b>Nyt job:</b> {BO}</li></ul>"
    assert people(markup) == [("Ea Bro", "Nyt job"), ("Bo Lind", "Nyt job")]
