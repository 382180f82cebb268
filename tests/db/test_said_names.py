"""Where an announcement puts initials beside a name, both are one company. All names are invented."""

from __future__ import annotations

from itertools import permutations

import pytest

from db.company_changes import split
from db.said_names import said_of
from db.same_company import judge
from tests.db.conftest import Desk, ad, hire
from tests.db.test_one_company import companies, find_all, grouped, tell
from tests.db.test_replay import mend

LONG = "Kvarnbo Virksomheds Beregning"
SAID = f"{LONG} (KVB)"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (LONG, f"Bo er ny chef i {LONG} (KVB).", [SAID]),
        (LONG, f"Bo er ny chef i {LONG} A/S (KVB).", [SAID]),
        ("KVB", f"Bo er ny chef i {LONG} (KVB).", [SAID]),
        ("KVB", f"Bo er ny chef i KVB ({LONG}).", [f"KVB ({LONG})"]),
        (LONG, f"Bo er ny chef i KVB ({LONG}).", [f"KVB ({LONG})"]),
        ("Kvarnbo & Tinde", "Bo skal til Kvarnbo & Tinde (KT)", ["Kvarnbo & Tinde (KT)"]),
        (LONG, f"Bo er ny chef i {LONG} (KVX).", []),
        (LONG, f"Bo er ny chef i {LONG} (kvb).", []),
        (LONG, f"Bo (KVB) er ny chef i {LONG}.", []),
        (LONG, f"Bo er ny chef i Store{LONG} (KVB).", []),
        ("Tindeby", f"Bo forlader {LONG} (KVB) for Tindeby.", []),
        ("Kvarnbo", "Bo er ny chef i Kvarnbo (45 år).", []),
        ("KVB", "Bo er ny chef i KVB (Kalundborg ved bugten).", ["KVB (Kalundborg ved bugten)"]),
    ],
)
def test_what_a_text_says(name: str, text: str, said: list[str]) -> None:
    """Only a name right beside the brackets counts, and only initials in capitals that fit it."""
    assert said_of(name, text) == said


def test_an_announcement_makes_one_company_of_initials_and_name(desk: Desk) -> None:
    """The parser keeps the long name alone; its text says the initials, and the reason shows where from."""
    desk.page(hire("Bo Tværsted", "KVB"), identity="1")
    desk.page(hire("Ida Bro", LONG, text=f"Ida Bro er ny chef i {SAID}"), identity="2")
    assert companies(desk) == {"KVB": f"KVB | {LONG} | {SAID}"}
    reasons = desk.column("SELECT reason FROM company_decisions WHERE by_whom = 'rule'")
    assert f"said so by an announcement: 'kvb' is given as the initials in '{SAID}'" in reasons


def test_a_job_ad_says_so_too(desk: Desk) -> None:
    """An ad's text is an announcement as well."""
    desk.page(ad(LONG, text=f"KVB ({LONG}) søger en udvikler"), identity="1")
    desk.page(hire("Bo Tværsted", "KVB A/S"), identity="2")
    assert len(companies(desk)) == 1


def test_what_a_person_split_stays_split(desk: Desk) -> None:
    """No announcement goes before a person's word."""
    desk.page(hire("Bo Tværsted", "KVB"), identity="1")
    desk.page(hire("Ida Bro", LONG, text=f"Ida Bro er ny chef i {SAID}"), identity="2")
    tell(desk, split, "KVB", LONG)
    desk.page(hire("Eva Bro", LONG, text=f"Eva Bro er ny salgschef i {SAID}"), identity="3")
    one, other = find_all(desk, "KVB", LONG)
    assert one != other


def test_initials_of_two_companies_join_neither(desk: Desk) -> None:
    """Two long names with the same initials stay two, and the initials stay with the one that came first."""
    other = "Klitby Vand & Bro"
    desk.page(hire("Ida Bro", LONG, text=f"Ida Bro er ny chef i {SAID}"), hire("Bo Tværsted", "KVB"), identity="1")
    desk.page(hire("Eva Bro", other, text=f"Eva Bro er ny chef i {other} (KVB)"), identity="2")
    assert not judge(SAID, f"{other} (KVB)").same
    first, initials, second = find_all(desk, LONG, "KVB", other)
    assert first == initials != second


def test_two_companies_stay_two_in_whatever_order_they_come() -> None:
    """Initials that both share never make one company of them."""
    names = (SAID, "KVB", "Klitby Vand & Bro (KVB)")
    for order in permutations(names):
        assert not any({names[0], names[2]} <= group for group in grouped(order)), order


def test_two_letters_of_a_known_organisation_are_no_others() -> None:
    """The initials of two words count only where nobody well known has them."""
    assert judge("KT", "Kvarnbo & Tinde (KT)").same
    assert not judge("KT", "Kvarnbo & Tinde").same
    assert not judge("HP", "Hede & Porse (HP)").same
    assert not judge("KT", "Kvarnbo & Tinde/KT").same


def test_a_replay_keeps_what_an_announcement_said(desk: Desk) -> None:
    """While a page still says so, initials and name are one; when it is read as another company, they part."""
    bare = hire("Bo Tværsted", "KVB")
    telling = hire("Ida Bro", LONG, text=f"Ida Bro er ny chef i {SAID}")
    desk.page(bare, identity="1")
    desk.page(telling, identity="2")
    before = companies(desk)
    other = hire("Per Bro", LONG)
    mend(desk, {"1": [hire("Bo Tværsted", "KVB A/S")], "2": [telling, other]})
    assert companies(desk) == {"KVB A/S": f"KVB A/S | {LONG} | {SAID}"} != before
    mend(desk, {"1": [bare], "2": [other]}, parser="3")
    assert len(companies(desk)) == 2
