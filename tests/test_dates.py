"""Dates: which words of a sentence are one, on which side of the report it lies, what it means."""

from __future__ import annotations

import re
from datetime import date

import pytest
from case_tables import cases
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read, span_of, words_at

from summarizer.annotate import annotate
from summarizer.annotations import Reading
from summarizer.dates import find_dates
from summarizer.language import table
from summarizer.resolve.dates import DateFound, date_at, is_edtf, resolve_date
from summarizer.resolve.dates.resolution import ABSOLUTE, RELATIVE
from summarizer.segment import segment
from summarizer.source import Document, Sentence

FRIDAY = date(2025, 10, 17)

FOUND = [
    ("In 1948, 1967 and 1973 the armies fought.", ["1948", "1967", "1973"]),
    ("Both drills of 2023/24 come in Q1 2026.", ["2023/24", "Q1 2026"]),
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
def test_dates_are_found_whole_and_nothing_else(text: str, want: list[str]) -> None:
    assert words_at(text, [d.span for d in find_dates(text)]) == want


@pytest.mark.parametrize(
    "text",
    [
        "M23, or the March 23 Movement, took the town of Sake.",
        "General June Park told reporters the drill was over.",
    ],
)
def test_a_month_in_a_name_is_no_date(text: str) -> None:
    assert read(text).dates == ()


# the sentence, a date in it, what it means in a report of Friday 17 October 2025 and how that is
# known, what it means in a report of no known day
MEANINGS = [
    ("Friday", "Friday", "2025-10-17", "relative", None),
    ("The army struck the depot on Friday.", "on Friday", "2025-10-17", "relative", None),
    ("Oslo said Thursday it will send tanks.", "Thursday", "2025-10-16", "relative", None),
    ("The talks will resume on Monday.", "Monday", "2025-10-20", "relative", None),
    ("The deal is expected to be signed on Monday.", "Monday", "2025-10-20", "relative", None),
    ("The delegation, due back soon, left Monday.", "Monday", "2025-10-13", "relative", None),
    ("last Friday", "last Friday", "2025-10-10", "relative", None),
    ("next Friday", "next Friday", "2025-10-24", "relative", None),
    ("yesterday", "yesterday", "2025-10-16", "relative", None),
    ("this week", "this week", "2025-10-13/2025-10-19", "relative", None),
    ("last week", "last week", "2025-10-06/2025-10-12", "relative", None),
    ("last month", "last month", "2025-09", "relative", None),
    ("earlier this month", "earlier this month", "2025-10", "relative", None),
    ("next year", "next year", "2026", "relative", None),
    ("over the weekend", "over the weekend", "2025-10-11/2025-10-12", "relative", None),
    ("in the coming weeks", "in the coming weeks", "2025-10-17/..", "relative", None),
    ("within weeks", "within weeks", "2025-10-17/..", "relative", None),
    ("within 48 hours", "within 48 hours", "2025-10-17/2025-10-19", "relative", None),
    ("over the past two years", "over the past two years", "2023-10-17/2025-10-17", "relative",
     None),
    ("in recent weeks", "in recent weeks", None, "none", None),
    ("three days ago", "three days ago", "2025-10-14", "relative", None),
    ("two weeks ago", "two weeks ago", "2025-10-03~", "relative", None),
    ("several months ago", "several months ago", None, "none", None),
    ("Deliveries start in two weeks.", "in two weeks", "2025-10-31~", "relative", None),
    ("March 10", "March 10", "2025-03-10", "inferred_year", "XXXX-03-10"),
    ("10 March", "10 March", "2025-03-10", "inferred_year", "XXXX-03-10"),
    ("He was killed on the 12th of December.", "12th of December", "2024-12-12", "inferred_year",
     "XXXX-12-12"),
    ("talks on October 20", "October 20", "XXXX-10-20", "explicit", "XXXX-10-20"),
    ("It will arrive on October 20.", "October 20", "2025-10-20", "inferred_year", "XXXX-10-20"),
    ("Oct. 11-12", "Oct. 11-12", "2025-10-11/2025-10-12", "inferred_year",
     "XXXX-10-11/XXXX-10-12"),
    ("December 30 to January 2", "December 30 to January 2", "2024-12-30/2025-01-02",
     "inferred_year", "XXXX-12-30/XXXX-01-02"),
    ("Friday 17 October", "Friday 17 October", "2025-10-17", "inferred_year", "XXXX-10-17"),
    ("Monday 17 October", "Monday 17 October", "XXXX-10-17", "explicit", "XXXX-10-17"),
    ("last December", "last December", "2024-12", "relative", None),
    ("since January", "since January", "2025-01/..", "inferred_year", None),
    ("by the end of the year", "by the end of the year", "../2025-12", "relative", None),
    ("last summer", "last summer", "2025-22", "relative", None),
    ("next spring", "next spring", "2026-21", "relative", None),
    ("mid-March", "mid-March", "2025-03-11~/2025-03-20~", "inferred_year", "XXXX-03"),
    ("the first half of next year", "the first half of next year", "2026-40", "relative", None),
    ("2025-10-17", "2025-10-17", "2025-10-17", "explicit", "2025-10-17"),
    ("Friday, Oct. 17, 2025", "Friday, Oct. 17, 2025", "2025-10-17", "explicit", "2025-10-17"),
    ("Friday, Oct. 18, 2025", "Friday, Oct. 18, 2025", None, "none", None),
    ("late 2024", "late 2024", "2024-09~/2024-12~", "explicit", "2024-09~/2024-12~"),
    ("2011", "2011", "2011", "explicit", "2011"),
    ("by the end of 2026", "by the end of 2026", "../2026-12", "explicit", "../2026-12"),
    ("by the second quarter of 2026", "by the second quarter of 2026", "../2026-06", "explicit",
     "../2026-06"),
    ("from 2022 to 2024", "from 2022 to 2024", "2022/2024", "explicit", "2022/2024"),
    ("the 1990s", "the 1990s", "199X", "explicit", "199X"),
    ("first quarter of 2026", "first quarter of 2026", "2026-33", "explicit", "2026-33"),
    ("summer of 2023", "summer of 2023", "2023-22", "explicit", "2023-22"),
    ("from January to March 2025", "from January to March 2025", "2025-01/2025-03", "explicit",
     "2025-01/2025-03"),
    ("17.10.2025", "17.10.2025", "2025-10-17", "explicit", "2025-10-17"),
    ("04/05/2025", "04/05/2025", None, "none", None),
    ("February 30", "February 30", None, "none", None),
    ("the same day", "the same day", None, "none", None),
    ("after the signing", "after the signing", None, "none", None),
    ("Production will double in H1 2025.", "H1 2025", "2025-40", "explicit", "2025-40"),
    ("It was signed on 2025/05/13.", "2025/05/13", "2025-05-13", "explicit", "2025-05-13"),
    ("Talks will resume on the 23rd, he said.", "the 23rd", "2025-10-23", "relative", None),
    ("Talks were held on the 23rd.", "the 23rd", "2025-09-23", "relative", None),
    ("The town fell the day before yesterday.", "yesterday", "2025-10-15", "relative", None),
    ("The unit arrived the week of June 3.", "June 3", "2025-06-02/2025-06-08", "inferred_year",
     None),
    ("It supplied rifles from 2015 to the present.", "2015", "2015/..", "explicit", "2015/.."),
    ("It enters into force on 1 January next year.", "1 January", "2026-01-01", "relative",
     "XXXX-01-01"),
    ("It collapsed on 17 June last year.", "17 June", "2024-06-17", "relative", "XXXX-06-17"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "edtf", "basis", "undated"),
    MEANINGS,
    ids=[f"{r[1]}-{r[0]}" for r in MEANINGS],
)
def test_dates_are_resolved_against_the_day_of_publication_only(
    text: str, words: str, edtf: str | None, basis: str, undated: str | None
) -> None:
    got = meaning(text, words, FRIDAY)
    assert (got.edtf, got.basis) == (edtf, basis)
    assert (got.anchor == "2025-10-17") == (basis in ("relative", "inferred_year"))
    assert meaning(text, words, None).edtf == undated


def meaning(text: str, words: str, published: date | None) -> DateFound:
    return resolve_date(date_at(span_of(words, text), read(text)), published=published)


@pytest.mark.parametrize("case", list(cases("dates")))
def test_dates_mean_what_a_reader_of_that_day_takes_them_for(case: dict[str, str]) -> None:
    reading = read(case["sentence"])
    if case["means"] == "no date":
        assert reading.dates == ()
        return
    words = date_at(span_of(case["words"], case["sentence"]), reading)
    assert words is not None
    got = resolve_date(words, published=date.fromisoformat(case["published"]))
    assert (got.edtf or "open") == case["means"]


@pytest.mark.parametrize(
    ("others", "url", "want"),
    [
        ("It was hit on 17/04/2024.", None, "2024-04-03"),
        ("It was hit on 04/17/2024.", None, "2024-03-04"),
        ("It was hit on 17/04/2024 and 04/17/2024.", "https://a.example.uk/", None),
        ("It was hit.", "https://news.example.co.uk/a", "2024-04-03"),
        ("It was hit.", "https://www.example.mil/a", "2024-03-04"),
        ("It was hit.", "https://www.example.com/a", None),
        ("It was hit on 04/17/2024.", "https://news.example.co.uk/a", "2024-03-04"),
    ],
)
def test_a_numeric_date_follows_its_text_and_outlet(
    others: str, url: str | None, want: str | None
) -> None:
    text = f"{others} The deal was signed on 03/04/2024."
    document = Document(text, url=url)
    words = annotate(document, segment(document)).readings[-1].dates[-1]
    assert resolve_date(words, published=None).edtf == want


def test_a_date_that_may_lie_on_either_side_stays_open() -> None:
    got = meaning("Oslo pledged to send 14 tanks on Monday.", "Monday", FRIDAY)
    assert (got.edtf, got.precision, got.basis) == (None, "day", "none")


def test_an_open_weekday_still_shows_its_precision() -> None:
    got = meaning("Oslo sent tanks on Friday.", "Friday", None)
    assert (got.edtf, got.precision, got.basis) == (None, "day", "none")


def test_words_that_name_no_date_stay_open() -> None:
    got = meaning("Oslo sent tanks after the signing.", "after the signing", FRIDAY)
    assert (got.edtf, got.precision, got.basis) == (None, "unknown", "none")


def test_a_year_that_a_model_offers_is_one() -> None:
    assert meaning("The IDEF 2025 fair opened.", "2025", None).edtf == "2025"


def test_every_form_has_a_rule_and_every_rule_a_form() -> None:
    assert {form.removeprefix("plain_") for form in table("dates")["forms"]} == {
        *ABSOLUTE,
        *RELATIVE,
    }


@pytest.mark.parametrize(
    ("text", "want"),
    [("2025-10-17", True), ("2024-09~/2024-12~", True), ("2025-13-45", False), ("", False)],
)
def test_edtf_is_checked(text: str, want: bool) -> None:
    assert is_edtf(text) == want


@given(
    st.text() | st.from_regex(re.compile(r"(?:[A-Za-z0-9 ,.–-]|March|Friday|20\d\d|the ){0,40}"))
)
@settings(max_examples=200)
def test_any_text_gives_true_spans_and_valid_or_open_dates(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end
        assert date_at(found.span, Reading(Sentence(1, 0, len(text), text), dates=(found,)))
        for published in (None, FRIDAY):
            got = resolve_date(found, published=published)
            assert got.edtf is None or is_edtf(got.edtf)
            years = re.findall(r"\d{4}", got.edtf or "")
            if published is None and not re.search(r"\d\d", text[found.span.start : end]):
                assert not years


@pytest.mark.parametrize("unit", [" ", "on the ", "March ", "the end of the "], ids=repr)
def test_long_hostile_text_is_read_in_linear_time(unit: str) -> None:
    def step(text: str) -> None:
        assert find_dates(text) == ()

    assert_linear(step, repeated(unit), 60_000)
