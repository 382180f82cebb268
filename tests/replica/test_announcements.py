from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.records import MoveKind
from scraper.replica import firms
from scraper.replica.announcements import LABELS, MONTHS, Story, announce, truncated
from scraper.replica.people import PEOPLE, SURNAMES, person

DATE = rf"pr\. (?P<date>\d{{1,2}}\. (?:{'|'.join(MONTHS)}) \d{{4}})"
P = r"(?:Han|Hun|(?P<first>[\w-]+))"
FORMS = {
    "hire": (
        rf"(?P<company>.+?) har {DATE} ansat (?P<person>.+?)(?:, (?P<age>\d+) år, )? som (?P<role>.+?)"
        r"(?: ved .+['’]s (?:kontor|afdeling) i (?P<location>[^.]+))?(?:\.|(?<=\.))(?: (?:Han|Hun|[\w-]+) .+\.)?"
    ),
    "degree": (
        rf"(?P<person>.+?), (?P<role>.+) hos (?P<company>.+), har {DATE} fuldført uddannelsen (?P<programme>.+)"
        r" på (?P<school>.+) via (?P<network>[^.]+)\.(?: Foto: (?P<photo>.+)\.)?"
    ),
    "promotion": (
        rf"(?P<person>.+?)(?:, (?P<age>\d+) år)?, (?P<old>.+) hos (?P<company>.+), er {DATE} forfremmet til"
        r" (?P<role>.+?)\. (?:Han|Hun|[\w-]+) skal fremover især beskæftige sig med (?P<focus>.+)\."
    ),
    "appointment": rf"(?P<person>.+?),  (?P<company>.+), er {DATE} udnævnt som (?P<role>.+)\.",
}
FORMS["unknown"] = FORMS["hire"]

stories = st.builds(
    Story,
    who=st.integers(0, PEOPLE).map(person),
    firm=st.sampled_from(firms.FIRMS),
    role=st.sampled_from(firms.ROLES),
    week=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)


@given(story=stories, form=st.sampled_from(sorted(LABELS)), seed=st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_every_announcement_is_written_as_the_form_writes_it(story, form, seed):
    """Each announcement reads as the form of its kind, and the move says what stands in it."""
    item = announce("key", Random(seed), story, form)
    match = re.fullmatch(FORMS[form], item.written)
    assert match, item.written
    said, move = match.groupdict(), item.move
    assert said["person"] == move.person == story.who.name
    assert said["company"] == move.company
    assert move.company in story.firm.names
    assert said["date"] == move.start_date_text
    assert said["role"] == move.role == story.role
    assert said.get("age") == (None if move.age is None else str(move.age))
    assert move.label == LABELS[form]
    assert move.text == " ".join(item.written.split()) + " " + LABELS[form]
    if form == "degree":
        assert ((said["programme"],), (said["school"],)) == (move.education, move.institution)
    if form == "promotion":
        assert (said["old"], said["focus"], said["company"]) == (move.previous_role, move.focus, move.previous_company)
    if form in {"hire", "unknown"}:
        assert said["location"] == move.location


@given(story=stories, form=st.sampled_from(sorted(LABELS)), seed=st.integers(0, 10**6))
@settings(max_examples=200, deadline=None)
def test_each_value_stands_where_its_evidence_says(story, form, seed):
    """The evidence of every filled field is the stretch of text that says it."""
    move = announce("key", Random(seed), story, form).move
    filled = {
        name
        for name in move.__dataclass_fields__
        if name not in {"kind", "text", "evidence", "rule", "unit"} and getattr(move, name) not in {None, ()}
    }
    assert set(move.evidence) == filled
    for name, (start, end) in move.evidence.items():
        value, words = getattr(move, name), move.text[start:end]
        if name == "start_date":
            day, month, year = words.split()
            assert (value.year, value.month, value.day) == (int(year), MONTHS.index(month) + 1, int(day[:-1]))
        elif isinstance(value, tuple):
            assert words.startswith(value[0])
            assert words.endswith(value[-1])
        else:
            assert words == str(value)


@given(story=stories, seed=st.integers(0, 10**6))
@settings(max_examples=200, deadline=None)
def test_a_truncated_announcement_is_a_beginning_without_end(story, seed):
    """What is cut off starts as the whole does, carries no label, no card and no closing full stop."""
    whole = announce("key", Random(seed), story)
    cut = truncated(whole, Random(seed))
    shown = re.sub(r"(…| \.\.\.)$", "", cut.written)
    assert whole.written.startswith(shown)
    assert 3 < len(shown) < len(whole.written) * 0.8
    assert not cut.card
    assert not cut.whole
    assert not shown.endswith(".")
    assert whole.label not in cut.move.text


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("hire", MoveKind.HIRE),
        ("unknown", MoveKind.HIRE),
        ("degree", MoveKind.EDUCATION),
        ("promotion", MoveKind.PROMOTION),
        ("appointment", MoveKind.PROMOTION),
    ],
)
def test_the_form_decides_what_an_announcement_announces(form, kind):
    """A label that nobody knows stands on a hire; an appointment is a promotion."""
    story = Story(person(1), firms.FIRMS[0], "Partner", date(2026, 1, 5))
    assert announce("key", Random(1), story, form).move.kind is kind


@given(story=stories, seed=st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_a_job_starts_within_the_form_s_usual_time(story, seed):
    """Start dates lie from about four months before the week to a month after it."""
    start = announce("key", Random(seed), story).move.start_date
    assert start is not None
    assert timedelta(days=-122) <= start.first_day - story.week <= timedelta(days=45)


def test_no_two_people_share_a_name():
    """Counting through the table meets every combination of names once, and no name is the beginning of another."""
    names = {person(number).name for number in range(PEOPLE)}
    assert len(names) == PEOPLE
    assert all(name.split()[-1] in SURNAMES for name in names)
