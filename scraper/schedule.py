"""Running by itself: a scheduler in the foreground, and ready units for the schedulers that a machine has already.

APScheduler waits and wakes; which instants are due is ours (`scraper.slots`), since its cron trigger runs a slot twice
in the night on which clocks go back. Each run is a process of its own, so that years of runs leave nothing behind in
the scheduler.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy import Engine

from db import slots as rows
from db.progress import Told, untold
from db.upgrade import open_database
from scraper.config import Settings
from scraper.errors import ConfigError
from scraper.slots import Slots

Clock = Callable[[], datetime]
StartRun = Callable[[], int]
Say = Callable[[str], None]

HEARTBEAT = 60
"""Seconds: a machine that slept, or whose clock was set, is noticed within this."""


def slots_of(settings: Settings) -> Slots:
    """The slots of config.yaml's schedule. Raises ConfigError when it has none."""
    schedule = settings.schedule
    if not schedule.times:
        raise ConfigError(
            "config.yaml has no times under `schedule:`.", hint='Add some, for example `times: ["06:15", "14:15"]`.'
        )
    return Slots(schedule.clock_times, schedule.zone, jitter=schedule.jitter, seed=str(settings.data_dir))


def next_due(settings: Settings, now: datetime) -> datetime | None:
    """When the next run is due by the schedule, its delay included; None without a schedule."""
    if not settings.schedule.times:
        return None
    slots = slots_of(settings)
    return slots.start_of(next(slots.after(now)))


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler carries no types
    """Tells APScheduler the start of the next slot."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next start after the one before, or after now."""
        after = max(previous_fire_time, now) if previous_fire_time else now
        return self._slots.start_of(next(self._slots.after(after)))


class RunProcess:
    """Starts `navnenyt run` as a process of its own, and hands it the wish to stop."""

    def __init__(self, config: Path) -> None:
        self._command = [sys.executable, "-m", "scraper", "run", "--config", str(config.resolve())]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __call__(self) -> int:
        """Run once; the exit status."""
        if self._stopped:
            return 130
        self._process = subprocess.Popen(self._command)  # noqa: S603  our own program
        try:
            return self._process.wait()
        finally:
            self._process = None

    def stop(self) -> None:
        """Let a run that is on end as after Ctrl-C, and start none any more."""
        self._stopped = True
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)


class Foreground:
    """The scheduler's own part: which slot is due now, taken once, its run started and its end noted."""

    def __init__(self, engine: Engine, slots: Slots, *, start_run: StartRun, clock: Clock, say: Say) -> None:
        self._engine = engine
        self._slots = slots
        self._start_run = start_run
        self._clock = clock
        self._say = say
        self._running = threading.Lock()

    def missed(self) -> datetime | None:
        """The last slot, when neither it nor a run since was had, though the schedule was in use before it."""
        slot = self._slots.latest(self._clock())
        with self._engine.begin() as connection:
            known = rows.taken(connection)
        if known.slot is None and known.run is None:
            return None
        had = (known.slot is not None and known.slot >= slot) or (known.run is not None and known.run >= slot)
        return None if had else slot

    def catch_up(self) -> None:
        """Run once for all slots that were missed while nothing ran."""
        slot = self.missed()
        if slot is not None:
            self._say(f"The run of {self.shown(slot)} was missed: it is run now.")
            self.run_slot(slot)

    def turn(self) -> None:
        """Run the slot that has come, unless it was run already (a clock that was set back)."""
        self.run_slot(self._slots.latest(self._clock()))

    def run_slot(self, slot: datetime) -> None:
        """Take the slot and run it; a slot that is taken is left, and one that comes during a run waits for its end."""
        if not self._running.acquire(blocking=False):
            return  # the heartbeat finds it missed once the run has ended
        try:
            self._run_alone(slot)
        finally:
            self._running.release()

    def _run_alone(self, slot: datetime) -> None:
        with self._engine.begin() as connection:
            if not rows.take(connection, slot, at=self._clock()):
                self._say(f"The run of {self.shown(slot)} was had already.")
                return
        self._say(f"The run of {self.shown(slot)} begins.")
        status = self._start_run()
        with self._engine.begin() as connection:
            rows.finish(connection, slot, at=self._clock(), exit_status=status)
        following = self._slots.start_of(next(self._slots.after(self._clock())))
        self._say(f"It ended with status {status}. The next one starts {self.shown(following)}.")

    def shown(self, moment: datetime) -> str:
        """An instant on the schedule's own clock."""
        return f"{moment.astimezone(self._slots.zone):%Y-%m-%d %H:%M %Z}"


def run_in_foreground(settings: Settings, config: Path, *, say: Say, told: Told = untold) -> None:
    """Run at every slot until Ctrl-C or SIGTERM; a run that is on then ends whole, as after Ctrl-C.

    `told` is told how far an upgrade of the database is. Raises ConfigError without a schedule, and StoreError when the
    database cannot be used.
    """
    slots = slots_of(settings)
    backups, now = settings.data_dir / "backups", datetime.now(UTC)
    engine = open_database(settings.database, backup_dir=backups, now=now, told=told)
    process = RunProcess(config)
    foreground = Foreground(engine, slots, start_run=process, clock=lambda: datetime.now(UTC), say=say)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(timezone=UTC)
    # However late it wakes, the slot is run once: latest() takes the newest.
    careful = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler.add_job(foreground.turn, SlotTrigger(slots), **careful)
    scheduler.add_job(foreground.catch_up, "interval", seconds=HEARTBEAT, next_run_time=datetime.now(UTC), **careful)
    failed: list[BaseException] = []

    def on_error(event: JobExecutionEvent) -> None:
        failed.append(event.exception)
        threading.Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    scheduler.add_listener(on_error, EVENT_JOB_ERROR)
    say(f"The next run starts {foreground.shown(slots.start_of(next(slots.after(datetime.now(UTC)))))}. Ctrl-C ends.")
    with stopping(scheduler, process):
        scheduler.start()
    engine.dispose()
    if failed:
        raise failed[0]


@contextmanager
def stopping(scheduler: BlockingScheduler, process: RunProcess) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the run that is on and then the scheduler."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        process.stop()
        # Waits for the run, so it may not stand in the way of the main thread, which has to wake for it.
        threading.Thread(target=scheduler.shutdown, kwargs={"wait": True}).start()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
