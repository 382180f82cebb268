from __future__ import annotations

from datetime import date

import pytest

from scraper.parsers.moves import parse_announcement, read_announcement
from scraper.records import MoveKind

H, P, B = MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.BOARD

CASES: list[tuple[str, MoveKind, dict[str, object]]] = [
    ("Ann Holm, 35 år, er ansat som it-chef hos Granit A/S, hvor hun får ansvar.", H, {"company": "Granit A/S", "role": "it-chef", "age": 35}),
    ("It-firmaet Granit har ansat Ann Holm som konsulent i BI-afdelingen i Aarhus.", H, {"company": "Granit", "unit": "BI-afdelingen", "location": "Aarhus"}),
    ("Ann Holm er ansat hos Granit som udvikler i Retail Nova.", H, {"company": "Granit", "role": "udvikler", "unit": "Retail Nova"}),
    ("Ann Holm er startet som konsulent i Granits Solutions-afdeling.", H, {"company": "Granit", "unit": "Solutions-afdeling"}),
    ("Granit har netop ansat Ann Holm, 28 år, som elev i Inside Sales i Vejle, hvor hun skal lære.", H, {"age": 28, "unit": "Inside Sales", "location": "Vejle"}),
    ("Ann Holm tiltræder den 1. marts som direktør i Granit.", H, {"role": "direktør", "start_date_text": "den 1. marts"}),
    ("Ann Holm overtager 1. marts 2026 posten som leder hos Granit.", H, {"role": "leder", "company": "Granit"}),
    ("Granit har budt velkommen til Ann Holm, der er startet som konsulent.", H, {"role": "konsulent", "company": "Granit"}),
    ("Granit kunne byde Ann Holm velkommen på kontoret i Brøndby den 2. marts.", H, {"location": "Brøndby", "company": "Granit"}),
    ("Granit har indgået konsulentsamarbejde med Ann Holm.", H, {"role": None, "company": "Granit"}),
    ("Advokat Ann Holm er tiltrådt som partner hos Birk & Lund.", H, {"role": "partner", "company": "Birk & Lund"}),
    ("Ann Holm er udnævnt til direktør for Granit i Danmark og Norge.", H, {"role": "direktør", "company": "Granit", "location": "Danmark og Norge"}),
    ("Granit har udnævnt Ann Holm til vice president, EMEA, med ansvar for salg.", H, {"role": "vice president, EMEA", "location": "EMEA"}),
    ("Den 1. marts starter Ann Holm som leder hos Granit. Hun er ny.", H, {"role": "leder", "start_date_text": "Den 1. marts"}),
    ("Ann Holm ansat som konsulent hos Granit.", H, {"role": "konsulent"}),
    ("Ann Holm som konsulent hos Granit, hvor hun skal rådgive.", H, {"role": "konsulent", "company": "Granit"}),
    ("Ann Holm er vendt tilbage til Granit, hvor hun skal arbejde som projektleder.", H, {"company": "Granit", "role": "projektleder"}),
    ("Ann Holm er tilknyttet Granits hovedkontor i Herlev, hvor hun skal sælge.", H, {"company": "Granit", "location": "Herlev"}),
    ("Ann Holm er ansat som developer Nova-afdelingen hos Granit.", H, {"role": "developer", "unit": "Nova-afdelingen"}),
    ("Ann Holm er ansat som salgschef med fokus på it i Granit A/S.", H, {"role": "salgschef", "company": "Granit A/S"}),
    ("Ann Holm er udnævnt til salgschef i Granit. Ann har siden 2011 været sælger hos Granit.", P, {"role": "salgschef"}),
    ("Ann Holm er forfremmet til leder hos Granit.", P, {"role": "leder", "company": "Granit"}),
    ("Granit har forfremmet Ann Holm til leder.", P, {"role": "leder", "company": "Granit"}),
    ("Ann Holm, direktør i Birk, er valgt til bestyrelsen for den internationale brancheforening Granit.", B, {"company": "Granit", "role": None}),
    ("Ann Holm er ny bestyrelsesformand for Granit.", B, {"company": "Granit", "role": "bestyrelsesformand"}),
    ("Ann Holm er udpeget til Europanævnets nye ekspertkomite for data og ret.", B, {"company": "Europanævnet"}),
    ("Ann Holm, it-chef hos Granit i Odense, har fuldført uddannelsen Master i it på Nordre Universitet.", MoveKind.EDUCATION, {"role": "it-chef", "company": "Granit", "location": "Odense"}),
    ("Ann Holm, lektor ved Institut for Vind på Nordre Universitet, er kåret til årets forsker.", MoveKind.AWARD, {"company": "Nordre Universitet", "unit": "Institut for Vind"}),
    ("Ann Holm, Lederkredsen, fylder 60 år onsdag. Ann Holm arbejder i dag som projektleder.", MoveKind.BIRTHDAY, {"company": "Lederkredsen", "role": "projektleder"}),
    ("Uddannelsesdirektør Ann Holm, 51, runder 25 år i Granit.", MoveKind.ANNIVERSARY, {"company": "Granit", "age": 51}),
    ("Granits it-chef, Ann Holm, fejrer 25 års jubilæum.", MoveKind.ANNIVERSARY, {"company": "Granit", "role": "it-chef"}),
    ("Ann Holm, salgschef i Granit, går 1. maj 2026 på pension.", MoveKind.DEPARTURE, {"company": "Granit", "role": "salgschef", "start_date": None}),
    ("Ann Holm forlader Granit.", MoveKind.DEPARTURE, {"company": "Granit"}),
    ("Ann Holm har startet bureauet Granit. Hun er glad.", MoveKind.FOUNDING, {"company": "Granit"}),
    ("Datamatikerstuderende Ann Holm skriver opgave i samarbejde med Granit.", MoveKind.OTHER, {"company": "Granit"}),
    ("Ny salgschef hos Nordlys er Ann Holm.", H, {"role": "salgschef", "company": "Nordlys"}),
    ("Ny bestyrelsesformand i Nordlys bliver Ann Holm, 50 år.", B, {"company": "Nordlys", "age": 50}),
    ("Ann Holm skifter fra Granit til Nordlys, hvor hun bliver it-chef.", H, {"company": "Nordlys", "role": "it-chef"}),
    ("Nordlys har fået ny direktør, Ann Holm.", H, {"company": "Nordlys", "role": "direktør"}),
    ("Nordlys har valgt Ann Holm som ny formand for bestyrelsen.", B, {"company": "Nordlys"}),
    ("Ann Holm indtræder i Nordlys' bestyrelse, hvor hun bidrager.", B, {"company": "Nordlys", "role": None, "unit": None}),
    ("Ann Holm er certificeret som Scrum Master hos Nordlys.", MoveKind.CERTIFICATION, {}),
    ("Ann Holm, 44 år, bliver ny CTO i Nordlys A/S pr. 1. maj.", H, {"role": "CTO", "age": 44, "start_date_text": "1. maj"}),
    ("Ann Holm er ansat i salg hos Nordlys i Vejle.", H, {"unit": "salg", "location": "Vejle"}),
    ("Ann Holm er ansat som konsulent i Nordlys Nova i Granit A/S.", H, {"role": "konsulent"}),
    ("Ann Holm er ansat som konsulent i Team Nova hos Granit.", H, {"unit": "Team Nova", "company": "Granit"}),
    ("Ann Holm er ansat som konsulent i teamet Nova Drift i Granit.", H, {"unit": "Nova Drift", "company": "Granit"}),
    ("Ann Holm er ansat som konsulent i afdelingen for salg hos Granit.", H, {"unit": "afdelingen for salg"}),
    ("Ann Holm er ansat som konsulent i Granits kontor for presse og salg.", H, {"unit": "kontor for presse og salg"}),
    ("Ann Holm er ansat som konsulent i Granits team Nova.", H, {"unit": "Nova", "company": "Granit"}),
    ("Ann Holm er ansat som konsulent og en del af salgsteamet hos Granit.", H, {"role": "konsulent", "unit": "salgsteamet"}),
    ("Ann Holm er ansat i Granit som en del af salgsteamet.", H, {"unit": "salgsteamet", "role": None}),
    ("Granit har ansat Ann Holm som konsulent i Farum-afdelingen.", H, {"location": "Farum", "unit": None}),
    ("Granit har ansat Ann Holm som konsulent på Vejle-kontoret.", H, {"location": "Vejle"}),
    ("Ann Holm er ansat i Granits Vejle-afdeling som konsulent.", H, {"location": "Vejle", "unit": None}),
    ("Ann Holm er ansat på Nordre Universitet som lektor.", H, {"company": "Nordre Universitet", "role": "lektor"}),
    ("Ann Holm er ansat ved Granit med base i Vejle.", H, {"company": "Granit", "location": "Vejle"}),
    ("Granit har ansat Ann Holm som tester inden for drift i Ballerup.", H, {"location": "Ballerup", "role": "tester"}),
    ("Granit har ansat Ann Holm som konsulent i MS Dynamics AX.", H, {"unit": None, "role": "konsulent"}),
    ("Ann Holm, overlæge på hjerteafdelingen, Nordre Hospital, har fuldført uddannelsen Master i it.", MoveKind.EDUCATION, {"company": "Nordre Hospital", "unit": "hjerteafdelingen"}),
    ("Ann Holm, der leder en forening, vinder en pris. Ann Holm, som til daglig er it-chef i Granit, er glad.", MoveKind.AWARD, {"company": "Granit", "role": "it-chef"}),
    ("It-chef Ann Holm fyldte 60 år 29. maj. Ann Holm kom til Nordlys i 2005.", MoveKind.BIRTHDAY, {"company": "Nordlys", "age": 60}),
    ("Lektor Ann Holm fra Institut for Vind på Nordre Universitet har modtaget en pris.", MoveKind.AWARD, {"company": "Nordre Universitet", "role": "Lektor"}),
    ("Professor Ann Holm, Institut for Vind på Nordre Universitet, har modtaget en pris.", MoveKind.AWARD, {"company": "Nordre Universitet", "unit": "Institut for Vind"}),
    ("Ann Holm er ansat som head of sales for Danmark hos Granit.", H, {"location": "Danmark"}),
    ("Granit har udvidet staben med Ann Holm som ny konsulent.", H, {"company": "Granit", "role": "konsulent"}),
    ("Ann Holm er udnævnt til salgschef i Granit. Ann kommer fra en stilling som sælger i samme virksomhed.", P, {}),
    ("Salgschef Ann Holm er udnævnt til direktør i Granit.", P, {"role": "direktør"}),
    ("Ann Holm er ansat som chef i Odense Kommune.", H, {"company": "Odense Kommune", "location": None}),
    ("Ann Holm er ansat som chef i Region Nord.", H, {"role": "chef"}),
    ("Konstitueret it-chef Ann Holm, 42 år, er udpeget som Granits nye it-direktør.", P, {"company": "Granit", "role": "it-direktør"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "fields"), CASES, ids=[case[0][:45] for case in CASES])
def test_a_lead_is_read_as_its_scheme_says(text: str, kind: MoveKind, fields: dict[str, object]) -> None:
    """Person, kind and each field of the lead come out as a careful reader would write them down."""
    reading = read_announcement(text, published=date(2026, 2, 1))
    assert reading.unread is None
    (move,) = reading.moves
    assert (move.person, move.kind) == ("Ann Holm", kind)
    assert {name: getattr(move, name) for name in fields} == fields
    assert move.rule.startswith(("prose.", "notice."))


@pytest.mark.parametrize(
    "text",
    [
        "Granit har ansat 200 medarbejdere i hele landet.",
        "Firmaet har siden starten vokset hurtigt, og blev i 1998 en del af noget større.",
        "Markedet blev i 1998 ansat til at vokse meget.",
        "The company has hired a new manager for its sales team.",
        "Vi glæder os til at se jer alle til sommer i Odense.",
        "Ann Holm blev i 1998 ansat som chef hos Granit, siger hun.",
    ],
)
def test_lures_give_no_move(text: str) -> None:
    """Sentences that hire nobody now give no record, only a reason."""
    reading = read_announcement(text)
    assert reading.moves == ()
    assert reading.unread


def test_two_people_hired_together_are_two_moves() -> None:
    """Each of them gets a record with the same job."""
    reading = read_announcement("Ann Holm og Bo Lund er ansat som konsulenter hos Granit.")
    assert [move.person for move in reading.moves] == ["Ann Holm", "Bo Lund"]
    assert {move.company for move in reading.moves} == {"Granit"}


def test_two_founders_are_two_moves() -> None:
    """The partner that "sammen med" names founds as well."""
    reading = read_announcement("Ann Holm har i samarbejde med Bo Lund etableret Granit ApS, der rådgiver.")
    assert [(move.person, move.company) for move in reading.moves] == [
        ("Ann Holm", "Granit ApS"),
        ("Bo Lund", "Granit ApS"),
    ]


def test_the_one_who_leaves_is_a_move_of_its_own() -> None:
    """A predecessor who stops departs from the same post."""
    reading = read_announcement(
        "Ann Holm er udpeget som direktør i Granit, hvor hun tager over efter Bo Lund, som stopper i firmaet."
    )
    assert [(move.person, move.kind, move.role) for move in reading.moves][1] == (
        "Bo Lund",
        MoveKind.DEPARTURE,
        "direktør",
    )


def test_the_one_who_rises_elsewhere_is_a_move_of_its_own() -> None:
    """A predecessor with a new post is promoted."""
    text = "Ann Holm er ansat som chef hos Granit. Ann overtager stillingen fra Eva Birk, som er blevet direktør for Nordlys."
    moves = read_announcement(text).moves
    assert [(move.person, move.company) for move in moves] == [("Ann Holm", "Granit"), ("Eva Birk", "Nordlys")]


def test_the_longest_form_of_the_name_is_the_person() -> None:
    """A middle name that only a later sentence gives belongs to the person."""
    (move,) = read_announcement("Ann Holm er ansat som chef hos Granit. Ann Krogh Holm er uddannet bager.").moves
    assert move.person == "Ann Krogh Holm"


def test_later_sentences_fill_what_the_lead_leaves_open() -> None:
    """Unit and town may stand in the next sentence."""
    (move,) = read_announcement(
        "Granit har ansat Ann Holm som udvikler. Ann Holm skal varetage opgaver inden for test i Granits servicecenter."
    ).moves
    assert move.unit == "servicecenter"
    (other,) = read_announcement("Granit har ansat Ann Holm som udvikler med base i Horsens.").moves
    assert other.location == "Horsens"


@pytest.mark.parametrize(
    ("text", "role", "company"),
    [
        ("Bo Lind er gået til Havgus som chef.", "chef", "Havgus"),
        ("Bo Lind er gået fra Eng A/S til Havgus som chef.", "chef", "Havgus"),
        ("Bo Lind er pr. 1. maj gået over til Havgus som chef.", "chef", "Havgus"),
        ("Bo Lind er kommet til Havgus som chef.", "chef", "Havgus"),
        ("Bo Lind går fra Eng til Havgus.", None, "Havgus"),
        ("Bo Lind er kommet til Havgus fra en stilling som chef hos Birk.", None, "Havgus"),
        ("Bo Lind er kommet til Havgus A/S fra et job som chef hos Birk. Han er glad.", None, "Havgus A/S"),
        ("Bo Lind skifter til Havgus fra sin stilling som chef hos Birk.", None, "Havgus"),
    ],
)
def test_a_verb_of_going_is_followed_by_the_new_house(text, role, company):
    """Somebody who went to a house joined it: the name behind "til" is the employer, not the title."""
    (move,) = parse_announcement(text)
    assert (move.role, move.company) == (role, company)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Lind blev i 1998 ansat som udvikler i firmaet, og siden er det gået stærkt.",
        "Bo Lind er gået stærkt frem i Havgus.",
    ],
)
def test_going_well_is_no_move(text):
    """ "Gået" without a house behind it tells how something went."""
    assert parse_announcement(text) == []
