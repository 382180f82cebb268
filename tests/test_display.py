"""What a person sees on the terminal."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from db.store import Saved
from scraper.alarms import Alarm
from scraper.config import SourceSettings
from scraper.coverage import estimate
from scraper.display import (
    BarReporter,
    PlainReporter,
    Waited,
    outcome_of,
    print_questions,
    print_summary,
    print_table,
    table_of,
    write_rows,
)
from scraper.errors import ExitStatus, FetchReason
from scraper.formats import Format
from scraper.records import Answer, Fetch, FetchOutcome, JobAd, Move, MoveKind
from scraper.show.text import shown
from scraper.summary import RunSummary, SourceSummary

AT = datetime(2026, 1, 12, 8, tzinfo=UTC)
SOURCE = SourceSettings(name="posten", feeds=("https://posten.example/rss",), hosts=("posten.example",))
FETCHED = Answer(fetch=Fetch(url="https://posten.example/art/1", at=AT, outcome=FetchOutcome.FETCHED), page=None)
MISSING = Answer(
    fetch=Fetch(
        url="https://posten.example/art/2",
        at=AT,
        outcome=FetchOutcome.FAILED,
        reason=FetchReason.NOT_FOUND,
        status=404,
    ),
    page=None,
)
NEW = Saved(
    fetch_id=1,
    moves=(Move(kind=MoveKind.HIRE, person="Åse Mølgård"),),
    job_ads=(JobAd(company="Åkær", title="Tester"), JobAd(company="Åkær", title="Udvikler")),
    unparsed=3,
)


def summary_of(**changes) -> RunSummary:
    source = SourceSummary(source="posten", asked=2, fetched=2, **changes)
    return RunSummary(run_id=7, started=AT, finished=AT, sources=[source])


def printed(summary: RunSummary, width: int = 80) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    print_summary(summary, console)
    return console.export_text()


@given(st.text())
def test_no_text_of_a_site_can_move_the_cursor_or_forge_a_line(text):
    """What is shown holds printable characters alone."""
    assert shown(text).isprintable()


def test_values_are_shown_plainly():
    """Nothing is empty, numbers are short, text stays as it is."""
    assert (shown(None), shown(0.5), shown(3), shown("Åse [bold]")) == ("", "0.5", "3", "Åse [bold]")


def test_an_outcome_is_told_in_a_few_words():
    """New records, failures with their status, and nothing new each have their words."""
    assert outcome_of(FETCHED, NEW) == "fetched: 1 new move, 2 new job ads, 3 unparsed"
    assert outcome_of(FETCHED, Saved(fetch_id=1)) == "fetched"
    assert outcome_of(MISSING, None) == "failed: not_found (404)"


def test_plain_lines_count_pages(capsys):
    """Each page is a line with its number, for a log."""
    reporter = PlainReporter()
    reporter.source_started(SOURCE)
    reporter.page_done(SOURCE, FETCHED, None)
    reporter.pages_chosen(SOURCE, 2)
    reporter.page_done(SOURCE, FETCHED, NEW)
    reporter.page_done(SOURCE, MISSING, Saved(fetch_id=2))
    reporter.source_done(SOURCE, SourceSummary(source="posten"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "posten: 1/2 https://posten.example/art/1 fetched: 1 new move, 2 new job ads, 3 unparsed"
    assert lines[-1] == "posten: 2/2 https://posten.example/art/2 failed: not_found (404)"


def test_the_bar_counts_and_tells_failures_above_itself():
    """On a terminal a bar shows pages and what is new; a failed page is a line of its own."""
    console = Console(width=120, record=True, force_terminal=True, file=io.StringIO())
    reporter = BarReporter(console)
    with reporter.progress:
        reporter.source_started(SOURCE)
        reporter.pages_chosen(SOURCE, 2)
        reporter.page_done(SOURCE, FETCHED, NEW)
        reporter.page_done(SOURCE, MISSING, Saved(fetch_id=2))
        reporter.source_done(SOURCE, SourceSummary(source="posten"))
        task = reporter.progress.tasks[0]
        assert (task.completed, task.total, task.fields["last"]) == (2, 2, "1 new moves, 2 new job ads")
    assert "failed: not_found (404)" in console.export_text()


def test_a_summary_tells_counts_failures_and_coverage():
    """Pages, failures by reason, new records and the share of the rotation stand in the table."""
    seen = estimate(["ab", "ab", "c"])
    assert seen is not None
    summary = summary_of(new_moves=4, coverage={"move": seen})
    summary.sources[0].failed["not_found"] = 2
    summary.reread = 3
    text = printed(summary)
    assert "failed: not_found" in text
    assert "93.3% (0%-100%)" in text
    assert "3 announcements that an older parser could not read" in text
    assert "exit status 0: done" in text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (
            {"alarms": [Alarm("yield", "announcements_fell", "Too few.", "Look.")]},
            ExitStatus.DEGRADED,
            "degraded (yield): Too few. Look.",
        ),
        ({"notes": ["budget spent"]}, ExitStatus.OK, "posten: budget spent"),
    ],
)
def test_what_needs_a_person_stands_below_the_table(change, status, said):
    """Alarms and notes are sentences of their own."""
    summary = summary_of(**change)
    assert summary.exit_status is status
    assert said in printed(summary, width=120)


def test_the_gravest_of_what_happened_is_the_exit_status():
    """Interrupted before unreachable before a failed source before a degraded one."""
    reached, silent, refused = (SourceSummary(source=name) for name in "abc")
    reached.fetched = 1
    silent.failed["dns"] = 1
    refused.failed["forbidden"] = 1

    def status(*sources, interrupted=False):
        return RunSummary(run_id=1, started=AT, sources=list(sources), interrupted=interrupted).exit_status

    assert status(reached) is ExitStatus.OK
    assert status(silent) is ExitStatus.UNREACHABLE
    assert status(reached, silent) is ExitStatus.SOURCE_FAILED
    assert status(silent, refused) is ExitStatus.SOURCE_FAILED
    assert status(silent, interrupted=True) is ExitStatus.INTERRUPTED
    reached.alarms = [Alarm("field", "unparsed", "", "")]
    assert status(reached) is ExitStatus.DEGRADED


def test_an_interrupted_run_says_that_all_is_stored():
    """Ctrl-C ends with a sentence, not with a trace."""
    summary = summary_of()
    summary.interrupted = True
    assert "Interrupted. Every page listed above is stored" in printed(summary)


@pytest.mark.parametrize("form", list(Format))
def test_no_rows_can_be_printed_in_every_format(form, capsys):
    """An empty answer is valid output."""
    write_rows(["a", "b"], [], form)
    assert capsys.readouterr().out in {"No rows.\n", "a,b\n", "[]\n", "", "| a | b |\n| --- | --- |\n"}


def test_bars_are_as_long_as_their_numbers():
    """The longest bar is the highest number's; zero has none."""
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(table_of(["month", "hires"], [["a", 4], ["b", 2], ["c", 0]], bars=24))
    bars = [line.count("█") for line in console.export_text().splitlines() if line.strip()[:1] in {"a", "b", "c"}]
    assert bars == [24, 12, 0]


def test_a_very_long_cell_is_cut_in_a_table_only(capsys):
    """A table stays readable; the other formats give the whole."""
    write_rows(["a"], [["x" * 1000]], Format.CSV)
    assert "x" * 1000 in capsys.readouterr().out
    write_rows(["a", "b"], [["x" * 1000, 1]], Format.TABLE)
    assert "…" in capsys.readouterr().out


def test_a_question_is_listed_with_its_name_unbroken_on_a_narrow_screen(capsys, monkeypatch):
    """What one has to type stands in one piece, however long it is and however narrow the terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    name = "a_question_with_quite_a_long_name"
    print_questions([[name, "A title that the screen may cut off", "since, until", "What it tells. " * 6]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(name)
    assert all(len(line) <= 40 for line in lines)
    assert lines[-2].strip() == "since, until"


def test_no_word_of_a_table_is_broken_where_there_is_room_for_all_of_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COLUMNS", "60")
    rows = [["Kornblomst (Danmark) A/S", "Vil du være vores løsningsarkitekt?", "Københavnsområdet", 3]]
    print_table(["company", "title", "region", "times seen"], rows, bars=True)
    shown_lines = capsys.readouterr().out
    for word in ("Kornblomst", "(Danmark)", "løsningsarkitekt?", "Københavnsområdet"):
        assert word in shown_lines
    assert max(map(len, shown_lines.splitlines())) <= 60


def test_where_the_words_have_no_room_each_row_is_a_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COLUMNS", "40")
    print_table(["company", "title", "region"], [["Kornblomst", "løsningsarkitekt", "Københavnsområdet"]])
    assert "row 1" in capsys.readouterr().out


def test_only_a_long_wait_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What is done at once says nothing; what takes long says how far it is, now and then, on standard error."""
    now = 0.0
    waited = Waited(patience=3, clock=lambda: now)
    for second in range(8):
        now = float(second)
        waited("facts of moves", second * 1000, 9000)
    waited("checking", 0, 1)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "    3 s  facts of moves: 3,000 of 9,000",
        "    6 s  facts of moves: 6,000 of 9,000",
        "    7 s  checking",
    ]
