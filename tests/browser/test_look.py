"""The pages as a browser shows them: whole at two widths, quiet in the console, and usable with the keyboard alone."""

import json
import re
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Keys

import scraper.browser
from tests import chromium

PAGES = (
    "/ /search?q=nord /trends /trends/hires_by_month /trends/companies_hiring_most /company/1 /person/1 /move/2 /ad/1"
    " /data /data/moves /data/moves?_all=1 /data/company /data/move/1 /sql /sql?sql=SELECT+*+FROM+moves"
).split()
CSS = (Path(scraper.browser.__file__).parent / "static" / "look.css").read_text(encoding="utf-8")
FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"
needs_chromium = pytest.mark.skipif(not chromium.is_there(), reason=chromium.MISSING)


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests of this file."""
    with chromium.chromium() as driver:
        yield driver


@needs_chromium
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_says_nothing_and_asks_nobody_else(shown, browser, path, width):
    """No wider than the window, no word in the console, no request but to this server, light and dark."""
    for dark in (False, True):
        chromium.show_as(browser, width, 900, dark=dark)
        browser.get(shown.address + path)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width
        assert browser.get_log("browser") == []
        asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
        urls = [each["params"]["request"]["url"] for each in asked if each["method"] == "Network.requestWillBeSent"]
        urls = [url for url in urls if not url.startswith("chrome:")]
        assert urls
        assert not [url for url in urls if not url.startswith(shown.address)]


@needs_chromium
@pytest.mark.parametrize("path", ["/", "/data/moves", "/trends/hires_by_month", "/sql"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(shown, browser, path):
    """Tab goes through every link, field and button in order, each with an outline; the first leads past the menu."""
    chromium.show_as(browser, 1280, 900)
    browser.get(shown.address + path)
    there = browser.execute_script(
        f"return [...document.querySelectorAll({FOCUSABLE!r})].filter(e => e.checkVisibility()).length"
    )
    reached = []
    for _ in range(there + 3):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        number, outline, visible = browser.execute_script(
            "const e = document.activeElement, box = e.getBoundingClientRect();"
            f"return [[...document.querySelectorAll({FOCUSABLE!r})].indexOf(e), getComputedStyle(e).outlineStyle,"
            " box.width > 0 && box.bottom > 0 && box.top < innerHeight]"
        )
        if number < 0 or number in reached:
            break
        reached.append(number)
        assert outline != "none"
        assert visible
    assert reached == sorted(reached)
    assert len(reached) == there


@needs_chromium
def test_the_first_key_leads_past_the_menu(shown, browser):
    """Tab, Enter: the content has the focus."""
    chromium.show_as(browser, 1280, 900)
    browser.get(f"{shown.address}/trends")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.execute_script("return document.activeElement.textContent") == "Skip to the content"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return document.activeElement.id") == "main"


@needs_chromium
@pytest.mark.parametrize("typed", ["åk", "ÅKÆR", "aak"])
def test_search_finds_a_name_however_it_is_typed(shown, browser, typed):
    """From the front page with the keyboard alone: the field, the word, Enter, the first company."""
    chromium.show_as(browser, 390, 900)
    browser.get(shown.address + "/")
    browser.find_element("id", "q").send_keys(typed, Keys.ENTER)
    found = browser.find_element("css selector", ".found a")
    assert found.text == "Åkær Software ApS"
    found.send_keys(Keys.ENTER)
    assert browser.find_element("css selector", "h1").text == "Åkær Software ApS"


@needs_chromium
def test_a_plot_is_drawn_for_the_look_of_the_reader(shown, browser):
    """The image of a trend is there, and is another one in the dark and on a telephone."""
    seen = set()
    for width, dark in ((1280, False), (1280, True), (390, False), (390, True)):
        chromium.show_as(browser, width, 900, dark=dark)
        browser.get(f"{shown.address}/trends/hires_by_month")
        source, drawn = browser.execute_script(
            "const i = document.querySelector('.plot img'); return [i.currentSrc, i.complete && i.naturalWidth > 0]"
        )
        assert drawn
        seen.add(source)
    assert len(seen) == 4


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [("ink", ground) for ground in ("ground", "sheet", "sunk", "soft")] + [
    *(("quiet", ground) for ground in ("ground", "sheet", "sunk")),
    *(("accent", ground) for ground in ("ground", "sheet", "sunk", "soft")),
    *((state, ground) for state in ("good", "warn", "bad") for ground in (f"{state}-soft", "sheet")),
    ("ground", "accent"),
]
"""Letters and the ground they stand on: 4.5 to 1."""
SHAPES = [("edge", "sheet"), ("edge", "ground"), ("focus", "sheet"), ("focus", "ground"), ("bar", "sheet")]
"""Borders of fields, focus and bars: 3 to 1."""


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_the_colours_can_be_told_apart(look):
    """Contrast AA, in both looks."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[look]))
    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_the_look_takes_nothing_from_elsewhere():
    """No address of another site, no font to load, in any file of the look."""
    for file in (Path(scraper.browser.__file__).parent / "static").iterdir():
        text = re.sub(r"http://www\.w3\.org/2000/svg", "", file.read_text(encoding="utf-8"))
        assert not re.search(r"https?:|//\w|@import|@font-face", text), file
