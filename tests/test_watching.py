"""Watches: matches of each run are told once over a real server on loopback, and none is lost when a run is cut off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from db.watches import add, matched, remove, watches
from scraper import notify, watching
from scraper.errors import DatabaseLocked, FilterError
from tests.db.conftest import Desk as Pages
from tests.db.conftest import ad, hire
from tests.test_notify import Desk, Hook


@pytest.fixture
def hook():
    with Hook() as server:
        yield server


class Installation(Desk):
    """An installation with a database, an address, and runs that see what a test says."""

    def __init__(self, folder, *urls: str):
        super().__init__(folder, *urls)
        self.settings = self.settings.model_copy(update={"database": f"sqlite:///{folder / 'n.db'}"})
        self.number = 0

    def watch(self, expression: str) -> int:
        with self.engine.begin() as connection:
            return add(connection, expression, at=self.now)

    def see(self, *records) -> int:
        """A run that sees these records, without its end."""
        self.now += timedelta(hours=4)
        self.number += 1
        pages = Pages(self.store, self.engine.url.database, now=self.now)
        run_id = pages.begin(at=self.now)
        pages.page(*records, identity=str(self.number))
        pages.end()
        self.now = pages.now
        return run_id

    def end(self, run_id: int) -> None:
        watching.after_run(self.settings, self.store, run_id, now=self.now)

    def whole_run(self, *records) -> None:
        self.end(self.see(*records))

    def listed(self, *, untold: bool = False) -> int:
        with self.engine.begin() as connection:
            return len(matched(connection, untold=untold))


@pytest.fixture
def here(tmp_path, hook):
    yield (installation := Installation(tmp_path, hook.address))
    installation.engine.dispose()


def bodies(hook: Hook) -> list[str]:
    return [posted["message"] for posted in hook.posted]


def test_what_is_new_is_told_once_and_listed(here, hook):
    """A match is in one message, with its page; the next run says nothing of it, and it stays listed."""
    here.watch("company:Nordlys role:udvikler")
    here.whole_run(hire("Åse Bæk", "Nordlys", role="Systemudvikler"), hire("Bo Holm", "Alfa"), ad("Nordlys", "Kok"))
    here.whole_run(hire("Åse Bæk", "Nordlys", role="Systemudvikler"))
    (body,) = bodies(hook)
    assert "Åse Bæk, hire, Systemudvikler, Nordlys" in body
    assert "https://bladet.example/art/1" in body
    assert "Bo Holm" not in body
    assert here.listed() == 1
    assert here.listed(untold=True) == 0


def test_what_was_there_before_the_watch_is_not_told(here, hook):
    """A watch looks forward."""
    here.whole_run(hire("Åse Bæk", "Nordlys"))
    here.watch("company:Nordlys")
    here.whole_run(hire("Åse Bæk", "Nordlys"), ad("Nordlys", "Tester"))
    (body,) = bodies(hook)
    assert "Nordlys: Tester" in body
    assert "Åse" not in body


def test_one_message_for_all_watches_of_a_run(here, hook):
    """Two watches that both match are told together, each under its filter."""
    here.watch("company:Nordlys")
    here.watch("kind:job_ad")
    here.whole_run(ad("Nordlys", "Tester"))
    (body,) = bodies(hook)
    assert body.splitlines()[0] == "company:Nordlys:"
    assert "kind:job_ad:" in body.splitlines()
    assert hook.posted[0]["title"] == "navnenyt: 2 new matches of your watches"


def test_a_message_that_nobody_took_is_told_by_the_next_run(here, hook):
    """While the service fails the matches wait, and come with those of the next run."""
    here.watch("company:Nordlys")
    hook.taking = False
    here.whole_run(hire("Åse Bæk", "Nordlys"))
    assert here.listed(untold=True) == 1
    hook.taking = True
    here.whole_run(hire("Ida Krog", "Nordlys"))
    (body,) = bodies(hook)
    assert "Åse Bæk" in body
    assert "Ida Krog" in body


def test_a_run_cut_off_before_its_end_leaves_its_matches_to_the_next(here, hook):
    """A run that was killed before it matched loses nothing."""
    here.watch("company:Nordlys")
    here.see(hire("Åse Bæk", "Nordlys"))
    here.whole_run(hire("Ida Krog", "Nordlys"))
    (body,) = bodies(hook)
    assert "Åse Bæk" in body
    assert "Ida Krog" in body
    assert here.listed() == 2


def test_a_run_killed_while_telling_tells_again(here, hook, monkeypatch):
    """Cut off after the service took the message and before that was noted: told once more, never lost."""
    here.watch("company:Nordlys")

    def cut_off(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(watching, "note_told", cut_off)
        with pytest.raises(KeyboardInterrupt):
            here.whole_run(hire("Åse Bæk", "Nordlys"))
    here.whole_run()
    assert [body.count("Åse Bæk") for body in bodies(hook)] == [1, 1]
    here.whole_run()
    assert len(bodies(hook)) == 2


@pytest.mark.parametrize("error", [DatabaseLocked("locked"), OperationalError("x", {}, Exception("y"))])
def test_nothing_that_fails_here_ends_a_run(here, monkeypatch, error):
    """A database that gives out is logged; the next run makes it good."""
    here.watch("company:Nordlys")

    def fail(*_args, **_more):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(watching, "match", fail)
        here.whole_run(hire("Åse Bæk", "Nordlys"))
    assert here.listed() == 0
    here.whole_run()
    assert here.listed() == 1


def test_a_removed_watch_is_silent_and_its_matches_stay_listed(here, hook):
    """Removed by number or filter; added again it begins anew."""
    number = here.watch("company:Nordlys")
    here.whole_run(hire("Åse Bæk", "Nordlys"))
    with here.engine.begin() as connection:
        assert remove(connection, str(number)) == "company:Nordlys"
        with pytest.raises(FilterError, match="no watch"):
            remove(connection, "company:Nordlys")
    here.whole_run(hire("Bo Holm", "Nordlys"))
    assert here.watch('company:"Nordlys"') == number
    here.whole_run(hire("Ida Krog", "Nordlys"))
    assert len(bodies(hook)) == 2
    assert "Bo Holm" not in bodies(hook)[1]
    with here.engine.begin() as connection:
        (line,) = watches(connection)
        assert (line.matches, line.untold, line.active) == (2, 0, True)
        with pytest.raises(FilterError, match="already"):
            add(connection, "company:Nordlys", at=here.now)


def test_without_an_address_matches_are_listed_only(tmp_path):
    """Nobody is told where there is no address, and nothing is lost."""
    here = Installation(tmp_path)
    here.watch("company:Nordlys")
    here.whole_run(hire("Åse Bæk", "Nordlys"))
    assert here.listed(untold=True) == 1
    here.engine.dispose()


def test_a_long_list_is_cut_in_the_message(here, hook):
    """A message names so many and counts the others."""
    here.watch("company:Nordlys")
    here.whole_run(*(hire(f"Person Nr{number}", "Nordlys") for number in range(watching.MOST_LINES + 7)))
    (body,) = bodies(hook)
    assert body.count("hire, Systemudvikler") == watching.MOST_LINES
    assert body.splitlines()[-1] == "and 7 more: navnenyt watch list"


def test_a_record_that_was_erased_is_dropped_from_the_matches(here):
    """What is forgotten is not listed as a match."""
    here.watch("company:Nordlys")
    here.whole_run(ad("Nordlys", "Tester"))
    with here.engine.begin() as connection:
        for table in ("job_ad_sighting", "job_ad_span", "job_ad_fact"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM job_ad")
    here.whole_run()
    assert here.listed() == 0


def test_the_message_goes_through_the_addresses_of_the_config(here, monkeypatch):
    """Watches are told where alarms are told."""
    told = []
    monkeypatch.setattr(
        watching,
        "deliver",
        lambda settings, title, body: told.append((settings, title, body)) or [notify.Delivery("x", sent=True)],
    )
    here.watch("company:Nordlys")
    here.whole_run(hire("Åse Bæk", "Nordlys"))
    assert told[0][0] == here.settings.notify
