"""config.yaml: what is right is typed, what is wrong is told with its key, line and what was expected."""

from datetime import date
from pathlib import Path

import pytest

from scraper.config import Settings, SourceKind, load
from scraper.errors import ConfigError

ROOT = Path(__file__).parent.parent

SMALL = """\
sources:
  posten:
    feeds: [https://posten.example/rss]
    hosts: [posten.example]
"""


@pytest.fixture
def read(tmp_path: Path):
    """Load a config given as text."""

    def load_text(text: str) -> Settings:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return load_text


def test_the_config_that_comes_with_the_project_is_right():
    """The shipped config.yaml loads, with one live source and one that waits for its terms to be read."""
    settings = load(ROOT / "config.yaml")
    assert [source.name for source in settings.enabled_sources()] == ["computerworld"]
    assert settings.sources["it-jobbank"].kind is SourceKind.JOB_BOARD
    assert not settings.sources["it-jobbank"].enabled


def test_the_shipped_config_documents_every_key():
    """Each setting there is stands in config.yaml, so that nobody must read code to find it."""
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    settings = load(ROOT / "config.yaml")
    source = settings.sources["computerworld"]
    keys = [*Settings.model_fields, *type(settings.fetch).model_fields, *type(source).model_fields]
    missing = [key for key in keys if f"{key}:" not in text and key not in {"name", "pages"}]
    assert not missing


def test_articles_are_known_by_their_id_whatever_slug_host_or_tracking_they_bear():
    """Three addresses of one article give one id and one short address to ask for."""
    source = load(ROOT / "config.yaml").sources["computerworld"]
    urls = [
        "https://www.computerworld.dk/art/123456/en-overskrift",
        "https://computerworld.dk/art/123456/en-anden-overskrift?utm_source=rss",
        "https://cw.dk/art/123456",
    ]
    assert {source.article_id(url) for url in urls} == {"123456"}
    assert source.url_of("123456", urls[1]) == "https://www.computerworld.dk/art/123456"
    assert all(source.owns(url) for url in urls)
    assert not source.owns("https://evil.example/art/123456")
    assert not source.owns("ftp://cw.dk/art/1")
    assert source.article_id("https://www.computerworld.dk/tema/sikkerhed") is None


def test_paths_are_taken_from_the_folder_of_the_config(read, tmp_path):
    """The database lands beside the config file, wherever the command is called from."""
    settings = read(SMALL)
    assert settings.data_dir == tmp_path / "data"
    assert settings.database == f"sqlite:///{tmp_path}/data/navnenyt.db"
    assert read(SMALL + "database: sqlite:///here.db\n").database == f"sqlite:///{tmp_path}/here.db"


def test_the_contact_goes_into_the_user_agent_and_the_token_out_of_it(read):
    """A site sees who calls; robots.txt is matched against the word before the slash."""
    settings = read(SMALL + "contact: someone@posten.example\n")
    assert "+someone@posten.example" in settings.agent
    assert settings.robots_token == "navnenyt"


def test_the_environment_goes_before_the_file(read, monkeypatch):
    """A key can be overridden without touching the file, a nested one too."""
    monkeypatch.setenv("NAVNENYT_CONTACT", "drift@posten.example")
    monkeypatch.setenv("NAVNENYT_FETCH__DEADLINE", "5")
    settings = read(SMALL + "contact: someone@posten.example\nfetch:\n  retries: 1\n")
    assert settings.contact == "drift@posten.example"
    assert (settings.fetch.deadline, settings.fetch.retries) == (5, 1)


def test_a_day_of_review_is_a_date(read):
    """YAML dates arrive as dates."""
    settings = read(SMALL + "    terms_reviewed: 2026-11-22\n")
    assert settings.sources["posten"].terms_reviewed == date(2026, 11, 22)


def test_sources_can_be_chosen_by_name(read):
    """A source that is named runs even when it is not enabled; an unknown name lists the known ones."""
    settings = read(SMALL + "    enabled: false\n")
    assert settings.enabled_sources() == []
    assert [source.name for source in settings.enabled_sources(("posten",))] == ["posten"]
    with pytest.raises(ConfigError, match="bladet") as caught:
        settings.enabled_sources(("bladet",))
    assert "posten" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL + "colour: red\n", ["line 5", "colour", "no such key"]),
        (SMALL + "    gapp: 3\n", ["line 5", "sources.posten.gapp", "no such key"]),
        (SMALL + "    gap: soon\n", ["line 5", "sources.posten.gap", "number", "soon"]),
        (SMALL + "    gap: -1\n", ["line 5", "sources.posten.gap", "greater than or equal to 0"]),
        (SMALL.replace("https:", "htps:"), ["line 3", "sources.posten.feeds", "web address"]),
        (SMALL.replace("[posten.example]", "[https://posten.example/]"), ["line 4", "bare host name"]),
        (SMALL.replace("hosts: [posten.example]", "hosts: [other.example]"), ["posten", "not listed under hosts"]),
        (SMALL.replace("    hosts: [posten.example]\n", ""), ["line 2", "sources.posten.hosts", "is missing"]),
        (SMALL.replace("feeds: [https://posten.example/rss]", "title: Posten"), ["line 2", "at least one address"]),
        (SMALL + "    id_pattern: '/art/'\n", ["line 5", "one group"]),
        (SMALL + "    id_pattern: '(('\n", ["line 5", "regular expression"]),
        (SMALL + "    id_url: https://posten.example/art\n", ["line 5", "{id}"]),
        (SMALL + "    kind: blog\n", ["line 5", "sources.posten.kind", "job_board"]),
        (SMALL + "    tdm: maybe\n", ["line 5", "sources.posten.tdm", "'obey', 'strict' or 'ignore'"]),
        (SMALL + "    terms_reviewed: yesterday\n", ["line 5", "terms_reviewed", "date"]),
        (SMALL + "database: navnenyt.db\n", ["line 5", "database", "sqlite:///"]),
        (SMALL + "database: mysql://localhost/x\n", ["line 5", "database", "expected sqlite or postgresql"]),
        (SMALL + "fetch:\n  deadline: 0\n", ["line 6", "fetch.deadline", "greater than 0"]),
        (SMALL + "archive:\n  keep_days: 0\n", ["line 6", "archive.keep_days", "greater than or equal to 1"]),
        (SMALL + "contact: a\ncontact: b\n", ["line 6", "'contact'", "twice"]),
        (SMALL.replace("posten:", "Posten DK:"), ["small letters"]),
        ("sources: {}\n", ["line 1", "sources"]),
        ("sources: [\n", ["line 2", "not YAML"]),
        ("", ["expected keys"]),
        ("- a\n- b\n", ["expected keys"]),
    ],
)
def test_a_wrong_config_says_where_and_what_was_expected(read, text, said):
    """The message names the line, the key and the expectation."""
    with pytest.raises(ConfigError) as caught:
        read(text)
    message = caught.value.message
    assert all(part in message for part in said), message
    assert caught.value.hint


def test_all_mistakes_are_told_at_once(read):
    """Two wrong keys give two lines, not one after the other."""
    with pytest.raises(ConfigError) as caught:
        read(SMALL + "    gap: soon\ncolour: red\n")
    assert "sources.posten.gap" in caught.value.message
    assert "colour" in caught.value.message


def test_a_missing_or_unreadable_config_says_what_to_do(tmp_path):
    """No file: how to write one. Not UTF-8: how to save it."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "none.yaml")
    assert "navnenyt init" in caught.value.hint
    (tmp_path / "latin.yaml").write_bytes("contact: Bøje\n".encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "latin.yaml")
    assert "UTF-8" in caught.value.hint
