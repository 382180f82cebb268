"""Who may ask, what may be asked, and what each answer carries."""

import pytest

from scraper.browser.guard import HEADERS, POLICY
from scraper.browser.serve import check_host, is_loopback
from scraper.errors import ConfigError

EVERYWHERE = (
    "/ /search?q=nord /move/1 /ad/1 /company/1 /person/1 /trends /trends/hires_by_month /trends/hires_by_month.svg"
    " /trends/hires_by_month.csv /data /data/moves /data/moves.json /data/moves.csv /data/move/1 /sql /sql.json?sql=x"
    " /look/look.css /nowhere /move/999999 /data/nothing /data/hires_by_month"
).split()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_whole_policy(shown, path):
    """A page, a file, a redirect, an error: none comes without it."""
    said = shown.get(path)
    assert {name.decode(): value.decode() for name, value in HEADERS}.items() <= said.headers.items()


def test_the_policy_lets_no_script_run_and_nothing_in():
    """No script of any kind, no inline style, no frame round a page, and nothing from elsewhere."""
    rules = dict(rule.split(maxsplit=1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["script-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert {rules["style-src"], rules["img-src"], rules["form-action"]} == {"'self'"}
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(shown, method):
    """Whatever would change something is refused before it is looked at."""
    assert shown.get("/data/moves", method=method).status == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]"])
def test_a_name_that_is_not_ours_is_not_answered(shown, host):
    """A page elsewhere cannot reach in by giving this machine a name of its own."""
    said = shown.get("/", headers={"Host": host})
    assert said.status == 421
    assert "navnenyt" not in said.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "[::1]:80", "LOCALHOST:1"])
def test_the_names_of_this_machine_are_answered(shown, host):
    """Whichever way a reader writes it."""
    assert shown.get("/trends", headers={"Host": host}).status == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/data//evil.example/", "/%0d%0aX:/"])
def test_no_address_leads_to_another_site(shown, path):
    """A path that a browser could take for another host is no page, and never a redirect to one."""
    said = shown.get(path)
    assert said.status in {302, 404}
    assert "evil" not in said.headers.get("location", "")
    assert "x" not in said.headers


def test_datasettes_pages_about_itself_are_not_there(shown):
    """Nothing tells of files, threads, settings, plugins or log-in."""
    names = "threads databases settings plugins metadata versions actor permissions messages allow-debug patterns"
    for name in [*names.split(), "auth-token", "logout"]:
        assert shown.get(f"/-/{name}").status == 404
        assert shown.get(f"/-/{name}.json").status == 404
    for path in ("/_internal", "/_internal/tables", "/data.json", "/data.db", "/.json", "/_memory", "/favicon.ico"):
        assert shown.get(path).status == 404
    assert str(shown.site.file.parent) not in shown.get("/data").text


@pytest.mark.parametrize("path", ["/data/moves.json", "/data/moves"])
def test_no_table_takes_sql_of_a_readers_own(shown, path):
    """What Datasette calls `_where` is off: SQL goes through the fence alone."""
    assert shown.get(path, _where="1=1").status == 403


def test_a_stranger_leaves_the_server_as_it_was(shown):
    """A question too long to be one is refused, and the next is answered."""
    assert shown.get("/search?q=" + "a" * 60_000).status in {200, 400, 414}
    assert shown.get("/trends").status == 200


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.9.1", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.5", False), ("example.dk", False)],
)  # fmt: skip
def test_other_machines_are_let_in_only_on_purpose(host, alone):
    """An address that others can reach needs `--open-to-network`."""
    assert is_loopback(host) is alone
    check_host(host, open_to_network=True)
    if alone:
        check_host(host, open_to_network=False)
    else:
        with pytest.raises(ConfigError, match="other machines"):
            check_host(host, open_to_network=False)
