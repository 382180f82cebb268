"""The form's announcements as editors reword them: "Bo Lind, 45 år, er tiltrådt som ROLE hos COMPANY pr. 1. maj".

The words around the fields are fixed here as they are in the form, so they tell where a field begins and ends, whatever
stands in it: "Holms Eftf. A/S", "edb-huset", "Styrelsen for Havne (SFH)". A sentence that has other words in it is left
to `lead_prose`, which reads by the look of things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from scraper.legal_forms import AT_END, without_legal_form
from scraper.parsers.danish.dates import FoundDate, date_in
from scraper.parsers.danish.kinds import Verb, Voice, verbs_in
from scraper.parsers.danish.labels import kind_of_label
from scraper.parsers.danish.names import PARTICLES
from scraper.parsers.danish.places import places_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.lead import Lead
from scraper.parsers.lead_form import DOTTED, OFFICE, mentions, sentence_end
from scraper.parsers.lead_kind import raised
from scraper.parsers.notice_rest import with_rest
from scraper.records import MoveKind, Span

_LEAD = 420
"""Characters within which the sentence of the move stands."""
_MOST_VERBS = 4
_LONGEST = 90
_NAME_WORDS = range(2, 9)
_DATE, _AGE = "\x01", "\x02"
"""What stands in place of each character of a date and of an age, while the words around them are looked at."""
_AGED = re.compile(r", ?(\d{1,2}) år(?=[ ,.]),?|, ?(\d\d),|,? \((\d{1,2})(?: år)?\),?|, ?(\d\d)(?=\.)")
_POST = r"(?:stillingen?|rollen?|jobbet|job|posten|titlen|ansættelse|arbejde)"
_AS = re.compile(
    rf"(?: {_DATE}+)?(?: velkommen| ind| op)?"
    rf"(?: (?:til |i )?(?:en |et |den |sin |sit )?(?:ny |nyt |nye |nyoprettede? )?{_POST})?"
    rf"(?: {_DATE}+)? (?:som|til)(?: (?:virksomhedens|selskabets|firmaets))? (?:(?:en |den )?(?:ny|nye) )?"
)
"""What stands between the verb, or the person, and the title."""
_AT_ONCE = frozenset({"er ny", "er nyt", "er nyudnævnt", "er blevet", "bliver", "bliver ny"})
"""Verbs that the title follows at once."""
_SHIFT = re.compile(
    rf"(?: {_DATE}+)? fra (?:en |et |sin |sit )?(?:stilling |job )?(?:som )?"
    rf"(?P<role>[^{_DATE}]{{2,90}}?) hos (?P<company>[^{_DATE}]{{2,90}}?)"
    rf" til (?:en |et |sin |sit )?(?:ny |nyt )?(?:stilling |job )?(?:som )?"
    rf"(?P<new>[^{_DATE}]{{2,90}}?) hos (?P<at>[^{_DATE}]{{2,90}})"
)
_ITS_NEW = re.compile(rf" (?:en )?(?:ny |nyt )?(?P<role>[^:{_DATE}]{{2,90}}): ?(?P<person>[^:{_DATE}]{{2,90}})")
_BOARD = re.compile(
    rf"(?: som (?P<role>[a-zæøå]{{4,30}}))?(?: ind)?(?: i| til| for)? bestyrelsen"
    rf" (?:for|hos|i|af) (?P<at>[^{_DATE}]{{2,90}})"
)
_INTO_BOARD = re.compile(r"(?: ind)? (?:i|til) bestyrelsen")
_COURSE = re.compile(
    r" (?:(?:sin |en |et )?[a-zæøå]{0,15}uddannelsen?|[a-zæøå]{0,12}studiet|kurset|forløbet|graden) \S"
)
_CERTIFIED = re.compile(r" (?:sin |en )?(?:[a-zæøå]{0,20}certificering(?:en)?|certifikat(?:et)?) \S")
_LEFT = re.compile(
    rf"(?: (?:fra )?(?:sin stilling|stillingen))?(?: som (?P<role>[^{_DATE}]{{2,90}}?))?"
    rf"(?: (?:hos|fra) (?P<at>[^{_DATE}]{{2,90}}))?"
)
_NAME_ENDS = re.compile(rf",|{_AGE}| fra | hos ")
_BETWEEN = re.compile(rf"(?:(?:{_DATE}+(?!{_DATE})|netop|nu|blevet|just|officielt|også|[1-9]\d? års|[1-9]\d?-års) ?)*")
"""What may stand inside a verb: the date, a word that tells nothing, the years of an anniversary."""
_DESCRIBES = re.compile(r"^(?:[a-zæøå]{1,40}(?: |$)|[^\W\d_]{1,40}-[a-zæøå]{4,40} [A-ZÆØÅ0-9])")
"""How a description of a company begins: "virksomheden Granit", "Aalborg-firmaet Granit"."""
_SMALL = frozenset("for og af i de den det du la le van von der of the and på & + - –".split())
"""Small words inside a company's name."""
_ENDS_ROLE = re.compile(
    r"(?:^| )(?:i|på|hos|ved|hvor|der|som|fra|han|hun|er|har|skal|efter|inden|indenfor|men|med|til)(?: |$)"
)
"""Words that no title of these sentences has in it: where they stand, the sentence is one of prose."""
_DATED = frozenset(MoveKind) - {MoveKind.ANNIVERSARY, MoveKind.BIRTHDAY, MoveKind.DEPARTURE, MoveKind.DEATH}
_JOINS = frozenset({MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.BOARD, MoveKind.OTHER})


@dataclass(slots=True)
class _Notice:
    """A text, and its beginning with the date and the age blotted out, each character in its place."""

    text: str
    said: str = ""
    limit: int = 0
    dates: list[FoundDate] = field(default_factory=list)
    age: Span | None = None

    def __post_init__(self) -> None:
        said = self.text[:_LEAD]
        self.limit = len(said)
        at = 0
        while (found := date_in(said, at, self.limit)) is not None:
            at = found.span[1]
            if said[found.span[0]].isalpha():  # a bare "1. maj" may be a part of a name
                self.dates.append(found)
                said = _blot(said, found.span, _DATE)
        aged = _AGED.search(said)
        if aged is not None and aged.lastindex:
            self.age = aged.span(aged.lastindex)
            said = _blot(said, aged.span(), _AGE)
        self.said = said

    def stripped(self, start: int, end: int) -> Span:
        """A range without the date, the age and the blanks around it."""
        around = f" ,{_DATE}{_AGE}"
        while end > start and self.said[end - 1] in around:
            end -= 1
        while start < end and self.said[start] in around:
            start += 1
        return start, end


def _blot(said: str, span: Span, mark: str) -> str:
    return said[: span[0]] + mark * (span[1] - span[0]) + said[span[1] :]


def read_notice(text: str, label: str | None) -> list[Lead] | None:
    """The move of an announcement that says it in the form's way; None where another room has to read it."""
    notice = _Notice(text)
    for verb in islice(verbs_in(notice.said, 0, notice.limit), _MOST_VERBS):
        lead = _read(notice, verb, kind_of_label(label))
        if lead is not None:
            return [raised(text, with_rest(text, lead), verb)]
    return None


def _read(notice: _Notice, verb: Verb, told: MoveKind | None) -> Lead | None:
    frame = _frame(notice, verb)
    if frame is None:
        return None
    subject, after = frame
    read = _of_person if verb.voice is Voice.PERSON else _of_company
    lead = read(notice, verb, subject, after)
    if lead is None:
        return None
    end = lead.sentence[1] - 1
    date = next((date for date in notice.dates if date.span[1] <= end), None)
    kind = told if told is MoveKind.CERTIFICATION and lead.kind is MoveKind.EDUCATION else lead.kind
    return lead._replace(
        kind=kind,
        rule=f"notice.{verb.voice}.{verb.words.rsplit(' ', 1)[-1]}",
        date=date if kind in _DATED else None,
        age=notice.age if notice.age and notice.age[1] <= end else None,
    )


def _frame(notice: _Notice, verb: Verb) -> tuple[Span, int] | None:
    """The range of the subject and where the words after the verb begin; None where other words stand between."""
    said = notice.said
    gap = notice.stripped(*verb.gap)
    if not said.startswith(_DATE):
        whole = _BETWEEN.fullmatch(said, *verb.gap) is not None
        return (notice.stripped(0, verb.start), verb.end) if whole and verb.start else None
    if notice.stripped(0, verb.start) != (0, 0):
        return None
    if gap[0] < gap[1]:
        return gap, verb.end
    opening = _AS.search(said, verb.end)
    return (notice.stripped(verb.end, opening.start()), opening.start()) if opening else None


def _of_person(notice: _Notice, verb: Verb, subject: Span, after: int) -> Lead | None:
    """A sentence about a person: "Bo Lind[, 45 år][, ROLE hos COMPANY,] er … ansat som ROLE hos COMPANY"."""
    text, said = notice.text, notice.said
    cut = _NAME_ENDS.search(said, *subject)
    person = notice.stripped(subject[0], cut.start() if cut else subject[1])
    if not _is_person(text[slice(*person)]):
        return None
    present, employer = _present(notice, notice.stripped(person[1], subject[1]))
    end = sentence_end(text, after, mentions(text[slice(*person)]), len(text))
    if end is None or end > notice.limit:
        return None
    close = notice.stripped(after, end)[1]
    lead = Lead(verb.kind, person, "", (0, end + 1))
    if verb.kind is MoveKind.EDUCATION or verb.kind is MoveKind.CERTIFICATION:
        certified = _CERTIFIED.match(said, after) is not None
        if not certified and not _COURSE.match(said, after):
            return None
        kind = MoveKind.CERTIFICATION if certified else MoveKind.EDUCATION
        return lead._replace(kind=kind, role=present, company=employer)
    if verb.kind is MoveKind.ANNIVERSARY or verb.kind is MoveKind.DEPARTURE:
        return _leaves(notice, lead, (present, employer), (after, close))
    if verb.kind not in _JOINS:
        return None
    shift = _SHIFT.fullmatch(said, after, close)
    if shift is not None:
        return _joins(notice, lead, shift.span("new"), shift.span("at"), (shift.span("role"), shift.span("company")))
    board = _BOARD.fullmatch(said, after, close)
    if board is not None:
        role = board.span("role") if board.group("role") else None
        return _joins(notice, lead._replace(kind=MoveKind.BOARD), role, board.span("at"))
    opening = _AS.match(said, after, close)
    if opening is None and verb.words not in _AT_ONCE:
        return None
    start = opening.end() if opening else after + 1
    at = said.find(" hos ", start, close)
    role = notice.stripped(start, at if at >= 0 else close)
    company = notice.stripped(at + 5, close) if at >= 0 else employer
    previous = (present, employer) if verb.kind is MoveKind.PROMOTION or at >= 0 else (None, None)
    return _joins(notice, lead, role, company, previous)


def _present(notice: _Notice, span: Span) -> tuple[Span | None, Span | None]:
    """The title and the employer that stand behind a name: ", ROLE hos COMPANY,", " fra COMPANY", ", COMPANY,"."""
    start, end = span
    if start >= end:
        return None, None
    if notice.said.startswith(("fra ", "hos "), start):
        return None, (start + 4, end)
    at = notice.said.find(" hos ", start, end)
    if at >= 0:
        return (start, at), (at + 5, end)
    return ((start, end), None) if is_title(notice.text[start:end].rsplit(" ", 1)[-1]) else (None, (start, end))


def _leaves(notice: _Notice, lead: Lead, present: tuple[Span | None, Span | None], rest: Span) -> Lead | None:
    """An anniversary, or the end of a job: the job stands behind the name or behind the verb."""
    role, company = present
    said = _LEFT.fullmatch(notice.said, *rest)
    if said is None:
        return None
    role = said.span("role") if said.group("role") else role
    company = said.span("at") if said.group("at") else company
    if company is None or not _is_company(notice.text[slice(*company)]):
        return None
    return lead._replace(role=role, company=company)


def _of_company(notice: _Notice, verb: Verb, subject: Span, after: int) -> Lead | None:
    """A sentence about a company: "COMPANY har … ansat Bo Lind[, 45 år,] som ROLE", "… fået ny ROLE: Bo Lind"."""
    text, said = notice.text, notice.said
    its_new = _ITS_NEW.match(said, after)
    opening = _AS.search(said, after) if its_new is None else None
    board = _INTO_BOARD.search(said, after)
    if its_new is not None:
        stop = sentence_end(text, its_new.start("person"), (), len(text))
        person = notice.stripped(its_new.start("person"), stop or its_new.start("person"))
    else:
        opening = board or opening
        person = notice.stripped(after, opening.start()) if opening else (after, after)
    if not _is_person(text[slice(*person)]):
        return None
    end = sentence_end(text, person[1], mentions(text[slice(*person)]), len(text))
    if end is None or end > notice.limit:
        return None
    lead = Lead(verb.kind, person, "", (0, end + 1))
    close = notice.stripped(person[1], end)[1]
    if its_new is not None:
        return _joins(notice, lead, its_new.span("role"), subject) if close <= person[1] else None
    if opening is None:
        return None
    if board is not None:
        lead = lead._replace(kind=MoveKind.BOARD)
        return _joins(notice, lead, None, subject) if close == board.end() else None
    role: Span = (opening.end(), close)
    office = OFFICE.search(text, *role)
    if office is not None:
        role = (role[0], office.start())
        lead = lead._replace(location=office.span("town"))
    return _joins(notice, lead, role, subject)


def _joins(
    notice: _Notice,
    lead: Lead,
    role: Span | None,
    company: Span | None,
    previous: tuple[Span | None, Span | None] = (None, None),
) -> Lead | None:
    """The lead with its job, where each field holds what such a field can hold."""
    text = notice.text
    if company is None or (role is not None and not _is_role(text[slice(*role)], text[slice(*company)])):
        return None
    town = _town(text, company)
    name = (company[0], town[0]) if town else company
    if text.endswith(DOTTED, company[0], company[1] + 1) and not town:
        name = (company[0], company[1] + 1)
    if not _is_company(text[slice(*name)]):
        return None
    left = previous[1] if previous[0] else None
    if left is not None and not _is_company(text[slice(*left)]):
        return None
    location = town[1] if town else lead.location
    return lead._replace(role=role, company=name, location=location, previous_role=previous[0], previous_company=left)


def _town(text: str, company: Span) -> tuple[int, Span] | None:
    """Where a name ends that a town stands behind, "Granit Data i Vejle", and the town."""
    for joint in (" i ", " på "):
        at = text.rfind(joint, *company)
        place = places_at(text, at + len(joint)) if at > company[0] else None
        if place is not None and place[1] == company[1]:
            return at, place
    return None


def _is_person(name: str) -> bool:
    """Whether words can be a whole name: capitals and particles, no figure, no title before it."""
    words = name.split(" ")
    return (
        len(words) in _NAME_WORDS
        and len(name) <= _LONGEST
        and not is_title(words[0])
        and all(_names(word) for word in words)
        and words[0][0].isupper()
    )


def _names(word: str) -> bool:
    """Whether a word stands in a name: "Åse", "al-Hassan", "d'Arc", "von", "'t"."""
    if word in PARTICLES or word in {"í", "'t", "’t"}:
        return True
    return not any(letter.isdigit() or letter in "/:;()&+" for letter in word) and any(map(str.isupper, word))


def _is_company(name: str) -> bool:
    """Whether words can be the name of an organisation, which no description stands before and nothing behind."""
    first, *others = AT_END.sub("", name).split(" ")
    if not 1 < len(name) <= _LONGEST or _DESCRIBES.match(name) or (others and others[-1] in _SMALL):
        return False
    before = first
    for word in others:
        if word not in _SMALL and not _is_proper(word) and not before[-1:].isdigit() and not before[0].isdigit():
            return False
        before = word
    return True


def _is_proper(word: str) -> bool:
    bare = word.strip("(),.")
    return not bare.isalpha() or not bare.islower()


def _is_role(title: str, company: str) -> bool:
    """Whether words can be a title alone: no place, no duty, no employer in it."""
    name = without_legal_form(company).casefold()
    return 1 < len(title) <= _LONGEST and not _ENDS_ROLE.search(title) and name not in title.casefold()
