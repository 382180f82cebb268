"""Whether a source still yields what it used to."""

import random

import pytest

from scraper.health import Yield, chance_of_at_most, check

HEALTHY = Yield(asked=40, pages=40, announcements=160, job_ads=120)


def test_a_source_like_itself_raises_no_alarm():
    """The same yield as before is healthy."""
    assert check(HEALTHY, [HEALTHY] * 5) == []


def test_a_first_run_is_not_compared():
    """Without a history a small yield is no alarm."""
    assert check(Yield(asked=40, pages=40), []) == []


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (Yield(asked=40, pages=40, announcements=0, job_ads=120), "yield"),
        (Yield(asked=40, pages=40, announcements=160, job_ads=0), "yield"),
        (Yield(asked=40, pages=40, announcements=60, job_ads=120), "yield"),
        (Yield(asked=40, pages=10, announcements=40, job_ads=30), "fetch"),
        (Yield(asked=40, pages=40, announcements=160, job_ads=120, empty_sections=30), "layout"),
        (Yield(asked=40, pages=40, announcements=80, job_ads=120, unparsed=81), "field"),
    ],
)
def test_a_break_is_named_by_its_stage_on_the_first_run(now, stage):
    """Each alarm says where it broke, in a sentence, and what to do."""
    alarms = check(now, [HEALTHY] * 5)
    assert stage in {alarm.stage for alarm in alarms}
    assert all(alarm.sentence and alarm.advice for alarm in alarms)


def test_an_empty_section_needs_no_history():
    """A people heading with nothing under it on most pages is an alarm on the very first run."""
    assert [alarm.stage for alarm in check(Yield(asked=5, pages=5, empty_sections=5), [])] == ["layout"]


def test_a_quiet_sunday_is_no_alarm():
    """Healthy random runs of different sizes raise no alarm in 200 tries."""
    chance = random.Random(7)

    def healthy() -> Yield:
        pages = chance.randint(4, 40)
        drawn = [chance.randint(3, 6) for _ in range(pages)]
        return Yield(
            asked=pages, pages=pages, announcements=sum(drawn), job_ads=sum(chance.randint(2, 4) for _ in drawn)
        )

    assert not [alarm for _ in range(200) for alarm in check(healthy(), [healthy() for _ in range(10)])]


def test_chances_are_those_of_the_textbook():
    """Poisson with mean 2: at most 1 is 3 e^-2; wider counts leave more chance to few; no expectation, no surprise."""
    assert chance_of_at_most(1, 2, 2) == pytest.approx(0.406006, abs=1e-6)
    assert chance_of_at_most(0, 2, 4) == pytest.approx(0.25)
    assert chance_of_at_most(0, 20, 80) > chance_of_at_most(0, 20, 20)
    assert chance_of_at_most(0, 0, 0) == 1
