"""The words around the names of companies: what describes one, what one may own, what never belongs to one."""

from __future__ import annotations

UNIT_NOUNS = tuple(
    """
    afdeling team division gruppe enhed sektion sektor kontor hovedkontor organisation forretning forretningsenhed
    center
    filial datterselskab hovedsæde område forretningsområde stab ledelse direktion bestyrelse afdelinger divisioner
    teams
    gren branch practice practise
    praksis serviceline department group udviklingscenter servicecenter support helpdesk lager butik
    landekontor regionskontor ledelsesgruppe ledergruppe advisory board komite udvalg råd netværk laboratorium hus
    konsulenthus konsulentafdeling servicedesk administration bogholderi kundeservice adresse desk
    domicil fabrik institut fakultet forretningsgren salg partnerkreds ejerkreds management
    """.split()
)
"""Indefinite nouns that a company in the genitive may own: "Granits afdeling", "Granits nye kontor"."""

DESCRIPTOR_ENDINGS = tuple(
    """
    firmaet virksomheden huset selskabet koncernen bureauet kæden giganten leverandøren producenten udvikleren gruppen
    organisationen foreningen forbundet styrelsen mediet tjenesten portalen sitet netværket banken kontoret
    forlaget hotellet instituttet centret centeret fonden forhandleren distributøren forhandler partneren startuppen
    startup'en iværksætteren bladet avisen magasinet kommunen universitetet skolen museet rådet myndigheden agenturet
    klubben partiet klyngen fællesskabet samarbejdet operatøren udbyderen rådgiveren grossisten butikken webshoppen
    specialisten konsulenten eksperten
    sammenslutningen rederiet teatret byggeriet mægleren hostingcentret partnerskabet platformen projektet initiativet
    """.split()
)
"""Ends of the nouns that describe a company before its name: "it-firmaet", "konsulenthuset", "brancheforeningen"."""

INDEFINITE_DESCRIPTORS = tuple(
    """
    leverandør virksomhed firma konsulenthus softwarehus bureau provider organisation selskab koncern forening producent
    forhandler distributør udbyder specialist rådgivningshus startup medie tjeneste institution klynge forbund
    """.split()
)
"""Ends of the same nouns where an adjective or nothing stands before them: "It-serviceleverandør Granit"."""

ARTICLES = frozenset("den det de en et".split())

SMALL_NAMES = frozenset(
    """
    militæret
    forsvaret søværnet flyvevåbnet hæren hjemmeværnet politiet folketinget staten regeringen skat momondo jobindex
    dk-hostmaster e-mærket
    """.split()
)
"""Organisations that are written small."""

NAME_HEADS = frozenset(
    """
    Institut Insitut Akademiet Center Centret Ministeriet Styrelsen Rådet Foreningen Selskabet Fonden Videncenter
    Forbundet
    Sammenslutningen Universitet Afdelingen Direktoratet Nævnet Instituttet Skolen Museet Bank University Ministry
    Institute Council Department Association School Society Ministerium Videnscenter Kompetencecenter Landsforeningen
    Brancheforeningen Direktoratet Sekretariatet Institution Forum
    """.split()
)
"""First words of organisations whose names go on with "for", "of", "i" or "af": "Institut for Vind"."""

PLURALS = frozenset(
    """
    Sales Business Services Operations Systems Solutions Analytics Communications Products Logistics Devices
    Applications Process Networks Technologies Plus Sciences Retails Dynamics Windows
    """.split()
)
"""First words of the names of firms and departments whose s is no genitive: "Sales Commercial Division"."""

FIRM_ENDS = frozenset(
    """
    Consulting Group Gruppen Danmark Denmark Solutions Systems Software Energi Pension Forsikring Advokater Media Data
    Nordic Scandinavia IT Bank Kommune Rådgivning Teknik Logistics Services Partners Holding International Design
    """.split()
)
"""Last words of firms of two words or more: "A Consulting og B A/S" is two firms, where "A og B A/S" is one."""

NAMES_IN_S = frozenset("Siemens Nets Atos Vestas Philips Mols Hays Grundfos".split())
"""Firms whose s belongs to the name: it is no genitive before "Software division"."""

COUNTRIES_OWNING = frozenset(
    "Danmarks Sveriges Norges Finlands Nordens Europas Tysklands Hovedstadens Syddanmarks Midtjyllands "
    "Nordjyllands Sjællands Kommunes Universitets".split()
)
"""Countries and the like in the genitive that end a name: "Granit Danmarks Software Group"."""

STOP_WORDS = frozenset(
    """
    som der hvor og har er i på hos ved med til fra for inden indenfor af under efter før siden samt men at da når
    mens blandt
    hvilket hvorfra ind ud om over via pr per den det de en et sin sit sine han hun hans hendes også både enten
    eller skal
    vil kan bliver blev var være været kommer kom får fik haft havde tidligere senest nu samtidig herunder dels gennem
    igennem idet fordi så ikke arbejder arbejdede ansat startet tiltrådt udnævnt indgår varetager udnævner ansætter
    netop
    uden mod mellem omkring ifølge foruden ligesom hvorefter hvis dens deres desuden henholdsvis respektive hhv bl.a.
    derefter derudover herefter sammen samme frem tilbage op ned hen hjem bort igen internt direkte snarest
    eksempelvis fx f.eks. særligt primært
    """.split()
)
"""Words that never belong to a company's name when written small."""
