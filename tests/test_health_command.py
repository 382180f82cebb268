"""`navnenyt health` as a person or a script meets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from scraper.cli import app
from scraper.errors import ExitStatus
from scraper.replica import ReplicaServer
from tests.breaks import BREAKS, BreakableReplica
from tests.test_run import Scene

START = datetime(2026, 1, 12, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """Three healthy weeks of a news site, and a fourth in which its people section is gone."""
    replica = BreakableReplica(3, start=START)
    replica.broken = None
    with ReplicaServer(replica, slow=0.01) as server:
        scene = Scene(server, tmp_path_factory.mktemp("health"), pages_per_run=24)
        for _ in range(3):
            scene.run("kodebladet")
            replica.advance(weeks=1)
        (replica.broken,) = [one for one in BREAKS if one.name == "the section is gone"]
        scene.run("kodebladet")
        replica.broken = None
        yield scene


def health(scene, *arguments):
    environment = {"COLUMNS": "200"}
    return CliRunner().invoke(app, ["health", "--config", str(scene.config), *arguments], env=environment)


def test_what_broke_is_explained_with_what_to_do(scene):
    """A degraded source: its stage, a sentence, an advice, its figures beside the usual; status 4."""
    result = health(scene)
    assert result.exit_code == ExitStatus.DEGRADED
    for words in ("kodebladet is degraded", "layout section_gone", "Navnenyt fra it-Danmark", "Open a page", "usually"):
        assert words in result.stdout


def test_a_healthy_run_is_a_line(scene):
    """As an earlier run found it, all was well; status 0."""
    result = health(scene, "--run", "3")
    assert result.exit_code == ExitStatus.OK
    assert "kodebladet is well as of run 3" in result.stdout
    assert "of the announcements in rotation seen" in result.stdout


def test_the_same_for_a_program(scene):
    """As JSON, each alarm is a record; a healthy source is one without a code."""
    (record,) = json.loads(health(scene, "--format", "json").stdout)
    assert (record["source"], record["state"], record["code"]) == ("kodebladet", "degraded", "section_gone")
    (well,) = json.loads(health(scene, "--format", "json", "--run", "2").stdout)
    assert (well["state"], well["code"]) == ("healthy", None)


def test_status_names_the_alarm_and_the_share(scene):
    """`navnenyt status` sends a person on to health."""
    result = CliRunner().invoke(app, ["status", "--config", str(scene.config)], env={"COLUMNS": "200"})
    assert "kodebladet is degraded" in result.stdout
    assert "navnenyt health" in result.stdout
    assert "of all" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--run", "99"), "judged no source"),
        (("--accept", "ukendt"), "Nothing was ever measured"),
        (("--notify-test",), "No address stands under notify"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(scene, arguments, said):
    """A run or a source that is not there, and a test without an address."""
    result = health(scene, *arguments)
    assert result.exit_code == ExitStatus.USAGE
    assert said in result.stderr


def test_a_test_message_says_what_became_of_it(scene, monkeypatch):
    """An address that takes nothing is told without its password; status 1."""
    monkeypatch.setenv("NAVNENYT_NOTIFY__URLS", '["json://user:hemmeligt@127.0.0.1:9/hook"]')
    result = health(scene, "--notify-test")
    assert result.exit_code == ExitStatus.ERROR
    assert "NOT sent" in result.stdout
    assert "hemmeligt" not in result.stdout + result.stderr


@pytest.fixture
def kept(scene):
    """The scene, as it was before again afterwards."""
    databases = {path: path.read_bytes() for path in scene.config.parent.rglob("*.db")}
    yield scene
    for path, content in databases.items():
        path.write_bytes(content)


def test_what_is_accepted_is_well_from_then_on(kept):
    """A person says that the new state is right: no alarm is left."""
    scene = kept
    assert health(scene, "--accept", "kodebladet").exit_code == ExitStatus.OK
    assert health(scene).exit_code == ExitStatus.OK
