"""The form's announcements as editors reword them: "Bo Lind, 45 år, er tiltrådt som ROLE hos COMPANY pr. 1. maj".

The words around the fields are fixed here as they are in the form (see `notice_words`), so they tell where a field
begins and ends, whatever stands in it: "Holms Eftf. A/S", "edb-huset", "Styrelsen for Havne (SFH)". A sentence that has
other words in it is left to `lead_prose`, which reads by the look of things.
"""

from __future__ import annotations

import re
from itertools import islice

from scraper.parsers.danish.kinds import Verb, Voice, verbs_in
from scraper.parsers.danish.labels import kind_of_label
from scraper.parsers.danish.places import place_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.lead import Lead
from scraper.parsers.lead_form import DOTTED, OFFICE, mentions, sentence_end
from scraper.parsers.lead_kind import raised
from scraper.parsers.notice_fields import Notice, is_company, is_person, is_role, town_behind
from scraper.parsers.notice_rest import with_rest
from scraper.parsers.notice_words import (
    AS,
    AT_ONCE,
    BEFORE_HER,
    BETWEEN,
    BOARD,
    CERTIFIED,
    COURSE,
    DATE,
    FOUNDED,
    HEADED,
    INTO_BOARD,
    IS_NOW,
    ITS_NEW,
    JUBILEE,
    LEFT,
    MEMBER,
    NAME_ENDS,
    RISE,
    ROLE_BEFORE,
    ROLE_FIRST,
    SERVED,
    SHIFT,
    TURNS,
    WHO_STARTS,
)
from scraper.records import MoveKind, Span

_MOST_VERBS = 4
_DATED = frozenset(MoveKind) - {MoveKind.ANNIVERSARY, MoveKind.BIRTHDAY, MoveKind.DEPARTURE, MoveKind.DEATH}
_JOINS = frozenset({MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.BOARD, MoveKind.OTHER})
_JOBLESS = frozenset({MoveKind.EDUCATION, MoveKind.CERTIFICATION})

_Job = tuple[Span | None, Span | None]
"""A title and an employer."""


def read_notice(text: str, label: str | None) -> list[Lead] | None:
    """The move of an announcement that says it in the form's way; None where another room has to read it."""
    notice = Notice(text)
    told = kind_of_label(label)
    for verb in islice(verbs_in(notice.said, 0, notice.limit), _MOST_VERBS):
        lead = _read(notice, verb)
        if lead is not None:
            if told is MoveKind.CERTIFICATION and lead.kind is MoveKind.EDUCATION:
                lead = lead._replace(kind=told)
            whole = _settled(notice, lead, f"notice.{verb.voice}.{verb.words.rsplit(' ', 1)[-1]}")
            return [raised(text, whole, verb)] if whole is not None else None
    lead = _verbless(notice)
    whole = _settled(notice, lead, "notice.verbless") if lead is not None and told is not None else None
    return [whole] if whole is not None else None


def _settled(notice: Notice, lead: Lead, rule: str) -> Lead | None:
    """The lead with its date and age, and with what the sentences behind it tell."""
    end = lead.sentence[1] - 1
    date = next((date for date in notice.dates if date.span[1] <= end), None)
    age = notice.age if lead.age is None and notice.age and notice.age[1] <= end else lead.age
    whole = with_rest(notice.text, lead._replace(rule=rule, age=age, date=date if lead.kind in _DATED else None))
    if lead.kind in _JOBLESS and whole.company is None and not COURSE.search(notice.said, *lead.sentence):
        return None
    return whole


def _read(notice: Notice, verb: Verb) -> Lead | None:
    frame = _frame(notice, verb)
    if frame is None:
        return None
    subject, after, role = frame
    if verb.voice is Voice.PERSON:
        return _of_person(notice, verb, subject, after) if role is None else None
    return _of_company(notice, verb, subject, after, role)


def _frame(notice: Notice, verb: Verb) -> tuple[Span, int, Span | None] | None:
    """The range of the subject, where the words after the verb begin, and a title ahead of both.

    None where other words stand between.
    """
    said = notice.said
    first = ROLE_FIRST.match(said) if said.startswith(ROLE_BEFORE) else None
    begins = first.end() if first else 0
    if first is None and not said.startswith(DATE):
        whole = BETWEEN.fullmatch(said, *verb.gap) is not None
        return (notice.stripped(0, verb.start), verb.end, None) if whole and verb.start else None
    if verb.start != begins and notice.stripped(begins, verb.start) != (begins, begins):
        return None
    role = first.span("role") if first else None
    gap = notice.stripped(*verb.gap)
    if gap[0] < gap[1]:
        return gap, verb.end, role
    opening = AS.search(said, verb.end)
    return (notice.stripped(verb.end, opening.start()), opening.start(), role) if opening else None


def _verbless(notice: Notice) -> Lead | None:
    """A sentence without a verb of the tables: "Ny CTO hos COMPANY: Bo Lind", "Bo Lind er pr. 1. maj CTO hos …"."""
    headed = HEADED.match(notice.said)
    if headed is not None:
        stop = sentence_end(notice.text, headed.start("person"), (), len(notice.text))
        person = notice.stripped(headed.start("person"), stop or headed.start("person"))
        lead = Lead(MoveKind.HIRE, person, "", (0, (stop or 0) + 1))
        if not is_person(notice.written(person)):
            return None
        return _joins(notice, lead, headed.span("role"), headed.span("company"))
    served = SERVED.search(notice.said)
    if served is not None:
        someone = _someone(notice, notice.stripped(0, served.start()), served.end())
        if someone is None:
            return None
        lead, (role, company) = someone
        company = served.span("at") if served.group("at") else company
        return _at_work(notice, lead._replace(kind=MoveKind.ANNIVERSARY), role, company)
    now = IS_NOW.search(notice.said)
    someone = _someone(notice, notice.stripped(0, now.start()), now.end()) if now else None
    if now is None or someone is None:
        return None
    role, company = _job(notice, now.end(), notice.stripped(now.end(), someone[0].sentence[1] - 1)[1], someone[1][1])
    return _joins(notice, someone[0], role, company) if role and is_title(_last_word(notice, role)) else None


def _last_word(notice: Notice, span: Span) -> str:
    return notice.written(span).rsplit(" ", 1)[-1]


def _someone(notice: Notice, subject: Span, after: int) -> tuple[Lead, _Job] | None:
    """The person before the verb, as a lead up to the end of the sentence, and the job that stands beside the name."""
    text, said = notice.text, notice.said
    colon = said.find(": ", *subject)
    begins = colon + 2 if colon >= 0 else subject[0]
    cut = NAME_ENDS.search(said, begins, subject[1])
    person = notice.stripped(begins, cut.start() if cut else subject[1])
    role, company = _present(notice, notice.stripped(person[1], subject[1]))
    if colon >= 0:
        company = company or (subject[0], colon)
    title = _title_before(notice, person)
    if title is not None:
        role, person = role or title, (title[1] + 1, person[1])
    if not is_person(notice.written(person)):
        return None
    end = sentence_end(text, after, mentions(notice.written(person)), len(text))
    if end is None or end > notice.limit:
        return None
    return Lead(MoveKind.HIRE, person, "", (0, end + 1)), (role, company)


def _title_before(notice: Notice, person: Span) -> Span | None:
    """The title of one word before a name: "Salgschef Bo Lind"."""
    first = notice.text.find(" ", *person)
    return (person[0], first) if first > 0 and is_title(notice.text[person[0] : first]) else None


def _present(notice: Notice, span: Span) -> _Job:
    """The title and the employer that stand behind a name: ", ROLE hos COMPANY,", " fra COMPANY", ", COMPANY,"."""
    start, end = span
    if start >= end:
        return None, None
    if notice.said.startswith(("fra ", "hos "), start):
        return None, (start + 4, end)
    at = notice.said.find(" hos ", start, end)
    if at >= 0:
        return (start, at), (at + 5, end)
    return ((start, end), None) if is_title(_last_word(notice, span)) else (None, (start, end))


def _of_person(notice: Notice, verb: Verb, subject: Span, after: int) -> Lead | None:
    """A sentence about a person: "Bo Lind[, 45 år][, ROLE hos COMPANY,] er … ansat som ROLE hos COMPANY"."""
    someone = _someone(notice, subject, after)
    if someone is None:
        return None
    said = notice.said
    lead, (present, employer) = someone
    lead = lead._replace(kind=verb.kind)
    close = notice.stripped(after, lead.sentence[1] - 1)[1]
    if verb.kind in _JOBLESS:
        certified = CERTIFIED.match(said, after) is not None or verb.kind is MoveKind.CERTIFICATION
        kind = MoveKind.CERTIFICATION if certified else MoveKind.EDUCATION
        return lead._replace(kind=kind, role=present, company=employer) if close > after else None
    if verb.kind is MoveKind.BIRTHDAY:
        turns = TURNS.fullmatch(said, after, close)
        return _at_work(notice, lead._replace(age=turns.span("age")), present, employer) if turns else None
    if verb.kind is MoveKind.ANNIVERSARY or verb.kind is MoveKind.DEPARTURE:
        told = (JUBILEE if verb.kind is MoveKind.ANNIVERSARY else LEFT).fullmatch(said, after, close)
        if told is None:
            return None
        role = told.span("role") if told.group("role") else present
        return _at_work(notice, lead, role, told.span("at") if told.group("at") else employer)
    if verb.kind is MoveKind.FOUNDING:
        founded = FOUNDED.fullmatch(said, after, close)
        return _joins(notice, lead, None, founded.span("at")) if founded else None
    return _joined(notice, verb, lead, (present, employer), (after, close)) if verb.kind in _JOINS else None


def _joined(notice: Notice, verb: Verb, lead: Lead, present: _Job, rest: Span) -> Lead | None:
    """The lead of somebody who joins, rises or enters a board, from the words behind the verb."""
    said, after = notice.said, rest[0]
    before = BEFORE_HER.search(said, *rest)
    close = notice.stripped(after, before.start())[1] if before else rest[1]
    shift = SHIFT.fullmatch(said, after, close)
    if shift is not None:
        return _joins(notice, lead, shift.span("new"), shift.span("at"), (shift.span("role"), shift.span("company")))
    rise = RISE.fullmatch(said, after, close)
    if rise is not None:
        at = rise.span("at") if rise.group("at") else present[1]
        return _joins(notice, lead._replace(kind=MoveKind.PROMOTION), rise.span("new"), at, (rise.span("role"), None))
    board = BOARD.fullmatch(said, after, close)
    if board is not None:
        chairs = board.group("role") is not None and board.group("role") != MEMBER
        role = (board.start("role"), said.find(" bestyrelsen", after) + len(" bestyrelsen")) if chairs else None
        return _joins(notice, lead._replace(kind=MoveKind.BOARD), role, board.span("at"))
    opening = AS.match(said, after, close)
    if opening is None and verb.words not in AT_ONCE:
        return None
    role, company = _job(notice, opening.end() if opening else after + 1, close, present[1])
    previous = present if verb.kind is MoveKind.PROMOTION or company != present[1] else (None, None)
    return _joins(notice, lead, role, company, previous)


def _job(notice: Notice, start: int, close: int, employer: Span | None) -> _Job:
    """The title and the employer of "ROLE hos COMPANY"; "ROLE i COMPANY" where no employer is known yet."""
    for joint in (" hos ",) if employer is not None else (" hos ", " i ", " ved "):
        at = notice.said.find(joint, start, close)
        company = notice.stripped(at + len(joint), close)
        if at >= 0 and (joint == " hos " or place_at(notice.text, company[0]) is None):
            return notice.stripped(start, at), company
    return notice.stripped(start, close), employer


def _at_work(notice: Notice, lead: Lead, role: Span | None, company: Span | None) -> Lead | None:
    """The lead of somebody whose present job is told."""
    if company is None or not is_company(notice.written(company)):
        return None
    return lead._replace(role=role, company=company)


def _of_company(notice: Notice, verb: Verb, subject: Span, after: int, role: Span | None) -> Lead | None:
    """A sentence about a company: "COMPANY har … ansat Bo Lind[, 45 år,] som ROLE", "… fået ny ROLE: Bo Lind"."""
    text, said = notice.text, notice.said
    its_new = ITS_NEW.match(said, after)
    board = INTO_BOARD.search(said, after)
    opening: re.Match[str] | None = None
    if its_new is not None or role is not None:
        begins = its_new.start("person") if its_new else after
        person = notice.stripped(begins, sentence_end(text, begins, (), len(text)) or begins)
    else:
        opening = board or WHO_STARTS.search(said, after) or AS.search(said, after)
        person = notice.stripped(after, opening.start()) if opening else (after, after)
    if not is_person(notice.written(person)):
        return None
    end = sentence_end(text, person[1], mentions(notice.written(person)), len(text))
    if end is None or end > notice.limit:
        return None
    lead = Lead(verb.kind, person, "", (0, end + 1))
    close = notice.stripped(person[1], end)[1]
    if opening is None:
        role = its_new.span("role") if its_new else role
        return _joins(notice, lead, role, subject) if close <= person[1] else None
    if opening is board:
        lead = lead._replace(kind=MoveKind.BOARD)
        return _joins(notice, lead, None, subject) if close == opening.end() else None
    before = BEFORE_HER.search(said, opening.end(), close)
    role = (opening.end(), notice.stripped(opening.end(), before.start())[1] if before else close)
    office = OFFICE.search(text, *role)
    if office is not None:
        role = (role[0], office.start())
        lead = lead._replace(location=office.span("town"))
    return _joins(notice, lead, role, subject)


def _joins(
    notice: Notice, lead: Lead, role: Span | None, company: Span | None, previous: _Job = (None, None)
) -> Lead | None:
    """The lead with its job, where each field holds what such a field can hold."""
    if role is not None and (seat := notice.text.find(" og medlem af ", *role)) > 0:
        role = (role[0], seat)
    if company is None or (role is not None and not is_role(notice.written(role), notice.written(company))):
        return None
    town = town_behind(notice.text, company)
    name = (company[0], town[0]) if town else company
    if notice.text.endswith(DOTTED, company[0], company[1] + 1) and not town:
        name = (company[0], company[1] + 1)
    if not is_company(notice.written(name)):
        return None
    left = previous[1] if previous[0] else None
    if left is not None and not is_company(notice.written(left)):
        return None
    location = town[1] if town else lead.location
    return lead._replace(role=role, company=name, location=location, previous_role=previous[0], previous_company=left)
