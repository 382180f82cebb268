"""Names that are one company are one row, whatever comes first; what a person says of them stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from db.base import Base
from db.companies import company_ids, find, judge_all
from db.company_blocks import blocks
from db.company_changes import Changed, called_like, merge, rename, split
from db.same_company import judge
from scraper.errors import NamesClash, UnknownName
from tests.db.conftest import Desk, ad, hire
from tests.db.test_same_company import NAMES

AT = datetime(2026, 2, 1, tzinfo=UTC)


def companies(desk: Desk) -> dict[str, str]:
    return {row["name"]: row["names"] for row in desk.rows("SELECT name, names FROM companies")}


def tell(desk: Desk, change: Callable[..., Changed], *names: str, **more: Any) -> Changed:
    with desk.store.engine.begin() as connection:
        return change(connection, *names, at=AT, **more)


def decisions(desk: Desk, where: str = "1") -> list[tuple[str, str, str, str]]:
    sql = f"SELECT by_whom, verdict, name_a, name_b FROM company_decisions WHERE {where} ORDER BY id"
    return [(row["by_whom"], row["verdict"], row["name_a"], row["name_b"]) for row in desk.rows(sql)]


def test_a_rule_makes_two_names_one_company_and_says_why(desk: Desk) -> None:
    """Branch, group and slips are one company with one row for each decision and its reason."""
    desk.page(hire(company="Fjeldtop A/S"), identity="1")
    desk.page(hire("Bo Tværsted", "Fjeldtop Danmark"), ad("Fjelldtop"), identity="2")
    assert companies(desk) == {"Fjeldtop A/S": "Fjeldtop A/S | Fjeldtop Danmark | Fjelldtop"}
    assert desk.rows("SELECT by_whom, verdict, name_a, name_b, reason, is_valid FROM company_decisions") == [
        {
            "by_whom": "rule",
            "verdict": "same",
            "name_a": "Fjeldtop A/S",
            "name_b": "Fjeldtop Danmark",
            "reason": "'danmark' is the Danish branch",
            "is_valid": 1,
        },
        {
            "by_whom": "rule",
            "verdict": "same",
            "name_a": "Fjeldtop A/S",
            "name_b": "Fjelldtop",
            "reason": "a slip of the finger: 'fjeldtop' and 'fjelldtop'",
            "is_valid": 1,
        },
    ]


def test_names_that_only_sound_alike_stay_apart(desk: Desk) -> None:
    """Another word is another company; a near miss is written down, so that a person can overrule it."""
    desk.page(hire(company="Lindegaard Data"), hire("Bo Tværsted", "Fjeldtop"), hire("Ida Bro", "Fjeldtop Hosting"))
    desk.page(hire("Eva Bro", "Lindgaard Data"), identity="2")
    assert len(companies(desk)) == 4
    assert decisions(desk) == [("rule", "different", "Lindegaard Data", "Lindgaard Data")]


def test_a_name_that_shows_two_companies_to_be_one(desk: Desk) -> None:
    """Where a later name ties two companies, all rows stand with the older one, facts and people included."""
    desk.page(hire(company="Kvarnbo Virksomheds Beregning", previous_company="KVB"), ad("KVB"), identity="1")
    desk.page(hire("Bo Tværsted", "KVB", earlier_companies=("Kvarnbo Virksomheds Beregning",)), identity="2")
    assert len(companies(desk)) == 2
    desk.page(hire("Ida Bro", "Kvarnbo Virksomheds Beregning (KVB)"), identity="3")
    assert companies(desk) == {
        "Kvarnbo Virksomheds Beregning": "KVB | Kvarnbo Virksomheds Beregning | Kvarnbo Virksomheds Beregning (KVB)"
    }
    for table, column in OWNED:
        assert desk.column(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL") == [1], table


OWNED = (
    ("move", "company_id"),
    ("move", "previous_company_id"),
    ("move_earlier", "company_id"),
    ("job_ad", "company_id"),
    ("company_name", "company_id"),
    ("company_alias", "company_id"),
    ("move_fact", "company_id"),
    ("move_fact", "previous_company_id"),
    ("job_ad_fact", "company_id"),
)


def test_merged_by_hand(desk: Desk) -> None:
    """Two companies that no rule joins are one because a person says so, and new announcements keep to it."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Hosting"), ad("Fjeldtop Hosting"))
    done = tell(desk, merge, "fjeldtop a/s", "Fjeldtop Hosting")
    assert [(each.name, each.moves, each.job_ads) for each in done.companies] == [("Fjeldtop", 2, 1)]
    desk.page(hire("Ida Bro", "Fjeldtop Hosting ApS"), identity="2")
    assert companies(desk) == {"Fjeldtop": "Fjeldtop | Fjeldtop Hosting | Fjeldtop Hosting ApS"}
    assert desk.row("SELECT moves, hires FROM companies") == {"moves": 3, "hires": 3}
    assert decisions(desk) == [("user", "same", "Fjeldtop", "Fjeldtop Hosting")]
    with pytest.raises(NamesClash, match="one company already"):
        tell(desk, merge, "Fjeldtop", "Fjeldtop Hosting")


def test_merged_under_another_name(desk: Desk) -> None:
    """A merged company may be given its name at once, and is found by it."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Tindeby"), ad("Tindeby"))
    tell(desk, merge, "Fjeldtop", "Tindeby", name="Fjeldtop & Tindeby")
    assert companies(desk) == {"Fjeldtop & Tindeby": "Fjeldtop | Tindeby"}
    desk.page(hire("Ida Bro", "Fjeldtop og Tindeby A/S"), identity="2")
    assert len(companies(desk)) == 1
    assert desk.column("SELECT DISTINCT company FROM moves") == ["Fjeldtop & Tindeby"]


def test_split_by_hand_undoes_a_merge(desk: Desk) -> None:
    """A split puts every row back where it stood, and the rule that had merged does not do it again."""
    desk.page(hire(company="Fjeldtop"), identity="1")
    desk.page(hire("Bo Tværsted", "Fjeldtop Danmark", previous_company="Fjeldtop"), identity="2")
    done = tell(desk, split, "Fjeldtop", "Fjeldtop Danmark")
    assert [(each.name, each.moves) for each in done.companies] == [("Fjeldtop", 1), ("Fjeldtop Danmark", 1)]
    assert done.overruled == 1
    desk.page(hire("Ida Bro", "Fjeldtop Danmark A/S"), hire("Eva Bro", "Fjeldtop ApS"), identity="3")
    assert companies(desk) == {
        "Fjeldtop": "Fjeldtop | Fjeldtop ApS",
        "Fjeldtop Danmark": "Fjeldtop Danmark | Fjeldtop Danmark A/S",
    }
    assert decisions(desk, "is_valid = 1") == [("user", "different", "Fjeldtop", "Fjeldtop Danmark")]
    assert desk.column("SELECT company FROM moves WHERE previous_company = 'Fjeldtop'") == ["Fjeldtop Danmark"]
    tell(desk, merge, "Fjeldtop Danmark", "Fjeldtop")
    assert list(companies(desk)) == ["Fjeldtop Danmark"]


def test_a_rule_never_joins_what_a_person_split(desk: Desk) -> None:
    """Nor by way of a third name: it goes to the one that it is spelled more like."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"))
    tell(desk, split, "Fjeldtop", "Fjeldtop Danmark")
    desk.page(hire("Ida Bro", "Fjeldtop i Danmark"), hire("Eva Bro", "Fjeldtop Group"), identity="2")
    with desk.store.engine.begin() as connection:
        judge_all(connection, AT)
    assert find_all(desk, "Fjeldtop", "Fjeldtop Danmark") == [1, 2]
    assert len(companies(desk)) == 2


def find_all(desk: Desk, *names: str) -> list[int | None]:
    with desk.store.engine.connect() as connection:
        return [find(connection, name) for name in names]


def test_one_legal_form_is_another_company(desk: Desk) -> None:
    """Where a person says so, a spelling is another company than the one it shares its key with."""
    desk.page(hire(company="Fjeldtop A/S"), hire("Bo Tværsted", "Fjeldtop ApS"))
    assert len(companies(desk)) == 1
    tell(desk, split, "Fjeldtop", "Fjeldtop ApS")
    desk.page(hire("Ida Bro", "FJELDTOP APS"), hire("Eva Bro", "Fjeldtop"), identity="2")
    assert companies(desk) == {"Fjeldtop A/S": "Fjeldtop | Fjeldtop A/S", "Fjeldtop ApS": "FJELDTOP APS | Fjeldtop ApS"}
    with desk.store.engine.begin() as connection:
        judge_all(connection, AT)
    assert len(companies(desk)) == 2


def test_the_main_name_may_be_split_off(desk: Desk) -> None:
    """The company is then called by the spelling that was seen next."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"))
    tell(desk, split, "Fjeldtop", "Fjeldtop")
    assert companies(desk) == {"Fjeldtop Danmark": "Fjeldtop Danmark", "Fjeldtop": "Fjeldtop"}


def test_renamed_by_hand(desk: Desk) -> None:
    """A company's own name is the one that a person gave it, though another was seen first."""
    desk.page(hire(company="Fjeldtop"), ad("Fjeldtop A/S"))
    tell(desk, rename, "fjeldtop", "Fjeldtop Regnskab")
    desk.page(hire("Ida Bro", "Fjeldtop Danmark"), identity="2")
    assert companies(desk) == {"Fjeldtop Regnskab": "Fjeldtop | Fjeldtop A/S | Fjeldtop Danmark"}
    assert find_all(desk, "Fjeldtop Regnskab A/S") == [1]
    assert desk.column("SELECT record FROM search WHERE search MATCH 'regnskab'") == ["company"]


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    """Unknown names are told with those that are like them; nothing is changed."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Tindeby A/S"))
    before = desk.rows("SELECT * FROM company_alias")
    with pytest.raises(UnknownName, match="No company is called “Tindebyen”") as told:
        tell(desk, merge, "Fjeldtop", "Tindebyen")
    assert "Tindeby A/S" in told.value.hint
    with pytest.raises(UnknownName, match="no spelling of Fjeldtop") as told:
        tell(desk, split, "Fjeldtop", "Tindeby")
    assert "Fjeldtop" in told.value.hint
    with pytest.raises(NamesClash, match="only spelling"):
        tell(desk, split, "Fjeldtop", "Fjeldtop")
    with pytest.raises(NamesClash, match="another company already") as told:
        tell(desk, rename, "Fjeldtop", "tindeby")
    assert 'companies merge "Fjeldtop" "tindeby"' in told.value.hint
    with pytest.raises(NamesClash, match="blank"):
        tell(desk, rename, "Fjeldtop", "  ")
    assert desk.rows("SELECT * FROM company_alias") == before


def test_nearest_names(desk: Desk) -> None:
    """A company is offered once, by its own name, whichever spelling was like the word."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"), hire("Eva Bro", "Kvarnbo"))
    with desk.store.engine.connect() as connection:
        assert called_like(connection, "Fjeldtoppen") == ["Fjeldtop"]
        assert called_like(connection, "xyzzy") == []


@given(NAMES, NAMES)
def test_names_that_are_one_share_a_block(one: str, other: str) -> None:
    """No pair that the rules would join is missed because it was never compared."""
    if judge(one, other).same:
        assert {block.block for block in blocks(one)} & {block.block for block in blocks(other)}


def grouped(names: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """The names as the database groups them when they come in this order."""
    engine = create_engine("sqlite://").execution_options(unsearched=True)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for number, name in enumerate(names):
            company_ids(connection, [name], number)
        found = company_ids(connection, names, 0)
    engine.dispose()
    return frozenset(frozenset(name for name in names if found[name] == number) for number in set(found.values()))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(NAMES, min_size=2, max_size=3, unique=True))
def test_the_order_of_names_decides_nothing(names: list[str]) -> None:
    """In whatever order names are seen, the same ones are one company."""
    assert len({grouped(order) for order in permutations(names)}) == 1


def test_judging_anew_changes_nothing(desk: Desk) -> None:
    """Rules that are the same say the same: nothing moves, and no decision is written twice."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"), hire("Eva Bro", "Fjelldtop"))
    desk.page(hire("Ida Bro", "Lindgaard Data"), hire("Per Bro", "Lindegaard Data"), identity="2")
    before = [desk.rows(f"SELECT * FROM {table}") for table in ("company", "company_alias", "company_decision")]
    for _ in range(2):
        with desk.store.engine.begin() as connection:
            judge_all(connection, AT)
    after = [desk.rows(f"SELECT * FROM {table}") for table in ("company", "company_alias", "company_decision")]
    assert after == before


def test_names_of_an_older_release_are_judged_once(desk: Desk) -> None:
    """A database whose names were never judged is judged when the next new name comes."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"))
    tell(desk, split, "Fjeldtop", "Fjeldtop Danmark")
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM company_block")
        connection.exec_driver_sql("UPDATE company_decision SET overruled_at = at")
    desk.page(hire("Ida Bro", "Kvarnbo"), identity="2")
    assert companies(desk) == {"Fjeldtop": "Fjeldtop | Fjeldtop Danmark", "Kvarnbo": "Kvarnbo"}


def test_a_rule_that_no_longer_holds_lets_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a release's rules say that two names are not one after all, they are parted again."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"))
    said = judge("Fjeldtop", "Kvarnbo")
    for room in ("db.companies.judge", "db.settling.judge"):
        monkeypatch.setattr(room, lambda _one, _other: said)
    with desk.store.engine.begin() as connection:
        judge_all(connection, AT)
    assert len(companies(desk)) == 2
    assert decisions(desk, "verdict = 'same' AND is_valid = 1") == []
