"""Patterns for the words around a former post: how a job is named, what ends a clause, what is no employer.

Kept apart from the reader so that they can be read, and added to, as a table.
"""

from __future__ import annotations

import re

from scraper.parsers.background_phrases import BETWEEN, NAME, WORKED, WORKED_PAST
from scraper.parsers.danish import careers
from scraper.parsers.danish.alternatives import any_of, at_word
from scraper.parsers.danish.units import PRODUCTS

YEARS = (
    r"(?:(?:i|gennem|igennem|for) )?(?:de|det) (?:sidste|seneste|senere)(?: "
    r"[\wæøå½-]{1,40}){0,4}? (?:år|årti|måneder|tid|årrække)"
)
JOB = (
    r"(?:[\wæøå-]{0,40}stilling(?:en)?|job(?:bet)?|[\wæøå-]{0,40}post(?:en)?|rolle(?:n)?|"
    r"ansættelse(?:n)?|position(?:en)?|virke|karriere|tilværelse|projektlederstilling|"
    r"hverv(?:et)?|praktik(?:plads)?|lederrolle|[\wæøå-]{0,40}forløb|elevplads|[\wæøå-]{1,40}job|"
    r"orlov)"
)
COMES_JOB = re.compile(
    rf"(?<!\w)(?:(?:en|et|sin|sit|den|det|hendes|hans|rollen|posten) "
    rf")?(?P<adjectives>(?:[\wæøåÆØÅ½-]{{1,40}} ){{0,4}}?)(?P<job>{JOB})(?=[ ,.])"
)
WORLD = re.compile(
    r"(?:(?:den|det) )?(?:[a-zæøå]{3,20}e )?[\w-]{0,30}(?:verdenen|branchen|sektoren|industrien|miljøet) (?=som )"
)
"""A trade or a world that a title in it is told behind: "fra it-branchen som chef hos"."""
ALIKE = re.compile(r"lignende|tilsvarende|samme|similar")
AS = re.compile(r",? (?:som|i form af|med titel af|med titlen) ")
TO_AS = re.compile(r"(?=[,.]| (?! ))(?=[^.;]{0,60} som )[^.;]{0,60}?(?<!så) som ")
HOLDS = any_of(form for row in careers.HOLDINGS for form in row if form)
SUB_ROLE = re.compile(
    rf"(?:^|\b)(?:har )?(?:(?:senest|først|siden \d{{4}}|{YEARS}|i en årrække|gennem [\w "
    rf"]{{1,12}} år|igennem [\w ]{{1,12}} år|i [\w½ ]{{1,12}} år|blandt andet|også|primært|"
    rf"hidtil|i \d{{4}}|i forvejen|selv|desuden|bl\.a\.|har|i perioden \d{{4}}-\d{{4}}) ){{0,4}}"
    rf"(?:(?:(?:i|gennem|igennem) en (?:lang|længere) årrække |"
    rf"var ansat (?:[\w½]{{1,12}} ){{0,3}})?- først som (?:som )?|"
    rf"(?:har )?(?:som (?=(?:[\w-]{{2,30}} ){{1,4}}(?:har|havde|stod|var|[a-zæøå]{{3,20}}ede) )|"
    rf"(?:fungeret|fungerede|arbejdede|arbejdet|været ansat|ansat|siddet|sad|"
    rf"(?:fungeret|fungerede|arbejdet|arbejdede|siddet|sad|haft|havde|bestridt|bestred)(?: i)?(?: \w{{4,15}}e){{1,3}} "
    rf"(?:stillinger|roller|funktioner)|"
    rf"virket|begyndte|startede)(?: med [\w-]{{1,30}}(?: [\w-]{{1,30}}){{0,2}}?)?(?: (?:først|primært|blandt andet|"
    rf"senest|i flere år|i \w{{1,40}} "
    rf"år))?(?:(?: -)? som|(?:,| -) (?:her(?:i|un)(?:blandt|der)|blandt andet|bl\.a\.)(?: som)?) |"
    rf"(?:{HOLDS}|fik) (?:stillinger(?= som)|stillingen|rollen|"
    rf"titlen|titel af|posten|jobbet|en stilling) (?:som )?|(?:har været|været|var|være) "
    rf"(?:ansat som )?))"
)
ITS_VERB = re.compile(r" [a-zæøå]{3,20}ede\b")
"""The verb behind a title that stands before it: "hvor han som tester arbejdede med"."""
STOP = re.compile(
    at_word(
        r"skal\b", r"vil\b", r"bliver\b", r"der (?:er|har|leverer|udvikler|producerer)\b", r"Hos\b",
        r", hvor(?:fra)?\b", r" hvor(?:fra)?\b", " mens ", r" inden (?:han|hun)\b",
    )
)  # fmt: skip
NOT_PAST = re.compile(
    r"\b(?:skal|vil|bliver|får|kommer til at|uddann\w{0,40}|kursus|certificer\w{0,40}|bestyrelse\w{0,40}|"
    r"formand|sidder|praktikken|driver|ejer|blog|lancering\\w{0,40}|foredrag|aktuelt|fremover|"
    r"nye stilling|nyt job|er ansat|haft opgaver|fortsætter|samarbejde\w{0,40}|gæste\w{0,40}|ansvar for(?! salg| "
    r"kunder| forretning| drift| udvik))\b",
    re.IGNORECASE,
)
MAKERS = re.compile(
    r"(?:teknologi|teknologier|produkter|systemer|software|platform|platforme|værktøjer|certificering|certificeringer)$"
)
_DUTIES = (
    "kunder", "kunde(?!-)", r"freelanc\w{0,40}", "rådgiv(?:et|er)", "rådgav", r"implementer\w{0,40}", "leverandør",
    "projekter (?:hos|for|i)", "løsninger (?:til|hos|for)", "foredrag", "undervist?(?:er)?", "undervisning(?! hos)",
    "udlejet", r"bestyrelse\w{0,40}", "skal", "medlem", "master class", "kursus", "konsulentopgaver", "kundeprojekter",
    r"certificer\w{0,40}", "kurser", "læse", r"studer\w{0,40}", "udviklet", "solgt", "projekt(?!-)",
)  # fmt: skip
DURING = re.compile(
    at_word(*(f"{spelling}{duty[1:]}\\b" for duty in _DUTIES for spelling in (duty[0], duty[0].upper())))
)
"""What one does in a job, so that "hos X" behind it names a customer; small, or with a capital as a sentence begins."""
AMONG = (
    r"(?P<among>(?:(?:[a-zæøå]{2,12}-)?virksomheder|firmaer|organisationer|selskaber|koncerner|banker|"
    r"bureauer|kunder og firmaer|arbejdspladser|brands|konsulenthuse)"
    r"(?:(?:,| -| –) (?:blandt (?:andet|andre)|bl\.a\.|her{1,2}under|"
    r"heriblandt|såsom)|,? (?:så)?som(?: (?:blandt (?:andet|andre)|bl\.a\.))?)"
    r" (?=[A-ZÆØÅ\d])|blandt andre (?=[A-ZÆØÅ\d]))"
)
"""Employers that a plural noun announces: "store virksomheder, herunder Granit og Netklit"."""
_PRODUCTS = rf"(?:{'|'.join(re.escape(word) for word in sorted(PRODUCTS))})\b"
_FORMAL_PLACE = (
    r"(?:i|ved|på|for) (?=(?:[A-ZÆØÅ][\w&-]{0,40} ){1,3}(?:Kommune|A/S|ApS|Bank|Gruppen|Group|Universitet|Danmark)\b"
    r"|[A-ZÆØÅ](?:[a-zæøå]{2,30}|[a-zæøå]{2,20}- og [A-ZÆØÅ]?[a-zæøå]{2,20})"
    r"(?:styrelsen|ministeriet|forvaltningen|direktoratet)\b"
    r"|Region [A-ZÆØÅ]|[a-zæøå-]{0,30}(?:virksomheden|firmaet|selskabet|bureauet|konsulenthuset|koncernen) [A-ZÆØÅ\d])"
)
"""A preposition of many uses where the words behind it can only name an organisation."""
_IN_HOUSE = (
    rf"i (?=(?:både )?(?!{_PRODUCTS})"
    r"[A-ZÆØÅ][\w&.]{2,20}(?: [A-ZÆØÅ]\w{2,20})?(?:\.|$| og |, (?:og |hvor |[A-ZÆØÅ])))"
)
"""The preposition of many uses with nothing but a name behind it."""
OPENER = re.compile(
    rf" (?:fra|hos|ho|som|{_IN_HOUSE}|(?:bland(?:t|et) (?:andet|andre)|bl\.a\.|herunder"
    rf"|heraf(?: [\w½-]{{1,15}}){{0,4}}?|primært|både|dels) "
    rf"(?:i|for|ved|på)|{AMONG})(?=[ \w])"
)
OF_SEVERAL = re.compile(r"\bblandt (?:andet|andre)\b|\bbl\.a\.|\bher(?:under|iblandt)\b|\ben række\b")
AMONG_OTHERS = re.compile(r" (?:blandt (?:andet|andre)|bl\.a\.|både) ")
INCLUDES = re.compile(
    r" (?:inkluderer|omfatter|tæller)(?: (?:blandt (?:andet|andre)|bl\.a\.|også))?"
    r"(?: (?:virksomheder|firmaer|virksomhedsnavne|navne|arbejdspladser) (?:så)?som)?(?= )"
)
"""Verbs behind "tidligere ansættelser"."""
UP_TO_NOW = re.compile(
    r"[^,.;]{0,20}? (?:siden (?:[a-zæøå]{3,9} )?(?:19|20)\d\d|"
    r"(?:(?:i|gennem|igennem) )?(?:de|det) (?:seneste|sidste) [^,.;]{0,18}?år)\b"
)
"""Words behind an employer that say that the post was held until the move."""
SIMILAR_JOB = re.compile(
    r" (?:en|et|sin|sit) (?:(?:seneste|lignende|tilsvarende|tidligere) ){0,2}(?:stilling|job)(?= (?:som|hos|i) )"
)
VERB_OPENER = re.compile(
    r" (?:hos|ho|som|(?:for|i|ved|på) (?=blandt (?:andet|andre) |bl\.a\. |(?:\w{1,40} "
    r"){0,3}(?:virksomheder|firmaer|organisationer|selskaber) som )"
    r"|(?:blandt (?:andet|andre)|bl\.a\.|herunder|heraf|primært|både|dels) (?=(?:i|for|"
    r"ved|på|hos) (?:[A-ZÆØÅ\d]|blandt))"
    rf"|{_FORMAL_PLACE}|{_IN_HOUSE}"
    rf"|{AMONG})(?=[ \w])"
)
FAR_HOUSE = re.compile(
    r" (?:(?!senest|tidligere|hvor|som|der|samt|men|har|er|mens|før|efter |inden (?!for))"
    r"[\w/&-]{1,30},? ){2,18}?(?:hos|ved) (?=[A-ZÆØÅ\d])"
)
"""The words of a long duty between a title and its employer."""
LONG_TIME = re.compile(
    r"\b(?:i|gennem|igennem) (?:en årrække|mange år|flere år|de første|(?:mere end |over )?[\w½]{1,40} år)\b"
)
ARRIVES = re.compile(r"\b(?:kommer|kom|skifter) til [^,.;]{1,60} $")
"""Words before "efter fem år hos" that make it the job the person comes from."""
PLACE_BEHIND = re.compile(
    r" (?:i|hos|fra|på) (?P<name>[A-ZÆØÅ][\w&/-]{1,30}(?: [A-ZÆØÅ&][\w&/-]{0,30}){0,3})"
    rf"(?: i [A-ZÆØÅ][a-zæøå]{{1,20}})?,? hvor {NAME} (?:har )?$"
)
"""The house named before a clause on what somebody was there: "eksperter i Granit, hvor hun tidligere"."""
YEARS_ABROAD = re.compile(
    rf"{YEARS} (?:boet|opholdt sig|været bosat) (?:i|på) [A-ZÆØÅ]\w{{1,30}}, "
    r"hvor (?:han|hun) (?:blandt andet |bl\.a\. |også )?$"
)
"""Years of living elsewhere, behind which the post stands that was held there until the move."""
NOW_LEFT = re.compile(
    rf",? som {NAME} (?:nu |netop |dermed )?(?:forlader|har forladt|slipper|har sluppet|siger farvel til)\b,?"
)
"""What says of the house just named that it is the one the person leaves."""
HAS_THEY = re.compile(r" har (?:han|hun) ")
SCHOOL = re.compile(
    r" på (?:[A-ZÆØÅ]\w{0,20} ){0,2}[A-ZÆØÅ]?\w{0,30}(?:skolen|skole|universitet|universitetet|gymnasium)\b"
)
"""Where one who "startede på" it began to study."""
WHERE = re.compile(r"\bhvor (?:[\w.-]{1,40} ){1,9}$")
SUBORDINATE = re.compile(r"(?:,|-) (?:hvor|som|og hvor|mens)(?: [\w.-]{1,40}){0,6} $")
NO_POST = re.compile(
    r",? (?:og |i )?(?:kommer|fra(?! (?:[a-zæøå]{2,20}- og )?"
    r"(?:[a-zæøå-]{2,30}(?:virksomheden|firmaet|selskabet|bureauet|huset) )?[A-ZÆØÅ])|"
    r"ved at|skal|er|med)\b"
)
NEW_ONE = re.compile(r"\b(?:opbygg\w{0,10}|skal|få|får|bred|som|ny|nye|nyt|tiltrædt|tiltrådt) $")
ANOTHER = re.compile(r" (?:hos|og|hvor|har|på)\b|,")
WHERE_NEAR = re.compile(r"hvor (?:han|hun|[A-ZÆØÅ]\w{1,40}) (?:\w{1,40} )?$")
SUCH_AS = re.compile(r"(?:virksomheder|firmaer|teknologier|produkter|områder|kunder|så|systemer|brands|leverandører)$")
HOS = re.compile(r" (?:hos|ho) ")
HAS_WORKED = re.compile(rf"(?<!\w){BETWEEN}{WORKED}\b")
VERB = re.compile(
    rf"(?:(?:,? |,)(?:(?:har|havde|var|er) )?(?:(?>{NAME})(?:, (?:der|som) [^;]{{3,160}}?,)? )?(?:har "
    rf")?{BETWEEN}(?=[a-zæøå])(?:(?P<worked>{WORKED})|(?P<past>{WORKED_PAST}))\b)"
)
WHERE_THEY = re.compile(rf",? (?:- )?hvor {NAME}(?: |$)")
CLAUSE_END = re.compile(
    r"(?<! bl)(?<! bl\.a)[.;](?![A-Za-z])|,? og (?:har|er|kommer|var|skal|hun|han|mestrer|behersker"
    r"|kender|taler|fungerer|agerer)\b|, (?:som|der) "
)
NOUN_END = re.compile(r"[;]|, er |,? og (?:har|er|kommer|var|skal|hun|han)\b|, (?:som|der) |\bog (?:senest|tidligere)")
SUBJECT = re.compile(rf" (?:{NAME}|sin karriere|sin (?:\w{{1,40}} )?karriere)(?= )")


def scope_end(text: str, position: int, limit: int) -> int:
    """Where the words that may name a former employer end: before what the person will do, or a clause on a place."""
    stop = STOP.search(text, position, limit)
    return stop.start() if stop else limit
