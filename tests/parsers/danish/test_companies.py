from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parsers.danish.companies import read_company


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Granit A/S, hvor hun", "Granit A/S"),
        ("it-firmaet Granit A/S i Odense", "Granit A/S"),
        ("den nationale klyngeorganisation Nordlys Tech.", "Nordlys Tech"),
        ("vikar- og rekrutteringsbureauet Birk og har", "Birk"),
        ("netBolt som konsulent", "netBolt"),
        ("3 som chef", "3"),
        ("Birk & Lund Partnere K/S.", "Birk & Lund Partnere K/S"),
        ("Birk og Co. i Vejle", "Birk og Co."),
        ("Institut for Vind i Aarhus", "Institut for Vind"),
        ("Granits nye afdeling", "Granit"),
        ("Granit' kontor i Vejle", "Granit"),
        ("Granit's BI-team", "Granit"),
        ("Nord Consulting Groups Innovations-team", "Nord Consulting Group"),
        ("Kom it med ansvar", "Kom it"),
        ("forsvaret, har", "forsvaret"),
        ("Kystkode A/S som", "Kystkode A/S"),
        ("Bank of Nord som", "Bank of Nord"),
        ("bolt A/S.", "bolt A/S"),
        ("Granit (Danmark) A/S har", "Granit (Danmark) A/S"),
        ("det digitale designbureau 1812, hvor", "1812"),
        ("Nord:Works og", "Nord:Works"),
        ("nor:data, har", "nor:data"),
        ("2B granit A/S i Horsens", "2B granit A/S"),
        ("Invest in Nordland.", "Invest in Nordland"),
        ("Nord Bank Corporates and Institutions.", "Nord Bank Corporates and Institutions"),
        ("Siemens Granit Software division som", "Siemens Granit Software"),
        ("Claudius Holm A/S' HR-afdeling", "Claudius Holm A/S"),
        ("Basalt Danmarks Software Group", "Basalt Danmark"),
        ("Danmarks Stenbank.", "Danmarks Stenbank"),
        ("søværnet. Han", "søværnet"),
        ("Test og måleteknikvirksomheden Granit Danmark har", "Granit Danmark"),
        ("superligaklubben Granit IF, salgschef", "Granit IF"),
        ("Nationalt Forum for Vinddata, der", "Nationalt Forum for Vinddata"),
        ("arbejdsstenstyrelsen. Han", "arbejdsstenstyrelsen"),
        ("Granit Pvt. Ltd. i Pune", "Granit Pvt. Ltd."),
    ],
)
def test_a_company_is_read_without_what_stands_around_it(text: str, name: str) -> None:
    """Descriptors, genitives and clauses fall away; legal forms, small and numbered brands stay."""
    company = read_company(text, 0)
    assert company is not None
    assert text[slice(*company.span)] == name


@pytest.mark.parametrize("text", ["kunder i hele landet", "en række firmaer", "", "hvor hun", "13 ugers praktik"])
def test_common_words_are_no_company(text: str) -> None:
    """Nothing is invented where no name stands."""
    assert read_company(text, 0) is None


def test_a_town_at_the_end_tells_the_branch() -> None:
    """The name "Granit Aarhus" is Granit, in Aarhus; "Dansk Center Copenhagen" keeps its English town."""
    company = read_company("Granit Aarhus som konsulent", 0)
    assert company is not None
    assert company.span == (0, 6)
    assert company.town == (7, 13)
    whole = read_company("Kvant Copenhagen.", 0)
    assert whole is not None
    assert whole.town is None


@given(st.text(max_size=120))
def test_any_text_gives_a_span_inside_it_or_none(text: str) -> None:
    """Whatever is read lies inside the text."""
    company = read_company(text, 0)
    assert company is None or 0 <= company.span[0] < company.span[1] <= len(text)
