"""What stands on the pages."""

import csv
import io
import json
import re
from html import unescape

import pytest

from db.query import run_query
from db.trends import trends
from scraper.browser import companies, questions
from scraper.browser.cells import neutral
from scraper.browser.site import Site
from tests.browser.serving import served

PAGES = "/ /search?q=nord /move/1 /ad/1 /company/1 /person/1 /trends /data /data/moves /data/company /data/move/1 /sql"


@pytest.mark.parametrize("path", PAGES.split())
def test_each_page_has_its_landmarks_and_one_heading(shown, path):
    """A title, a language, a way past the menu, main, navigation, one h1, and a label for every field."""
    text = shown.get(path).text
    assert '<html lang="en">' in text
    assert re.search(r"<title>[^<]+</title>", text)
    assert text.count("<h1") == text.count("<main") == text.count('class="skip"') == 1
    assert "<nav aria-label" in text
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    fields = re.findall(r"<(?:input|select|textarea)\b(?![^>]*type=\"hidden\")[^>]*?\bid=\"([^\"]+)\"", text)
    assert set(fields) <= labelled
    assert len(re.findall(r"<(?:input|select|textarea)\b(?![^>]*type=\"hidden\")", text)) == len(fields)


@pytest.mark.parametrize("path", PAGES.split())
def test_no_page_holds_a_script_or_a_style_of_its_own(shown, path):
    """So the policy need allow neither."""
    text = shown.get(path).text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", text, flags=re.IGNORECASE)
    assert not re.search(r'(?:src|href|srcset|action)="(?:https?:)?//(?!127\.0\.0\.1)', text)


def test_the_front_page_shows_what_is_new(shown, filled):
    """Newest moves and open ads with links, the counts, the trends and each source's health."""
    text = shown.get("/").text
    newest = run_query(filled, "SELECT id, person FROM moves ORDER BY first_seen DESC, id DESC LIMIT 3").rows
    for id_, person in newest:
        assert f'href="/move/{id_}"' in text
        assert person in unescape(text)
    (ads,) = run_query(filled, "SELECT count(*) FROM moves").rows
    assert f"<b>{ads[0]}</b> moves" in text
    assert 'href="/trends/hires_by_month"' in text
    for (title,) in run_query(filled, "SELECT title FROM sources").rows:
        assert title in text
    assert "healthy" in text


def test_the_front_page_follows_the_database(shown):
    """It is kept, and read anew when the file has changed: see `Kept`."""
    first = shown.get("/").text
    assert shown.get("/").text == first


def test_a_move_shows_its_sentence_with_what_it_says_marked_and_where(shown, filled):
    """The whole text, each field marked in it, and every page that showed it."""
    (text, role, url), *_ = run_query(filled, "SELECT text, role, page_url FROM moves WHERE id = 1").rows
    page = unescape(shown.get("/move/1").text)
    quoted = re.search(r"<blockquote.*?</blockquote>", page, flags=re.DOTALL)
    assert quoted is not None
    assert re.sub(r"<[^>]+>", "", quoted[0]).strip() == text
    assert f'<mark class="f-role" title="role">{role}</mark>' in quoted[0]
    assert f'href="{url}"' in page


def test_a_company_shows_every_sentence_it_rests_on(shown, filled):
    """Who joined and who left, with their words."""
    ((id_, name),) = run_query(filled, "SELECT id, name FROM companies ORDER BY hires DESC, id LIMIT 1").rows
    page = re.sub(r"<[^>]+>", "", unescape(shown.get(f"/company/{id_}").text))
    assert name in page
    said = run_query(filled, f"SELECT text FROM moves WHERE company_id = {id_} OR previous_company_id = {id_}").rows
    assert said
    assert all(text in page for (text,) in said)


def test_a_person_shows_every_sentence(shown, filled):
    """All their moves."""
    ((id_,),) = run_query(filled, "SELECT id FROM people ORDER BY moves DESC, id LIMIT 1").rows
    page = re.sub(r"<[^>]+>", "", unescape(shown.get(f"/person/{id_}").text))
    assert all(text in page for (text,) in run_query(filled, f"SELECT text FROM moves WHERE person_id = {id_}").rows)


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_each_question_has_its_page_its_plot_and_its_files(shown, question):
    """With every column explained; and under the address of Datasette's queries as well."""
    page = shown.get(f"/trends/{question.name}")
    assert page.status == 200
    assert question.title in unescape(page.text)
    rows = json.loads(shown.get(f"/trends/{question.name}.json").text)
    assert list(question.columns) == rows["columns"]
    assert shown.get(f"/trends/{question.name}.csv").text.splitlines()[0] == ",".join(question.columns)
    assert shown.get(f"/data/{question.name}.json").headers["location"] == f"/trends/{question.name}.json"


def test_a_plot_is_an_image_in_four_forms(shown):
    """Light and dark, wide and narrow; the letters of the dark one are light."""
    forms = {
        (dark, narrow): shown.get("/trends/hires_by_month.svg" + dark + narrow).text
        for dark in ("?dark=1", "?dark=")
        for narrow in ("&narrow=1", "")
    }
    assert len(set(forms.values())) == 4
    assert all(text.startswith("<svg") for text in forms.values())
    assert "#a7adb5" in forms["?dark=1", ""]


def test_a_filter_narrows_a_question_down_and_a_day_that_is_none_is_told(shown):
    """The address holds the filters."""
    whole = json.loads(shown.get("/trends/hires_by_month.json").text)["rows"]
    some = json.loads(shown.get("/trends/hires_by_month.json", since="2026-01-01").text)["rows"]
    assert 0 < len(some) < len(whole)
    said = shown.get("/trends/hires_by_month", since="in January")
    assert said.status == 400
    assert "is no day" in said.text


def test_a_view_can_be_filtered_faceted_and_shows_what_its_columns_mean(shown, filled):
    """Datasette's table in our look."""
    text = shown.get("/data/moves", kind="promotion").text
    ((count,),) = run_query(filled, "SELECT count(*) FROM moves WHERE kind = 'promotion'").rows
    assert f">{count} rows<" in text
    assert "the title alone: no office, no duty, no department" in unescape(text)
    assert 'href="/person/' in text
    assert "hire" in text


def test_files_for_a_spreadsheet_hold_no_formula(shown):
    """A cell that begins like one gets an apostrophe; a number stays one."""
    said = shown.get(
        "/sql.csv", sql="SELECT '=1+1' AS a, '+x' AS b, '-x' AS c, '@x' AS d, char(9) || 'x' AS e, -5 AS f"
    )
    rows = list(csv.reader(io.StringIO(said.text)))
    assert rows[1] == ["'=1+1", "'+x", "'-x", "'@x", "'\tx", "-5"]
    assert neutral("=HYPERLINK()") == "'=HYPERLINK()"
    assert neutral("-12.5") == "-12.5"
    assert neutral("-1+1") == "'-1+1"


def test_what_is_not_there_is_told_as_a_page(shown):
    """With the way back; JSON where JSON was asked for."""
    said = shown.get("/company/987654")
    assert said.status == 404
    assert "There is no such page." in said.text
    assert json.loads(shown.get("/data/nothing.json").text)["ok"] is False


def test_a_company_in_an_answer_leads_to_its_page(shown):
    """By any of its spellings; a name that is none leads nowhere."""
    text = unescape(shown.get("/trends/companies_hiring_most").text)
    name = re.search(r'href="/company\?name=([^"]+)"', text)
    assert name is not None
    led = shown.get(f"/company?name={name[1]}")
    assert led.status == 302
    assert re.fullmatch(r"/company/\d+", led.headers["location"])
    assert shown.get("/company", name="Nobody At All").status == 404


def test_every_sentence_of_a_company_is_reached_from_its_page(filled, monkeypatch):
    """Its page shows the newest of each list and how many there are; the list gives them all, a page at a time."""
    monkeypatch.setattr(companies, "LISTED", 2)
    monkeypatch.setattr(companies, "ON_A_PAGE", 1)
    sql = "SELECT company_id, count(*) FROM moves WHERE kind = 'hire' GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    ((id_, count),) = run_query(filled, sql).rows
    hires = run_query(filled, "SELECT id FROM moves WHERE company_id = :id AND kind = 'hire'", {"id": id_}).rows
    assert count > 2
    with served(Site(filled)) as running:
        text = running.get(f"/company/{id_}").text
        assert f"All {count}, who joined" in text
        assert re.search(rf'id="joined-h">Who joined <span class="count">{count}<', text)
        next_page, met, turned = f"/company/{id_}/joined", [], 0
        while next_page:
            text = unescape(running.get(next_page).text)
            assert text.count("<blockquote") == text.count('class="line"')
            met += [int(number) for number in re.findall(r'href="/move/(\d+)"', text)]
            older = re.search(r'rel="next" href="([^"]+)"', text)
            next_page, turned = (older[1] if older else ""), turned + 1
        assert turned == count
        assert sorted(met) == sorted(row[0] for row in hires)
        for path in ("joined?after=x", "joined?after=1", "nothing", "joined?seen=x&after=99999999999999999999"):
            assert running.get(f"/company/{id_}/{path}").status in {404, 200}
        assert running.get("/company/987654/left").status == 404


def test_a_company_that_nobody_knows_is_told_with_those_that_may_be_meant(shown, filled):
    """On a question about it, and under its name."""
    ((name,),) = run_query(filled, "SELECT name FROM companies WHERE length(name) > 9 ORDER BY hires DESC LIMIT 1").rows
    mistyped = f"{name[:4]}{name[5:]}"
    text = unescape(shown.get("/trends/hires_by_month", company=mistyped).text)
    assert f"There is no company '{mistyped}'." in text
    assert f"<bdi>{name}</bdi>" in text
    assert "<table" not in text
    said = shown.get("/company", name=mistyped)
    assert said.status == 404
    assert f"<bdi>{name}</bdi>" in unescape(said.text)


def test_rows_that_are_not_there_are_told_with_the_way_back(shown):
    """No empty list of values beside them."""
    text = shown.get("/data/moves", kind="nothing").text
    assert '<a href="/data/moves">Show all</a>' in text
    assert "<h3>kind</h3>" not in text


def test_a_query_that_is_stopped_had_the_second_that_was_promised(shown):
    """In whatever way it was stopped."""
    said = shown.sql("WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM a")
    assert said.status == 400
    assert "longer than 1 s" in said.text


def test_a_page_its_plot_and_its_files_are_of_one_answer(filled, monkeypatch):
    """Asked once until the database has changed."""
    asked = []
    plain = questions.answer
    monkeypatch.setattr(questions, "answer", lambda *of: asked.append(of[1].name) or plain(*of))
    with served(Site(filled)) as running:
        for form in ("", ".svg", ".csv", ".json"):
            assert running.get(f"/trends/regions{form}?since=2026").status == 200
        assert running.get("/trends/regions").status == 200
    assert asked == ["regions", "regions"]
