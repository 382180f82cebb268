from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement
from scraper.records import MoveKind

H, P = MoveKind.HIRE, MoveKind.PROMOTION

CASES: list[tuple[str, MoveKind, dict[str, object]]] = [
    ("Ann Holm er ansat som konsulent i Nordlys' Sourcing and Service Practise, hvor hun rådgiver.", H, {"unit": "Sourcing and Service Practise", "company": "Nordlys"}),
    ("Ann Holm er ansat som konsulent i Granits Transport, Travel & Havne-team, hvor hun rådgiver.", H, {"unit": "Transport, Travel & Havne-team", "company": "Granit"}),
    ("Granit har ansat Ann Holm som konsulent, delt mellem Nova-funktionen og Drift-afdelingen i Ballerup.", H, {"unit": "Nova-funktionen og Drift-afdelingen", "location": "Ballerup"}),
    ("Granit har ansat Ann Holm som ekspert i Nova C5. Ann kommer fra Birk.", H, {"unit": None, "company": "Granit"}),
    ("Ann Holm er startet hos Granit i Horsens som expert i SCX. Ann er glad.", H, {"unit": None, "role": "expert"}),
    ("Granit har ansat Ann Holm som ekspert i Nova. Ann, som kommer til at sidde i ERP-afdelingen i Herlev, er dygtig.", H, {"company": "Granit"}),
    ("Granit har ansat Ann Holm, som kommer til at sidde i ERP-afdelingen i Herlev.", H, {"unit": "ERP-afdelingen", "location": "Herlev"}),
    ("På Granits kontor i Vejle er Ann Holm ansat som salgschef.", H, {"company": "Granit", "location": "Vejle", "role": "salgschef"}),
    ("Ann Holm er ansat som konsulent hos Granit, hvor hun skal indgå i et konsulentteam.", H, {"unit": None}),
    ("Ann Holm er ansat som konsulent hos Granit, hvor hun skal indgå i det faste supportteam.", H, {"unit": "supportteam"}),
    ("Ann Holm er ansat som konsulent hos Granit, hvor hun indgår i ledelsesteamet.", H, {"unit": None}),
    ("Ann Holm er tiltrådt som it-chef i Byservice, Nordby Kommune. Hun skal lede.", H, {"unit": "Byservice", "company": "Nordby Kommune"}),
    ("Ann Holm er ansat som udvikler i Retail Services, Core Banking, i Granit. Ann er glad.", H, {"unit": "Retail Services, Core Banking", "company": "Granit"}),
    ("Ann Holm er ansat hos Granit som specialist i Net Operations, Management. Ann er glad.", H, {"unit": "Net Operations, Management"}),
    ("Ann Holm er ansat hos Granit som elev i Drift og Infrastruktur.", H, {"unit": "Drift og Infrastruktur"}),
    ("Granit har ansat Ann Holm som sales coordinator for NOVA-teamet i Aarhus.", H, {"role": "sales coordinator for NOVA-teamet", "unit": None, "location": "Aarhus"}),
    ("Granit har ansat Ann Holm som udvikler i AX-teamet for Nova-afdelingen i Ballerup.", H, {"unit": "AX-teamet", "location": "Ballerup"}),
    ("Granit A/S har ansat Ann Holm som udvikler i firmaets Nova Management Center, hvor hun koder.", H, {"unit": "Nova Management Center"}),
    ("Granit A/S har ansat Ann Holm som vice president for virksomhedens nye forretningsenhed Nova Products.", H, {"unit": "Nova Products", "role": "vice president"}),
    ("Granit A/S har ansat Ann Holm. Ann Holm skal varetage opgaver i Granits CRM-team. Hun er ny.", H, {"company": "Granit A/S"}),
    ("Ann Holm er ansat hos Granit som relationship manager i Sales Nova Division. Ann er glad.", H, {"unit": "Sales Nova Division"}),
    ("Ann Holm er ansat som salgschef hos Granit i EMEA-regionen.", H, {"location": "EMEA-regionen"}),
    ("Granit har ansat Ann Holm som konsulent inden for udvikling i Nova-afdelingen. Ann er ny.", H, {"unit": "Nova-afdelingen"}),
    ("Granit har ansat Ann Holm, som med base på Granits Aarhus-kontor skal rådgive.", H, {"location": "Aarhus"}),
    ("Ann Holm er ansat som konsulent med tilknytning til Granit A/S' hovedkontor i Vejle.", H, {"company": "Granit A/S", "location": "Vejle"}),
    ("Ann Holm er udnævnt head of Granit Logistik i Skandinavien og i Baltikum.", H, {"role": "head", "company": "Granit Logistik", "location": "Skandinavien og i Baltikum"}),
    ("Nordmanden Ole Fjordvik har afløst sin landsmand Per Klittegaard som finansdirektør i Granit.", H, {"person": "Ole Fjordvik", "role": "finansdirektør", "company": "Granit"}),
    ("Ann Holm er efter ti år som chef i Birk og to år som selvstændig skiftet til Granit som konsulent.", H, {"company": "Granit", "role": "konsulent"}),
    ("Ann Holm er udnævnt til CEO med øverste ansvar for Granits daglige drift.", H, {"company": "Granit", "role": "CEO"}),
    ("Ann Holm overtager den 1. maj ansvaret for Granits samlede salg som divisionsdirektør for Granit Energi.", H, {"company": "Granit Energi", "role": "divisionsdirektør"}),
    ("Granit har ansat Ann Holm som konsulent, Ann Holm skal rådgive.", H, {"role": "konsulent"}),
    ("Tele- og data-operatøren ibolt A/S har ansat Ann Holm som salgschef.", H, {"company": "ibolt A/S"}),
    ("Granit har ansat Ann Holm som konsulent. Ann, som dermed indgår i Rejse-teamet, er glad.", H, {"unit": "Rejse-teamet"}),
    ("Granit har ansat Ann Holm, der bliver tilknyttet salgsafdelingen og Nova-teamet i Herlev.", H, {"unit": "salgsafdelingen og Nova-teamet", "location": "Herlev"}),
    ("Ann Holm er ansat som underviser i data på Nordre Skole.", H, {"unit": None, "role": "underviser"}),
    ("Ann Holm, 31 år, er udnævnt til salgschef hos Granit. Ann har været ansat i Granit siden 2014, hvor hun sælger.", P, {}),
    ("Granit har udvidet partnerkredsen med Ann Holm, som i forvejen er konsulent i firmaet.", P, {}),
    ("Ann Holm er blevet ansat som chef hos Granit. Hun har været i organisationen i otte år.", P, {}),
    ("Ann Holm er ansat som chef hos Granit. Hun kommer fra Birk. Hun har været i organisationen i otte år.", H, {}),
    ("Ann Holm er udnævnt til chef i Granit A/S, hvor hun har været en del af salget siden 1998.", P, {"role": "chef"}),
    ("Konsulentchef Ann Holm indtræder efter to års ansættelse som partner i ejerkredsen hos Granit.", P, {"unit": None, "role": "partner"}),
    ("Ann Holm er indtrådt i ledergruppen hos Granit efter at have været ansat i virksomheden i seks år.", P, {"company": "Granit"}),
    ("Ann Holm, manager i Granit A/S, bliver i en nyoprettet stilling ansvarlig for salg.", P, {"company": "Granit A/S"}),
    ("Granit har udnævnt Ann Holm til chef. Udnævnelsen kommer fire år efter, Ann Holm blev hentet til Granit.", P, {}),
    ("Granit har indledt samarbejde med Ann Holm, som arbejder med databaser.", H, {"role": None}),
    ("Ann Holm er startet som assistent cirka 10 timer ugentligt i Nova-teamet hos Granit.", H, {"role": "assistent", "unit": "Nova-teamet"}),
    ("Ann Holm er vendt tilbage til Granit A/S efter nogle år som arkitekt hos Birk A/S.", H, {"role": None, "company": "Granit A/S"}),
    ("Ann Holm er nyt medlem af koncernbestyrelsen for Granit Group.", MoveKind.BOARD, {"role": None, "company": "Granit Group"}),
    ("Ann Holm, partner i konsulentfirmaet Granit, fylder 29. juni 50 år.", MoveKind.BIRTHDAY, {"age": 50, "company": "Granit"}),
    ("Ann Holm er udnævnt til salgschef i Bolt-Kabel. Ann har været ansat i BK i ni år.", P, {}),
    ("Ann Holm er udnævnt til chef hos Granit, hvor hun hidtil har været konsulent.", P, {}),
    ("Ann Holm er udnævnt til chef i Granit A/S. Hun kommer fra en stilling som sælger i firmaet.", P, {}),
    ("Ann Holm er udnævnt til chef i Granit A/S, og hun kommer til Granit fra Birk.", H, {}),
    ("Ann Holm er udnævnt til chef i Granit Norge. Hun har det seneste år været controller for Granit Sverige.", P, {}),
    ("Ann Holm, direktør i Granit, har fået udvidet sine beføjelser og leder nu Birk.", P, {"company": "Granit"}),
    ("Ann Holm, 36 år, er pr. 1. november 2012 udnævnt til CFO for Granit med ansvar for økonomi.", H, {"role": "CFO", "company": "Granit"}),
    ("Granit har ansat Ann Holm i afdelingen i Tilst som konsulent.", H, {"location": "Tilst", "unit": None}),
    ("Ann Holm er ansat som konsulent på hovedkontoret i Vejle hos Granit.", H, {"location": "Vejle", "company": "Granit"}),
    ("Ann Holm er ansat i Granit-koncernen som konsulent.", H, {"company": "Granit-koncernen"}),
    ("Ann Holm er ansat som seniorarkitekt i selskabets Vejle-afdeling. Ann er glad.", H, {"unit": None, "location": "Vejle"}),
    ("Ann Holm er tiltrådt på Granits nyetablerede Vejle-kontor. Ann er glad.", H, {"unit": None, "location": "Vejle", "company": "Granit"}),
    ("Ann Holm er ansat som konsulent i Granit med base i Kolding-afdelingen.", H, {"unit": None, "location": "Kolding"}),
    ("Ann Holm er ansat som direktør hos Granit og indgår samtidig i virksomhedens topledelse.", H, {"unit": None}),
    ("Ann Holm er ansat som direktør hos Granit, hvor hun indgår i Granits direktion.", H, {"unit": None}),
    ("Ann Holm er ansat som konsulent i Dynamics NAV hos Granit i Vejle.", H, {"unit": None, "company": "Granit", "location": "Vejle"}),
    ("Ann Holm er startet som konsulent i Dynamics NAV i Granits projektafdeling.", H, {"unit": "projektafdeling", "company": "Granit"}),
    ("Ann Holm er ansat som expert i PXM hos Granit i Vejle.", H, {"unit": None, "company": "Granit"}),
    ("Ann Holm er ansat som konsulent i Granits konsulentafdeling Øst, hvor hun koder.", H, {"unit": "konsulentafdeling Øst"}),
    ("Ann Holm er ansat som chef for Granits Nova-division (NV). Ann er glad.", H, {"unit": "Nova-division (NV)"}),
    ("Ann Holm er ansat som leder for Granits team af arkitekter, som rådgiver kunder.", H, {"unit": "team af arkitekter"}),
    ("Ann Holm er ansat som udvikler i Granit A/S inden for forretningsområde Nova. Ann er glad.", H, {"unit": "Nova", "company": "Granit A/S"}),
    ("Ann Holm er ansat som udvikler i Granits arbejdsområde Nova, hvor hun koder.", H, {"unit": "Nova", "company": "Granit"}),
    ("Ann Holm er ansat som udvikler i Granit, Nova Management Division. Ann er glad.", H, {"unit": "Nova Management Division", "company": "Granit"}),
    ("Ann Holm er ansat som udvikler i Professional Services, Nova Division hos Granit A/S med ansvar.", H, {"unit": "Professional Services, Nova Division", "company": "Granit A/S"}),
    ("Ann Holm er ansat som udvikler i Granit, Marketing Nordkalk. Ann er glad.", H, {"unit": "Marketing Nordkalk", "company": "Granit"}),
    ("Granit har budt velkommen til en ny medarbejder, Ann Holm, der er startet i virksomheden som sælger i Vejle.", H, {"role": "sælger", "location": "Vejle"}),
    ("Ann Holm skifter job internt hos Granit, hvor hun siden 2010 har været sælger.", P, {"role": None, "company": "Granit"}),
    ("Ann Holm er ansat som arkitekt i Styrelsen for Vand og Vind (SVV), hvor hun måler.", H, {"company": "Styrelsen for Vand og Vind"}),
    ("Granit har ansat Ann Holm som administrerende direktør for sit datterselskab Nordlys Data. Ann er glad.", H, {"company": "Nordlys Data", "role": "administrerende direktør"}),
    ("Vindlogisk Institut, Nordre Universitet har ansat Ann Holm som lektor.", H, {"company": "Nordre Universitet", "role": "lektor"}),
    ("Ann Holm er tiltrådt som direktør i analyseinstituttet Granit, hvor hun er glad.", H, {"company": "Granit", "unit": None}),
    ("Ann Holm er ansat som seniorkonsulent. Efter en længere pause er Ann Holm vendt tilbage til Granit A/S.", H, {"company": "Granit A/S"}),
    ("[size= small]Ann Holm er ansat hos Granit som udvikler.[/size]", H, {"company": "Granit", "role": "udvikler"}),
    ("Ann Holm, direktør i afdelingen It, modeller og processer i Granit, har fuldført uddannelsen Master i it på Nordre Universitet.", MoveKind.EDUCATION, {"company": "Granit", "unit": "It, modeller og processer"}),
    ("Ann Holm er ansat som konsulent i Granit, Technical Nova Center. Ann er glad.", H, {"unit": "Technical Nova Center"}),
    ("Ann Holm er ansat som chef i Granits IT Nova, IT Drift & RISK Practise. Ann er glad.", H, {"unit": "IT Nova, IT Drift & RISK Practise", "company": "Granit"}),
    ("Ann Holm er ansat som elev i virksomhedens servicedesk. Ann er glad.", H, {"unit": "servicedesk"}),
    ("Granit har ansat Ann Holm, der indgår i teamet inden for industriel vask og blandt andet skal måle.", H, {"unit": "teamet inden for industriel vask"}),
    ("Ann Holm er ansat som udvikler i SDX i Drift og Netværk-Customer Support. Ann er glad.", H, {"unit": "Drift og Netværk-Customer Support"}),
    ("Ann Holm er ansat som COO hos Granit, hvor hun skal opbygge den kommercielle del af forretningen.", H, {"unit": None}),
    ("Granit har ansat Ann Holm med fokus på opgaver inden for rapportering i Nova-afdelingen. Ann er glad.", H, {"company": "Granit"}),
    ("Ann Holm er ansat som graduate hos Granit, hvor hun skal arbejde som analytiker i Nova Drift-afdelingen.", H, {"unit": "Nova Drift-afdelingen"}),
    ("Granit har ansat Ann Holm som konsulent efter et år som leder i Nova-afdelingen hos Birk.", H, {"unit": None}),
    ("Granit har ansat Ann Holm som udvikler. Ann, som er nyuddannet ph.d. i data, skal varetage opgaver i CRM-afdelingen.", H, {"unit": "CRM-afdelingen"}),
    ("Granit har ansat Ann Holm som udvikler. Ann, som skal varetage opgaver, har arbejdet i finanssektoren.", H, {"unit": None}),
    ("Granit har ansat Ann Holm som ekspert. Ann, som kommer til at sidde i ERP-afdelingen i Herlev, er dygtig.", H, {"unit": "ERP-afdelingen", "location": "Herlev"}),
    ("Ann Holm er ansat som lektor i Institut for Vind ved Nordre Universitet.", H, {"unit": "Institut for Vind", "company": "Nordre Universitet"}),
    ("Ann Holm er ansat som partner inden for strategi med ansvar for handel på Granits danske kontor i Nordhavn.", H, {"company": "Granit"}),
    ("Ann Holm er ansat på kontoret i Vejle som konsulent for Granit.", H, {"location": "Vejle"}),
    ("Ann Holm er ansat som konsulent for Granit i Vejle.", H, {"company": "Granit", "location": "Vejle"}),
    ("Granit har ansat Ann Holm som konsulent på Network Nova i Søborg.", H, {"unit": "Network Nova", "location": "Søborg"}),
    ("Ann Holm indtræder i bestyrelsen for Granit A/S.", MoveKind.BOARD, {"company": "Granit A/S", "role": None}),
    ("Ann Holm fejrer 25 års jubilæum i Granit. Hun arbejder i dag som it-chef.", MoveKind.ANNIVERSARY, {"company": "Granit", "role": "it-chef"}),
    ("Ann Holm har vundet en pris. Ann Holm kom til Granit i 2005.", MoveKind.AWARD, {"company": "Granit"}),
    ("Ann Holm fra Granit i Vejle har modtaget en pris.", MoveKind.AWARD, {"company": "Granit", "location": "Vejle"}),
    ("Granit har ansat Ann Holm som chef. Hun afløser Bo Lund, som går på pension.", H, {"role": "chef"}),
    ("Granit har ansat Ann Holm og Bo Lund som konsulenter i Vejle.", H, {"location": "Vejle"}),
    ("Ann Holm og it-chef Bo Lund er ansat hos Granit.", H, {"company": "Granit"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "fields"), CASES, ids=range(len(CASES)))
def test_the_unit_the_town_and_what_kind_of_move_it_is_are_read(
    text: str, kind: MoveKind, fields: dict[str, object]
) -> None:
    """A department, an office and earlier years in the house are told from what only looks like them."""
    (move, *_) = read_announcement(text).moves
    assert {name: getattr(move, name) for name in fields} == fields
    assert move.kind is kind


def test_the_one_whose_place_is_taken_may_rise_in_the_same_house() -> None:
    """Who is told to have risen, without a company, rose where the other came in."""
    text = "Granit har ansat Ann Holm som salgschef. Ann afløser Bo Lund, som er udnævnt til direktør. Hun er glad."
    first, second = read_announcement(text).moves
    assert (first.person, first.company) == ("Ann Holm", "Granit")
    assert (second.person, second.kind, second.company, second.role) == ("Bo Lund", P, "Granit", "direktør")
