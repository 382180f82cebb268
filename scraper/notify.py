"""Telling somebody what a run found: by mail, chat or webhook, over whatever Apprise knows an address for.

At most one message for each run. An alarm is told once, on the run that finds it, and not again while it lasts; when
its source is well again, that is told. A message that could not be sent is kept with the run and sent with that of
the next.
Nothing here ever ends or changes a run, and no address is written to a log: it may hold a password.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from db.store import Store
from scraper.config import NotifySettings, Occasion, Settings
from scraper.errors import NavnenytError
from scraper.summary import RunSummary

log = logging.getLogger("navnenyt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell; `source` is empty where it is the whole run, `alarm_id` names the alarm's row."""

    occasion: str
    source: str
    sentence: str
    advice: str = ""
    code: str = ""
    alarm_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message at one address, which is named without its secrets."""

    address: str
    sent: bool


def after_run(settings: Settings, store: Store, summary: RunSummary, *, now: datetime) -> None:
    """Tell what a run that ended found, and what earlier runs could not tell."""
    if not settings.notify.urls:
        return
    before = store.last_summary(before=summary.run_id)
    found = [*_degraded(store, summary), *_recovered(store, summary.run_id, before)]
    fresh = [notice for notice in found if Occasion(notice.occasion) in settings.notify.on]
    again = {(notice.source, notice.code) for notice in fresh if notice.alarm_id}
    late = [Notice(**kept) for kept in before.get("unsent", [])]
    notices = [notice for notice in late if (notice.source, notice.code) not in again] + fresh
    if not notices:
        return
    if any(delivery.sent for delivery in deliver(settings.notify, *_message(notices))):
        store.note_told([notice.alarm_id for notice in notices if notice.alarm_id is not None], at=now)
    else:
        store.note_in_summary(summary.run_id, unsent=[asdict(notice) for notice in notices])


def after_failure(settings: Settings, error: NavnenytError, store: Store | None = None, run_id: int = 0) -> None:
    """Tell that a run ended by an error, unless the run before ended by the same and that was told.

    Without a store the run never came so far as to know.
    """
    if not settings.notify.urls or Occasion.FAILED not in settings.notify.on:
        return
    try:
        before = store.last_summary(before=run_id) if store else {}
        told = before.get("told_failure", False) and before.get("exit_status") == int(error.exit_status)
        if not told:
            notice = Notice(occasion=Occasion.FAILED, source="", sentence=error.message, advice=error.hint)
            told = any(delivery.sent for delivery in deliver(settings.notify, *_message([notice])))
        if store:
            store.note_in_summary(run_id, told_failure=told, unsent=before.get("unsent", []))
    except (
        NavnenytError
    ) as failure:  # the database that failed the run fails here too, and the run's error matters more
        log.warning("who was told of the failure could not be kept: %s", failure)


def _degraded(store: Store, summary: RunSummary) -> Iterator[Notice]:
    failed = {source.source for source in summary.sources if source.nothing_had}
    for standing in store.standings(summary.run_id):
        occasion = Occasion.FAILED if standing.source in failed else Occasion.DEGRADED
        for told in standing.alarms:
            if told.notified_at is None:
                yield Notice(
                    occasion=occasion,
                    source=told.source,
                    sentence=told.sentence,
                    advice=told.advice,
                    code=told.code,
                    alarm_id=told.id,
                )


def _recovered(store: Store, run_id: int, before: dict[str, Any]) -> Iterator[Notice]:
    if before.get("told_failure"):
        yield Notice(occasion=Occasion.RECOVERED, source="", sentence="The run works again.")
    for source, codes in store.recovered(run_id).items():
        sentence = f"It is well again; over: {', '.join(codes)}."
        yield Notice(occasion=Occasion.RECOVERED, source=source, sentence=sentence)


def _message(notices: Sequence[Notice]) -> tuple[str, str]:
    """A title and a body that say it all in plain text."""
    groups = {
        occasion: list(dict.fromkeys(notice.source or "the run" for notice in notices if notice.occasion == occasion))
        for occasion in Occasion
    }
    said = "; ".join(f"{', '.join(names)} {occasion.value}" for occasion, names in groups.items() if names)
    lines = [
        f"{notice.source or 'run'} {notice.occasion}: {' '.join(filter(None, (notice.sentence, notice.advice)))}"
        for notice in notices
    ]
    return f"navnenyt: {said}", "\n\n".join([*lines, "More: navnenyt health"])


def deliver(notify: NotifySettings, title: str, body: str) -> list[Delivery]:
    """Send one message to every address, each for itself; what came of it is logged without the address's secrets."""
    from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType, PersistentStoreMode

    asset = AppriseAsset(app_id="navnenyt", async_mode=False, storage_mode=PersistentStoreMode.MEMORY)
    done: list[Delivery] = []
    for number, url in enumerate(notify.urls, start=1):
        with _quiet():
            service = Apprise.instantiate(url.get_secret_value(), asset=asset)
            address = _without_secrets(service) if service else f"address {number}"
            try:
                sent = bool(
                    service
                    and service.notify(
                        title=title, body=body, notify_type=NotifyType.INFO, body_format=NotifyFormat.TEXT
                    )
                )
            except Exception as error:  # noqa: BLE001 - whatever a service's plug-in raises must not end a run
                log.warning("notify: %s raised %s", address, type(error).__name__)
                sent = False
        if service is None:
            log.warning("notify: address %d under notify: urls: is of no kind that Apprise knows", number)
        elif sent:
            log.info("notify: told %s", address)
        else:
            log.warning("notify: %s did not take the message; the next run tries again", address)
        done.append(Delivery(address, sent))
    return done


def _without_secrets(service: Any) -> str:
    return str(service.url(privacy=True)).split("?", 1)[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Apprise logs addresses, passwords included, when they are wrong; its plug-ins warn of what Python drops."""
    theirs = logging.getLogger("apprise")
    before = theirs.disabled
    theirs.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        theirs.disabled = before
