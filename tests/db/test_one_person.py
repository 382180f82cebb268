"""Moves of one name: one person's where they tie and nothing contradicts, whatever comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.company_changes import merge, split
from db.person_ties import Career, contradiction, group, tie
from scraper.records import Move, MoveKind
from tests.db.conftest import Desk, hire

AT = datetime(2026, 2, 1, tzinfo=UTC)
COMPANIES = st.integers(1, 5)
CAREERS = st.builds(
    Career,
    move_id=st.just(0),
    key=st.just(""),
    kind=st.sampled_from([MoveKind.HIRE.value, MoveKind.PROMOTION.value, MoveKind.BOARD.value]),
    joined=st.none() | COMPANIES,
    left=st.none() | COMPANIES,
    earlier=st.frozensets(COMPANIES, max_size=2),
    age=st.none() | st.integers(25, 60),
    day=st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    start=st.none() | st.dates(date(2015, 1, 1), date(2016, 1, 1)),
)


def numbered(moves: list[Career]) -> list[Career]:
    return [
        Career(**{**{name: getattr(move, name) for name in Career.__slots__}, "move_id": at, "key": str(at)})
        for at, move in enumerate(moves)
    ]


def job(joined: int | None, left: int | None = None, **more: object) -> Career:
    values = {"move_id": 1, "key": "a", "kind": "hire", "joined": joined, "left": left, "day": date(2026, 1, 1)}
    return Career(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "strength", "reason"),
    [
        (job(1), job(2, 1), 4, "joined by the one move, a former employer in the other"),
        (job(1), job(2, earlier=frozenset({1, 9})), 4, "joined by the one move"),
        (job(1, 3), job(1, 4, kind="promotion"), 3, "both at one employer"),
        (job(1, 8), job(2, 8), 1, "a former employer in common"),
        (job(1, 8, earlier=frozenset({9})), job(2, earlier=frozenset({8, 9})), 2, "2 former employers in common"),
        (job(1, age=30), job(2, 1, age=50), 0, "ages do not fit: born about 1976 and about 1996"),
        (job(1, age=30), job(2, 1, age=36, day=date(2032, 1, 1)), 4, "joined by the one move"),
        (job(1, 8, start=date(2026, 1, 1)), job(2, 8, start=date(2026, 1, 12)), 0, "two new jobs at once"),
        (job(1, 8, start=date(2026, 1, 1)), job(2, 8, start=date(2027, 2, 1)), 1, "a former employer in common"),
        (job(1, 8, start=date(2026, 1, 1)), job(2, 8, start=date(2026, 1, 1), kind="board"), 1, "in common"),
    ],
)
def test_what_ties_two_moves(one: Career, other: Career, strength: int, reason: str) -> None:
    """A chain ties more than one employer, and that more than a past in common; what contradicts keeps apart."""
    found = tie(one, other)
    assert found is not None
    assert (found.strength, reason in found.reason) == (strength, True), found
    assert tie(other, one) == found


def test_nothing_in_common_ties_nothing() -> None:
    assert tie(job(1, 2), job(3, 4)) is None
    assert tie(job(None), job(None)) is None


@given(st.lists(CAREERS, min_size=1, max_size=6))
def test_the_order_of_moves_decides_nothing(moves: list[Career]) -> None:
    """Groups are the same in whatever order moves come; each move is in one; no group contradicts itself."""
    given_ = numbered(moves)
    found = group(given_)
    assert group(given_[::-1]) == found
    assert sorted(move.move_id for members in found.groups for move in members) == list(range(len(moves)))
    for members in found.groups:
        assert all(contradiction(one, other) is None for one in members for other in members if one is not other)
        linked = {link for link in found.links if link.same and link.move_id in {move.move_id for move in members}}
        assert len(linked) == len(members) - 1


def people(desk: Desk) -> list[list[int]]:
    rows = desk.rows("SELECT person_id, id FROM move ORDER BY id")
    return [
        [row["id"] for row in rows if row["person_id"] == number] for number in sorted({r["person_id"] for r in rows})
    ]


def test_a_company_under_another_name_ties(desk: Desk) -> None:
    """The former employer is the company joined, though the two announcements spell it differently."""
    desk.page(hire("Bo Tværsted", "Fjeldtop"), identity="1")
    desk.page(hire("Bo Tværsted", "Kvarnbo", previous_company="Fjeldtop Danmark A/S", start="2026-06"), identity="2")
    assert people(desk) == [[1, 2]]
    assert desk.rows("SELECT move_id, other_move_id, is_same, company, reason FROM person_ties") == [
        {
            "move_id": 2,
            "other_move_id": 1,
            "is_same": 1,
            "company": "Fjeldtop",
            "reason": "joined by the one move, a former employer in the other",
        }
    ]


def test_people_follow_when_companies_are_merged_and_split(desk: Desk) -> None:
    """Merging two companies shows two rows to be one person, splitting them parts it again."""
    desk.page(hire("Bo Tværsted", "Fjeldtop"), identity="1")
    desk.page(hire("Bo Tværsted", "Kvarnbo", previous_company="Tindeby", start="2026-06"), identity="2")
    assert people(desk) == [[1], [2]]
    with desk.store.engine.begin() as connection:
        merge(connection, "Fjeldtop", "Tindeby", at=AT)
    assert people(desk) == [[1, 2]]
    assert desk.column("SELECT DISTINCT person_id FROM move_fact") == [1]
    with desk.store.engine.begin() as connection:
        split(connection, "Fjeldtop", "Tindeby", at=AT)
    assert people(desk) == [[1], [2]]
    assert desk.column("SELECT count(*) FROM person") == [2]


def test_namesakes_of_other_ages_are_two_people(desk: Desk) -> None:
    """Though they worked for one company; the tie that was not followed is told with what speaks against it."""
    desk.page(hire("Bo Tværsted", "Fjeldtop", age=57), identity="1")
    desk.page(hire("Bo Tværsted", "Fjeldtop", age=36, role="Udvikler", start="2027-01"), identity="2")
    assert people(desk) == [[1], [2]]
    (link,) = desk.rows("SELECT is_same, reason FROM person_ties")
    assert link == {"is_same": 0, "reason": "ages do not fit: born about 1969 and about 1991"}


def test_an_age_fits_by_the_date_of_the_announcement(desk: Desk) -> None:
    """Six years later one is six years older."""
    desk.page(hire("Bo Tværsted", "Fjeldtop", age=30), identity="1")
    desk.page(hire("Bo Tværsted", "Kvarnbo", previous_company="Fjeldtop", age=36, start="2032-01"), identity="2")
    assert people(desk) == [[1, 2]]


def test_two_new_jobs_at_once_are_two_people(desk: Desk) -> None:
    desk.page(
        hire("Bo Tværsted", "Kvarnbo", previous_company="Fjeldtop"),
        hire("Bo Tværsted", "Tindeby", previous_company="Fjeldtop", role="Direktør"),
    )
    assert sorted(people(desk)) == [[1], [2]]


MOVES: list[Move] = [
    hire("Bo Tværsted", "Fjeldtop", age=30, start="2020-01"),
    hire("Bo Tværsted", "Kvarnbo", previous_company="Fjeldtop", age=33, start="2023-02"),
    hire("Bo Tværsted", "Tindeby", previous_company="Kvarnbo", start="2026-02"),
    hire("Bo Tværsted", "Lyngbakken", previous_company="Fjeldtop", age=52, start="2024-02"),
]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=lambda order: "".join(map(str, order)))
def test_the_order_of_announcements_decides_nothing(desk: Desk, order: tuple[int, ...]) -> None:
    """The chain of three is one person and the namesake another, whichever was seen first."""
    for place in order:
        desk.page(MOVES[place], identity=str(place))
    found = desk.rows(
        "SELECT person_id, group_concat(company, ' ') AS jobs FROM (SELECT * FROM move ORDER BY company) GROUP BY 1"
    )
    assert sorted(row["jobs"] for row in found) == ["Fjeldtop Kvarnbo Tindeby", "Lyngbakken"]
    assert desk.column("SELECT count(*) FROM person") == [2]
