"""The scheduler in the foreground: one run for each slot, a missed one caught up once, a stop that loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select

from db import slots as rows
from db.models import Run, Slot
from db.upgrade import open_database
from scraper.config import load
from scraper.replica import Replica, ReplicaServer
from scraper.schedule import Foreground, RunProcess, SlotTrigger, next_due, slots_of
from scraper.slots import Slots

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MORNING = datetime(2026, 1, 12, 5, 15, tzinfo=UTC)  # 06:15 in Copenhagen
HOUR = timedelta(hours=1)


@dataclass
class Machine:
    """A scheduler with a clock that a test sets, whose runs only note when they began."""

    engine: Engine
    now: datetime = MORNING
    began: list[datetime] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    foreground: Foreground = field(init=False)

    def __post_init__(self) -> None:
        slots = Slots([time(6, 15), time(14, 15)], COPENHAGEN)
        self.foreground = Foreground(
            self.engine, slots, start_run=self.run, clock=lambda: self.now, say=self.said.append
        )

    def run(self) -> int:
        self.began.append(self.now)
        with self.engine.begin() as connection:
            values = {"started_at": self.now, "finished_at": self.now, "status": "done", "parser_version": "1", "sources": []}  # fmt: skip
            connection.execute(insert(Run), values)
        self.now += timedelta(minutes=3)
        return 0

    def slots(self) -> list[tuple[datetime, int | None, int | None]]:
        with self.engine.begin() as connection:
            return [
                (row.due_at, row.run_id, row.exit_status)
                for row in connection.execute(select(Slot.due_at, Slot.run_id, Slot.exit_status).order_by(Slot.due_at))
            ]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    engine = open_database(f"sqlite:///{tmp_path / 'navnenyt.db'}", backup_dir=tmp_path, now=MORNING)
    yield Machine(engine)
    engine.dispose()


def test_a_slot_is_run_and_noted(machine: Machine) -> None:
    """A slot that comes is run, and its row tells which run it was and how that ended."""
    machine.foreground.turn()
    assert machine.began == [MORNING]
    assert machine.slots() == [(MORNING, 1, 0)]
    assert "2026-01-12 06:15 CET" in machine.said[0]
    assert "2026-01-12 14:15 CET" in machine.said[-1]


def test_a_clock_set_back_runs_no_slot_twice(machine: Machine) -> None:
    """A clock that is set back comes by the same slot again: it was had already."""
    machine.foreground.turn()
    machine.now = MORNING + timedelta(seconds=1)
    machine.foreground.turn()
    assert machine.began == [MORNING]
    assert "already" in machine.said[-1]


def test_a_fresh_installation_waits(machine: Machine) -> None:
    """Where nothing ever ran, nothing was missed."""
    machine.now = MORNING + HOUR
    machine.foreground.catch_up()
    assert machine.began == []


def test_missed_slots_are_caught_up_once(machine: Machine) -> None:
    """After days without power there is one run, at once, and none for the slots before the last."""
    machine.foreground.turn()
    machine.now = MORNING + timedelta(days=4, hours=2)
    machine.foreground.catch_up()
    machine.foreground.catch_up()
    assert machine.began == [MORNING, MORNING + timedelta(days=4, hours=2)]
    assert [due for due, _, _ in machine.slots()] == [MORNING, MORNING + timedelta(days=4)]


def test_a_run_by_hand_counts(machine: Machine) -> None:
    """A slot after which somebody ran the program by hand was not missed."""
    machine.now = MORNING + HOUR
    machine.run()
    machine.foreground.catch_up()
    assert len(machine.began) == 1
    machine.now = MORNING + 10 * HOUR
    machine.foreground.catch_up()
    assert len(machine.began) == 2


def test_a_slot_during_a_run_waits_for_its_end(machine: Machine) -> None:
    """A slot that comes while a run is on starts no second one beside it; it is had once the run has ended."""
    plain = machine.run

    def long_run() -> int:
        machine.now = MORNING + 9 * HOUR
        machine.foreground.turn()
        machine.foreground.catch_up()
        return plain()

    machine.foreground._start_run = long_run
    machine.foreground.turn()
    assert len(machine.began) == 1
    machine.foreground._start_run = plain
    machine.foreground.catch_up()
    assert [due for due, _, _ in machine.slots()] == [MORNING]  # the long run began before it and ended after it
    machine.now += timedelta(days=1)
    machine.foreground.catch_up()
    assert [due for due, _, _ in machine.slots()] == [MORNING, MORNING + timedelta(hours=32)]


def test_a_clock_that_ran_backwards_in_a_run(machine: Machine) -> None:
    """A run that ends before it began, by the clock, has no negative duration."""
    with machine.engine.begin() as connection:
        rows.take(connection, MORNING, at=MORNING)
        rows.finish(connection, MORNING, at=MORNING - HOUR, exit_status=0)
        row = connection.execute(select(Slot.started_at, Slot.finished_at, Slot.run_id)).one()
    assert (row.started_at, row.finished_at, row.run_id) == (MORNING, MORNING, None)


def test_the_trigger_goes_from_slot_to_slot() -> None:
    """APScheduler is told each start once, a year long."""
    slots = Slots([time(2, 30)], COPENHAGEN, jitter=5, seed="x")
    trigger = SlotTrigger(slots)
    fired: list[datetime] = []
    now = datetime(2026, 1, 1, tzinfo=UTC)
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        now = trigger.get_next_fire_time(fired[-1] if fired else None, now)
        fired.append(now)
    assert len(fired) == 366
    assert len({moment.astimezone(COPENHAGEN).date() for moment in fired}) == 366


def written(folder: Path, schedule: str) -> Path:
    config = folder / "config.yaml"
    source = "  s:\n    feeds: [https://www.example.dk/rss]\n    hosts: [www.example.dk]\n"
    config.write_text(f"schedule:\n{schedule}\nsources:\n{source}")
    return config


def test_next_due(tmp_path: Path) -> None:
    """The next start is the next slot and its delay; without a schedule there is none."""
    settings = load(written(tmp_path, '  times: ["6:15"]\n  jitter: 0'))
    assert next_due(settings, MORNING) == MORNING + timedelta(days=1)
    assert next_due(load(written(tmp_path, "  times: []")), MORNING) is None
    assert len(slots_of(settings).times) == 1


def test_a_stopped_process_starts_no_run(tmp_path: Path) -> None:
    """After the wish to stop, no further run begins."""
    process = RunProcess(tmp_path / "config.yaml")
    process.stop()
    assert process() == 130


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_catches_up_and_stops(tmp_path: Path, number: signal.Signals) -> None:
    """`navnenyt schedule --run` has the missed run at once, as a process of its own, and ends when told to."""
    with ReplicaServer(Replica(seed=3, start=MORNING)) as server:
        config = tmp_path / "config.yaml"
        far = (datetime.now(COPENHAGEN) - timedelta(hours=2)).strftime("%H:%M")
        config.write_text(server.config(tmp_path / "data") + f'\nschedule:\n  times: ["{far}"]\n  jitter: 0\n')
        settings = load(config)
        engine = open_database(settings.database, backup_dir=tmp_path, now=MORNING)
        with engine.begin() as connection:
            rows.take(connection, MORNING, at=MORNING)
        command = [sys.executable, "-m", "scraper", "schedule", "--run", "--config", str(config)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COVERAGE_PROCESS_START": ""}) as process:  # fmt: skip
            assert process.stdout is not None
            lines: list[str] = []
            for line in process.stdout:
                lines.append(line)
                if "It ended with status" in line:
                    process.send_signal(number)
            assert process.wait(timeout=60) == 0
        said = "".join(lines)
        assert "was missed: it is run now" in said
        assert "It ended with status 0" in said
        with engine.begin() as connection:
            due, run_id = connection.execute(select(Slot.due_at, Slot.run_id).order_by(Slot.due_at.desc())).first() or (None, None)  # fmt: skip
            assert due is not None
            assert connection.scalar(select(Run.status).where(Run.id == run_id)) == "done"
        engine.dispose()
