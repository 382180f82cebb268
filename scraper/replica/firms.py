"""Invented employers, schools and the like, as announcements and job ads write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer: `names` are its spellings, the fullest first; `brand` is what its people call it."""

    names: tuple[str, ...]
    brand: str


def _firm(*names: str, brand: str = "") -> Firm:
    return Firm(names=names, brand=brand or names[-1])


FIRMS: tuple[Firm, ...] = (
    _firm("Nordlys Data A/S", "Nordlys Data"),
    _firm("bitHuset", "Bithuset A/S", brand="bitHuset"),
    _firm("K. Holm & Sønner"),
    _firm("Åkær Software ApS", "Åkær Software"),
    _firm("360° Drift", "360° Drift A/S", brand="360° Drift"),
    _firm("Fjord, Bæk og Partnere"),
    _firm("Klithavn Cloud A/S", brand="Klithavn"),
    _firm("netKlit", "Netklit ApS", brand="netKlit"),
    _firm("Tranebær Systemer A/S", brand="Tranebær"),
    _firm("7 Sletter Data ApS", brand="7 Sletter"),
    _firm("4Tårne A/S", "4Tårne"),
    _firm("Kornblomst (Danmark) A/S", brand="Kornblomst"),
    _firm("Lygte.nu ApS", brand="Lygte.nu"),
    _firm("Egern & Ulv Rådgivning P/S", brand="Egern & Ulv"),
    _firm("Rørdrum Netværk A/S", brand="Rørdrum"),
    _firm("Mosekonens Datakontor", brand="Mosekonen"),
    _firm("Havgus Hosting ApS", brand="Havgus"),
    _firm("skyVærket A/S", "Skyværket", brand="skyVærket"),
    _firm("Vesterlyng Forsyning A/S", brand="Vesterlyng"),
    _firm("Styrelsen for Digitale Diger"),
    _firm("Fjordby Kommune"),
    _firm("Sand & Sten Finans, Filial af Granit AB", brand="Sand & Sten"),
    _firm("Ørnereden Logistik A/S", brand="Ørnereden"),
    _firm("Bølgebryder Security ApS", brand="Bølgebryder"),
    _firm("Dyndspringer Robotik A/S", brand="Dyndspringer"),
    _firm("P.V. Tang Elektronik A/S", brand="P.V. Tang"),
    _firm("Solhverv Energi K/S", brand="Solhverv"),
    _firm("Hvepsebo Analytics", brand="Hvepsebo"),
    _firm("A.M. Kobberup A/S", brand="Kobberup"),
    _firm("Grævlingehus Gruppen A/S", brand="Grævlingehus"),
    _firm("ordVæv ApS", "Ordvæv", brand="ordVæv"),
    _firm("Sensommer Labs ApS", brand="Sensommer"),
    _firm("Brombær og Hyld Revision", brand="Brombær og Hyld"),
    _firm("Stenbider Telekom A/S", brand="Stenbider"),
    _firm("Pilekvist Pension", brand="Pilekvist"),
    _firm("Fjordby Universitetshospital"),
    _firm("Månehøj Mobility ApS", brand="Månehøj"),
    _firm("Rimfrost Retail A/S", brand="Rimfrost"),
    _firm("Ti Tommer Tele ApS", brand="Ti Tommer"),
    _firm("Hedelærke Health A/S", brand="Hedelærke"),
)
"""No name is that of a real firm known to the authors."""

LISTABLE = tuple(firm for firm in FIRMS if "," not in firm.names[0] and " og " not in firm.names[0])
"""Firms whose name can stand in a list joined with "og" and be told from its neighbour."""

LURE_FIRMS = (
    "Flagermus Teknik A/S",
    "Skrubtudse Invest",
    "Natsværmer Media ApS",
    "Regnorm & Co.",
    "Foreningen af Danske Dataduer",
)
"""Organisations that stand only where nothing is announced."""

SPONSORS = ("Hornfisk Hardware", "Løvtag Licenser", "Vandloppe VPN", "Brændenælde Backup")
"""Those who pay for advertorials; they employ nobody here."""

ROLES = (
    "IT Konsulent",
    "Senior Consultant, Data & AI",
    "Business Intelligence (BI) Specialist",
    "Key Account Manager",
    "Projektleder",
    "Chef for Salg og Marketing",
    "Head of Cloud & Platform",
    "Supportkonsulent",
    "Systemadministrator",
    "Vice President, EMEA",
    "Chief Information Security Officer (CISO)",
    "Løsningsarkitekt",
    "Full Stack-udvikler",
    "Digitaliseringschef",
    "Director of Engineering",
    "IT-supporter",
    "Product Owner",
    "DevOps Engineer",
    "Økonomi- og it-chef",
    "Testmanager",
    "Partner",
    "UX-designer og konceptudvikler",
    "Service Delivery Manager",
    ".NET-udvikler",
    "Consultant",
    "Scrum Master / Agile Coach",
    "Administrerende direktør",
    "IT-elev",
    "Enterprise Architect",
    "SAP S/4HANA-konsulent",
    "Netværksspecialist",
)
FIRST_ROLES = (
    "Konsulent",
    "IT-supporter",
    "Juniorudvikler",
    "Teamleder",
    "Projektkoordinator",
    "Manager, Drift & Support",
    "Account Manager",
    "Systemudvikler",
    "Softwarearkitekt",
    "Head of Sales, Nordics",
    "Business Analyst",
    "Specialkonsulent",
)
"""Roles that people leave: the old one of a promotion, the earlier one of a hire."""

FOCUS = (
    "IT Infrastruktur og services",
    "salg af cloud-løsninger til mellemstore virksomheder på Fyn og i Jylland",
    "drift, overvågning og support af kundernes netværk",
    "implementering af ERP hos nye kunder",
    "GDPR, NIS2 og informationssikkerhed",
    "Business Intelligence (BI), rapportering & datamodeller",
    "tilføre nye perspektiver til afdelingen for Data & AI",
    "udvikling i C#, .NET og Azure",
    "ledelse af 12 medarbejdere i afdelingerne i Vejle og Kolding",
    "kundernes rejse mod en moderne arbejdsplads, bl.a. med Microsoft 365",
    "test af den nye platform",
    "automatisering af arbejdsgange i det offentlige",
    "at styrke samarbejdet med partnere i Norden",
)
EXPERIENCE = (
    "IT Infrastruktur og konsulentopgaver",
    "undervisning, support og drift",
    "salg hos både små og store leverandører",
    "udvikling af apps til sundhedssektoren",
    "projektledelse i bl.a. finans og forsikring",
    "servere, netværk m.v.",
)
FREE_SENTENCES = (
    "{p} glæder sig til at komme i gang.",
    "I fritiden løber {p_low} orientering og spiller håndbold.",
    "{p} får base på 3. sal og tiltræder sammen med to nye elever.",
    "Stillingen er nyoprettet.",
)
DEGREES: tuple[tuple[tuple[str, ...], str], ...] = (
    # the degrees, and how the text says them together
    (("Datamatiker",), "Datamatiker"),
    (("cand.merc.",), "cand.merc."),
    (("cand. scient. i datalogi",), "cand. scient. i datalogi"),
    (("MSc. i Finance",), "MSc. i Finance"),
    (("diplomingeniør",), "diplomingeniør"),
    (("IT-supporter",), "IT-supporter"),
    (("cand.it.", "HD i regnskab"), "cand.it. og HD i regnskab"),
    (("Datatekniker",), "Datatekniker"),
    (("bachelor i erhvervsøkonomi",), "bachelor i erhvervsøkonomi"),
)
SCHOOLS = (
    "Erhvervsakademi Vestfjord",
    "Nordhavns Tekniske Skole",
    "Universitetet i Fjordby",
    "Fjordby Handelsskole",
    "Teknisk Skole Midtbælt",
)
PROGRAMMES = (
    "Datatekniker",
    "Akademiuddannelsen i informationsteknologi",
    "Master i it, Organisation",
    "Diplom i ledelse",
    "IT-supporter",
    "Projektlederuddannelsen",
)
NETWORKS = ("Netværk for Digitale Ledere", "Kompetencebroen", "IT-klubben Fjordby")
TOWNS = (
    "Odense", "Aarhus", "Vejle", "Kolding", "Esbjerg", "Aalborg", "Roskilde", "Hillerød", "Næstved", "Nykøbing Falster",
    "Kongens Lyngby", "Rønne", "Sønderborg", "Høje Taastrup",
)  # fmt: skip
REGIONS = (
    "Københavnsområdet",
    "Midtjylland",
    "Nordjylland",
    "Sydjylland",
    "Region Sjælland",
    "Uspecificeret arbejdssted",
)
"""Where the job ads of a side column are."""

BOARD_REGIONS = (
    "Storkøbenhavn", "Nordsjælland", "Region Sjælland", "Fyn", "Region Nordjylland", "Region Midtjylland", "Sydjylland",
    "Bornholm", "Skåne", "Grønland", "Færøerne", "Udlandet",
)  # fmt: skip
"""Where the job ads of a board are."""

ROLE_TITLES = (
    "Engineering Manager",
    "Cloud Engineer (Azure)",
    "Head of IT Operations",
    "Data Scientist & analytiker",
    "SAP-konsulent",
    "CISO",
    "Løsningsarkitekt",
    "DevOps Engineer",
    "Systemadministrator",
    "UX-designer / servicedesigner",
    "Testmanager",
    "IT-projektleder",
)
"""Titles of job ads that whoever gets the job then bears."""

TITLES = (
    *ROLE_TITLES,
    "BI-koordinator / IT & administrativ support",
    "Senior softwareudvikler – Java, Kotlin",
    "IT-arkitekt i Vejle",
    "Er du vores nye Linux-haj?",
    "Digitaliseringsdivisionen søger en projektleder til tværgående it-projekter",
    "IT-supporter, deltid",
    "Chefkonsulent til informationssikkerhed og beredskab",
    "Frontend-udvikler med sans for detaljen",
    "Netværkstekniker, Aalborg",
    "Studentermedhjælper – test og kvalitetssikring",
    "Vil du bygge fremtidens elnet med os?",
    "Database Administrator (DBA), PostgreSQL & SQL Server",
)
"""Titles of job ads: some are sentences, some name a town that is not the ad's region."""
