"""Careers as announcements tell them: which employers and titles are read from each turn of phrase."""

from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement
from scraper.records import MoveKind

LEAD = "Ann Holm er ansat som konsulent hos Granit A/S."

PREVIOUS: list[tuple[str, str | None, str | None]] = [
    ("Ann har senest været tester hos Granit.", "tester", "Granit"),
    ("De sidste par år har hun været en del af ledelsen hos Birk og Åkær, som CTO.", "CTO", "Birk"),
    ("Ann har i det seneste år arbejdet med it-projekter i Tangstyrelsen.", None, "Tangstyrelsen"),
    ("Ann har i den seneste tid arbejdet med planer i Vand- og Vindforvaltningen.", None, "Vand- og Vindforvaltningen"),
    ("Ann kommer fra en stilling som underviser i naturfag på Birkby Kostskole.", "underviser", "Birkby Kostskole"),
    ("Hun kommer fra en stilling som økonomichef for den danske afdeling i firmaet Birk Radio.", "økonomichef", "Birk Radio"),
    ("Ann kommer fra en stilling i Birk som COO i Central- og Østeuropa.", "COO", "Birk"),
    ("Ann kommer fra en stilling som arkitekt i Havministeriets Center for tang.", "arkitekt", "Havministeriet"),
    ("Ann har i seks år arbejdet for Birks største partner i Danmark, Åkær.", None, "Åkær"),
    ("Ann har siden 1999 været ansat i Birk - de seneste år som direktør med base i Vejle.", "direktør", "Birk"),
    ("Ann har været ansat hos Birk som en del af salgsteamet, senest som sælger.", "sælger", "Birk"),
    ("Senest har hun haft ansvar for opbygningen af en trofast kreds af købere samt udviklingen af tunge og vigtige løsninger som CEO i konsulenthuset Birk.", "CEO", "Birk"),
    ("Senest har Ann arbejdet med kontrakter hos Birk.", None, "Birk"),
    ("Ann har erfaring fra Birk, hvor hun i de seneste tre år som regional area manager har haft ansvar for fire lande.", "regional area manager", "Birk"),
    ("Ann har tidligere arbejdet som rådgiver, senest hos Birk A/S.", "rådgiver", "Birk A/S"),
    ("Ann kommer fra et job hos Birk, hvor hun var driftsansvarlig for deres platform.", "driftsansvarlig", "Birk"),
    ("Ann har siden januar siddet i et vikariat som produktchef hos Granit.", "produktchef", "Granit"),
    ("Ann kommer fra en stilling på Birkedal og Åkjær Hospital og er glad.", None, "Birkedal og Åkjær Hospital"),
    ("Ann kommer fra en stilling som teamleder i Region Hovedstadens Center for Vind, Vand og Tang.", "teamleder", "Region Hovedstaden"),
    ("Ann har senest været selvstændig. Hun er glad.", "selvstændig", None),
    ("Ann har solgt vind i otte år - senest som selvstændig, hvor hun rejste.", "selvstændig", None),
    ("Ann har de sidste seks år arbejdet hos Birk i forskellige roller som blandt andet arkitekt og tester.", "arkitekt", "Birk"),
    ("Ann har en fortid i Åkær, Egern og senest Birk, hvor hun var ansat som tester.", "tester", "Birk"),
    ("Ann har i de sidste to et halvt år boet i Holland, hvor hun blandt andet har været tester hos Birk.", "tester", "Birk"),
    ("Hun kommer til at fokusere på produkter fra Åkær. Hun kommer fra en lignende stilling hos Birk.", None, "Birk"),
    ("Ann stoppede sidste år til fordel for et job som tester i Birk.", "tester", "Birk"),
    ("Ann kommer fra en stilling som tester i Byerne og Havnenes Indkøbsservice.", "tester", "Byerne og Havnenes Indkøbsservice"),
    ("Ann kommer fra Havministeriets Vand og Vindstyrelse og er glad.", None, "Havministeriets Vand og Vindstyrelse"),
    ("Ann har været ansat på Birkby Universitet i Irland siden 1993, hvor hun i 2000 fik titlen professor.", "professor", "Birkby Universitet"),
    ("Ann har haft job hos Åkær og Birk's. Hos Birk's har hun siden 2005 haft ansvar for salget som dansk direktør.", "dansk direktør", "Birk's"),
    ("Ann har i det seneste halve år arbejdet med salg som selvstændig.", "selvstændig", None),
    ("Ann har de sidste fem år boet på Bornholm, hvor hun har været i lære i Birkby Kommunes it-afdeling.", None, "Birkby Kommune"),
    ("Ann har de sidste tre år været ansvarlig for flere europæiske projekter og er glad.", None, None),
]  # fmt: skip

EARLIER: list[tuple[str, list[str]]] = [
    ("Før Birk havde Ann været CIO i Åkær og rådgiver hos Egern.", ["Åkær", "Egern"]),
    ("Ann har tidligere været tilknyttet blandt andre Birk og Åkær som rådgiver.", ["Birk", "Åkær"]),
    ("Før det har hun haft salgsjob hos blandt andre Birk, Åkær Media, TV9-net.", ["Birk", "Åkær Media", "TV9-net"]),
    ("Hun har tidligere været hos Birk, 2-takt.", ["Birk"]),
    ("Ann har sammen med en kollega drevet konsulentvirksomheden Birk-Data.", ["Birk-Data"]),
    ("Ann bringer desuden erfaring med fra blandt andet Birk og Åkær.", ["Birk", "Åkær"]),
    ("Hun har været ansat hos Birk - samt været tutor på Nordre Skole.", ["Birk", "Nordre Skole"]),
    ("Ann har 20 års erfaring med projekt- og programledelse fra blandt andet Birk og Åkær.", ["Birk", "Åkær"]),
    ("Ann har en lang karriere inden for salg fra virksomhederne Birk og Åkær Data.", ["Birk", "Åkær Data"]),
    ("Ann har tidligere været chef for Egern samt haft ansvaret for salg og drift i Birks erhvervsdivision.", ["Egern", "Birk"]),
    ("Hun har været lektor i data på Niels Brock, webkonsulent i BIRs driftsafdeling samt teamleder i Åkær A/S.", ["Niels Brock", "BIR", "Åkær A/S"]),
    ("Ann kommer fra Birk, hvor hun har haft opgaver som it-chef hos Åkær.", []),
    ("Ann har taget en master class hos BIR (Birk International Radio).", []),
    ("Ann, hvis tidligere ansættelser inkluderer navne som Birk og Åkær Data, er glad.", ["Birk", "Åkær Data"]),
    ("Ann har ledelseserfaring blandt andre Birk og Åkær.", ["Birk", "Åkær"]),
    ("Ann har før været ansat hos Birk A/S i Vejle.", ["Birk A/S"]),
    ("Inden Havgus har Ann været omkring stillinger hos Birk og Åkær.", ["Birk", "Åkær"]),
    ("Ann har tidligere arbejdet for flere globale it-virksomheder, herunder Birk.", ["Birk"]),
    ("Ann har års erfaring som kørende montør med opgaver fra firmaer som Birk og Åkær.", ["Birk", "Åkær"]),
    ("Ann har tidligere været ansat i Birkby Kommunes Koncern IT som arkitekt og i Åkær Pension.", ["Birkby Kommune", "Åkær Pension"]),
    ("Ann har en baggrund som direktør i den tidligere hosting-virksomhed BIR, chef hos Åkær samt i job hos Egern.", ["BIR", "Åkær", "Egern"]),
    ("Hun kommer fra et job hos Birk. Hun har også arbejdet hos Birk/Åkær Europe og hos Egern.", ["Egern"]),
    ("Hun kommer fra et job hos Birk/Åkær. Før tiden hos Åkær var Ann chef hos Egern.", ["Egern"]),
    ("Ann er i gang med en uddannelse som it-supporter hos Birkby Tech.", []),
    ("Hun har tidligere arbejdet som redaktør hos Birk, vært hos Åkær og talsmand i forsvaret.", ["Birk", "Åkær", "forsvaret"]),
    ("Ann kommer fra Birk-koncernens it-område. Hun har været ansat i Birk siden 1993.", []),
    ("Ann startede sin karriere som underviser i blandt andet Åkærs produkter.", []),
    ("Ann har en baggrund som mangeårig konsulent for blandt andet Birk og Åkær.", []),
    ("Ann har tidligere været ansat i virksomheder som Birk, Havgruppen for Data og Åkær.", ["Birk", "Havgruppen for Data", "Åkær"]),
    ("Ann har mange års erfaring med salg fra virksomheder som Birk samt hotelkæderne Åkær & Egern.", ["Birk", "Åkær", "Egern"]),
    ("Ann har mange års erfaring fra virksomhederne Birk, Åkær & Egern og Klit.", ["Birk", "Åkær & Egern", "Klit"]),
    ("Ann blev gennem et projekt sendt til Birk som praktikant.", ["Birk"]),
    ("Ann har arbejdet som support engineer for E-Birk Solutions og som chef hos Åkær.", ["E-Birk Solutions", "Åkær"]),
    ("Ann har været i Danmark siden 2004, hvor hun startede på Ingeniørhøjskolen.", []),
    ("Tidligere var hun udviklingschef i Koncern IT i Region Hovedstaden.", ["Region Hovedstaden"]),
]  # fmt: skip

DEGREES: list[tuple[str, list[str], list[str]]] = [
    ("Ann, som er uddannet i vindbranchen, er glad.", [], []),
    ("Ann, som er uddannet tømrer, indledte sin karriere hos Birk.", ["tømrer"], []),
    ("Ann er på sit 2. semester i MSc. in Nova Science på Birkby Universitet.", [], []),
    ("Ann er uddannet fra Nova Art Academy i Birkdam med speciale i grafik.", [], ["Nova Art Academy"]),
    ("Med en baggrund som cand.merc. og 20 års erfaring fra Birk har Ann overblik.", ["cand.merc."], []),
    ("Ann, som har flere certificeringer, er oprindeligt uddannet cand.merc. i økonomistyring.", ["cand.merc. i økonomistyring"], []),
    ("Ann har en baggrund som datamatiker og er glad.", ["datamatiker"], []),
    ("Hun har en PhD om brugere og vand fra Birkby Universitet.", ["PhD"], ["Birkby Universitet"]),
    ("Ann er uddannet Markedsøkonom fra Birk Skole og Multimediedesigner fra Åkær Skole.", ["Markedsøkonom", "Multimediedesigner"], ["Birk Skole", "Åkær Skole"]),
    ("Ann har en juridisk kandidateksamen fra Birkby Universitet.", ["juridisk kandidateksamen"], ["Birkby Universitet"]),
    ("Ann, som er uddannet cand.merc., akkrediteret ekspert samt træner, er glad.", ["cand.merc."], []),
    ('Ann er ingeniør fra DTU (BA i "Nova Science") og har et diplom i Nova Business.', ["ingeniør", 'BA i "Nova Science"', "diplom i Nova Business"], ["DTU"]),
    ("Ann er uddannet produktions- og maskiningeniør.", ["produktions- og maskiningeniør"], []),
    ("Ann er uddannet i Nova Bank og har en HD i afsætning.", ["HD i afsætning"], []),
    ("Ann har taget flere salgsuddannelser i bagagen og er glad.", ["salgsuddannelser"], []),
    ("Ann indleder til foråret en cand.merc. i data på Birkby Universitet.", [], []),
    ("Ann afslutter diplom i ledelse på Birkby Universitet.", [], []),
    ("Ann har mange interesser samt flere uddannelser fra ind- og udland.", [], []),
    ("Ann er M.Sc. i data fra University of California, Berkeley.", ["M.Sc. i data"], ["University of California, Berkeley"]),
    ("Ann, som er kontor- og salgsuddannet, er glad.", ["kontor- og salgsuddannet"], []),
    ("Ann er uddannet ejendomsmægler og valuar fra Nordre Business School.", ["ejendomsmægler", "valuar"], ["Nordre Business School"]),
    ("Ann er uddannet som hhv. M.Sc. fra Nordre Business School og cand.oecon. fra Birkby Universitet.", ["M.Sc.", "cand.oecon."], ["Nordre Business School", "Birkby Universitet"]),
    ("Ann har de sidste tre år været Ph.D. studerende med speciale i vind fra Birkby Universitet.", [], ["Birkby Universitet"]),
    ("Ann har i maj forsvaret sin ph.d.-afhandling om vind på Birkby Universitet.", ["ph.d."], ["Birkby Universitet"]),
    ("Ann har været i Danmark siden 2004, hvor hun startede på Ingeniørhøjskolen.", [], ["Ingeniørhøjskolen"]),
    ("Ann er BSc i wind & water (honours first class) og er glad.", ["BSc i wind & water"], []),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "role", "company"), PREVIOUS)
def test_the_job_the_person_comes_from(rest: str, role: str | None, company: str | None) -> None:
    """The last post is read with its employer, wherever in the sentence the two stand."""
    (move,) = read_announcement(f"{LEAD} {rest}").moves
    assert (move.previous_role, move.previous_company) == (role, company)


@pytest.mark.parametrize(("rest", "companies"), EARLIER)
def test_the_employers_before_that(rest: str, companies: list[str]) -> None:
    """Every other former employer is listed, and no school under way, measure or client."""
    (move,) = read_announcement(f"{LEAD} {rest}").moves
    assert list(move.earlier_companies) == companies


@pytest.mark.parametrize(("rest", "degrees", "schools"), DEGREES)
def test_degrees_and_what_only_looks_like_one(rest: str, degrees: list[str], schools: list[str]) -> None:
    """A degree ends where the next clause, thesis or trade begins; a trade's field and unfinished studies are none."""
    (move,) = read_announcement(f"{LEAD} {rest}").moves
    assert (list(move.education), list(move.institution)) == (degrees, schools)


def test_the_post_left_is_at_the_house_where_the_clause_behind_its_name_tells_it() -> None:
    """A promotion's former post is tied to the house by "hos X, hvor hun hidtil"."""
    (move,) = read_announcement("Ann Holm er udnævnt til chef hos Granit, hvor hun hidtil har været sælger.").moves
    assert (move.previous_role, move.previous_company) == ("sælger", "Granit")


def test_the_last_post_at_an_earlier_house_is_not_the_one_that_a_promotion_leaves() -> None:
    """Of a promotion "har tidligere været hos X - senest som chef" tells an earlier employer."""
    text = "Ann Holm er forfremmet til direktør hos Granit. Hun har tidligere været ansat hos Birk - senest som chef."
    (move,) = read_announcement(text).moves
    assert (move.previous_role, move.previous_company, move.earlier_companies) == (None, None, ("Birk",))


def test_each_founder_has_a_past_of_their_own() -> None:
    """What a sentence tells of one of two founders is not told of the other."""
    text = "Ann Holm har sammen med Bo Lund stiftet bureauet Granit. Ann, som er datamatiker, har senest været chef hos Birk."
    first, second = read_announcement(text).moves
    assert (first.previous_company, first.education) == ("Birk", ("datamatiker",))
    assert (second.previous_company, second.education) == (None, ())


def test_a_degree_before_the_name_ends_there() -> None:
    """A degree that stands as a title before the name is no more than itself."""
    (move,) = read_announcement("Granit har ansat cand.polit. Ann Fjord Holm, 26 år, som konsulent. Hun er glad.").moves
    assert move.education == ("cand.polit.",)


def test_an_area_is_no_employer() -> None:
    """A director for an area is the director of the house named beside the name."""
    text = "Direktør i Granit Ann Holm har overtaget rollen som managing director for Norden og de øvrige lande."
    (move, *_) = read_announcement(text).moves
    assert (move.company, move.role) == ("Granit", "managing director for Norden")


def test_one_who_comes_back_from_elsewhere_comes_from_there() -> None:
    """A detour between two employments at the house is the job the person comes from."""
    (move,) = read_announcement(
        f"{LEAD} Hun var ansat hos Granit og er efter en kort afstikker til Birk nu tilbage."
    ).moves
    assert move.previous_company == "Birk"


def test_a_duty_is_no_part_of_the_title() -> None:
    """A title ends before the word for its duty."""
    (move,) = read_announcement(
        "Ann Holm er indtrådt i Granits danske organisation og får som sales executive ansvar for kunder."
    ).moves
    assert move.role == "sales executive"


def test_the_title_held_until_a_promotion_is_the_one_left() -> None:
    """What was held "indtil udnævnelsen" is the post left, at the house itself."""
    text = "Ann Holm er udnævnt til direktør i Granit. Hun har været ansat i Granit i fire år - indtil udnævnelsen som salgschef."
    (move,) = read_announcement(text).moves
    assert (move.kind, move.previous_role, move.previous_company) == (MoveKind.PROMOTION, "salgschef", "Granit")


def test_what_somebody_has_been_is_the_job_that_an_announcement_tells_them_to_leave() -> None:
    """Years as an owner behind "efter at have været" are the job left, the name of a branch whole."""
    text = "Ann Holm er ansat som chef i Granit A/S efter at have været medejer i to år af Hav-Gruppen Danmark A/S. Hun er ny."
    (move,) = read_announcement(text).moves
    assert (move.previous_role, move.previous_company) == ("medejer", "Hav-Gruppen Danmark A/S")
