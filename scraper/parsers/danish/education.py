"""Degrees, trades and schools as Danish announcements write them: where one begins and where it ends.

The tables are word lists that anyone who knows Danish can extend: short degrees, studies, words a school's name is
built of, words that end a degree. `head_at` finds a degree that needs no verb before it ("cand.merc.", "HD(O)",
"master i"), `phrase_end` says how far it runs, `school_at` reads a school's name.
"""

from __future__ import annotations

import re

from scraper.parsers.danish.alternatives import anywhere
from scraper.parsers.danish.words import words_in
from scraper.records import Span

CAND_BRANCHES = (
    # the words after "cand.", alone or in a row: cand.merc.aud., cand. scient. pol.
    "act adm agro arch art aud bibl biotech brom comm dat escience fib fil fin geom "
    "horthort hort imm inf int interpret it jur "
    "kom ling mag mat med merc musicae negot odont oecon oceon øecon pharm phil pol "
    "polit polyt psych psyk publ pæd san scient "
    "scm silv soc tech techn tele theol vet"
).split()

SHORT_DEGREES = (
    # written alone they are a degree; a bracket or a hyphenated grade may follow
    r"HD(?:[ORAFU]|[ -][ORAFU]\b)?(?= (?:i|fra|med|og|på|ved|inden|samt|1\.|2\.|første|anden|som|,)\b|[.,;(]| \(|$)",
    r"HDO",
    r"HA(?:\.? ?(?:dat|jur|it|kom|mat|fil|psyk|almen|int|merc)\b\.?)?",
    r"(?:E-|Mini-|mini-|mini |Mini |Executive |executive |E)?MBA",
    r"EBA",
    r"CBA",
    r"HHX?(?= (?:på|fra|og)\b|[.,])",
    r"M\.B\.A\.?",
    r"PBA",
    r"BBA",
    r"(?:BA|B\.A\.?|MA|M\.A\.?)(?= (?:i|in|fra|from|og)\b| \(|[.,])",
    r"[Mm]\.? ?[Ss][Cc]\.?(?:c\.e)?(?:\.? ?(?:[Ee]ng|EE|CS|Econ)\b\.?)?",
    r"[Bb]\.? ?[Ss][Cc]\.?(?:[Ee]\.[Ee]\.?)?(?:\.? ?(?:[Ee]ng|EE|CS|Econ)\b\.?)?",
    r"B\.?[Ee]ng\.?",
    r"M\.?[Ee]ng\.?",
    r"Ph\.?D\.?",
    r"ph\.? ?[dD]\.?",
    r"PhD",
    r"phd",
    r"mag\.art\.?",
    r"exam\.art\.?",
    r"dr\.(?:phil|techn|scient|med)\.?",
)

LONG_DEGREES = (
    # words that are a degree wherever a person has one
    r"(?:\w{1,40}-)?(?:professions|diplom)?bachelor(?:grad(?:en)?|uddannelse)?(?:/HA)?",
    r"(?:[A-Za-zæøå]+-)?kandidat(?:grad|eksamen|uddannelse)",
    r"kandidat(?= (?:i|fra|ved|på|inden)\b)",
    (
        r"(?:dobbelt|Executive |executive )?master(?:-?grad(?:er)?|uddannelse|'s degree| degree|s degree)?"
        r"(?= (?:i|in|of|fra|inden|på|hos|med|ved|og)\b|[.,])"
    ),
    r"Bachelor(?= (?:i|in|of|fra)\b)",
    r"(?:Executive )?(?:Master|Master'?s(?= [Dd]egree))(?: [Dd]egree)?(?= (?:i|in|of|fra)\b)",
    r"ph\.?d\.?-grad",
    r"doktorgrad",
    r"(?:[a-zæøå]{1,40}-?)?merkonom(?:uddannelser?)?",
    r"diplom(?= i\b)",
    r"[Dd]iploma(?= in\b)",
    r"akademiøkonom",
    r"(?:studenter|student|handels|HF-|HTX-)eksamen",
    r"(?:it-|IT-|bygnings|maskin|elektronik|kemi|eksport|data)?diplomingeniør",
    r"diplom-?it-ingeniør",
    r"svendebrev",
    r"(?:it-)?diplomeksamen",
)

TRADES = (
    # a trade or profession by training: counts after "er", "som er", "har en baggrund som" only with a full stop,
    # a comma, "og", "i" or "fra" behind it, since many are titles of a job as well
    "civilingeniør akademiingeniør softwareingeniør svagstrømsingeniør "
    "stærkstrømsingeniør elektronikingeniør it-ingeniør "
    "maskiningeniør kemiingeniør eksportingeniør produktionsingeniør teknikumingeniør "
    "bygningsingeniør ikt-ingeniør ingeniør "
    "datamatiker datalog datanom teknonom datafagtekniker datatekniker datamekaniker "
    "multimediedesigner webintegrator mediegrafiker "
    "civiløkonom markedsøkonom markedsføringsøkonom serviceøkonom finansøkonom "
    "handelsøkonom økonom merkonom revisor jurist aktuar "
    "matematiker fysiker kemiker biolog geolog geograf sociolog antropolog psykolog "
    "historiker filolog medialog statistiker "
    "elektriker industrielektriker elektronikmekaniker elektronikteknolog "
    "elektroniktekniker maskintekniker automatiktekniker "
    "automatikmekaniker radiomekaniker telemontør folkeskolelærer skolelærer lærer "
    "sygeplejerske bioanalytiker laborant journalist "
    "bankassistent kontorassistent edb-assistent informatikassistent korrespondent landinspektør arkitekt officer "
    "reserveofficer linjeofficer maskinmester socialformidler bibliotekar humanist speditør it-supporter shippingmand "
    "ejendomsmægler valuar handelsassistent finansassistent mekaniker tømrer tandlæge læge dyrlæge farmaceut akademiker"
).split()

SCHOOL_WORDS = (
    # lower-case words that may begin or continue a school's name
    "universitetet universitet handelshøjskolen handelshøjskole ingeniørhøjskolen ingeniørhøjskole erhvervsakademiet "
    "erhvervsakademi journalisthøjskolen højskolen højskole handelsskolen handelsskole "
    "handelsgymnasium maskinmesterskole "
    "maskinmesterskolen landbohøjskolen seminarium skolen skole akademi akademiet "
    "tekniske teknisk teknologisk institut business school "
    "college university teknikum lærerhøjskole musikkonservatorium kunstakademi "
    "arkitektskolen forvaltningshøjskole købmandsskole "
    "datalogisk"
).split()

COUNTRIES = frozenset(
    "Danmark Sverige Norge Finland Island Færøerne Grønland England Skotland Irland "
    "Storbritannien Tyskland Holland Frankrig "
    "Spanien Italien Portugal Polen Rumænien Bulgarien Ungarn Tjekkiet Litauen Letland "
    "Estland Rusland Ukraine Tyrkiet Indien "
    "Kina Japan Pakistan Iran Irak Syrien Israel Egypten USA Canada Australien Brasilien Mexico Schweiz Østrig Belgien "
    "Sydafrika Singapore Malaysia Serbien Bosnien Kroatien Grækenland UK Europa "
    "Afghanistan Libanon Somalia Marokko Chile "
    "Norden Skandinavien Scandinavien Florida Texas Californien "
    "Argentina Nigeria Ghana Kenya Uganda Vietnam Thailand Filippinerne Indonesien "
    "Albanien Slovakiet Slovenien Makedonien".split()
)

_CAND = "|".join(sorted(CAND_BRANCHES, key=len, reverse=True))
_HEAD = re.compile(
    rf"(?<![\w-])(?=[^\W\d_])(?<![Ss]crum )(?:[Cc]and\.? ?(?:(?!(?<= )(?:med|kom)\b(?!\.))(?i:{_CAND})\b\.? ?){{1,4}}"
    rf"(?: ?\([^()]{{2,60}}\)\.?)?"
    rf"|(?:{'|'.join(SHORT_DEGREES)}|{'|'.join(LONG_DEGREES)})(?: ?\([^()]{{1,60}}\))?)(?!\w)(?!\.?-(?!grad|uddann))"
    r"(?!\.? (?:fellow|stipend|scholar|studerende|student))"
)
_TRADE = re.compile(
    rf"(?<![\w-])(?=[^\W\d_]{{2}})(?:[a-zæøå]{{1,20}}-)?(?:{'|'.join(sorted(TRADES, key=len, reverse=True))}"
    r"|[a-zæøå]{2,20}ingeniør)"
    r"(?: \([A-Z]{1,2}\))?"
    r"(?=[.,;]| og | i [a-zæøå]| fra | med | samt | suppleret | [-–] |$)",
    re.IGNORECASE,
)

_SHORT_START = re.compile(
    r"H[DAH]|[MPBEC]BA|E-|[MBE]\.|BA|MA|MS|Ms|BS|Bs|BE|ME|EM|P[hH]|ph|[mb]\.|[Mm]ini|[Ee]xe|exa|dr\.|[Cc]an"
)
_SHORT_STARTS = re.compile(
    r" (?=[HMPBEmpbdeCc][DAHBEMSsahirx -])(?=H[DAH]|[MPBEC]BA|E-|[MBEmb] |BA|M[ASs]|B[SsE]|ME|EM|P[hH]|ph|"
    r"[Mm]ini|[Ee]xe|exa|dr |[Cc]an)"
)
"""Where, among bare words, one begins as a short degree does: the first letters spare a look at the list."""
_BEFORE_SHORT = frozenset({"", " ", "(", "/", '"', "“"})
_HEAD_ENDS = (
    "achelor", "achelorgrad", "achelorgraden", "acheloruddannelse", "grad/HA", "andidat", "andidatgrad",
    "andidateksamen", "andidatuddannelse", "aster", "astergrad", "astergrader", "aster-grad", "aster-grader",
    "asteruddannelse", "aster's", "asters",
    "merkonom", "merkonomuddannelse", "merkonomuddannelser",
    "diplom", "iploma", "akademiøkonom", "eksamen", "diplomingeniør", "diplom-it-ingeniør", "doktorgrad", "d.-grad",
    "svendebrev", "diplomeksamen",
)  # fmt: skip
"""Ends and beginnings of words that a degree may begin with: only there the long pattern is tried."""
_HEAD_PARTS = ("achelor", "andidat", "aster", "merkonom", "iplom", "økonom", "eksamen", "grad", "svendebrev")
_BRACKETS = frozenset({"(", "/", '"', "“"})
_TRADE_WORDS = frozenset(spelling for trade in TRADES for spelling in (trade, trade.capitalize(), trade.upper()))

_VERB = (
    r"(?:har|været|arbejdet|haft|er|var|kommer|kom|blev|bliver|skal|vil|kan|får|fik|har|"
    r"havde|arbejde\w{0,40}|gjorde|tog|startede|starter|begynder|begyndte|læser|"
    r"beskæftig\w{0,40}|fungere\w{0,40}|indgår|bringer|stod|bestrider|besidder|tilføjer|taler|han|"
    r"hun|de|derudover|desuden|siden|senest|oprindelig|"
    r"senere|endvidere|efterfølgende|herudover|samtidig|før|tidligere|også|løbende|ellers|"
    r"nu|dertil|sidenhen|derefter|uddannet|nyuddannet|tæller|arbejder|vender|overtager|"
    r"træder|i (?:de|det|over|mere|mange|flere|en|sin|dag|løbet)|medbringer|blandt|"
    r"startet|tiltræder|indledte|[a-zæøå]{3,20}ede|[a-zæøå]{3,20}te (?:han|hun)|akkrediteret|"
    r"supplerer|underviser|bor|gik|ansat|arbejdet|certificeret|mange|mere|flere|en|et|"
    r"udvikler|videreuddannet|efteruddannet|har)\b"
)
_ENDING = (
    *"""
    fra Fra på ved hos via med suppleret sideløbende forud efter men der som hvor hvorefter hvorfra hvilket kombineret
    under om gennem igennem tilbage samme oprindeligt oprindelig ligesom mens hvis indtil siden har havde er kommer skal
    blandt netop before
    """.split(),
    r"i (?:bagagen|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)",
)
"""Words that a degree ends before."""
_END = re.compile(
    r"[ .;:!?,(](?:(?<=[.;:!?])(?:(?= |$|\()|(?=[A-ZÆØÅ]))"
    rf"|(?<= )(?:[-–—] |(?:{anywhere(*_ENDING)}|"
    rf"(?:i |år |i år )?\d{{4}}|for (?:[\wæøå]{{1,12}} ){{1,3}}(?:år|måneder) siden)\b"
    rf"|(?:og|samt|eller) (?={_VERB})"
    rf"|(?:kom|blev|fik|gik|tog|arbejdede|begyndte|startede|skiftede|fortsatte) (?=han\b|hun\b|[A-ZÆØÅ])"
    r"|(?:og|samt) inden ?for |\([Hh]onours|\((?:-?p|-P)\)|og (?=\d)|og (?=[\w-]{2,20}[ -]certificeret))"
    rf"|(?<=,) (?=(?:og |samt )?{_VERB}|som\b|der\b|hvor|men\b|samt\b|hvis\b|suppleret|heraf|herunder|ligesom|"
    rf"kombineret|inden|og \d|fra\b|på\b|med\b|[A-ZÆØÅ]\w{{1,40}} (?:har|er|kommer)\b)"
    r"|(?<=\()(?:-?p|-P)\))"
)
"""The mark or blank comes first, so that the engine tries no place within a word."""
_SEPARATOR = re.compile(r", (?:og |samt )?| (?:og|samt|eller|plus) ")
_DETERMINER = re.compile(
    r"(?:(?:en|et|sin|sit|desuden|derudover|også|to|har|både|endvidere|den|blandt andet|"
    r"efterfølgende|siden|en frisk|tidligere) ){1,3}"
)
_CLOSER = re.compile(
    rf"(?:(?: både)? i (?:{anywhere(*COUNTRIES)})(?: og i [A-ZÆØÅ]\w{{1,20}})?"
    r"| i sin uddannelse| i forbindelse|[ ,–-]+|(?<=[\"”])\)|(?: og| samt| i| inden ?for)\b)+$"
)
_THEN = re.compile(
    r" og (?:siden|sidenhen|derefter|senere|efterfølgende|dertil) (?!har\b|arbejd|været\b|"
    r"\d|er\b|som\b|da\b|blev\b|uddannet)"
)
_LISTED = re.compile(
    r"(?<![\w-])[a-zæøå-]{1,40}(?:tekniker|mekaniker|nom|økonom|ingeniør|assistent|designer|matiker|"
    r"montør|elektriker|revisor|lærer|psykolog"
    r"|terapeut|coach|officer|konsulent|bibliotekar|pædagog)(?=[,.]| og | i | fra | [-–] |$)"
)
_SINGLE = re.compile(
    r"(?<![\w-])[a-zæøå-]{5,40}(?<!te)(?<!ede)(?=[,.]| [-–] |$| og [a-zæøå-]{5,40}(?:[,.]|$| og | fra | i ))"
)
"""One small word between the marks of a list of degrees, itself a degree where the one before it is one word."""
_OPENER = re.compile(r"[ ,]*(?:(?:uddannet|nyuddannet|henholdsvis|både|blandt andet|bl\.a\.|netop|en|et|også) )*")
_UPPER = "A-ZÆØÅÄÖÜÉ"
_SCHOOL_LOWER = "|".join(sorted(SCHOOL_WORDS, key=len, reverse=True))
_SCHOOL_PREFIX = re.compile(
    r"(?:(?:det|den|the|uddannelsesstedet|skolen|handelsskolen) )(?=[A-ZÆØÅ])|(?:den|det) "
    r"(?=[a-zæøå]{1,40}e (?:handelshøjskole|tekniske|universitet|journalisthøjskole|"
    r"filmskole))"
)
_SCHOOL_ADJECTIVE = re.compile(r"[a-zæøå]{1,40}e (?=handelshøjskole|tekniske|universitet|journalisthøjskole|filmskole)")
_SCHOOL_WORD = re.compile(
    rf"[{_UPPER}][\w&'’´.+-]{{0,40}}(?:/[{_UPPER}][\w&-]{{0,40}})*(?:(?<=-) og [\w-]{{1,40}})?|"
    rf"(?:{_SCHOOL_LOWER})\b|\d{{1,3}}(?= [{_UPPER}])",
)
_SCHOOL_LINK = re.compile(
    rf" (?:(?:of|for|the|i|and|og|de|&|in|at|la|der|für|del|di|du|van|og|international|[-–]) ){{1,2}}(?=[{_UPPER}])"
)
_SCHOOL_TAIL = re.compile(
    r", (?!USA|UK)[A-Z]{2,5}(?=[.,]|$)|(?<=University of California), (?:Berkeley|[A-Z][a-z]+ [A-Z][a-z]+)"
)
_SCHOOLISH = re.compile(
    r"skole|universit|college|akademi|institut|school|academy|seminari|gymnasi|teknikum|lærere|kursus"
    r"|\b(?:niels brock|cbs|dtu|itu|kea|ruc|sdu|aau|tec|iba|ucn|ucl|cphbusiness|eal|easj|via)\b",
    re.IGNORECASE,
)
_OF_INSTITUTE = re.compile(r"[^.,;]{0,30}? (?:på|ved|under) ")
_DEFINITE = re.compile(
    r"(?:skolen|akademiet|universitetet|institute|instituttet|seminarium|skole|akademi|it-universitet|htx|hhx)$",
    re.IGNORECASE,
)


def sounds_like_school(name: str) -> bool:
    """Whether a name says that it is a school's: where one was trained "hos" something else, that is an employer."""
    return _SCHOOLISH.search(name) is not None


def head_at(text: str, position: int, end: int) -> re.Match[str] | None:
    """A degree that is known by its own words and begins at `position`; trades are not among them."""
    return _HEAD.match(text, position, end)


_DEGREE_BEGINS = (
    "HD", "HA", "HH", "MBA", "EMBA", "E-", "EBA", "CBA", "PBA", "BBA", "BA", "MA", "M.", "M ", "B.", "B ", "Ms", "MS",
    "BS", "Bs", "BE", "ME", "M.E", "Ph", "ph", "PhD", "Mast", "mast", "Bach", "bach", "Exec", "exec", "Mini", "mini",
    "cand", "Cand", "kandidat", "mag.", "exam", "dr.", "dipl", "Dipl", "Graduate D", "merkonom", "svendebrev",
)  # fmt: skip
"""What degrees begin with that might pass for a firm or a title."""


def is_degree(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` on are a degree and no firm or title: "MBA i ledelse", "HD"."""
    if not text.startswith(_DEGREE_BEGINS, start):
        return False
    return text.startswith("Graduate Diploma", start) or _HEAD.match(text, start, end) is not None


def heads(text: str) -> list[Span]:
    """Every degree of the text that is known by its own words, in order, none inside another."""
    places: set[int] = set()
    for short in _SHORT_STARTS.finditer(words_in(text).bare):
        at = short.start()
        if text[at - 1 : at] in _BEFORE_SHORT and _SHORT_START.match(text, at):
            places.add(at)
    for part in filter(text.__contains__, _HEAD_PARTS):
        at = text.find(part)
        while at >= 0:
            begin = text.rfind(" ", 0, at) + 1
            close = text.find(" ", at)
            token = text[begin : close if close >= 0 else len(text)]
            if token.rstrip(".,;:)").endswith(_HEAD_ENDS):
                places.add(begin + 1 if token[:1] in _BRACKETS else begin)
            at = text.find(part, at + len(part))
    found: list[Span] = []
    busy = 0
    for at in sorted(places):
        head = _HEAD.match(text, at) if at >= busy else None
        if head:
            begin = at
            if head.group().startswith("Diploma") and text.endswith("Graduate ", 0, at):
                begin -= len("Graduate ")
            if "eksamen" in head.group() and (kind := _KIND_OF_EXAM.search(text, max(0, at - 25), at)):
                begin = kind.start()
            found.append((begin, at + len(head.group().rstrip())))
            busy = head.end()
    return found


_KIND_OF_EXAM = re.compile(r"(?<![\w-])(?:[a-zæøå]{3,20}isk|højere|sproglig) $")
"""What an examination is in: "juridisk kandidateksamen"."""


def has_trade(text: str) -> bool:
    """Whether one of a text's words may be a trade of the table."""
    words = words_in(text)
    return "ingeniør " in words.bare or not _TRADE_WORDS.isdisjoint(words.row)


def trade_at(text: str, position: int, end: int) -> re.Match[str] | None:
    """A trade of the table at `position` that ends as a trade does (comma, full stop, "og", "i", "fra")."""
    return _TRADE.match(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks and stray commas, or None where nothing is left."""
    opener = _OPENER.match(text, start, end)
    if opener:
        start = opener.end()
    closer = _CLOSER.search(text, max(start, end - 60), end)
    if closer:
        end = closer.start()
    if text.endswith(_NO_DEGREE_ENDS, start, end) and not _HEAD.match(text, start, end):
        return None
    return (start, end) if end - start >= 2 else None


_NO_DEGREE_ENDS = ("Bank", "A/S", "branchen", "sektoren", "industrien", "verdenen")
"""Ends of words that tell where one was trained and no degree: "uddannet i vindbranchen"."""


def phrase_end(text: str, start: int, end: int, known: list[Span]) -> int:
    """Where the degree that begins at `start` ends: before its school, its year, the next clause or `end`.

    `known` are the `heads` of the text: a full stop inside one of them ends nothing.
    """
    head = _HEAD.match(text, start, end)
    position = head.end() if head else start
    if head and head.group().endswith(" "):
        position -= 1
    for stop in _END.finditer(text, position, end):
        if not any(begin < stop.start() < close for begin, close in known):
            return stop.start()
    return end


def degrees_at(text: str, start: int, end: int, known: list[Span]) -> tuple[list[Span], int]:
    """The degrees and trades listed from `start` on, and where the list ends; `known` as in `phrase_end`."""
    stop = phrase_end(text, start, end, known)
    items: list[Span] = []
    item = start
    for separator in _SEPARATOR.finditer(text, start, stop):
        if separator.start() < item or text.startswith("-", separator.start() - 1):
            continue
        following = separator.end()
        determiner = _DETERMINER.match(text, following, stop)
        at = determiner.end() if determiner else following
        field = text.endswith((" i ", " for "), 0, start)
        single = not field and _SINGLE.match(text, at, end) and " " not in text[item : separator.start()]
        if single or _HEAD.match(text, at, end) or _TRADE.match(text, at, end) or _LISTED.match(text, at, end):
            span = _trimmed(text, item, separator.start())
            if span:
                items.append(span)
            item = at
    span = _trimmed(text, item, stop)
    if span:
        items.append(span)
    then = _THEN.match(text, stop, end)
    if then and items:
        further, stop = degrees_at(text, then.end(), end, known)
        items += further
    return items, stop


def school_at(text: str, start: int, end: int) -> Span | None:
    """The school whose name begins at `start`, with its town where that is part of it; None for a country."""
    prefix = _SCHOOL_PREFIX.match(text, start, end)
    begin = prefix.end() if prefix else start
    adjective = _SCHOOL_ADJECTIVE.match(text, begin, end)
    word = _SCHOOL_WORD.match(text, adjective.end() if adjective else begin, end)
    if word is None:
        return None
    position = word.end()
    while True:
        if text.startswith(" ", position):
            following = _SCHOOL_WORD.match(text, position + 1, end)
            if following is not None:
                position = following.end()
                continue
        link = _SCHOOL_LINK.match(text, position, end)
        if link is None:
            break
        linked = link.group().strip()
        if linked == "i" and not _DEFINITE.search(text, begin, position):
            break
        if linked == "og" and not text.startswith("Institut", begin):
            break
        following = _SCHOOL_WORD.match(text, link.end(), end)
        if following is None or _HEAD.match(text, link.end(), end):
            break
        if linked == "i" and following.group() in COUNTRIES:
            break
        position = following.end()
    while position > begin and text[position - 1] in ".,-–'’":
        position -= 1
    tail = _SCHOOL_TAIL.match(text, position, end)
    if tail:
        position = tail.end()
    name = text[begin:position]
    if (
        name in COUNTRIES
        or len(name) < 2
        or name in {"tekniske", "skolen", "universitetet", "skole", "teknisk", "institut"}
    ):
        return None
    if name.startswith(("Institut", "Datalogisk Institut", "datalog", "Department")):
        inner = _OF_INSTITUTE.match(text, position, end)
        if inner and inner.end() - position < 40:
            outer = school_at(text, inner.end(), end)
            if outer:
                return outer
    return (begin, position)
