from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.resolve.dates import find_dates, is_edtf, resolve_date, tense_at

FRIDAY = date(2025, 10, 17)

FOUND = [
    ("The talks in Lagos on October 12 and March 10-12 failed.", ["October 12", "March 10-12"]),
    ("On Friday the navy said; a day earlier it had not.", ["Friday", "a day earlier"]),
    ("It leaves Friday morning, late on Thursday or last Friday.",
     ["Friday morning", "late on Thursday", "last Friday"]),
    ("Deliveries follow within weeks or in the coming months.",
     ["within weeks", "in the coming months"]),
    ("over the next two years and during the past three months",
     ["over the next two years", "during the past three months"]),
    ("between March 3 and 5, from 2022 to 2024, 2022-23",
     ["between March 3 and 5", "from 2022 to 2024", "2022-23"]),
    ("The IDEF 2025 fair showed Mirage 2000 jets to 2000 troops, a force of 2000 men.", []),
    ("the 2015 deal, in 2011, Crimea’s 2014 annexation (2014)", ["2015", "2011", "2014", "2014"]),
    ("late 2024, early March, mid-March 2025", ["late 2024", "early March", "mid-March 2025"]),
    ("by the end of 2026, by the end of the year, by year-end",
     ["by the end of 2026", "by the end of the year", "by year-end"]),
    ("Oct. 11-12; Oct 11–12, 2025; 30 March to 2 April 2025",
     ["Oct. 11-12", "Oct 11–12, 2025", "30 March to 2 April 2025"]),
    ("three days ago, a couple of weeks ago, yesterday, the same day",
     ["three days ago", "a couple of weeks ago", "yesterday", "the same day"]),
    ("Q3 2026, the first quarter of 2026, last summer, this fall",
     ["Q3 2026", "the first quarter of 2026", "last summer", "this fall"]),
    ("since January, since at least 2019, until Friday, the early 2000s",
     ["since January", "since at least 2019", "until Friday", "the early 2000s"]),
    ("2025-10-17, 17.10.2025, Friday, Oct. 17, 2025, Fri, 17 Oct 2025",
     ["2025-10-17", "17.10.2025", "Friday, Oct. 17, 2025", "Fri, 17 Oct 2025"]),
    ("They may march on. March on the capital, 10,000 strong, may begin in May.", ["May"]),
    ("On March 10,000 rifles went missing; 2,024 were found.", []),
    ("at 10:15 on the 12th of October, May 3rd", ["the 12th of October", "May 3rd"]),
    ("within 48 hours, in two weeks’ time, over the weekend",
     ["within 48 hours", "in two weeks’ time", "over the weekend"]),
    ("FRIDAY, OCTOBER 17", ["FRIDAY, OCTOBER 17"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), FOUND, ids=[text[:30] for text, _ in FOUND])
def test_date_expressions_are_found_whole_and_nothing_else(text: str, want: list[str]) -> None:
    assert [mention.text for mention in find_dates(text)] == want


# expression, sentence, edtf and basis with the publication date, edtf without it
RESOLVED = [
    ("Friday", "", "2025-10-17", "relative", None),
    ("on Friday", "The army struck the depot on Friday.", "2025-10-17", "relative", None),
    ("Thursday", "Oslo said Thursday it will send tanks.", "2025-10-16", "relative", None),
    ("Monday", "The talks will resume on Monday.", "2025-10-20", "relative", None),
    ("Monday", "The deal is expected to be signed on Monday.", "2025-10-20", "relative", None),
    ("Monday", "The delegation, due back soon, left Monday.", "2025-10-13", "relative", None),
    ("last Friday", "", "2025-10-10", "relative", None),
    ("next Friday", "", "2025-10-24", "relative", None),
    ("yesterday", "", "2025-10-16", "relative", None),
    ("this week", "", "2025-10-13/2025-10-19", "relative", None),
    ("last week", "", "2025-10-06/2025-10-12", "relative", None),
    ("last month", "", "2025-09", "relative", None),
    ("earlier this month", "", "2025-10", "relative", None),
    ("next year", "", "2026", "relative", None),
    ("over the weekend", "", "2025-10-11/2025-10-12", "relative", None),
    ("in the coming weeks", "", "2025-10-17/..", "relative", None),
    ("within weeks", "", "2025-10-17/..", "relative", None),
    ("within 48 hours", "", "2025-10-17/2025-10-19", "relative", None),
    ("over the past two years", "", "2023-10-17/2025-10-17", "relative", None),
    ("in recent weeks", "", None, "none", None),
    ("three days ago", "", "2025-10-14", "relative", None),
    ("two weeks ago", "", "2025-10-03~", "relative", None),
    ("several months ago", "", None, "none", None),
    ("in two weeks", "Deliveries start in two weeks.", "2025-10-31~", "relative", None),
    ("March 10", "", "2025-03-10", "inferred_year", "XXXX-03-10"),
    ("10 March", "", "2025-03-10", "inferred_year", "XXXX-03-10"),
    ("12th of December", "He was killed on the 12th of December.", "2024-12-12", "inferred_year",
     "XXXX-12-12"),
    ("October 20", "talks on October 20", "XXXX-10-20", "explicit", "XXXX-10-20"),
    ("October 20", "It will arrive on October 20.", "2025-10-20", "inferred_year", "XXXX-10-20"),
    ("Oct. 11-12", "", "2025-10-11/2025-10-12", "inferred_year", "XXXX-10-11/XXXX-10-12"),
    ("December 30 to January 2", "", "2024-12-30/2025-01-02", "inferred_year",
     "XXXX-12-30/XXXX-01-02"),
    ("Friday 17 October", "", "2025-10-17", "inferred_year", "XXXX-10-17"),
    ("Monday 17 October", "", "XXXX-10-17", "explicit", "XXXX-10-17"),
    ("last December", "", "2024-12", "relative", None),
    ("since January", "", "2025-01/..", "inferred_year", None),
    ("by the end of the year", "", "../2025-12", "relative", None),
    ("last summer", "", "2025-22", "relative", None),
    ("next spring", "", "2026-21", "relative", None),
    ("mid-March", "", "2025-03-11~/2025-03-20~", "inferred_year", "XXXX-03"),
    ("the first half of next year", "", "2026-40", "relative", None),
    ("2025-10-17", "", "2025-10-17", "explicit", "2025-10-17"),
    ("Friday, Oct. 17, 2025", "", "2025-10-17", "explicit", "2025-10-17"),
    ("Friday, Oct. 18, 2025", "", None, "none", None),
    ("late 2024", "", "2024-09~/2024-12~", "explicit", "2024-09~/2024-12~"),
    ("2011", "", "2011", "explicit", "2011"),
    ("by the end of 2026", "", "../2026-12", "explicit", "../2026-12"),
    ("by the second quarter of 2026", "", "../2026-06", "explicit", "../2026-06"),
    ("from 2022 to 2024", "", "2022/2024", "explicit", "2022/2024"),
    ("the 1990s", "", "199X", "explicit", "199X"),
    ("first quarter of 2026", "", "2026-33", "explicit", "2026-33"),
    ("summer of 2023", "", "2023-22", "explicit", "2023-22"),
    ("from January to March 2025", "", "2025-01/2025-03", "explicit", "2025-01/2025-03"),
    ("17.10.2025", "", "2025-10-17", "explicit", "2025-10-17"),
    ("04/05/2025", "", None, "none", None),
    ("February 30", "", None, "none", None),
    ("the same day", "", None, "none", None),
    ("after the signing", "", None, "none", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "context", "edtf", "basis", "undated"),
    RESOLVED,
    ids=[f"{row[0]}-{row[1]}" for row in RESOLVED],
)
def test_expressions_resolve_against_the_publication_date_only(
    expression: str, context: str, edtf: str | None, basis: str, undated: str | None
) -> None:
    got = resolve_date(expression, published=FRIDAY, context=context)
    assert (got.edtf, got.basis) == (edtf, basis)
    assert (got.anchor == "2025-10-17") == (basis in ("relative", "inferred_year"))
    assert resolve_date(expression, published=None, context=context).edtf == undated


def test_an_open_weekday_still_shows_its_precision() -> None:
    got = resolve_date("Friday", published=None)
    assert (got.edtf, got.precision, got.basis) == (None, "day", "none")


@pytest.mark.parametrize(
    ("text", "want"),
    [("2025-10-17", True), ("2024-09~/2024-12~", True), ("2025-13-45", False), ("", False)],
)
def test_edtf_is_checked(text: str, want: bool) -> None:
    assert is_edtf(text) == want


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("The jets will be delivered on Friday.", "future"),
        ("The jets were delivered on Friday.", "past"),
        ("He said on Friday that jets will follow.", "past"),
        ("Talks on Friday", "none"),
        ("On Friday, troops crossed the border.", "past"),
    ],
)
def test_tense_is_that_of_the_nearest_verb(sentence: str, want: str) -> None:
    assert tense_at(sentence, "Friday") == want


@given(
    st.text() | st.from_regex(re.compile(r"(?:[A-Za-z0-9 ,.–-]|March|Friday|20\d\d|the ){0,40}"))
)
@settings(max_examples=200)
def test_any_text_gives_true_spans_and_valid_or_open_dates(text: str) -> None:
    end = 0
    for mention in find_dates(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
        for published in (None, FRIDAY):
            got = resolve_date(mention.text, published=published, context=text)
            assert got.edtf is None or is_edtf(got.edtf)
            years = re.findall(r"\d{4}", got.edtf or "")
            if published is None and not re.search(r"\d\d", mention.text):
                assert not years


def test_hostile_lengths_do_not_hang() -> None:
    for text in (" " * 50_000, "on the " * 10_000, "March " * 10_000, "the end of the " * 5_000):
        assert find_dates(text) == ()
