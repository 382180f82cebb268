"""After a change of the tables of words the stored answers follow, and with them the facts."""

from __future__ import annotations

from datetime import timedelta

from db import facts
from db.reclassify import Reclassified
from tests.db.conftest import Desk, ad, dump, hire


def _filled(desk: Desk) -> list[str]:
    """Records whose facts rest on roles and places in every way; the dump of the database with them."""
    desk.page(
        hire("A A", "Alfa", role="Salgschef", previous_role="Konsulent", location="Aarhus"),
        hire("B B", "Beta", role="Konsulent", previous_role=None, location="Odense"),
        hire("C C", "Gamma", role="Bogholder", previous_role="Salgschef", location=None),
        hire("D D", "Delta", role="Bogholder", previous_role="Tester", location="Odense"),
        ad("Alfa", "Salgschef", region="Fyn"),
        ad("Beta", "Tester", region="Bornholm"),
    )
    return dump(desk.path)


def _as_older_tables_said(desk: Desk) -> None:
    """What older tables, which knew less, would have left."""
    with desk.store.engine.begin() as connection:
        say = connection.exec_driver_sql
        say("UPDATE role SET tables_version = 'older'")
        say("UPDATE role SET function = 'other' WHERE folded = 'salgschef'")
        say("UPDATE place SET region = NULL, nuts = NULL WHERE folded = 'aarhus' OR folded = 'bornholm'")
        say("UPDATE move_fact SET function = 'other' WHERE function = 'sales'")
        say("UPDATE move_fact SET previous_function = 'other' WHERE previous_function = 'sales'")
        say("UPDATE move_fact SET region = NULL, nuts = NULL WHERE region = 'Midtjylland'")
        say("UPDATE job_ad_fact SET function = 'other' WHERE function = 'sales'")
        say("UPDATE job_ad_fact SET region = NULL, nuts = NULL WHERE region = 'Hovedstaden'")


def test_a_change_of_the_tables_reaches_every_fact(desk: Desk) -> None:
    """Only what has another answer is followed: two moves by their role or previous role, one place, two ads."""
    before = _filled(desk)
    _as_older_tables_said(desk)
    assert dump(desk.path) != before
    assert desk.store.reclassify() == Reclassified(roles=1, places=2, moves=2, job_ads=2)
    assert sorted(dump(desk.path)) == sorted(before)


def test_it_gives_what_a_refresh_of_everything_gives(desk: Desk) -> None:
    """Two ways to one state."""
    _filled(desk)
    _as_older_tables_said(desk)
    desk.store.reclassify()
    followed = sorted(dump(desk.path))
    with desk.store.engine.begin() as connection:
        facts.refresh_all(connection)
    assert sorted(dump(desk.path)) == followed


def test_tables_that_did_not_change_cost_nothing(desk: Desk) -> None:
    """Every run begins with this."""
    before = _filled(desk)
    assert desk.store.reclassify() == Reclassified()
    assert dump(desk.path) == before


def test_new_tables_of_the_same_answers_are_noted(desk: Desk) -> None:
    """Else every run would look at them again."""
    before = _filled(desk)
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE role SET tables_version = 'older'")
    assert desk.store.reclassify() == Reclassified()
    assert dump(desk.path) == before


def test_ads_and_hires_are_joined_anew(desk: Desk) -> None:
    """What titles tell stands in the tables too: links are made anew although no role has another answer."""
    desk.page(ad("Alfa", "Jurist"), identity="1")
    desk.begin(at=desk.now + timedelta(days=60))
    desk.page(hire("A A", "Alfa", role="Jurist", start="2026-04-01"), identity="2")
    before = dump(desk.path)
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE role SET tables_version = 'older'")
        connection.exec_driver_sql("DELETE FROM hire_ad")
    desk.store.reclassify()
    assert dump(desk.path) == before
