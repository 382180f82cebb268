"""Degrees, trades and schools in an announcement: where each is named and what it is tied to.

A degree is opened by a verb ("uddannet", "har fuldført"), or known by its own words ("cand.merc.", "HD"). What is under
way, planned or taught is no degree of the person. The school stands behind the degree in the same clause.
"""

from __future__ import annotations

import re

from scraper.parsers.background_phrases import NAME
from scraper.parsers.danish import education
from scraper.parsers.danish.alternatives import anywhere, at_word
from scraper.parsers.danish.places import TOWNS
from scraper.records import Span

_TRAINED = re.compile(
    r"(?<!\w)(?P<trade>[A-ZÆØÅa-zæøå]{2,20}-?)?(?:(?<=[Nn]y)|(?<=ærdig)|(?<=videre)|"
    r"(?<=efter)|)(?P<verb>ud{1,2}ann{1,3}et|udlært|faglært)\b"
)
_FIRST_HALF = re.compile(r"(?<![\w-])[a-zæøå]{3,20}- og $")
"""The first of two trades that share their end: "kontor- og salgsuddannet"."""
_NEW = frozenset("ny færdig videre efter vel ud elev".split())
_AFTER_TRAINED = re.compile(
    r"(?: (?:som|til|i|inden for|indenfor|oprindeligt|oprindelig|blandt andet|bl\.a\.|"
    r"både|først|med|en|et|henholdsvis|hhv\.|dels"
    r"|(?:i )?(?:januar |februar |marts |april |maj |juni |juli |august |september |"
    r"oktober |november |december )?\d{4}))*(?= )"
)
_NO_DEGREE = re.compile(
    r" ?(?:[.,;]|og\b|sig\b|fra\b|har\b|men\b|er\b|af\b|samt\b|hvor|gennem|i tæt\b|i sin\b|"
    r"igennem|under|efter|på en\b|\d{4}|dér|her\b|i det\b|(?:den|det|de) [a-zæøå])"
)
_SCHOOL_FIRST = re.compile(
    r"(?: sig)?(?: videre)?(?: i \d{4})?,? (?:fra|på|ved|hos|gennem|via) (?:(?:blandt andet|bl\.a\.|både) )?"
)
_FIELD_AFTER = re.compile(r"(?: i \d{4})?,? (?:som |inden for |indenfor |i |med en )(?=[a-zæøåA-ZÆØÅ])(?!\d)")
_COMPLETED = re.compile(
    r"\b(?:fuldfør(?:t|te|er)|gennemfør(?:t|te)|afslutte(?:t|de)|færdiggj(?:ort|orde)|"
    r"bestå(?:et|ede)|erhvervet sig|taget|tog|"
    r"[Hh]ans|[Hh]endes|med en|har|en|og|samt|suppleret med|Med en|i form af)"
    r"(?: (?:netop|lige|desuden|derudover|også|både|blandt andet|bl\.a\.|endvidere|"
    r"efterfølgende|siden|ligeledes|herudover|i \d{4}|"
    r"senest|tidligere|oprindeligt|udover|også))?"
    r"(?: (?:en|et|sin|sit|den|det|flere|diverse|en række|adskillige))?"
    r"(?: [a-zæøå]{2,18}(?:ig|isk|lig|årig|årige|iel|elle|ende|el|sk|ske|iv|ive))?"
    r" (?P<word>[A-Za-zæøåÆØÅ-]{0,40}uddannelse(?:n|r)?|grundforløb(?:et)?|overbygning|specialisering(?:en)?)\b(?!-)"
)
_FORM = re.compile(
    r"\bhar (?:(?:pr\.|per|den|d\.|i|netop|lige) [^,;]{0,30}?)?(?:fuldført|afsluttet|færdiggjort|gennemført|bestået) "
    r"(?:uddannelsen (?:til |som )?)?(?=\S)"
)
_FIRST = r"(?:han|hun|[A-ZÆØÅ][\w-]{1,30}(?: [A-ZÆØÅ][a-zæøå-]{2,30}){0,3})"
_BY_TRAINING = re.compile(
    rf"\b(?:[Aa]f uddannelse (?:er {_FIRST} )?|[Uu]ddannelsesmæssigt (?:er|har) {_FIRST} (?:en |et )?|"
    r"dimitter(?:et|ede) (?:i \d{4} )?som )(?=\w)"
)
"""What says that a trade follows: "af uddannelse er hun X"."""
_SCHOOL_AHEAD = re.compile(r"(?:Fra|På|Ved) (?=(?:den |det )?[A-ZÆØÅ])")
_HAS_TAKEN = re.compile(rf" (?:har|tog|fik|blev|er|afsluttede|gennemførte|fuldførte|færdiggjorde) (?:{NAME})\b")
"""What follows a school in front: "Fra Y har hun en X"."""
_GIVEN_UP = re.compile(
    r"\bmen (?:(?:han|hun) )?(?:fuldførte|afsluttede|gennemførte|færdiggjorde|gjorde|blev|nåede|har)\b[^.;]{0,40}? "
    r"(?:ikke|aldrig)\b"
)
"""What says that a study was never completed."""
_FORM_SCHOOL = re.compile(
    r",? (?:på|ved|fra|hos|under) (?=(?:den |det |handelshøj|universitet|erhvervs|ingeniørhøj)?[A-ZÆØÅa-zæøå])"
)
_LATELY_IS = (
    r"(?: (?:oprindeligt?|også|både|desuden|blandt andet|bl\.a\.|derudover|endvidere|selv|"
    r"(?:netop )?blevet færdig som|netop blevet|blevet))? "
)
_IS = re.compile(
    at_word(
        f"er{_LATELY_IS}", f"Er{_LATELY_IS}", f"var{_LATELY_IS}",
        r"blev(?: (?:i \d{4}|han|hun|færdig som))? ",
        "har (?:en )?uddannelsesmæssig baggrund som ",
        r"har (?:en )?baggrund som (?=[a-zæøå]{0,20}ingeniør\b|datamatiker\b|datalog\b)",
        "baggrund som (?=[a-zæøå]{1,40} fra [A-ZÆØÅ])",
    )
)  # fmt: skip
_UNDER_WAY = re.compile(
    anywhere(
        "i gang med", r"ved at (?:tage|afslutte|læse|færdiggøre|gennemføre|uddanne|skrive|blive)", r"\blæser\b",
        r"\bstuderer\b", r"\bkommende", "forvente", "under uddannelse", "er i lære", "har været i lære", "i praktik",
        "bliver $", "uddanne sig", "skal (?:læse|tage|uddannes|skrive|afslutte)", "hovedopgave",
        "bliver [^.]{0,25}færdig", r"\bp\.t\.", "mangler", "undervist?er?", "lektor", "adjunkt", "tager (?:en|sin)",
        "tager p", "professor", "for nyuddannede", "fortsætter", "censor", "sideløbende med (?:sin|sit)",
        "færdig med sin", "år af sin", "halvvejs", "vejleder", "elev ", "sin uddannelse til",
        "certifice(?:ret|ring)(?!,| og | samt )", "medlem",
        "ansat som",
        "semester", r"\bafslutter\b", r"\bindleder\b", "stilling som", "studiet", "valgfag", "fag på", "søgt",
    )
)  # fmt: skip
_TAIL_END = re.compile(
    r"[.;](?= |$)(?!(?<=[a-z]\.) [a-zæøå(])|, (?=(?:og |samt )?(?:som|der|hvor|har|kommer|været|arbejdet|ansat|"
    r"er|hvis|mens|skal|arbejde|startede|begyndte|bliver|var|indledte|[a-zæøå]{3,20}ede)\b)"
    r"| og (?=\d|[\w-]{0,20}certificeret)"
    r"| (?:og|men|samt) (?=(?:han|hun|har|er|kommer|skal|var|arbejde\w{0,40}|blev|bliver|"
    r"startede|derefter|siden|senest|tidligere|begyndte|fik|"
    r"fungere\w{0,40}|bestrider|indgår|taler|[a-zæøå]{1,40}ede|medbringer|før)\b)| - | (?:har|"
    r"kommer|ansat|hvor|men|mens|som(?! (?:linjefag|hovedfag|speciale|bifag))|der|inden|efter|forud) "
)
_SCHOOL_LEAD = re.compile(
    r" (?:fra|på|ved|hos|via|fra både|både fra|blandt andet fra) "
    r"(?=(?:den |det |the |både |uddannelsesstedet )?\w)"
)
_ANOTHER_SCHOOL = re.compile(
    r"(?: i [A-ZÆØÅ]\w{1,40})? ?(?:,|og|samt|/|og fra|samt fra|, og|og på) (?:fra |på |ved )?(?=[A-ZÆØÅ])"
)
_ANOTHER_DEGREE = re.compile(
    r",? (?:og|samt) (?:er |som |en |har en )?(?=[a-zæøå])|, (?=[a-zæøå])|,? og (?=[A-ZÆØÅ][a-zæøå]{4,30} fra [A-ZÆØÅ])"
)
_TRAINING = re.compile(r"[a-zæøå]{2,20} [a-zæøå]{0,20}uddannelse (?:fra|på|ved) [A-ZÆØÅ]")
_BEFORE_NAME = re.compile(r" (?:[A-ZÆØÅ][a-zæøå]+ ){1,3}[A-ZÆØÅ][a-zæøå]+(?:,| er | har | fylder | som )")
"""The name of somebody whose degree stands before it: "direktør, cand.polit. Bo Lund, fylder"."""
_TRADE_FROM = re.compile(r"[A-ZÆØÅ][a-zæøå]{4,30} fra [A-ZÆØÅ]")
"""A trade written large and its school, no second school: "og Datanom fra Birkholm Skole"."""
_ON_WITH = re.compile(r" (?:har|er|kommer|skal|var)\b")
_KIND = re.compile(r"(?<![\w-])[a-zæøå]{3,20}(?:isk|faglig|juridisk|finansiel|merkantil) $")
"""What an education is in, where no more is said of it: "en erhvervsøkonomisk uddannelse"."""
_BOTH = (" - begge ", " – begge ", ", begge ")
"""What ties two degrees to one school: "en HA og en HD - begge dele fra"."""
_GROUND = re.compile(r"\bbaggrund (?:fra|på) (?:den |det )?(?=[A-ZÆØÅ])")
_AS_TRADE = re.compile(r" (?:som|til) ")
_THESIS = re.compile(
    r"\bforsvaret (?:sin|en) (?P<degree>[Pp]h\.? ?[Dd]\.?)-?afhandling\b"
    r"[^.;]{0,200}? (?:på|ved|fra) (?=(?:[A-ZÆØÅ]|universitet))"
)
_STUDIED = re.compile(
    r"\b(?:læst|læste|studeret|studerede|færdiggjorde sine studier|dimitteret|dimitterede|"
    r"startede(?= på (?:[A-ZÆØÅ]\w{0,20} ){0,2}[A-ZÆØÅ]?\w{0,30}(?:skole|universitet))|"
    r"[Pp]h\.?[dD]\.?[ -]studerende|ph\.?d\.?-stipendiat)\b"
)


_SUBJECT = re.compile(
    r"(?<=læst|eret) (?P<field>(?!et |en |to |tre |og |i |på |ved |flere )[a-zæøå&-]{3,30}"
    r"(?: [a-zæøå&-]{1,30}){0,5}?)(?= (?:på|ved|fra) )"
)
"""What somebody has studied at a school, where no degree is named: "har læst datalogi på Havnby Universitet"."""
_AT_WORK = re.compile(
    anywhere(
        "certificeret [^.,]{0,30} (?:på|fra|ved) $",
        "uddannet [^.,]{0,32} hos $",
        "suddannet (?:fra|i|ved|på) $",
        "kuddannet (?:fra|i|ved|på) $",
        "uddannet hos $",
        r"\budlært (?:.{0,32} )?(?:fra|ved|på|i|hos) $",
    )
)
_TRAINED_SIGN = re.compile(r"[dg](?:(?<=d)ann|lært)")
_PLACE_OF_SCHOOL = re.compile(r" i (?:[A-ZÆØÅ][\w-]{1,30}, )?(?P<place>[A-ZÆØÅ][\w-]{1,30})(?=[ ,.;]|$)")
_COMPLETED_SIGNS = ("fuldført", "færdiggjort", "gennemført", "afsluttet", "bestået")
_PROGRAMME_SIGNS = ("uddannelse", "grundforløb", "overbygning", "specialisering")
_STUDIED_SIGNS = ("læst", "studere", "dimitter", "færdiggjorde", "startede på", "d.-st", ". studerende")
"""Words without which a whole text needs no look at the patterns of the same name."""


def _clause_start(text: str, position: int) -> int:
    """Where the clause around `position` begins, at most 70 characters before."""
    floor = max(0, position - 70)
    marks = [
        text.rfind(mark, floor, position)
        for mark in (". ", "; ", ", som ", ", der ", ", og ", " og er ", " og har ", ", er ", ", har ")
    ]
    start = max(marks)
    return start + 2 if start >= 0 else floor


def _under_way(text: str, position: int) -> bool:
    """Whether what begins at `position` is being studied or taught rather than completed."""
    return _UNDER_WAY.search(text, _clause_start(text, position), position) is not None


class _Reader:
    """Collects degrees and schools of one announcement in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.degrees: list[Span] = []
        self.schools: list[Span] = []
        self.heads = education.heads(text)
        self.trade = education.has_trade(text)
        self.trained = "dann" in text or "dlært" in text or "glært" in text
        self.completed = any(map(text.__contains__, _COMPLETED_SIGNS))
        self.programme = any(map(text.__contains__, _PROGRAMME_SIGNS))
        self.studied = any(map(text.__contains__, _STUDIED_SIGNS))
        self.by_training = "f uddannelse" in text or "ddannelsesmæssigt" in text or "dimitter" in text
        self.ground = "baggrund fra " in text or "baggrund på " in text
        self.form_end = 0
        """What stands before it was read as the form's own sentence on a completed degree."""

    def taken(self, position: int) -> bool:
        return position < self.form_end or any(start <= position < end for start, end in self.degrees + self.schools)

    def _schools_from(self, position: int, end: int) -> int:
        """Read the school at `position` and those listed with it; the end of the last one, or `position`."""
        school = education.school_at(self.text, position, end)
        if school is None or self.taken(school[0]):
            return position
        if _AT_WORK.search(self.text, max(0, position - 50), position) and not education.sounds_like_school(
            self.text[slice(*school)]
        ):
            return position
        self.schools.append(school)
        following = _ANOTHER_SCHOOL.match(self.text, school[1], end)
        if following and education.head_at(self.text, following.end(), end) is None:
            further = education.school_at(self.text, following.end(), end)
            town = further is not None and self.text[slice(*further)] in TOWNS
            town = town or _TRADE_FROM.match(self.text, following.end()) is not None
            if further and not town and not _ON_WITH.match(self.text, further[1]):
                return self._schools_from(following.end(), end)
        return school[1]

    def tail(self, position: int, end: int) -> int:
        """The schools that stand behind a degree ending at `position`, in the same clause; the end of the last."""
        begun = position
        if self.text.startswith(_BOTH, position):
            position = self.text.find("begge", position) + 5
        stop = _TAIL_END.search(self.text, position, end)
        limit = stop.start() if stop else end
        limit = next((start for start, _ in self.heads if position <= start < limit), limit)
        for lead in _SCHOOL_LEAD.finditer(self.text, position, limit):
            if lead.end() >= limit:
                break
            found = self._schools_from(lead.end(), limit)
            if found > lead.end():
                return found
        return begun

    def degree(self, position: int, end: int) -> int:
        """The degrees listed from `position` on, with their schools; where reading stopped."""
        items, stop = education.degrees_at(self.text, position, end, self.heads)
        fresh = [item for item in items if not self.taken(item[0])]
        self.degrees.extend(fresh)
        after = self.tail(stop, end)
        further = _ANOTHER_DEGREE.match(self.text, after, end) if after > stop else None
        if further:
            at = further.end()
            if education.trade_at(self.text, at, end) or _TRAINING.match(self.text, at, end):
                return self.degree(at, end)
        return max(stop, after)


def _read_trained(reader: _Reader, start: int, end: int) -> None:
    """As in "uddannet X fra S", "uddannet på S i X", "bankuddannet"."""
    text = reader.text
    for marker in _TRAINED_SIGN.finditer(text, start, end):
        word = text.rfind(" ", start, marker.start()) + 1
        found = _TRAINED.match(text, max(word, start), end)
        if found is None:
            continue
        prefix = (found.group("trade") or "").rstrip("-")
        if reader.taken(found.start()) or _UNDER_WAY.search(text, _clause_start(text, found.start()), found.start()):
            continue
        position = found.end()
        if prefix and prefix.lower() not in _NEW:
            whole = education.head_at(text, found.start(), found.start() + len(prefix))
            first = _FIRST_HALF.search(text, max(start, found.start() - 30), found.start())
            begin = first.start() if first and not whole else found.start()
            reader.degrees.append((begin, found.start() + len(prefix)) if whole else (begin, found.end()))
            reader.tail(position, end)
            continue
        school = _SCHOOL_FIRST.match(text, position, end)
        if school:
            after = reader._schools_from(school.end(), end)  # noqa: SLF001 - the reader's own helper in its own room
            place = _PLACE_OF_SCHOOL.match(text, after, end)
            if place and text[place.start("place")].isupper():
                continue
            field = _FIELD_AFTER.match(text, after, end) if after > school.end() else None
            if field and not _NO_DEGREE.match(text, after, end):
                reader.degree(field.end(), end)
            continue
        skipped = _AFTER_TRAINED.match(text, position, end)
        position = skipped.end() if skipped else position
        if _NO_DEGREE.match(text, found.end(), end) or _NO_DEGREE.match(text, position, end) or position >= end:
            continue
        reader.degree(position + 1 if text.startswith(" ", position) else position, end)


def read_education(
    text: str, sentences: list[Span]
) -> tuple[tuple[tuple[str, Span], ...], tuple[tuple[str, Span], ...]]:
    """Degrees and schools of a cleaned text, each with its span, in the order of the text and each once."""
    reader = _Reader(text)
    if "afhandling" not in text and not (
        reader.heads
        or reader.trade
        or reader.trained
        or reader.completed
        or reader.programme
        or reader.studied
        or reader.by_training
        or reader.ground
    ):
        return (), ()
    for start, end in sentences:
        _read_sentence(reader, start, end)
    return _once(text, reader.degrees), _once(text, reader.schools)


def _read_sentence(reader: _Reader, start: int, end: int) -> None:
    text = reader.text
    for form in _FORM.finditer(text, start, end) if reader.completed else ():
        if reader.taken(form.end()) or text.startswith(("en ", "et ", "sin ", "sit "), form.end()):
            continue
        for school in _FORM_SCHOOL.finditer(text, form.end(), min(end, form.end() + 200)):
            name = education.school_at(text, school.end(), end)
            if name is None and not text.startswith("den ", school.end()):
                continue
            whole = form.group().rstrip().endswith(("uddannelsen", "til", "som")) or education.head_at(
                text, form.end(), end
            )
            if whole or text.startswith(("specialisering", "grundforløb"), form.end()):
                aside = text.find(" - med ", form.end(), school.start())
                reader.degrees.append((form.end(), aside if aside > 0 else school.start()))
                reader.form_end = max(reader.form_end, reader.tail(school.start(), end))
            break
    if text.find("men ", start, end) >= 0 and _GIVEN_UP.search(text, start, end):
        return
    _read_front(reader, start, end)
    if reader.trained:
        _read_trained(reader, start, end)
    for position, close in reader.heads:
        if not start <= position < end:
            continue
        if not reader.taken(position) and not _under_way(text, position):
            titled = _BEFORE_NAME.match(text, close) is not None
            if (position == start or titled) and position not in {begin for begin, _ in reader.degrees}:
                reader.degrees.append((position, close))
                continue
            reader.degree(position, end)
    for found in _COMPLETED.finditer(text, start, end) if reader.programme else ():
        word, after = found.start("word"), found.end("word")
        if reader.taken(word) or reader.taken(after + 1) or _under_way(text, word):
            continue
        trade = _AS_TRADE.match(text, after, end)
        if trade:
            reader.degree(trade.end(), end)
            continue
        if text[word:after].lower() in {"uddannelse", "uddannelser", "uddannelsen"} and not text.startswith(
            (" i ", " inden for ", " indenfor ", " fra "), after
        ):
            kind = _KIND.search(text, found.start(), word)
            if kind is None:
                continue
            word = kind.start()
        if text[word:after] == "uddannelse" and re.search(r"\bsin $", text[max(0, word - 4) : word]):
            reader.tail(after, end)
            continue
        bare = text.startswith(("og ", "samt "), found.start()) and found.group().count(" ") == 1
        if text.startswith(" fra ind", after) or (bare and text[word:after] == "uddannelse"):
            continue
        reader.degree(word, end)
    for found in _IS.finditer(text, start, end) if reader.trade else ():
        trade = education.trade_at(text, found.end(), end)
        if trade and not reader.taken(trade.start()) and not _under_way(text, trade.start()):
            reader.degree(trade.start(), end)
    _read_studies(reader, start, end)


def _read_front(reader: _Reader, start: int, end: int) -> None:
    """As in "Fra S har hun en X", and "af uddannelse er hun X"."""
    text = reader.text
    front = _SCHOOL_AHEAD.match(text, start, end)
    ahead = education.school_at(text, front.end(), end) if front else None
    if ahead is not None and _HAS_TAKEN.match(text, ahead[1], end):
        reader.schools.append(ahead)
    if reader.by_training:
        for by in _BY_TRAINING.finditer(text, start, end):
            reader.degree(by.end(), end)


def _read_studies(reader: _Reader, start: int, end: int) -> None:
    """Schools of one sentence that no degree names: of a background, of a thesis, of what somebody has read."""
    text = reader.text
    for ground in _GROUND.finditer(text, start, end) if reader.ground else ():
        school = education.school_at(text, ground.end(), end)
        if school and education.sounds_like_school(text[slice(*school)]) and not reader.taken(school[0]):
            reader.schools.append(school)
    if "afhandling" in text:
        for thesis in _THESIS.finditer(text, start, end):
            reader.degrees.append(thesis.span("degree"))
            reader._schools_from(thesis.end(), end)  # noqa: SLF001 - the reader's own helper in its own room
    for found in _STUDIED.finditer(text, start, end) if reader.studied else ():
        if not _under_way(text, found.start()):
            subject = _SUBJECT.match(text, found.end(), end)
            known = len(reader.schools)
            reader.tail(found.end(), end)
            if subject and len(reader.schools) > known and not reader.taken(subject.end() - 1):
                reader.degrees.append(subject.span("field"))


def _once(text: str, spans: list[Span]) -> tuple[tuple[str, Span], ...]:
    """The values of the spans in order, a value that stands twice kept once."""
    seen: dict[str, tuple[str, Span]] = {}
    for start, end in sorted(spans):
        seen.setdefault(text[start:end].casefold(), (text[start:end], (start, end)))
    return tuple(seen.values())
