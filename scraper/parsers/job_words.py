"""The words that join the parts of a job in running Danish: what a job reader goes by."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[^\s,;:()\"“”»«]+")
POSITION = re.compile(
    r"(?:(?:i|til|med|fra) )?(?:(?:en|et|den|det) )?(?:[a-zæøå-]{1,30} ){0,3}?"
    r"(?:[a-zæøå]{0,20}stillingen|[a-zæøå]{0,20}stilling|rollen|rolle|jobbet|job|posten|post|funktionen|funktion|roret|titlen|titel|egenskab|elevplads|praktikplads)"
    r"(?=[ ,.]|$)(?: af)? ?"
)
"""Words that only say that a job follows: "i en nyoprettet stilling"."""
POSITION_NOUNS = (
    "stilling", "rolle", "job", "post", "funktion", "titel", "titlen", "roret", "egenskab", "elevplads", "praktikplads"
)  # fmt: skip
MARKER = re.compile(
    r"(som|om|hos|ho|i|ved|på|med tilknytning til|tilknyttet|for|til|under|af|fra|med base i|med arbejdssted i|"
    r"med udgangspunkt i|med kontor i|med sæde i) "
)
SECOND_UNIT = re.compile(r",(?= (?:i|hos) [A-ZÆØÅ])")
TEAM_ENDS = ("-team", "-afdeling", "-division", "-enhed", "afdelingen", "teamet")
SHARED = re.compile(r"delt mellem (?=[A-ZÆØÅ])")
SKIP_TO = re.compile(r"(?:med|gennem|siden|inden for|indenfor|blandt andet|fra|efter|under|til|på|af) ")
HOS = re.compile(r" hos (?=\S)")
AT_PROPER = re.compile(r" (?:på|ved|til) (?=[A-ZÆØÅ0-9])")
IN_BRACKETS = re.compile(r" \(([A-ZÆØÅ][^()]{1,30})\)")
ASIDE = re.compile(r" \([^()]{2,60}\)(?= (?:i|på|som|ved) )")
"""What stands in brackets behind an employer, where the job goes on: "hos Granit (stål i Vejle) i salgsafdelingen"."""
NAMED_TEAM = re.compile(r"(?:[A-ZÆØÅ][\w./&-]{0,30} ){1,5}team (?=[A-ZÆØÅ])")
"""The words of a department's name up to the noun in its middle: "Nova Dynamics team Havne og Fly"."""
IN_WORD = re.compile(r" i (?=[A-ZÆØÅa-zæøå])")
OF_FIRM = re.compile(
    r"(?:virksomhedens|firmaets|selskabets|koncernens|bureauets|husets|bankens|organisationens|sin|sit|deres) "
)
REGION = re.compile(r"(?<![\w-])[A-ZÆØÅ][\w-]{0,30}regionen\b")
I_PROPER = re.compile(r" i (?=[A-ZÆØÅ0-9])")
OFFICE = re.compile(
    r"(?:(?:det|den|de|vores|deres|sit|virksomhedens|firmaets|selskabets|bureauets|koncernens|"
    r"nyåbnede|nye|danske|nordiske|lokale|jyske|fynske) )*"
    r"(?:hovedkontoret|kontoret|hovedkontor|kontor|hovedsædet|domicilet|afdelingen|filialen|kontorerne|adressen|lageret|landekontoret"
    r"|hovedsæde|afdeling|filial|adresse|domicil)"
    r"(?: (?:i|på|ved) )"
)
PLACE_UNIT = re.compile(
    r"(?<!\w)(?:(?:nye|ny|nyetablerede|nyoprettede|nyåbnede|nystartede|store) )?"
    r"([A-ZÆØÅ]\w{1,40})-?(?:afdelingen|afdeling|kontoret|kontor|filialen|filial|afd\.)(?![\w-])"
)
PLACE_OR_FIRM = re.compile(r" (?:på|ved|hos|i) (?=[A-ZÆØÅ0-9])")
ADVERBS = re.compile(
    r"(?:(?:snarest|snart|nu|netop|igen|officielt|samtidig|også|herefter|formelt|fremover|"
    r"dermed|fast|i dag|ligeledes|(?:cirka|ca\.) \d{1,2} timer (?:ugentligt|om ugen)) )+"
)
INSTITUTE = re.compile(r"^(?:Institut|Insitut|Center|Afdeling|Department)\b|Institut$", re.IGNORECASE)
WITH_FORM = re.compile(r", [A-ZÆØÅ][\w-]+ (?:A/S|ApS|K/S|I/S)(?= i |, har |\.$)")
AFTER_FIRM = re.compile(r"[,.]|$| i ")
OF_UNIVERSITY = re.compile(r"(?:,| på| ved| i| hos) ")
UNIVERSITY = re.compile(r"niversitet|University|DTU|CBS|RUC|SDU|AAU|ITU|College|skole", re.IGNORECASE)
PART_OF_SCHOOL = re.compile(r"(?:House|School|Faculty|Department|Institute) [Oo]f ")
"""How the part of a school begins that an English name tells: "House of Wind, Birkdam"."""
PUBLIC_BODY = re.compile(
    r"(?:Kommune|[Uu]niversitet|University|ospital|[Ss]tyrelsen|[Mm]inisteriet)$|^Region |^University of "
)
"""Organisations that are named after their part: "i Byservice, Nordby Kommune"."""
EXPERTS = ("ekspert", "expert", "underviser", "lærer", "lektor", "professor", "adjunkt", "forsker")
"""Titles after which "i X" tells the field."""
FIELD_OF_TITLE = re.compile(r", ([A-ZÆØÅ][^,]{1,40})$")
"""The department behind a title and a comma: "konsulent, Nova Consulting, hos Granit"."""
CLAUSE = re.compile(r"[.,;:!?(]|$| - | – ")
TWO_TITLES = re.compile(r" (?:i|for|hos) (?:og|samt) [a-zæøå-]{3,20}(?P<of> (?:af|i|for|hos) )(?=\S)")
"""What stands between a title and its house where another title shares it: "direktør i og stifter af Granit"."""
AND_TEAM = re.compile(r"og (?=(?:en )?del af |medlem af )")
MEMBER_AT = re.compile(r"og medlem af [^,.;]{2,40}? (?=(?:i|hos) )")
"""A seat among those who lead, behind a title, up to the employer."""
RELATIVE_VERBS = (
    "er ", "har ", "var ", "havde ", "blev ", "bliver ", "kommer ", "skal ", "arbejder ", "leverer ", "sidder "
)  # fmt: skip
"""Verbs that, right after "som", begin a relative clause."""
RELATIVE_WORDS = frozenset(
    """
    er har var havde blev bliver kommer kom skal oprindeligt tidligere senest ud blandt også i de siden sidder arbejder
    leverer han hun netop fremover endvidere
    """.split()
)
"""Words that, after "som", begin a relative clause and no title."""
