"""What health finds in the database and leaves there: history, alarms that go on, sources that are well again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.db.conftest import START, Desk, ad, hire


def alarm(code: str = "job_ads_fell", stage: str = "yield") -> dict[str, str]:
    return {"stage": stage, "code": code, "sentence": f"{code}!", "advice": "Look."}


def coverage(share: float = 0.9) -> dict[str, Any]:
    counts = {"pages": 9, "draws": 30, "seen": 8, "once": 3, "twice": 2}
    estimate = {"share": share, "share_low": 0.7, "share_high": 1.0, "total": 9.0, "low": 8.0, "high": 14.0}
    return {"record": "move", **counts, **estimate}


def run(desk: Desk, *alarms: dict[str, str], measures: dict[str, Any] | None = None, status: str = "done") -> int:
    """One more run, a day later, with a page and what health found; its id."""
    desk.begin(at=desk.now + timedelta(days=1))
    desk.page(hire(), ad(title=f"Stilling {desk.run_id}"))
    desk.store.keep_findings(desk.run_id, "bladet", coverage=[coverage()], alarms=alarms)
    kept = {"bladet": measures or {"asked": desk.run_id}}
    desk.store.finish_run(desk.run_id, at=desk.now, status=status, exit_status=0, summary={}, measures=kept)
    return desk.run_id


def asked(desk: Desk, **limits: Any) -> list[int]:
    kept = desk.store.healthy_measures("bladet", **{"before": 99, **limits})
    return [measures["asked"] for measures in kept]


def test_what_is_usual(desk: Desk) -> None:
    """The history holds the measures of runs that ended and found nothing, newest first, and no others."""
    well = run(desk)
    run(desk, alarm())
    run(desk, alarm("entrance_failed", "discovery"))
    run(desk, status="interrupted")
    later = run(desk)
    assert asked(desk) == [later, well]
    assert asked(desk, limit=1) == [later]
    assert asked(desk, before=later) == [well]
    assert desk.store.healthy_measures("another", before=99) == []


def test_a_person_may_say_that_the_new_is_right(desk: Desk) -> None:
    """What a source gave last becomes usual when it is accepted: its alarm is gone, and what was before counts no more."""
    run(desk)
    broken = run(desk, alarm())
    assert desk.store.accept("bladet") == broken
    assert asked(desk) == [broken]
    assert desk.store.standings()[0].alarms == []
    assert desk.store.accept("another") is None


def test_an_alarmed_run_ends_no_job_ad(desk: Desk) -> None:
    """An ad that a broken look went without is still open; the next good look decides."""
    desk.page(ad(title="Arkitekt"))
    desk.end()
    openness = "SELECT is_open FROM job_ads WHERE title = 'Arkitekt'"
    run(desk, alarm())
    assert desk.column("SELECT whole FROM source_runs ORDER BY run_id") == [1, 0]
    assert desk.column(openness) == [1]
    run(desk, alarm("entrance_failed", "discovery"))
    assert desk.column(openness) == [0]


def test_an_alarm_that_goes_on_was_told_already(desk: Desk) -> None:
    """Who was told of an alarm is not told again while it lasts; once the source was well, a new one is news."""
    first = run(desk, alarm())
    (told,) = desk.store.standings(first)[0].alarms
    desk.store.note_told([told.id], at=START)
    second = run(desk, alarm(), alarm("unparsed", "field"))
    kept = {one.code: one for one in desk.store.standings(second)[0].alarms}
    assert kept["job_ads_fell"].notified_at == START
    assert kept["job_ads_fell"].since < kept["unparsed"].since
    assert kept["unparsed"].notified_at is None
    well = run(desk)
    assert desk.store.recovered(second) == {}
    assert desk.store.recovered(well) == {"bladet": ["job_ads_fell"]}
    third = run(desk, alarm())
    assert desk.store.standings(third)[0].alarms[0].notified_at is None
    assert desk.store.recovered(third) == {}


def test_findings_are_stored_once(desk: Desk) -> None:
    """Storing what a run found again replaces it."""
    for _ in range(2):
        desk.store.keep_findings(desk.run_id, "bladet", coverage=[coverage()], alarms=[alarm()])
    assert desk.column("SELECT code FROM alarms") == ["job_ads_fell"]
    assert desk.column("SELECT share FROM coverage_estimates") == [0.9]


def test_the_last_look_is_any_that_measured(desk: Desk) -> None:
    """A broken run is a look too, one that measured nothing is none."""
    assert desk.store.last_look("bladet", before=99) is None
    broken = run(desk, alarm(), measures={"asked": 5})
    desk.begin()
    desk.end()
    look = desk.store.last_look("bladet", before=99)
    assert look is not None
    assert (look.run_id, look.measures) == (broken, {"asked": 5})


def test_a_standing_tells_figures_and_what_is_usual(desk: Desk) -> None:
    """Each source stands as its last judged run left it, or as a given one did."""
    first, second = run(desk), run(desk, alarm())
    (now,) = desk.store.standings()
    assert (now.source, now.run_id, now.measures["asked"]) == ("bladet", second, second)
    assert [measures["asked"] for measures in now.usual] == [first]
    assert now.coverage["move"]["share"] == 0.9
    assert [standing.run_id for standing in desk.store.standings(first)] == [first]
    assert desk.store.standings(99) == []


def test_more_can_be_noted_with_a_run(desk: Desk) -> None:
    """What was noted with a run's summary is there for the next."""
    assert desk.store.last_summary(before=99) == {}
    desk.end(summary={"sources": {}}, exit_status=4)
    desk.store.note_in_summary(desk.run_id, unsent=["a"])
    assert desk.store.last_summary(before=99) == {"sources": {}, "unsent": ["a"], "exit_status": 4}


def test_how_a_known_move_is_read_again(desk: Desk) -> None:
    """A page that shows a known move tells which of its fields that page's reading lacks."""
    desk.page(hire(age=41, location="Odense"))
    (again,) = desk.page(hire(age=41), identity="2").again
    assert again.had == {"age", "location", "label"}
    assert again.lost == {"location"}
