from __future__ import annotations

import itertools

import pytest

from scraper.parsers import parse_announcement
from scraper.parsers.moves import read_announcement
from scraper.records import Move, MoveKind

COMPANIES = ["netBolt", "Bolt.dk ApS", "Søn & Co., Nordisk A/S", "°VARM ApS", "Hans og Grethe I/S", "3", "Kom it"]
PEOPLE = ["Ivan Holm", "H.C. Frost", "Per B. Lund", "Ane-Marie von der Lieth", "April Juni"]
ROLES = ["IT Konsulent", "Head of Sales, Nordics", "Sr. Consultant", "CTO (Chief)", "Konsulent i Team Nord"]


def only(text: str) -> Move:
    reading = read_announcement(text)
    assert reading.unread is None, reading.unread
    (move,) = reading.moves
    return move


@pytest.mark.parametrize(("company", "person"), list(itertools.product(COMPANIES, PEOPLE)))
def test_a_hire_comes_out_whole_whatever_the_names_look_like(company: str, person: str) -> None:
    """Every field of the form's hire is right: commas, full stops and small letters in names end nothing."""
    for role in ROLES:
        text = (
            f"{company} har pr. 15. september 2025 ansat {person}, 54 år,  som {role} ved Bolt.dk's kontor i Kgs. Lyngby. "
            f"Hun skal især beskæftige sig med salg, bl.a. i Jylland. Hun kommer fra en stilling som {role} hos {company}. Nyt job"
        )
        move = only(text)
        assert (move.kind, move.company, move.person, move.age) == (MoveKind.HIRE, company, person, 54)
        assert (move.role, move.location, move.focus) == (role, "Kgs. Lyngby", "salg, bl.a. i Jylland")
        assert (str(move.start_date), move.start_date_text) == ("2025-09-15", "15. september 2025")
        assert (move.previous_role, move.previous_company) == (role, company)
        assert (move.label, move.rule) == ("Nyt job", "form.hire")


def test_each_field_is_shown_where_the_text_says_it() -> None:
    """The evidence of a field is the field's own words."""
    move = only("Granit A/S har pr. 1. maj 2026 ansat Ann Holm, 35 år, som konsulent. Nyt job")
    for name in ("person", "company", "role", "label", "start_date_text"):
        start, end = move.evidence[name]
        assert move.text[start:end] == getattr(move, name)


def test_a_completed_degree_names_the_present_job() -> None:
    """Role and company are those the person has; the day is the form's."""
    move = only(
        "Ann Holm, it-chef hos Granit A/S, har pr. 1. juni 2026 fuldført uddannelsen Master i it på Nordre "
        "Universitet via It-vest. Foto: Bo Lund. Færdiggjort uddannelse"
    )
    assert (move.kind, move.person, move.role, move.company) == (
        MoveKind.EDUCATION,
        "Ann Holm",
        "it-chef",
        "Granit A/S",
    )
    assert str(move.start_date) == "2026-06-01"


def test_a_promotion_tells_the_old_post_and_the_new() -> None:
    """The old role, commas and all, stands before "hos"."""
    move = only(
        "Ann Holm, 41 år, Director, Data & AI hos Granit, er pr. 1. juni 2026 forfremmet til CTO. "
        "Ann skal fremover især beskæftige sig med strategi. Forfremmelse"
    )
    assert (move.kind, move.role, move.company, move.age) == (MoveKind.PROMOTION, "CTO", "Granit", 41)
    assert (move.previous_role, move.previous_company, move.focus) == ("Director, Data & AI", "Granit", "strategi")


def test_an_appointment_is_a_promotion_at_the_persons_own_company() -> None:
    """The double blank after the first comma matters to nobody."""
    move = only("Ann Holm,  Birk, Lund & Partnere K/S, er pr. 1. juni 2026 udnævnt som partner. Udnævnelse")
    assert (move.kind, move.company, move.role) == (MoveKind.PROMOTION, "Birk, Lund & Partnere K/S", "partner")
    assert move.previous_role is None


def test_an_unknown_label_is_kept_as_it_is_written() -> None:
    """A label that no table knows changes nothing but the label."""
    move = only("Granit har pr. 1. maj 2026 ansat Ann Holm som konsulent. Ny hat på")
    assert (move.kind, move.label) == (MoveKind.HIRE, "Ny hat på")


@pytest.mark.parametrize("label", ["Nyt job", "Ny hat på"])
def test_the_label_on_its_own_line_and_a_name_card_below_change_nothing(label: str) -> None:
    """A card repeats the announcement and is no part of it."""
    text = f"Granit har pr. 1. maj 2026 ansat Ann Holm som konsulent.\n\n{label}\n\nAnn Holm\n\nGranit"
    move = only(text)
    assert (move.label, move.role) == (label, "konsulent")
    assert move.text.endswith(label)


@pytest.mark.parametrize(
    "text",
    [
        "Granit A/S har pr. 1. maj 2026 ansat Ann Holm",
        "Granit A/S har pr. 1. maj 2026 ansat Ann Holm som kon",
        "Granit har pr. 1. maj 2026 ansat Ann Holm som konsulent. Hun skal især beskæftige sig med drif",
        "Granit har pr. 1. maj 2026 ansat Ann Holm som konsulent. Hun kommer fra en stilling som ...",
        "Ann Holm, it-chef hos Granit, har pr. 1. maj 2026 fuldført",
        "Ann Holm, it-chef hos Granit, er pr. 1. maj 2026 forfremmet til afdeling",
        "Granit har pr. 1. maj 2026 ansat 200 medarbejdere.",
        "Granit har pr. 1. maj 2026 ansat 200 medarbejdere som konsulenter.",
    ],
)
def test_half_an_announcement_is_never_a_record(text: str) -> None:
    """What is cut off or names nobody gives the reason and no move."""
    reading = read_announcement(text)
    assert reading.moves == ()
    assert reading.unread


def test_no_second_part_of_a_present_job_means_no_role() -> None:
    """Without "hos" the words between name and verb are the company."""
    move = only("Ann Holm, Granit A/S, har pr. 1. juni 2026 fuldført uddannelsen Master i it på en skole. Uddannelse")
    assert (move.company, move.role) == ("Granit A/S", None)


@pytest.mark.parametrize(
    "text",
    [
        "Granit A/S har pr. 1. maj 2026 mistet Ann Holm, 35 år, som konsulent. Nyt job",
        "Granit A/S har pr. 1. maj 2026 ansat Ann Holm, 35 år. Nyt job",
        "Granit A/S har pr. 1. maj 2026 ansat kollegaen, 35 år, som konsulent. Nyt job",
        "Granit A/S har pr. 1. maj 2026 ansat Ann Holm som konsulent",
        "Granit A/S har pr. 1. maj 2026 ansat Ann Holm som konsulent. Hun skal især beskæftige sig med salg",
        "Ann Holm, konsulent hos Granit A/S, har pr. 1. maj 2026 glemt nøglen. Nyt job",
        "Ann Holm, 36 år, er pr. 1. maj 2026 udnævnt til",
        "Ann Holm, chef hos Granit, er pr. 1. maj 2026 forfremmet til direktør",
    ],
)
def test_a_form_that_is_not_filled_in_whole_never_gives_half_a_hire(text: str) -> None:
    """What the form lacks is said as the reason, or prose reads it with a person and a company."""
    reading = read_announcement(text)
    assert reading.moves or reading.unread
    assert all(move.rule != "form.hire" for move in reading.moves)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("som Konsulent. Hun kommer fra en stilling som Tester hos Kvist A/S.", "previous_company", "Kvist A/S"),
        ("som Konsulent, EMEA.", "role", "Konsulent, EMEA"),
        ("som Konsulent. Hun skal især beskæftige sig med salg på Fyn.", "focus", "salg på Fyn"),
        ("som Konsulent ved Vindrose's kontor i Aarhus N.", "location", "Aarhus N"),
    ],
)
@pytest.mark.parametrize("free", ["Den nye stilling er led i vækst.", "I fritiden løber hun maraton."])
def test_a_free_sentence_belongs_to_no_value(text: str, field: str, value: str, free: str) -> None:
    """What the editor adds after a short word, a legal form or a town's letter is not taken into the value before."""
    [move] = parse_announcement(f"Vindrose A/S har pr. 1. januar 2026 ansat Signe Dam {text} {free} Nyt job")
    assert getattr(move, field) == value


@pytest.mark.parametrize("firm", ["A.m.b.a.", "A.M.B.A.", "a.m.b.a.", "F.m.b.A.", "N.V.", "Ltd.", "Co."])
def test_the_full_stop_of_a_legal_form_belongs_to_the_name(firm: str) -> None:
    """A former employer keeps the full stop of its legal form, at the end of a sentence and within one."""
    start = f"Tværfag har pr. 1. maj 2026 ansat Ida Holt som CTO. Hun kommer fra en stilling som chef hos Mergel Mejeri {firm}"
    for rest in ("", " Hun er uddannet jurist.", " Ida har tidligere beskæftiget sig med salg."):
        assert only(f"{start}{rest} Nyt job").previous_company == f"Mergel Mejeri {firm}"
    found = only(f"{start} og før da Sivsko A.m.b.a. Hun er uddannet jurist. Nyt job")
    assert (found.previous_company, found.earlier_companies) == (f"Mergel Mejeri {firm}", ("Sivsko A.m.b.a.",))
