"""Telling somebody: real messages to real servers on loopback, one for each run with something new, never twice."""

from __future__ import annotations

import json
import logging
import socket
import threading
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from pydantic import SecretStr

from db.store import Store
from db.upgrade import open_database
from scraper import notify
from scraper.alarms import alarm
from scraper.config import NotifySettings, Occasion, Settings, SourceSettings, load
from scraper.errors import ConfigError, DiskFull
from scraper.measures import Measures
from scraper.summary import RunSummary, SourceSummary
from tests.servers import Server, Talk, answer

AT = datetime(2026, 1, 12, 8, tzinfo=UTC)


class Hook(Server):
    """A webhook that keeps what is posted to it; `taking` says whether it accepts."""

    def __enter__(self) -> Self:
        self.posted: list[dict[str, Any]] = []
        self.taking = True
        super().__enter__()
        self.routes = {"/hook": self._take, "/services/a/b/c": self._take}
        return self

    def _take(self, talk: Talk) -> None:
        _, _, body = talk.request.head.partition(b"\r\n\r\n")
        length = int(talk.request.headers.get("content-length", "0"))
        while len(body) < length:
            body += talk.connection.recv(65536)
        if self.taking:
            self.posted.append(json.loads(body))
        talk.send(answer(b"ok" if self.taking else b"no", 200 if self.taking else 500))
        talk.close()

    @property
    def address(self) -> str:
        return f"json://user:hemmeligt@127.0.0.1:{self.port}/hook"


class Mailbox:
    """A mail server that says what SMTP asks of it (RFC 5321) and keeps the letters."""

    def __enter__(self) -> Self:
        self.letters: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as wire:
                self._talk(wire)

    def _talk(self, wire: Any) -> None:
        def say(line: str) -> None:
            wire.write(line.encode() + b"\r\n")
            wire.flush()

        say("220 brevkasse")
        while line := wire.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                say("354 go on")
                lines = []
                while (part := wire.readline()) not in {b".\r\n", b""}:
                    lines.append(part.decode())
                self.letters.append("".join(lines))
            say("221 bye" if verb == b"QUIT" else "250 ok")
            if verb == b"QUIT":
                return


@pytest.fixture
def hook():
    with Hook() as server:
        yield server


class Desk:
    """An installation whose runs find what a test says."""

    def __init__(self, folder, *urls: str, on: frozenset[Occasion] = frozenset(Occasion)) -> None:
        source = SourceSettings(name="bladet", feeds=("https://bladet.example/rss",), hosts=("bladet.example",))
        told = NotifySettings(urls=tuple(SecretStr(url) for url in urls), on=on)
        self.settings = Settings(sources={"bladet": source}, data_dir=folder, notify=told)
        self.engine = open_database(f"sqlite:///{folder / 'n.db'}", backup_dir=folder, now=AT)
        self.store = Store(self.engine)
        self.store.keep_source("bladet", kind="articles", title="Bladet")
        self.now = AT

    def run(self, *codes: str, failed: bool = False) -> int:
        self.now += timedelta(hours=4)
        run_id = self.store.begin_run(at=self.now, parser_version="1", sources=["bladet"])
        alarms = [
            alarm(code, detail="Feedet er væk.", reasons="3 dns", count=1, pages=9, mean=80, why="") for code in codes
        ]
        source = SourceSummary(source="bladet", fetched=0 if failed else 3, alarms=alarms)
        if failed:
            source.failed["dns"] = 3
        from dataclasses import asdict

        self.store.keep_findings(run_id, "bladet", coverage=[], alarms=[asdict(one) for one in alarms])
        measures = {"bladet": Measures(asked=3).as_json()}
        self.store.finish_run(run_id, at=self.now, status="done", exit_status=0, summary={}, measures=measures)
        summary = RunSummary(run_id=run_id, started=self.now, sources=[source])
        notify.after_run(self.settings, self.store, summary, now=self.now)
        return run_id

    def fail(self) -> int:
        self.now += timedelta(hours=4)
        run_id = self.store.begin_run(at=self.now, parser_version="1", sources=["bladet"])
        error = DiskFull("The disk is full.", hint="Free some space.")
        self.store.finish_run(run_id, at=self.now, status="failed", exit_status=int(error.exit_status), summary={})
        notify.after_failure(self.settings, error, self.store, run_id)
        return run_id

    def told(self) -> list[tuple[str, bool]]:
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT code, notified_at IS NOT NULL FROM alarms ORDER BY id")
            return [(code, bool(was)) for code, was in rows]


@pytest.fixture
def desk(tmp_path, hook):
    sitting = Desk(tmp_path, hook.address)
    yield sitting
    sitting.engine.dispose()


def test_an_alarm_is_told_once_and_its_end_once(desk, hook):
    """A break that lasts for three runs is one message; the source being well again is another; peace is none."""
    desk.run()
    for _ in range(3):
        desk.run("job_ads_fell")
    assert len(hook.posted) == 1
    assert hook.posted[0]["title"] == "navnenyt: bladet degraded"
    assert "9 pages gave 1 job ads, where 80 were to be expected" in hook.posted[0]["message"]
    assert "navnenyt parse" in hook.posted[0]["message"]
    desk.run()
    desk.run()
    assert [message["title"] for message in hook.posted] == ["navnenyt: bladet degraded", "navnenyt: bladet recovered"]
    assert "job_ads_fell" in hook.posted[1]["message"]
    assert desk.told() == [("job_ads_fell", True)] * 3


def test_a_run_tells_all_that_is_new_in_one_message(desk, hook):
    """Two new alarms are one message; a third beside them later is told alone."""
    desk.run("job_ads_fell", "entrance_failed")
    desk.run("job_ads_fell", "entrance_failed", "announcements_fell")
    first, second = (message["message"] for message in hook.posted)
    assert "Feedet er væk." in first
    assert "job ads" in first
    assert "announcements" in second
    assert "job ads" not in second


def test_a_message_that_nobody_took_is_sent_by_the_next_run(desk, hook, caplog):
    """A failed send is logged without the password and breaks nothing; the next run tells it, even when all is well."""
    hook.taking = False
    with caplog.at_level(logging.DEBUG):
        desk.run("job_ads_fell")
    assert desk.told() == [("job_ads_fell", False)]
    assert "did not take the message" in caplog.text
    assert "hemmeligt" not in caplog.text
    hook.taking = True
    desk.run()
    assert ["job ads" in message["message"] for message in hook.posted] == [True]
    assert desk.told() == [("job_ads_fell", True)]
    desk.run()
    assert len(hook.posted) == 1


def test_an_alarm_that_lasts_and_was_not_taken_is_sent_once(desk, hook):
    """While the alarm goes on, the retry tells it once and not once for each run that failed to."""
    hook.taking = False
    desk.run("job_ads_fell")
    desk.run("job_ads_fell")
    hook.taking = True
    desk.run("job_ads_fell")
    assert [message["message"].count("job ads, where") for message in hook.posted] == [1]
    desk.run("job_ads_fell")
    assert len(hook.posted) == 1


def test_a_source_that_gives_nothing_failed(desk, hook):
    """A source without an answer is told as failed."""
    desk.run("unreachable", failed=True)
    assert hook.posted[0]["title"] == "navnenyt: bladet failed"


def test_a_run_that_ends_by_an_error_is_told_once_and_that_it_works_again(desk, hook):
    """A full disk is one message however often the run fails, and another when it works again."""
    desk.fail()
    desk.fail()
    desk.run()
    assert [message["title"] for message in hook.posted] == ["navnenyt: the run failed", "navnenyt: the run recovered"]
    assert "The disk is full. Free some space." in hook.posted[0]["message"]
    desk.run()
    assert len(hook.posted) == 2


def test_only_what_is_asked_for_is_told(tmp_path, hook):
    """With `on: [recovered]` a break is silent and its end too, as nobody was told of it; without addresses all is."""
    quiet = Desk(tmp_path, hook.address, on=frozenset({Occasion.RECOVERED}))
    quiet.run("job_ads_fell")
    quiet.fail()
    quiet.run()
    assert hook.posted == []
    quiet.settings = quiet.settings.model_copy(update={"notify": NotifySettings()})
    quiet.run("job_ads_fell")
    quiet.fail()
    assert hook.posted == []
    quiet.engine.dispose()


def test_mail_and_chat_are_told_too(hook):
    """The same message goes by SMTP and to a chat's webhook; one bad address keeps it from nobody."""
    with Mailbox() as box:
        urls = [
            f"mailto://127.0.0.1:{box.port}?from=navnenyt@bladet.example&to=mester@bladet.example&mode=insecure",
            f"jsons://127.0.0.1:{hook.port}/hook",
            hook.address,
            "ukendt://127.0.0.1",
        ]
        sent = notify.deliver(NotifySettings(urls=tuple(map(SecretStr, urls))), "navnenyt: bladet degraded", "Væk æøå.")
    assert [one.sent for one in sent] == [True, False, True, False]
    assert "Subject: navnenyt: bladet degraded" in box.letters[0]
    assert "mester@bladet.example" in box.letters[0]
    assert hook.posted[0]["message"] == "Væk æøå."
    assert not [one.address for one in sent if "hemmeligt" in one.address]
    assert sent[3].address == "address 4"


def test_a_plug_in_that_raises_ends_nothing(monkeypatch, hook, caplog):
    """Whatever Apprise does, the run goes on and the log names no secret."""

    def broken(*_args, **_more):
        raise RuntimeError("hemmeligt")

    monkeypatch.setattr("apprise.plugins.custom_json.NotifyJSON.send", broken)
    (delivery,) = notify.deliver(NotifySettings(urls=(SecretStr(hook.address),)), "a", "b")
    assert not delivery.sent
    assert "hemmeligt" not in caplog.text


def config(folder, notify_lines: str):
    path = folder / "config.yaml"
    source = "sources:\n  bladet:\n    feeds: [https://bladet.example/rss]\n    hosts: [bladet.example]\n"
    path.write_text(f"{source}notify:\n{notify_lines}", encoding="utf-8")
    return path


def test_addresses_are_read_and_never_shown(tmp_path):
    """The key `on` is a word, addresses are kept secret, and a wrong one is told with its line and not with itself."""
    settings = load(config(tmp_path, "  urls: [json://user:hemmeligt@localhost/]\n  on: [degraded]\n"))
    assert settings.notify.on == {Occasion.DEGRADED}
    assert "hemmeligt" not in repr(settings)
    for wrong in ("  urls: [user:hemmeligt]\n", "  urls: [json://a/]\n  on: [hemmeligt]\n", "  urls: {hemmeligt: 1}\n"):
        with pytest.raises(ConfigError) as caught:
            load(config(tmp_path, wrong))
        assert "hemmeligt" not in str(caught.value)
        assert "notify" in str(caught.value)
