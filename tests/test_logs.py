"""The log of runs: a line of JSON for each step, with run, source, address and stage."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.config import Settings, load
from scraper.display import PlainReporter
from scraper.logs import logged, remove_old
from scraper.replica import Replica, ReplicaServer
from scraper.run import run

NOW = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
LOGGER = logging.getLogger("navnenyt")


def lines(folder: Path) -> list[dict]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    config = tmp_path / "config.yaml"
    config.write_text("sources:\n  s:\n    feeds: [https://www.example.dk/rss]\n    hosts: [www.example.dk]\n")
    return load(config)


def test_a_run_is_told_line_by_line(tmp_path: Path) -> None:
    """Every request of a run has its line, with the run, the source, the address and the stage, and so has its end."""
    replica = Replica(seed=2, start=NOW)
    with ReplicaServer(replica) as server:
        (tmp_path / "config.yaml").write_text(server.config(tmp_path / "data"))
        settings = load(tmp_path / "config.yaml")
        done = run(settings, reporter=PlainReporter(), clock=lambda: NOW, sleep=lambda _: None)
    told = lines(tmp_path / "data" / "logs")
    assert all({"at", "level", "event", "run", "source", "url", "stage"} <= line.keys() for line in told)
    assert {line["run"] for line in told} == {done.run_id}
    assert (told[0]["event"], told[-1]["event"], told[-1]["exit_status"]) == (
        "run started",
        "run ended",
        int(done.exit_status),
    )
    for source in done.sources:
        pages = [line for line in told if line["source"] == source.source and line["event"] == "page done"]
        assert len(pages) == source.asked
        assert all(line["url"] and line["stage"] in {"store", "fetch"} and line["outcome"] for line in pages)
        assert sum(line["new_moves"] for line in pages) == source.new_moves
    assert {line["at"][:10] for line in told} == {"2026-01-12"}


def test_nothing_a_site_says_forges_a_line(settings: Settings, tmp_path: Path) -> None:
    """Newlines and terminal escapes in a message stay inside its line."""
    with logged(settings, lambda: NOW):
        LOGGER.warning("title %s", 'x\n{"event": "run ended"}\x1b[2J\u2028', extra={"url": "https://a.example/\r\n"})
    (only,) = lines(tmp_path / "data" / "logs")
    assert only["event"].startswith("title x\n{")
    assert "\x1b" not in (tmp_path / "data" / "logs" / "2026-01-12.jsonl").read_text()


def test_an_error_is_logged_with_its_trace(settings: Settings, tmp_path: Path) -> None:
    """What went wrong in the program stands in the log with the place where it did."""
    with logged(settings, lambda: NOW):
        try:
            int("wrong")
        except ValueError:
            LOGGER.exception("the parser failed on a page", extra={"stage": "parse"})
    (only,) = lines(tmp_path / "data" / "logs")
    assert only["stage"] == "parse"
    assert "test_logs.py" in only["error"]


def test_old_files_go(settings: Settings, tmp_path: Path) -> None:
    """Files older than log.keep_days are deleted; what is not ours stays."""
    folder = tmp_path / "data" / "logs"
    folder.mkdir(parents=True)
    old, kept = NOW - timedelta(days=91), NOW - timedelta(days=90)
    names = [f"{old:%Y-%m-%d}.jsonl", f"{kept:%Y-%m-%d}.jsonl", "notes.jsonl", "2020-99-99.jsonl"]
    for name in names:
        (folder / name).write_text("")
    with logged(settings, lambda: NOW):
        pass
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names[1:], "2026-01-12.jsonl"])
    assert remove_old(folder, before=NOW + timedelta(days=1))


def test_a_log_that_cannot_be_opened_ends_no_run(settings: Settings, tmp_path: Path) -> None:
    """Where the folder cannot be made, the run goes on without a log."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "logs").write_text("a file in the way")
    with logged(settings, lambda: NOW) as context:
        context.run = 1
        LOGGER.warning("said")


def test_a_full_disk_is_said_once(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log on a full disk says so once, without a stack trace, and the run goes on."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    folder = tmp_path / "data" / "logs"
    folder.mkdir(parents=True)
    (folder / "2026-01-12.jsonl").symlink_to("/dev/full")
    with logged(settings, lambda: NOW):
        LOGGER.warning("one")
        LOGGER.warning("two")
    said = capsys.readouterr().err
    assert said.count("cannot be written") == 1
    assert "Traceback" not in said
