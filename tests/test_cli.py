"""The `navnenyt` command as a person or a script meets it: output, errors and exit statuses."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db.engine import make_engine
from scraper.cli import app
from scraper.config import load
from scraper.display import PlainReporter
from scraper.errors import DatabaseLocked, ExitStatus
from scraper.run import only_run
from scraper.run import run as run_once

ROOT = Path(__file__).parent.parent

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]

PAGE = """\
Ny rapport om passwords

Navnenyt fra it-Danmark

Åkær Software ApS har pr. 1. februar 2026 ansat Åse Mølgård, 41 år, som Projektleder. Hun kommer fra en stilling som \
Konsulent hos Nordlys Data A/S. Nyt job

Åse Mølgård

Åkær Software ApS
"""


@pytest.fixture
def navnenyt(monkeypatch, tmp_path):
    """Call the command in an empty folder; the result has .stdout, .stderr and .exit_code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str, stdin: str | bytes | None = None):
        return CliRunner().invoke(app, list(arguments), input=stdin)

    return call


@pytest.fixture
def saved(tmp_path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """The folder of a demo that was played once; its output lies beside it in demo.txt."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "scraper", "demo", "--dir", str(folder / "demo")]
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300, check=False)
    (folder / "demo.txt").write_text(result.stdout, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "demo"


def test_help_lists_every_command_and_each_has_an_example(navnenyt):
    """Every command explains itself with an example."""
    overview = navnenyt("--help").stdout
    for name in COMMANDS:
        assert name in overview
        assert "Example: navnenyt " in navnenyt(name, "--help").stdout
    for group in app.registered_groups:
        assert group.name in overview
        for command in group.typer_instance.registered_commands:
            name = command.name or command.callback.__name__
            assert f"Example: navnenyt {group.name} {name}" in navnenyt(group.name, name, "--help").stdout


def test_every_command_is_named_in_the_readme():
    """A command that the README does not show is one that nobody finds."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [*COMMANDS, *(group.name for group in app.registered_groups)]
    assert not [name for name in names if not re.search(rf"(navnenyt|make) {name}\b", readme)]


def test_the_release_is_told(navnenyt):
    """--version prints the name and the release."""
    assert re.fullmatch(r"navnenyt \S+\n", navnenyt("--version").stdout)


def test_init_writes_a_config_that_loads_and_never_overwrites(navnenyt, tmp_path):
    """A fresh config is right as it is; a second init leaves the first alone."""
    assert navnenyt("init").exit_code == 0
    assert load(tmp_path / "config.yaml").enabled_sources()
    (tmp_path / "config.yaml").write_text("mine", encoding="utf-8")
    again = navnenyt("init")
    assert again.exit_code == ExitStatus.USAGE
    assert "is there already" in again.stderr
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == "mine"


def test_init_says_when_it_cannot_write(navnenyt):
    """A folder that is not there is a sentence, not a trace."""
    result = navnenyt("init", "no/such/folder/config.yaml")
    assert result.exit_code == ExitStatus.USAGE
    assert "cannot be written" in result.stderr


def test_parse_prints_one_json_record_a_line(navnenyt, saved):
    """Each line has its kind, its source and all fields; dates are strings, evidence spans of the text."""
    result = navnenyt("parse", "--format", "jsonl", str(saved))
    assert result.exit_code == 0
    [record] = [json.loads(line) for line in result.stdout.splitlines()]
    assert (record["record"], record["source"]) == ("move", str(saved))
    assert (record["person"], record["age"], record["role"]) == ("Åse Mølgård", 41, "Projektleder")
    assert (record["start_date"], record["label"]) == ("2026-02-01", "Nyt job")
    start, end = record["evidence"]["person"]
    assert record["text"][start:end] == "Åse Mølgård"


def test_parse_gives_the_same_records_in_every_format(navnenyt, saved):
    """JSON, CSV and the table hold what the lines hold."""
    assert json.loads(navnenyt("parse", "-f", "json", str(saved)).stdout)[0]["company"] == "Åkær Software ApS"
    [row] = csv.DictReader(io.StringIO(navnenyt("parse", "-f", "csv", str(saved)).stdout))
    assert (row["record"], row["person"], row["previous_company"]) == ("move", "Åse Mølgård", "Nordlys Data A/S")
    table = navnenyt("parse", str(saved)).stdout
    assert "Åse Mølgård" in table
    assert "Projektleder" in table


def test_parse_reads_standard_input(navnenyt):
    """A dash is standard input."""
    result = navnenyt("parse", "-f", "jsonl", "-", stdin=PAGE.encode())
    assert json.loads(result.stdout)["person"] == "Åse Mølgård"


def test_parse_goes_on_after_a_file_that_cannot_be_read(navnenyt, saved, tmp_path):
    """A missing file is told and gives status 1; the others are still printed."""
    result = navnenyt("parse", "-f", "jsonl", str(tmp_path / "none.html"), str(saved))
    assert result.exit_code == ExitStatus.ERROR
    assert "none.html" in result.stderr
    assert json.loads(result.stdout)["person"] == "Åse Mølgård"


def test_a_date_without_a_year_is_read_by_the_day_of_publication(navnenyt, tmp_path):
    """--published says which year "1. marts" means."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE.replace("1. februar 2026", "1. marts"), encoding="utf-8")
    result = navnenyt("parse", "-f", "jsonl", "--published", "2025-02-10", str(path))
    assert json.loads(result.stdout)["start_date"] == "2025-03-01"


def test_run_without_a_config_says_how_to_get_one(navnenyt):
    """The first thing a new user meets is the next step."""
    result = navnenyt("run")
    assert result.exit_code == ExitStatus.USAGE
    assert "navnenyt init" in result.stderr


def test_run_warns_of_a_missing_contact_and_says_what_could_not_be_reached(navnenyt, tmp_path):
    """A live run without contact warns; a site that does not answer is one line with what to do, and status 5."""
    text = (
        "sources:\n  posten:\n    feeds: [https://posten.invalid/rss]\n    hosts: [posten.invalid]\n    gap: 0\n"
        "fetch: {retries: 0}\n"
    )
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    result = navnenyt("run")
    assert result.exit_code == ExitStatus.UNREACHABLE
    assert "contact" in result.stderr
    assert "terms" in result.stderr
    [line] = [line for line in result.stdout.splitlines() if line.startswith("posten: ") and "Nothing is lost" in line]
    assert "posten.invalid" in line


def test_a_second_run_ends_at_once_with_its_own_status(navnenyt, tmp_path):
    """While a run is on, another says so and ends."""
    assert navnenyt("init").exit_code == 0
    with only_run(load(tmp_path / "config.yaml")):
        result = navnenyt("run")
    assert result.exit_code == ExitStatus.BUSY
    assert "Another run" in result.stderr


@pytest.mark.parametrize("command", [("query", "SELECT 1"), ("trends", "hires_by_month"), ("status",)])
def test_asking_before_the_first_run_says_so(navnenyt, command):
    """Without a database there is a sentence, and none is made."""
    assert navnenyt("init").exit_code == 0
    result = navnenyt(*command)
    assert result.exit_code == ExitStatus.BAD_DATABASE
    assert "navnenyt run" in result.stderr
    assert not list(Path().glob("data/*.db"))


def test_a_file_that_is_no_database_of_ours_is_left_alone(navnenyt, tmp_path):
    """Run refuses a foreign file and changes no byte of it."""
    assert navnenyt("init").exit_code == 0
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "navnenyt.db"
    path.write_bytes(b"this is no database, but a letter to my aunt " * 20)
    before = path.read_bytes()
    result = navnenyt("run")
    assert result.exit_code == ExitStatus.BAD_DATABASE
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_a_sentence(navnenyt, tmp_path):
    """data_dir on a place that takes no folder: what it is and which key to mend."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert navnenyt("init").exit_code == 0
    config = tmp_path / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("data_dir: data", "data_dir: file/data"), "utf-8")
    result = navnenyt("run")
    assert result.exit_code == ExitStatus.BAD_DATABASE
    assert "data_dir" in result.stderr


def test_a_locked_database_is_waited_for_and_then_told(demo, monkeypatch):
    """While another program holds the database, a run says so and ends with a status of its own; no row is lost."""
    settings = load(demo / "config.yaml")
    monkeypatch.setattr(
        "scraper.run.open_database", lambda url, **_: make_engine(url, busy_timeout=0.01, total_wait=0.05)
    )
    with closing(sqlite3.connect(demo / "navnenyt.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLocked) as caught:
            run_once(settings, reporter=PlainReporter())
    assert caught.value.exit_status is ExitStatus.LOCKED


def test_the_records_of_an_archive_name_their_page(navnenyt, demo):
    """A WARC file parses as saved pages do; each record tells its file and the page's address."""
    [path, *_] = sorted((demo / "archive").glob("kodebladet*.warc.gz"))
    lines = navnenyt("parse", "-f", "jsonl", str(path)).stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert {record["source"] for record in records} == {str(path)}
    assert all(record["page"].startswith("http://127.0.0.1") for record in records)
    assert sum(record["record"] == "move" for record in records) > 100


def test_the_demo_shows_what_a_user_wants_to_see(demo):
    """Two summaries, the newest moves, open job ads and three trends; its database answers questions."""
    text = (demo.parent / "demo.txt").read_text(encoding="utf-8")
    for part in ("Run 1", "Run 2", "3 weeks later", "The newest moves", "Open job ads", "Hires by month"):
        assert part in text
    assert (demo / "navnenyt.db").exists()


def test_query_prints_every_format(navnenyt, demo):
    """The same rows as a table, CSV, JSON and JSON lines."""
    config = ("--config", str(demo / "config.yaml"))
    sql = "SELECT person, role FROM moves ORDER BY person, role LIMIT 3"
    lines = [json.loads(line) for line in navnenyt("query", sql, "-f", "jsonl", *config).stdout.splitlines()]
    assert len(lines) == 3
    assert json.loads(navnenyt("query", sql, "-f", "json", *config).stdout) == lines
    assert list(csv.DictReader(io.StringIO(navnenyt("query", sql, "-f", "csv", *config).stdout))) == lines
    table = navnenyt("query", sql, *config).stdout
    assert all(line["person"] in table for line in lines)


def test_query_shows_a_wide_row_as_a_list(navnenyt, demo):
    """Columns that do not fit the terminal are listed one below the other."""
    result = navnenyt("query", "SELECT * FROM moves LIMIT 1", "--database", str(demo / "navnenyt.db"))
    assert "row 1" in result.stdout
    assert re.search(r"^ *person +\S", result.stdout, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", "SQL is wrong"),
        ("SELECT wage FROM moves", "no column wage"),
        ("DELETE FROM move", "only read"),
        ("SELECT 1; SELECT 2", "one"),
        ("", "gives no rows"),
    ],
)
def test_query_says_what_is_wrong_with_the_sql(navnenyt, demo, sql, said):
    """An error in the statement, or a write, is a sentence and status 1."""
    result = navnenyt("query", sql, "--database", str(demo / "navnenyt.db"))
    assert result.exit_code == ExitStatus.ERROR
    assert said.lower() in result.stderr.lower()


def test_an_empty_answer_says_so(navnenyt, demo):
    """No rows is an answer."""
    result = navnenyt("query", "SELECT person FROM moves WHERE person = 'Nobody'", "-d", str(demo / "navnenyt.db"))
    assert "No rows" in result.stdout


NEED_MORE_TIME = {"ads_without_hires", "companies_accelerating", "net_talent_flow", "returning_people"}
"""Questions about a year or more, or about what happened twice, which the demo's three weeks need not answer."""


def test_trends_are_listed_and_answered(navnenyt, demo):
    """Without a name the questions are listed; each is answered, by rows where three weeks suffice; so is a typo."""
    config = ("--config", str(demo / "config.yaml"))
    names = [row["name"] for row in json.loads(navnenyt("trends", "-f", "json", *config).stdout)]
    assert len(names) >= 5
    for name in names:
        rows = json.loads(navnenyt("trends", name, "-f", "json", *config).stdout)
        assert rows or name in NEED_MORE_TIME, name
    assert set(names) >= NEED_MORE_TIME
    assert "█" in navnenyt("trends", "hires_by_month", *config).stdout
    wrong = navnenyt("trends", "hires_by_moon", *config)
    assert wrong.exit_code == ExitStatus.ERROR
    assert "hires_by_month" in wrong.stderr


def test_status_tells_sources_runs_and_counts(navnenyt, demo):
    """For a person as tables, for a program as JSON."""
    config = ("--config", str(demo / "config.yaml"))
    text = navnenyt("status", *config).stdout
    assert "kodebladet" in text
    assert "Last runs" in text
    state = json.loads(navnenyt("status", "--json", *config).stdout)
    assert state["counts"]["moves"] > 50
    assert [run["status"] for run in state["runs"]] == ["done", "done"]
    assert "Archive: " in text
    assert (state["archive"]["files"], state["archive"]["first"]) == (6, "2026-01-12")
    alone = json.loads(navnenyt("status", "--json", "--database", str(demo / "navnenyt.db")).stdout)
    assert alone["archive"] is None


def test_a_broken_pipe_is_no_error(demo):
    """`navnenyt query … | head -1` ends quietly."""
    command = (
        f"{sys.executable} -m scraper query 'SELECT * FROM sightings' -f jsonl -d {demo / 'navnenyt.db'} | head -1"
    )
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_names_cannot_move_the_cursor(navnenyt, demo):
    """A control character in a value is printed as its escape."""
    result = navnenyt(
        "query", "SELECT 'a' || char(27) || '[31mred' || char(10) || 'b' AS name", "-d", str(demo / "navnenyt.db")
    )
    assert "\x1b[31m" not in result.stdout
    assert r"\x1b[31mred\nb" in result.stdout


def test_the_demo_folder_keeps_what_is_not_the_demos(demo):
    """Playing it again in the same folder replaces its own files alone."""
    (demo / "notes.txt").write_text("mine", encoding="utf-8")
    from scraper.demo import START, prepare
    from scraper.replica import Replica, ReplicaServer

    with closing(_Copy(demo)) as copy, ReplicaServer(Replica(seed=1, start=START)) as server:
        prepare(copy.folder, server)
        assert (copy.folder / "notes.txt").read_text(encoding="utf-8") == "mine"
        assert not (copy.folder / "navnenyt.db").exists()


class _Copy:
    """A copy of a folder that can be spoilt."""

    def __init__(self, folder: Path):
        import shutil

        self.folder = folder.parent / "copy"
        shutil.copytree(folder, self.folder)

    def close(self) -> None:
        import shutil

        shutil.rmtree(self.folder)


def test_roles_tells_what_a_title_is_taken_for_and_why(navnenyt):
    """Without a config or a database: the answer, its rule, and the rows that decided and gave way."""
    said = [json.loads(line) for line in navnenyt("roles", "It-sikkerhedschef", "-f", "jsonl").stdout.splitlines()]
    assert [(row["what"], row["answer"]) for row in said if row["what"]] == [
        ("function", "security"),
        ("seniority", "manager"),
    ]
    assert next(row for row in said if row["answer"] == "decides")["words"] == "*sikkerhed*"
    assert "sikkerhed" in navnenyt("roles", "It-sikkerhedschef").stdout


def test_places_tells_where_a_place_lies_and_why(navnenyt):
    """The region, then the lines that say so."""
    said = [json.loads(line) for line in navnenyt("places", "Aarhus C, Danmark", "-f", "jsonl").stdout.splitlines()]
    assert [(row["what"], row["region"], row["nuts"]) for row in said] == [
        ("answer", "Midtjylland", "DK04"),
        ("line", "Midtjylland", "DK042"),
    ]


def test_roles_and_places_list_what_the_tables_do_not_know(navnenyt, demo):
    """A user learns which words to add, the commonest first."""
    for command in ("roles", "places"):
        said = navnenyt(command, "-c", str(demo / "config.yaml"), "-n", "3", "-f", "jsonl")
        rows = [json.loads(line) for line in said.stdout.splitlines()]
        assert said.exit_code == 0
        assert len(rows) <= 3
        assert [row["times"] for row in rows] == sorted((row["times"] for row in rows), reverse=True)
