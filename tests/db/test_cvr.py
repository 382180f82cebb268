"""Numbers of the business register: what is read, what is wrong, and how companies follow. The numbers are made up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.company_changes import merge, split
from db.cvr import WEIGHTS, Entry, Imported, check_number, import_entries, read_csv
from scraper.errors import FileUnreadable
from tests.db.conftest import Desk, hire

AT = datetime(2026, 2, 1, tzinfo=UTC)


def number(head: int) -> str:
    """The first right number that begins with these six digits."""
    for tail in range(100):
        digits = f"{head:06d}{tail:02d}"
        if sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11 == 0:
            return digits
    raise AssertionError(head)


ONE, TWO = number(123456), number(222222)


def imported(desk: Desk, *entries: tuple[str, str]) -> Imported:
    with desk.store.engine.begin() as connection:
        return import_entries(connection, [Entry(*entry) for entry in entries], at=AT, source="register.csv")


def companies(desk: Desk) -> list[tuple[str, str | None, str]]:
    return [tuple(row.values()) for row in desk.rows("SELECT name, cvr, names FROM companies ORDER BY id")]


@pytest.mark.parametrize("written", [ONE, f"DK{ONE}", f"DK {ONE[:2]} {ONE[2:4]} {ONE[4:6]} {ONE[6:]}", f" {ONE} "])
def test_a_number_as_it_is_written(written: str) -> None:
    """With its country, blanks, or neither."""
    assert check_number(written) == ONE


@pytest.mark.parametrize(
    "written", ["", "1234", "123456789", "abcdefgh", "00000000", ONE[:-1] + str((int(ONE[-1]) + 1) % 10)]
)
def test_a_wrong_number(written: str) -> None:
    """Too short, too long, no digits, or a wrong check digit."""
    with pytest.raises(ValueError, match="is no CVR number"):
        check_number(written)


def test_one_wrong_digit_is_found() -> None:
    """The check digit finds every slip in a single digit."""
    for place in range(8):
        for more in range(1, 10):
            wrong = ONE[:place] + str((int(ONE[place]) + more) % 10) + ONE[place + 1 :]
            with pytest.raises(ValueError, match="is no CVR number"):
                check_number(wrong)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_programs_write_them(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Any delimiter, UTF-8 or Windows letters, columns in any order, several names."""
    path = tmp_path / "register.csv"
    lines = [["Virksomhedsnavn", "By", "CVR-nummer", "Binavne"], ["Ålykke ApS", "Ry", ONE, "Alykke|Ålykke Data"], []]
    path.write_text("\r\n".join(delimiter.join(line) for line in lines), encoding=encoding)
    read = read_csv(path)
    assert read.entries == (Entry(ONE, "Ålykke ApS"), Entry(ONE, "Alykke"), Entry(ONE, "Ålykke Data"))
    assert read.wrong == ()


def test_wrong_rows_are_named_and_left_out(tmp_path: Path) -> None:
    """Each with its line and why; the others are read."""
    path = tmp_path / "register.csv"
    path.write_text(f'cvr,name\n{ONE},"Fjeldtop\nA/S"\n12345678,Kvarnbo\n{TWO},\n\n7,Tindeby\n{TWO},Rønbjerg\n')
    read = read_csv(path)
    assert read.entries == (Entry(ONE, "Fjeldtop A/S"), Entry(TWO, "Rønbjerg"))
    assert [(wrong.line, wrong.reason.split(":")[0]) for wrong in read.wrong] == [
        (4, "12345678 is no CVR number"),
        (5, f"CVR {TWO} has no name"),
        (7, "“7” is no CVR number"),
    ]


@pytest.mark.parametrize("text", ["", "name,town\nFjeldtop,Ry\n", f"cvr,town\n{ONE},Ry\n"])
def test_a_file_without_the_columns(tmp_path: Path, text: str) -> None:
    """It is refused with what its first line should be."""
    path = tmp_path / "register.csv"
    path.write_text(text)
    with pytest.raises(FileUnreadable) as told:
        read_csv(path)
    assert "cvr,name" in told.value.hint
    with pytest.raises(FileUnreadable, match="cannot be read"):
        read_csv(tmp_path / "none.csv")


def test_names_of_one_number_become_one_company(desk: Desk) -> None:
    """Though no rule would join them; names seen later too. A second import changes nothing."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Tindeby Regnskab"), hire("Ida Bro", "Kvarnbo"))
    entries = [(ONE, "Fjeldtop ApS"), (ONE, "Tindeby Regnskab"), (ONE, "Lyngbakken"), (TWO, "Rønbjerg")]
    done = imported(desk, *entries)
    assert (done.new, done.known, done.numbered, done.merged) == (4, 0, 1, ["Fjeldtop and Tindeby Regnskab"])
    desk.page(hire("Eva Bro", "Lyngbakken"), hire("Per Bro", "Rønbjerg"), identity="2")
    expected = [
        ("Fjeldtop", ONE, "Fjeldtop | Lyngbakken | Tindeby Regnskab"),
        ("Kvarnbo", None, "Kvarnbo"),
        ("Rønbjerg", TWO, "Rønbjerg"),
    ]
    assert companies(desk) == expected
    again = imported(desk, *entries)
    assert (again.new, again.known, again.merged, again.parted) == (0, 4, [], [])
    assert companies(desk) == expected
    reasons = desk.column("SELECT reason FROM company_decisions WHERE by_whom = 'cvr' ORDER BY id")
    assert reasons == [f"both names stand under CVR {ONE} in register.csv", f"both names stand under CVR {ONE}"]


def test_two_numbers_are_never_one_company_by_a_rule(desk: Desk) -> None:
    """What a rule had joined is parted, and new names keep to their number."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Fjeldtop Danmark"))
    done = imported(desk, (ONE, "Fjeldtop"), (TWO, "Fjeldtop Danmark"), (TWO, "Fjeldtop Gruppen"))
    assert done.parted == ["Fjeldtop and Fjeldtop Danmark"]
    desk.page(hire("Eva Bro", "Fjeldtop Gruppen"), identity="2")
    assert companies(desk) == [
        ("Fjeldtop", ONE, "Fjeldtop"),
        ("Fjeldtop Danmark", TWO, "Fjeldtop Danmark | Fjeldtop Gruppen"),
    ]


def test_a_name_of_several_numbers_decides_nothing(desk: Desk) -> None:
    """It is told, and companies stay as they are; also when the second number comes with a later file."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Kvarnbo"))
    done = imported(desk, (ONE, "Fjeldtop A/S"), (TWO, "Fjeldtop ApS"), (TWO, "Kvarnbo"))
    assert done.unclear == ["Fjeldtop A/S", "Fjeldtop ApS"]
    assert companies(desk) == [("Fjeldtop", None, "Fjeldtop"), ("Kvarnbo", TWO, "Kvarnbo")]


def test_what_a_person_decided_goes_before_the_register(desk: Desk) -> None:
    """Companies merged or split by hand stay so, and the import says which."""
    desk.page(hire(company="Fjeldtop"), hire("Bo Tværsted", "Kvarnbo"), hire("Ida Bro", "Tindeby"))
    desk.page(hire("Eva Bro", "Tindeby Danmark"), identity="2")
    with desk.store.engine.begin() as connection:
        merge(connection, "Fjeldtop", "Kvarnbo", at=AT)
        split(connection, "Tindeby", "Tindeby Danmark", at=AT)
    three = number(333333)
    done = imported(desk, (ONE, "Fjeldtop"), (TWO, "Kvarnbo"), (three, "Tindeby"), (three, "Tindeby Danmark"))
    assert done.kept == ["Fjeldtop", "Tindeby and Tindeby Danmark"]
    assert [(name, names) for name, _, names in companies(desk)] == [
        ("Fjeldtop", "Fjeldtop | Kvarnbo"),
        ("Tindeby", "Tindeby"),
        ("Tindeby Danmark", "Tindeby Danmark"),
    ]
