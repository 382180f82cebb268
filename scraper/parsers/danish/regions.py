"""Words of a page around its announcements: headings of people sections, regions of job ads, and what is neither.

The tables are open: a region that is missing here is still read where it stands between ads that are known (see
`scraper.parsers.jobs`), and a heading can be added for one source in config.yaml.
"""

from __future__ import annotations

import re

PEOPLE_HEADINGS = (
    # as written, in any case; a heading may go on: "Navnenyt fra it-branchen"
    "Navnenyt",
    "Navnenyt fra it-Danmark",
    "Navne nyt",
    "Nyt om navne",
    "Navne",
    "Nye navne",
    "Navne og job",
    "Navne i branchen",
    "Nyt om folk",
    "Nye job",
    "Nye ansigter",
    "Nye ansættelser",
    "Personnyt",
    "Person nyt",
    "Personalia",
    "Folk og fæ",
    "Mennesker",
    "Jobskifte",
    "Jobskift",
    "Hvem skifter job",
    "Hvem skifter hvor",
    "Hvem skifter hvorhen",
    "Nyt på posterne",
    "Nye på posten",
    "På nye poster",
    "Nye poster",
    "Nye folk",
    "Folk i bevægelse",
    "Folk på farten",
    "Navnestof",
    "Navne og poster",
    "Navne og karriere",
    "Navne i nyt job",
    "Navne i nye job",
    "Navne i nye stillinger",
    "Folk og karriere",
    "Folk & karriere",
    "Folk i nyt job",
    "Folk i nye job",
    "Karrierenyt",
    "Karriereskift",
    "Nyansættelser",
)
"""What people sections are called; see `is_people_heading` for how much more a heading may say."""

GOES_ON = ("Navnenyt", "Nyt om navne", "Navne nyt", "Personnyt")
"""Headings that are known whatever follows them in the same block: "Navnenyt fra it-Danmark", "Navnenyt uge 12"."""

JOB_REGIONS = frozenset(
    " ".join(word.split()).casefold()
    for word in """
    Københavnsområdet, Storkøbenhavn, Hovedstadsområdet, Hovedstaden, Region Hovedstaden, Nordsjælland, Sjælland,
    Region Sjælland, Midtsjælland, Vestsjælland, Sydsjælland, Fyn, Odense og Fyn, Jylland, Nordjylland, Region
    Nordjylland, Midtjylland, Region Midtjylland, Østjylland, Vestjylland, Sydjylland, Sønderjylland, Syddanmark,
    Region Syddanmark, Trekantområdet, Trekantsområdet, Bornholm, Lolland-Falster, Lolland og Falster, Skåne,
    Grønland, Færøerne, Udlandet, Hele landet, Hele Danmark, Danmark, Norden, Europa, Uspecificeret arbejdssted,
    Flere arbejdssteder, Flere steder, Uspecificeret, Hjemmearbejde, Arbejde hjemmefra, Remote, Øresundsregionen,
    Østdanmark, Vestdanmark, Sverige, Norge, Tyskland, Storbritannien, Øvrige udland
    """.replace("\n", " ").split(",")
)  # fmt: skip
"""The areas that job boards sort their ads by, folded."""

LOOSE_REGIONS = frozenset(
    word.strip().casefold()
    for word in """
    Sjælland, Fyn, Jylland, Bornholm, Skåne, Grønland, Færøerne, Udlandet, Danmark, Norden, Europa, Sverige, Norge,
    Tyskland, Storbritannien, Remote, Hovedstaden, Syddanmark, Uspecificeret, Østdanmark, Vestdanmark
    """.replace("\n", " ").split(",")
)  # fmt: skip
"""Regions that stand on a page in other roles too, as the topic of an article: alone they make no job ad."""

AREAS = frozenset("fyn bornholm skåne grønland færøerne udlandet".split())
"""Those of them that job boards do sort their ads by: below a title of a job they make an ad alone."""

AD_FURNITURE = re.compile(
    r"(?:nyt?|topjob|fremhævet|populær|anbefalet|quick apply|hurtig ansøgning"
    r"|(?:se|vis|læs|gem|del|åbn) (?:hele )?"
    r"(?:job(?:bet|opslag(?:et)?|annoncen?)?|stilling(?:en)?|opslaget|annoncen|mere)(?: her)?"
    r"|læs mere om (?:jobbet|stillingen)|gem"
    r"|ansøg(?: nu| her| om jobbet| job| online)?|søg (?:job(?:bet)?|stillingen|nu)"
    r"|(?:indrykket|opslået|oprettet|publiceret|opdateret|ansøgningsfrist|frist|udløber)(?: d(?:en|\.))?:?"
    r" (?:\d{1,2}\. ?[a-zæøå]{3,9}\.?(?: \d{4})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|i dag|i går|snarest|løbende"
    r"|for \d{1,2} \w{3,8} siden)"
    r"|for \d{1,2} (?:minut(?:ter)?|timer?|dage?|uger?|måned(?:er)?) siden)[ !.»›>→]{0,3}",
    re.IGNORECASE,
)
"""Buttons, badges and days that boards set around an ad's three parts, each a block that says nothing else."""

AD_BADGES = re.compile(r"annonce|jobannonce|stillingsannonce|sponsoreret|\d{1,2}[.)]", re.IGNORECASE)
"""What stands above an ad as it does above what is none: only the three parts below it tell."""

BARE_DAY = re.compile(
    r"\d{1,2}\. ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,6}\.?(?: \d{4})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
"""A day and nothing else: below a job ad the day it was posted, on an event card the day of the event."""

REGION_SHAPE = re.compile(
    r"(?<![\w-])(?:Region |Stor-?|Nord-?|Syd-?|Øst-?|Vest-?|Midt-?)?[A-ZÆØÅa-zæøå-]{2,25}"
    r"(?:jylland|sjælland|området|områderne|egnen|landsdelen|kysten|fjorden|regionen|danmark|landet|steder|sted|land)",
    re.IGNORECASE,
)
"""How a region looks that no table has: "Limfjordsegnen", "Aalborgområdet"."""

FACT_LABELS = frozenset(
    word.strip().casefold()
    for word in """
    Område, Jobområde, Region, Sted, Arbejdssted, Arbejdsstedet, Lokation, Placering, Geografi, By, Kommune, Land,
    Adresse, Arbejdsgiver, Virksomhed, Firma, Organisation, Stilling, Stillingsbetegnelse, Titel, Jobtitel, Jobtype,
    Ansættelse, Ansættelsesform, Ansættelsestype, Ansættelsessted, Arbejdstid, Ansøgningsfrist, Frist, Oprettet,
    Indrykket, Opslået, Publiceret, Kontakt, Kontaktperson, Branche, Kategori, Jobkategori, Fagområde, Sektor, Løn,
    Startdato, Tiltrædelse, Jobnr, Jobnummer, Job-id, Reference, Varighed, Location, Workplace, Employer, Company,
    Deadline, Application deadline, Job type, Employment type, Posted, Area
    """.replace("\n", " ").split(",")
)  # fmt: skip
"""What stands before the facts in the table of a job's own page: a label, never a title."""

COMPANY_NAMES = ("virksomhed", "arbejdsgiver", "firma", "organisation", "company", "employer")
TITLE_NAMES = ("stilling", "stillingsbetegnelse", "titel", "jobtitel", "job", "position", "job title")
REGION_NAMES = (
    *("område", "jobområde", "region", "sted", "arbejdssted", "lokation", "placering", "geografi", "by", "location"),
    *("workplace", "area"),
)
"""What stands before the company, the title and the region of an ad that names its parts, folded."""

EVENT_WORDS = re.compile(
    r"^(?:(?:computerworld )?events?\b|kommende events?\b|webinar\b|konference\b|seminar\b|messe\b|kursus\b|kurser\b|"
    r"workshop\b|live ?stream\b|digitalt event\b|gratis (?:deltagelse|event|webinar|konference|adgang)|deltag gratis|"
    r"tilmeld(?:ing| dig)?\b|læs mere og tilmeld|se program|sold out|udsolgt)|\b(?:computerworld events?|cw events?)$",
    re.IGNORECASE,
)
"""How the first words of an event card look."""

EVENT_BUTTONS = re.compile(
    r"(?:tilmeld(?:ing| dig)?(?: (?:nu|her))?|læs mere og tilmeld|se program|sold out|udsolgt)[ !.»›>→]{0,3}",
    re.IGNORECASE,
)
"""Those of them that end a card, and a form for a newsletter too: what follows is another thing."""

DIRECTORIES = re.compile(r"brancheguiden?|it-guiden|leverandørguiden?|firma(?:guiden?|registret)", re.IGNORECASE)
"""Headings of lists of firms, each with its trade and town."""

EVENT_MARKS = re.compile(
    r"gratis deltagelse|tilmeld dig|"
    r"(?:^|[\s.,|])\d{1,2}\.(?: ?(?:&|og|-|–|til) ?\d{1,2}\.)?"
    r" ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
    r"(?: \d{4})?(?:$|[\s,.|])",
    re.IGNORECASE,
)
"""What an event card has in one of its blocks and a job ad has not: a day, an invitation."""

NOT_JOB_WORDS = re.compile(
    r"^(?:annonce(?:indlæg|ørindhold)?\b|sponsor(?:eret|erede|indhold)?\b|partnerindhold\b|kommercielt\b|advertorial\b|"
    r"læs(?:es)? (?:også|lige nu|mere|hele|artiklen|videre)\b|mest læste\b|seneste nyt\b|senest(?:e)?:|nyheder\b|tema:|"
    r"brancheguiden?\b|whitepapers?\b|it-guiden\b|premium\b|kun for abonnenter|det får du i artiklen|"
    r"artikel top billede|\(?foto:|billede:|illustration:|kilde:|af [A-ZÆØÅ]|skrevet af\b|tekst:|"
    r"(?:med )?venlig(?:e)? hilsen|de bedste hilsner|hilsen\b|mvh\b|kontakt\b|redaktion(?:en)?\b|ansvarshavende\b|"
    r"følg os|del artiklen|nyhedsbrev|tilmeld nyhedsbrev|abonner|log ind|opret\b|cookies?\b|privatlivspolitik|"
    r"om computerworld|copyright|©|tags?:|emner:|kommentarer\b|se alle\b|vis (?:alle|flere)\b|"
    r"(?:flere|alle) (?:it-?)?job(?:annoncer)?\b)",
    re.IGNORECASE,
)
"""How blocks begin that are part of a page's furniture: never a company, a title or a region of an ad."""

SIGNATURE_WORDS = re.compile(
    r"^(?:(?:med )?venlig(?:e)? hilsen|de bedste hilsner|hilsen\b|mvh\b|skrevet af\b|af [A-ZÆØÅ]|tekst:|kontakt\b|"
    r"\(?foto:|kommentar af\b|klumme af\b|debat\b|redaktion(?:en)?\b|ansvarshavende)",
    re.IGNORECASE,
)
"""What comes before the name of someone who signs: the blocks after it are a person, a title, a place."""

WRITERS = re.compile(
    r"^(?:(?:\w+-?)?(?:redaktør|journalist|skribent|redaktionschef|freelancer|klummeskribent|kommentator|korrespondent|"
    r"debattør|blogger))\b",
    re.IGNORECASE,
)
"""The trades of those who sign on a news page."""

SECTION_ENDS = re.compile(
    r"^(?:læs(?:es)? (?:også|lige nu)\b|annonceindlæg\b|annonce\b|event:|computerworld events?\b|kommende events?\b|"
    r"brancheguiden?\b|mest læste\b|seneste nyt\b|nyheder\b|job(?:annoncer)?\b(?! i )|ledige (?:job|stillinger)|"
    r"whitepapers?\b|nyhedsbrev\b|premium\b|cookies?\b|artikel top billede|\(foto:)",
    re.IGNORECASE,
)
"""What heads or begins another part of the page: a people section is over there."""

_HEADINGS = frozenset(heading.casefold() for heading in PEOPLE_HEADINGS)
_GOING_ON = tuple(heading.casefold() for heading in GOES_ON)
_HEADINGS_BEGIN = frozenset(" :–-") | {letter for heading in _HEADINGS for letter in (heading[0], heading[0].upper())}
_LONGEST_HEADING = 60


def is_people_heading(text: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a block's text is the heading of a people section; `extra` are further headings, folded."""
    if len(text) > _LONGEST_HEADING or (text[:1] not in _HEADINGS_BEGIN and not extra):
        return False
    folded = text.casefold().strip(" :–-?")
    if folded in _HEADINGS or folded in extra:
        return True
    return folded.startswith(_GOING_ON) and not text.endswith((".", "!", "?")) and folded.count(" ") < 8
