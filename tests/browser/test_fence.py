"""SQL of a reader's own: what is refused, and in what words."""

import json

import pytest

from tests.browser.attacks import CUT, REFUSED


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: statement[:40])
def test_what_is_no_reading_is_refused(shown, statement):
    """Writing, other files, settings, extensions, a second statement and bombs: a sentence and no rows."""
    said = shown.sql(statement)
    assert said.status == 400
    assert json.loads(said.text)["error"]


def test_a_query_without_end_is_ended_and_the_next_is_answered(shown):
    """What no limit of SQLite's cuts ends with its process; nobody notices."""
    said = json.loads(shown.sql(CUT["one call that cannot be cut"]).text)
    assert "took longer" in said["error"]
    assert json.loads(shown.sql("SELECT 1 AS one").text)["rows"] == [{"one": 1}]


def test_an_honest_question_is_answered(shown):
    """Rows with their columns; values of all kinds; names of parameters are filled in from the address."""
    said = shown.get("/sql.json", sql="SELECT :word AS word, 1.5 AS half, NULL AS none, x'0102' AS bytes", word="Åse")
    assert json.loads(said.text)["rows"] == [{"word": "Åse", "half": 1.5, "none": None, "bytes": "2 bytes"}]


def test_an_answer_too_large_for_a_page_is_cut_and_says_so(shown):
    """A thousand rows at most, or about a megabyte; never a page that no browser holds."""
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    said = json.loads(shown.sql(endless).text)
    assert said["truncated"]
    assert len(said["rows"]) == 1000
    said = json.loads(shown.sql("SELECT replace(hex(zeroblob(200000)), '0', 'a') AS long FROM move").text)
    assert said["truncated"]
    assert len(said["rows"]) < 10


def test_the_page_says_what_is_wrong_and_keeps_the_words(shown):
    """A mistake is told beside the SQL as it was typed."""
    said = shown.get("/sql", sql="SELECT nonsense FROM moves")
    assert said.status == 400
    assert "There is no column nonsense" in said.text
    assert "SELECT nonsense FROM moves</textarea>" in said.text
