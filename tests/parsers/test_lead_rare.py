"""Announcements of the rare kinds, and of ways to say things that are seldom used."""

from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement
from scraper.records import MoveKind

H, P, K = MoveKind.HIRE, MoveKind.PROMOTION, MoveKind

CASES: list[tuple[str, MoveKind, dict[str, object]]] = [
    ("Ann Holm, konsulent i Havgus, har opnået certificeringen CISSP.", K.CERTIFICATION, {"company": "Havgus", "role": "konsulent"}),
    ("Ann Holm har opnået en certificering som SAP-konsulent hos Havgus.", K.CERTIFICATION, {"company": "Havgus", "role": None}),
    ("Ann Holm, konsulent i Havgus, har bestået eksamen som certificeret projektleder.", K.CERTIFICATION, {"role": "konsulent"}),
    ("Ann Holm, udvikler hos Havgus, har bestået sin HD.", K.EDUCATION, {"company": "Havgus", "role": "udvikler"}),
    ("Ann Holm har forsvaret sin ph.d.-afhandling ved Nordre Universitet.", K.EDUCATION, {"company": None}),
    ("Lørdag den 3. marts runder Ann Holm, der er salgschef hos Havgus, et skarpt hjørne, da hun fylder 50 år.", K.BIRTHDAY, {"company": "Havgus", "role": "salgschef", "age": 50}),
    ("Den 1. august kan Ann Holm fejre 25-års jubilæum som systemudvikler i Havgus.", K.ANNIVERSARY, {"company": "Havgus", "role": "systemudvikler"}),
    ("Ann Holm, tidligere direktør i Havgus, er død, 67 år.", K.DEATH, {"company": "Havgus", "role": "direktør", "age": 67}),
    ("Stifteren af Havgus, Ann Holm, er død.", K.DEATH, {"person": "Ann Holm", "company": "Havgus", "role": "Stifteren"}),
    ("Direktør Ann Holm forlader Havgus efter otte år.", K.DEPARTURE, {"company": "Havgus", "role": "Direktør"}),
    ("Efter ti år som direktør i Havgus har Ann Holm valgt at gå på pension.", K.DEPARTURE, {"company": "Havgus", "role": "direktør"}),
    ("Årets it-chef er Ann Holm fra Havgus.", K.AWARD, {"company": "Havgus", "role": None}),
    ("Foreningen Dansk Vind har kåret Ann Holm fra Havgus til Årets ildsjæl.", K.AWARD, {"company": "Havgus", "role": None}),
    ("På generalforsamlingen i Dansk Vind blev Ann Holm valgt som formand.", K.BOARD, {"company": "Dansk Vind", "role": "formand"}),
    ("Ann Holm har startet egen virksomhed under navnet Havgus.", K.FOUNDING, {"company": "Havgus"}),
    ("Ann Holm er sprunget ud som selvstændig med firmaet Havgus.", K.FOUNDING, {"company": "Havgus", "role": None}),
    ("Ann Holm er netop blevet færdiguddannet datamatiker og er ansat hos Havgus.", H, {"company": "Havgus", "role": None}),
    ("Ann Holm har skiftet stolen hos Birk ud med en stilling som salgschef i Havgus.", H, {"company": "Havgus", "role": "salgschef"}),
    ("Ann Holm bliver ny leder af Havgus' afdeling i Vejle.", H, {"company": "Havgus", "role": "leder", "location": "Vejle"}),
    ("Ann Holm overtager ledelsen af Havgus.", H, {"company": "Havgus", "role": None}),
    ("Ann Holm er hentet til Havgus fra Birk som ny salgschef.", H, {"company": "Havgus", "role": "salgschef"}),
    ("Havgus har hentet Ann Holm i Birk som ny salgschef.", H, {"company": "Havgus", "role": "salgschef", "unit": None}),
    ("Havgus får ny direktør. Ann Holm tiltræder stillingen den 1. maj.", H, {"company": "Havgus", "role": "direktør"}),
    ("Havgus har pr. 1. maj fået ny it-chef. Det er Ann Holm, 44 år.", H, {"company": "Havgus", "role": "it-chef", "age": 44}),
    ("Ny direktør i Havgus: Ann Holm.", H, {"company": "Havgus", "role": "direktør"}),
    ("Ann Holm efterfølger Bo Lund på posten som direktør i Havgus.", H, {"company": "Havgus", "role": "direktør"}),
    ("Ann Holm er ny mand i spidsen for Havgus.", H, {"company": "Havgus", "role": None}),
    ("34-årige Ann Holm er ansat som konsulent hos Havgus.", H, {"age": 34}),
    ("Ann Holm er indtrådt i ejerkredsen bag Havgus.", H, {"company": "Havgus", "role": None}),
    ("Ann Holm har købt sig ind i Havgus og bliver direktør.", H, {"company": "Havgus"}),
    ("Ann Holm er ansat i Havgus som direktør for salg, kommunikation og kundedialog - et job hun får i juli.", H, {"role": "direktør for salg, kommunikation og kundedialog"}),
    ("Ann Holm er udnævnt til lead director, public, Nordic, hos Havgus, hvor hun skal sælge.", H, {"role": "lead director, public, Nordic"}),
    ("Ann Holm er indtrådt i en ny stilling som it-chef i Havgus. Ann har været chef for Havgus' support siden 2014 og er glad.", P, {"role": "it-chef"}),
    ("Havgus har ansat Ann Holm som udvikler i Nova Dynamics team Havne og Fly i Vejle.", H, {"unit": "Nova Dynamics team Havne og Fly", "location": "Vejle"}),
    ("Ann Holm er udnævnt til direktør for Havgus efter fem år som salgschef i virksomheden.", P, {"company": "Havgus", "role": "direktør"}),
    ("Ann Holm er udnævnt til direktør for Havgus. Hun kommer fra en stilling som salgschef.", P, {"company": "Havgus"}),
    ("Ann Holm er udnævnt til direktør for Havgus. Hun kommer fra en stilling som salgschef hos Birk.", H, {"company": "Havgus"}),
    ("Ann Holm bliver salgschef i Havgus. Hun har arbejdet i Havgus i ti år.", P, {"company": "Havgus"}),
    ("Ann Holm, der hidtil har været sælger i Havgus, er ny salgschef samme sted.", P, {"company": "Havgus", "role": "salgschef"}),
    ("Ann Holm er ansat som udvikler hos Havgus og skal have sin daglige gang i Vejle.", H, {"company": "Havgus", "location": "Vejle"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "fields"), CASES, ids=range(len(CASES)))
def test_what_is_seldom_said_is_read_too(text: str, kind: MoveKind, fields: dict[str, object]) -> None:
    (move, *more) = read_announcement(text).moves
    assert {name: getattr(move, name) for name in fields} == fields
    assert (move.kind, more) == (kind, [])


def test_the_one_whose_leaving_is_the_reason_is_a_move_of_its_own() -> None:
    text = "Ann Holm er udnævnt til direktør hos Havgus, efter at direktør Bo Lund går på pension. Hun er glad."
    _, other = read_announcement(text).moves
    assert (other.kind, other.person, other.company, other.role) == ("departure", "Bo Lund", "Havgus", "direktør")
