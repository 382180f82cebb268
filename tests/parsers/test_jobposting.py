"""JSON-LD of a page gives its job ads, as boards write them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers.jobposting import MAX_BLOCK, read_json_ld
from scraper.records import JobAd


def posting(**fields: Any) -> dict[str, Any]:
    return {"@type": "JobPosting", "title": "Udvikler", "hiringOrganization": {"name": "Granit Data A/S"}, **fields}


def one(*blocks: str) -> JobAd:
    ads, problems = read_json_ld(list(blocks), "https://www.example.dk/job/1")
    assert not problems
    assert len(ads) == 1
    return ads[0]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: node, lambda node: [node], lambda node: {"@graph": [{"@type": "WebPage"}, node]}, lambda node: [[{"a": {"b": [node]}}]],
        lambda node: {"@type": "WebPage", "mainEntity": node}, lambda node: {**node, "@type": ["Thing", "https://schema.org/JobPosting"]},
    ],
)  # fmt: skip
def test_a_posting_is_found_wherever_it_hangs(wrap: Any) -> None:
    """A posting alone, in an array, in a graph or deep in another object is the same ad."""
    ad = one(json.dumps(wrap(posting())))
    assert (ad.company, ad.title, ad.rule) == ("Granit Data A/S", "Udvikler", "jobposting")


@pytest.mark.parametrize(
    ("before", "after"),
    [("<!--", "-->"), ("//<![CDATA[\n", "\n//]]>"), ("/* <![CDATA[ */", "/* ]]> */"), ("\ufeff", ";"), ("", ",")],
)
def test_what_boards_wrap_around_json_is_taken_off(before: str, after: str) -> None:
    """Comments, CDATA marks and a closing semicolon around the JSON do no harm."""
    block = before + json.dumps(posting()) + after
    ads, _ = read_json_ld([block])
    assert len(ads) == (0 if after == "," else 1)


def test_raw_control_characters_and_trailing_commas_are_mended() -> None:
    """Line breaks and tabs inside strings, and a comma too many, are what boards write."""
    assert (
        one('{"@type":"JobPosting","title":"Ud\tvikler\n","hiringOrganization":"Granit Data A/S",}').title
        == "Ud vikler"
    )


def test_every_field_is_read() -> None:
    """Dates, place, kind of employment, identifier and address come out as they are meant."""
    ad = one(
        json.dumps(
            posting(
                title="R&amp;amp;D <b>Engineer</b>", datePosted="2026-03-02T00:00:00Z", validThrough="31-12-2026", employmentType=["FULL_TIME", "INTERN"],
                jobLocation=[{"address": {"addressLocality": "Odense"}}, {"address": [{"addressRegion": "Fyn", "addressLocality": "Nyborg"}]}, "Vejle"],
                identifier={"@type": "PropertyValue", "value": 77}, url="https://jobs.example.dk/77",
            )
        )
    )  # fmt: skip
    assert ad.title == "R&D Engineer"
    assert (ad.posted, ad.deadline) == (date(2026, 3, 2), date(2026, 12, 31))
    assert (ad.employment_type, ad.identifier, ad.region) == ("FULL_TIME, INTERN", "77", "Odense, Fyn, Vejle")
    assert ad.url == "https://jobs.example.dk/77"
    for name, (start, end) in ad.evidence.items():
        assert ad.text[start:end] == str(getattr(ad, name))


@pytest.mark.parametrize("given_date", ["0001-01-01", "9999-12-31", "2026-02-30", "soon", "", None, 7, {"a": 1}, True])
def test_a_deadline_that_means_none_is_none(given_date: Any) -> None:
    """The year 1, the year 9999 and nonsense are no deadline."""
    assert one(json.dumps(posting(validThrough=given_date))).deadline is None


def test_a_job_from_home_has_the_area_of_its_applicants() -> None:
    """A job without a place, done from home, is in the area that its applicants must live in."""
    node = posting(jobLocationType="TELECOMMUTE", applicantLocationRequirements={"@type": "Country", "name": "Danmark"})
    assert one(json.dumps(node)).region == "Danmark"


def test_an_ad_without_address_is_at_its_page_if_alone() -> None:
    """One ad on a page is found at the page's address; of several none is."""
    assert one(json.dumps(posting())).url == "https://www.example.dk/job/1"
    ads, _ = read_json_ld([json.dumps([posting(), posting(title="Tester")])], "https://www.example.dk/")
    assert [ad.url for ad in ads] == [None, None]


def test_a_broken_block_is_a_problem_and_the_others_are_read() -> None:
    """One block that is no JSON does not take the next one with it."""
    ads, problems = read_json_ld(["{", "", json.dumps(posting()), json.dumps(posting()), "x" * (MAX_BLOCK + 1)])
    assert [ad.title for ad in ads] == ["Udvikler"]
    assert [problem.code for problem in problems] == ["bad_json_ld", "bad_json_ld"]


def test_a_posting_without_title_or_employer_is_a_problem() -> None:
    """Half an ad is never an ad."""
    ads, problems = read_json_ld([json.dumps(posting(title="")), json.dumps(posting(hiringOrganization=None))])
    assert ads == []
    assert [problem.code for problem in problems] == ["incomplete_job_posting"] * 2


def test_json_nested_beyond_reason_ends() -> None:
    """A block of a hundred thousand brackets is a problem, not a crash."""
    _, problems = read_json_ld(["[" * 100_000 + "]" * 100_000])
    assert [problem.code for problem in problems] == ["bad_json_ld"]


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "name", "address", "value", "@graph"]), inner, max_size=3), max_leaves=8)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "title",
                "hiringOrganization",
                "jobLocation",
                "identifier",
                "url",
                "employmentType",
                "validThrough",
                "datePosted",
            ]
        ),
        JSON,
    )
)
@settings(max_examples=50, deadline=None)
def test_any_value_in_any_field_is_read(fields: dict[str, Any]) -> None:
    """Whatever a board puts into a field, there is no exception."""
    read_json_ld([json.dumps({**posting(), **fields})])
