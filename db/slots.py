"""The slots of the schedule that were taken: one row for each, so that a slot has one run, whatever the clock does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from db.models import Run, Slot


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known of past slots and runs: the newest slot taken, and when the newest run began; None: none yet."""

    slot: datetime | None
    run: datetime | None


def taken(connection: Connection) -> Taken:
    """The newest slot and the newest run."""
    return Taken(connection.scalar(select(func.max(Slot.due_at))), connection.scalar(select(func.max(Run.started_at))))


def take(connection: Connection, due: datetime, *, at: datetime) -> bool:
    """Note that the run of the slot begins; False when the slot is taken already."""
    if connection.scalar(select(func.count()).select_from(Slot).where(Slot.due_at == due)):
        return False
    connection.execute(insert(Slot), {"due_at": due, "started_at": at})
    return True


def finish(connection: Connection, due: datetime, *, at: datetime, exit_status: int) -> None:
    """Note how the slot's run ended, and which run it was: the first that began since, if one began at all."""
    began = connection.scalar(select(Slot.started_at).where(Slot.due_at == due))
    run_id = connection.scalar(select(func.min(Run.id)).where(Run.started_at >= began)) if began else None
    values = {"finished_at": max(at, began or at), "run_id": run_id, "exit_status": exit_status}
    connection.execute(update(Slot).where(Slot.due_at == due).values(values))
