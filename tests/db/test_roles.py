"""Titles made comparable: the head decides, modifiers give the field, and every answer says which row it rests on."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db import roles, tables, titles
from db.identity import fold
from db.roles import FUNCTIONS, SENIORITIES, explain_function, explain_seniority, function_of, seniority_of
from db.titles import AND, ASIDE, BREAK, Row, WordTable, words_of
from scraper.errors import NavnenytError

TITLES = {
    # a compound word by its parts, its head deciding or giving way
    "Salgschef": ("sales", "manager"),
    "Udviklingsdirektør": ("development", "director"),
    "it-sikkerhedskonsulent": ("security", "professional"),
    "Sikkerhedsarkitekt": ("architecture", "professional"),
    "Bankrådgiver": ("consulting", "professional"),
    "Netværksteknikerlærling": ("infrastructure", "trainee"),
    # consultants keep their field where they have one, else they are consultants
    "SAP-konsulent": ("consulting", "professional"),
    "HR-konsulent": ("hr", "professional"),
    "Senior BI consultant": ("data", "senior"),
    "konsulent": ("consulting", "professional"),
    # English managers of things lead nobody, of fields they do
    "Key Account Manager": ("sales", "professional"),
    "Senior Product Manager": ("project", "senior"),
    "Projektleder": ("project", "professional"),
    "HR Manager": ("hr", "manager"),
    "Service Desk Manager": ("support", "manager"),
    # the top
    "Adm. direktør": ("management", "executive"),
    "CFO": ("finance", "executive"),
    "Chief Information Security Officer (CISO)": ("security", "executive"),
    "Vice President, Sales": ("sales", "director"),
    "Bestyrelsesformand": ("management", "board"),
    "Country Manager, Denmark": ("management", "director"),
    "Partner": ("management", "executive"),
    "HR Business Partner": ("hr", "professional"),
    # what a chief is chief of stands after "for", "of" or a comma
    "Chef for kundeservice": ("support", "manager"),
    "Head of Data & AI": ("data", "manager"),
    "Direktør, økonomi": ("finance", "director"),
    "Ansvarlig for salg af serverløsninger": ("sales", "lead"),
    # two titles: the first field, the highest step
    "Partner og salgsdirektør": ("sales", "executive"),
    "Udvikler / Tech Lead": ("development", "lead"),
    "Salgs- og marketingdirektør": ("sales", "director"),
    # learners
    "Studentermedhjælper til økonomi": ("finance", "trainee"),
    "Junior frontend-udvikler": ("development", "junior"),
    # job ads: sentences, employers, towns
    "Fjordbyte søger en projektleder til kundeprojekter": ("project", "professional"),
    "Erfaren systemadministrator til driften hos Tranevig Kommune": ("infrastructure", "senior"),
    "Netværksspecialist – Esbjerg": ("infrastructure", "professional"),
    "Er du vores nye Linux-nørd?": ("infrastructure", "professional"),
    "Assistent for direktøren": ("other", "professional"),
    # what nothing is known of
    "Ballonskipper": ("other", "professional"),
    "": ("other", "professional"),
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items(), ids=TITLES)
def test_a_title_has_the_function_and_seniority_that_an_analyst_expects(title: str, expected: tuple[str, str]) -> None:
    """One example for each thing that a title can say."""
    assert (function_of(title)[0], seniority_of(title)[0]) == expected


@pytest.mark.parametrize(
    ("title", "function_rule", "seniority_rule"),
    [
        ("it-sikkerhedskonsulent", "*sikkerhed*", "no row"),
        ("Salgschef", "*salg*", "*chef"),
        ("Chef for kundeservice", "kundeservice*, after the head", "*chef"),
        ("Senior Key Account Manager", "key account manager", "senior"),
        ("Ballonskipper", "no row", "no row"),
    ],
)
def test_a_rule_names_the_words_that_decided(title: str, function_rule: str, seniority_rule: str) -> None:
    """A reader can look the rule up in the table."""
    assert (function_of(title)[1], seniority_of(title)[1]) == (function_rule, seniority_rule)


def test_an_explanation_shows_what_gave_way() -> None:
    """All rows found are told, the deciding one first, with its line in the table."""
    answer = explain_function("it-sikkerhedskonsulent")
    assert [row.words for row in answer.rows] == ["*sikkerhed*", "*konsulent", "it"]
    lines = tables._text("functions").splitlines()
    assert all(lines[row.line - 1].startswith(row.words + "\t") for row in answer.rows)


@given(st.text(max_size=80) | st.sampled_from(sorted(TITLES)))
@example("partner\t&")
@example("\u0130T-chef")
def test_any_text_has_one_of_the_values(title: str) -> None:
    """Nothing that stands in a page can break the tables' reading."""
    assert function_of(title)[0] in FUNCTIONS
    assert seniority_of(title)[0] in SENIORITIES


@given(st.sampled_from(sorted(TITLES)), st.data())
def test_case_and_white_space_change_nothing(title: str, data: st.DataObject) -> None:
    """The database keeps a folded title; it must be taken for the same as the one that was written."""
    blanks = data.draw(st.sampled_from([" ", "  ", "\u00a0", "\n"]))
    written = data.draw(st.sampled_from([str, str.upper, str.lower, fold]))(title.replace(" ", blanks))
    assert (function_of(written)[0], seniority_of(written)[0]) == (function_of(title)[0], seniority_of(title)[0])


def test_words_of_a_title() -> None:
    """Hyphens part words, joining words and signs are kept as what they do."""
    assert words_of("Salgs- og it-chef, R&D") == ["salgs", AND, "it", "chef", ASIDE, "r&d"]
    assert words_of("Udvikler (.NET) / tester") == ["udvikler", ASIDE, ".net", ASIDE, BREAK, "tester"]


@pytest.mark.parametrize("name", ["functions", "seniority"])
def test_every_line_of_a_table_can_be_found(name: str) -> None:
    """A line whose own words lead to another line would never be read: it is a slip of whoever added it."""
    table = roles._function_table() if name == "functions" else roles._seniority_table()
    column, legal = ("function", FUNCTIONS) if name == "functions" else ("seniority", SENIORITIES)
    lost = []
    for row in roles._rows(name, column, legal):
        words = " ".join("qq" if word == "*" else word for word in row.words.replace("^", "").replace("$", "").split())
        found = table.find(words_of(words.replace("*", "")), frozenset())
        if row not in [match.row for match in found] and "*" not in row.words:
            lost.append(row.words)
    assert lost == []


def test_no_line_stands_twice_and_each_says_what_it_means() -> None:
    """Two lines of the same words would make the table's order decide."""
    for name in ("functions", "seniority"):
        words = [line.cells["words"] for line in tables.lines(name)]
        assert sorted(set(words)) == sorted(words)
        assert all(line.cells["meaning"] for line in tables.lines(name))
        assert max(len(word) for line in words for word in line.split()) <= titles._LONGEST_PART


def test_a_slip_in_a_table_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who extends a table is told where it is wrong."""
    monkeypatch.setattr(tables, "_text", lambda name: "words\tfunction\tweight\tmeaning\n# note\n*chef\tchef\t10\tx\n")
    with pytest.raises(NavnenytError, match=r"functions\.tsv, line 3: `function` must be one of"):
        list(roles._rows("functions", "function", FUNCTIONS))
    monkeypatch.setattr(tables, "_text", lambda name: "words\tfunction\tweight\tmeaning\n*chef\tsales\t10\n")
    with pytest.raises(NavnenytError, match=r"line 2: 4 cells between tabs are needed"):
        tables.lines("functions")


def test_a_changed_table_has_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows made by older tables are found by their version, so it must follow every change."""
    before = roles.TABLES_VERSION
    monkeypatch.setattr(tables, "_text", lambda name: "words\tfunction\tweight\tmeaning\n")
    tables.version.cache_clear()
    assert before != roles.TABLES_VERSION
    monkeypatch.undo()
    tables.version.cache_clear()
    assert before == roles.TABLES_VERSION


def test_the_longest_phrase_is_read() -> None:
    """`service desk manager` is not `service` beside `desk` beside `manager`; `$` binds words to the end of a title."""
    rows = [
        Row("manager", "manager", 50, "", 1),
        Row("desk manager", "professional", 0, "", 2),
        Row("service desk manager", "manager", 60, "", 3),
        Row("intern $", "trainee", 90, "", 4),
        Row("chief * officer", "executive", 70, "", 5),
    ]
    table = WordTable.of(rows)

    def found(title: str) -> list[int]:
        return [match.row.line for match in table.find(words_of(title), frozenset({"for"}))]

    assert found("Service Desk Manager") == [3]
    assert found("front desk managers") == [2]
    assert found("intern manager") == [1]
    assert found("HR intern") == found("HR intern, sommer") == found("intern for HR") == [4]
    assert found("Chief Cheese Officer") == [5]
    assert found("Chief, Officer") == []


def test_learning_outweighs_a_rank_and_a_step_stands_for_the_head_alone() -> None:
    """A trainee in a manager's programme is a trainee; an assistant to directors is none."""
    assert explain_seniority("Management trainee, projektchef").value == "trainee"
    assert seniority_of("Sekretær for bestyrelsesformanden")[0] == "professional"
    assert seniority_of("Underviser af seniorkonsulenter")[0] == "professional"
