"""The units that `navnenyt schedule` prints are what systemd and cron take."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scraper.cli import app
from scraper.config import Settings, load
from scraper.errors import ConfigError
from scraper.units import Installation, crontab, service, timer

SOURCE = "sources:\n  s:\n    feeds: [https://www.example.dk/rss]\n    hosts: [www.example.dk]\n"


def settings(folder: Path, schedule: str = 'schedule: {times: ["06:15", "18:00"], jitter: 5}') -> Settings:
    (folder / "config.yaml").write_text(f"{schedule}\n{SOURCE}")
    return load(folder / "config.yaml")


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    folder = tmp_path / "50 % nyt"
    (folder / "data").mkdir(parents=True)
    program = folder / "navnenyt"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return Installation(program=program, config=folder / "config.yaml", data_dir=folder / "data", user="root")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_takes_the_units(tmp_path: Path, here: Installation) -> None:
    """systemd-analyze finds nothing wrong, whatever stands in the paths."""
    for name, text in (("navnenyt.service", service(here)), ("navnenyt.timer", timer(settings(tmp_path)))):
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", str(tmp_path / "navnenyt.service"), str(tmp_path / "navnenyt.timer")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    (tmp_path / "navnenyt.timer").write_text(timer(settings(tmp_path)).replace("OnCalendar=*-*-*", "OnCalendar=kl."))
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0, "a wrong unit is found"


def test_the_timer_catches_up_in_copenhagen(tmp_path: Path) -> None:
    """Each time has its line in the schedule's own zone, a missed one is caught up, and starts are spread."""
    text = timer(settings(tmp_path))
    assert "OnCalendar=*-*-* 06:15:00 Europe/Copenhagen\nOnCalendar=*-*-* 18:00:00 Europe/Copenhagen\n" in text
    assert "Persistent=true" in text
    assert "RandomizedDelaySec=300" in text


def test_cron_lines(tmp_path: Path, here: Installation) -> None:
    """Each time is a line of five fields and a command that a shell can read; no percent sign ends it early."""
    lines = crontab(settings(tmp_path), here).splitlines()
    jobs = [line for line in lines if line[:1].isdigit()]
    assert [job.split()[:5] for job in jobs] == [["15", "6", "*", "*", "*"], ["0", "18", "*", "*", "*"]]
    for job in jobs:
        assert not re.search(r"(?<!\\)%", job)
        shell = job.split(" * * * ", 1)[1].replace("\\%", "%")
        assert subprocess.run(["bash", "-n", "-c", shell], check=False).returncode == 0
    assert "CRON_TZ=Europe/Copenhagen" in lines


def test_no_jitter_no_waiting(tmp_path: Path, here: Installation) -> None:
    """Without a delay nothing sleeps."""
    assert "sleep" not in crontab(settings(tmp_path, 'schedule: {times: ["06:15"], jitter: 0}'), here)


def test_the_command_prints_both_or_one(tmp_path: Path) -> None:
    """`navnenyt schedule` prints service, timer and crontab; --format prints those of one scheduler."""
    settings(tmp_path)
    config = ["--config", str(tmp_path / "config.yaml")]
    both = CliRunner().invoke(app, ["schedule", *config]).output
    assert all(part in both for part in ("[Service]", "[Timer]", "CRON_TZ"))
    cron = CliRunner().invoke(app, ["schedule", "--format", "cron", *config]).output
    assert "CRON_TZ" in cron
    assert "[Timer]" not in cron
    systemd = CliRunner().invoke(app, ["schedule", "--format", "systemd", *config]).output
    assert "CRON_TZ" not in systemd
    assert f"ReadWritePaths={tmp_path / 'data'}" in systemd
    assert (tmp_path / "data").is_dir(), "the folder that the service may write to is there"


def test_without_a_schedule(tmp_path: Path) -> None:
    """A config without times gets a sentence that shows how to write them."""
    settings(tmp_path, "schedule: {times: []}")
    done = CliRunner().invoke(app, ["schedule", "--config", str(tmp_path / "config.yaml")])
    assert done.exit_code == 2
    assert 'times: ["06:15"' in done.stderr


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("schedule: {times: [16:15]}", "in quotes"),
        ('schedule: {times: ["24:00"]}', "in quotes"),
        ('schedule: {times: ["kl. 6"]}', "in quotes"),
        ("schedule: {time_zone: Europe/Kobenhavn}", "Europe/Copenhagen"),
        ("schedule: {time_zone: ../etc/passwd}", "Europe/Copenhagen"),
        ("schedule: {jitter: -1}", "greater than or equal to 0"),
    ],
)
def test_a_wrong_schedule(tmp_path: Path, schedule: str, expected: str) -> None:
    """A wrong time or zone is told with its line and what was expected."""
    with pytest.raises(ConfigError, match=expected) as told:
        settings(tmp_path, schedule)
    assert "line 1" in str(told.value)
