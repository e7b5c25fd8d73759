"""On what terms a supply is told of: each from the word that opens it to the end of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from reading import read, span_of, words_at

from summarizer.annotations import Reading
from summarizer.resolve.terms import (
    find_conditions,
    find_deployment,
    find_exclusions,
    find_purpose,
    find_values,
    governed_from,
    is_time_of_report,
)
from summarizer.source import Span


def words(find: Callable[[Reading], Iterable[Span]], text: str) -> list[str]:
    return words_at(text, list(find(read(text))))


PURPOSES = [
    ("Oslo sends boats to help patrol the coast, the ministry said.", "to help patrol the coast"),
    ("Oslo sends boats in order to deter pirates.", "in order to deter pirates"),
    ("Oslo sends boats aimed at piracy; nobody objected.", "aimed at piracy"),
    ("Oslo sends boats to Ghana.", None),
    ("Oslo sends boats to replace losses, Reuters reported.", "to replace losses"),
    ("Oslo sends boats to help curb piracy, excluding weapons.", "to help curb piracy"),
    ("Oslo sends boats to help curb piracy, pending approval.", "to help curb piracy"),
    ("Oslo sends boats to protect ports, cables and rigs.", "to protect ports, cables and rigs"),
    ("To help defend itself, Oslo sends boats to deter pirates.", "to deter pirates"),
]


@pytest.mark.parametrize(("text", "want"), PURPOSES, ids=[text for text, _ in PURPOSES])
def test_purpose_stands_behind_the_goods_and_ends_with_its_clause(
    text: str, want: str | None
) -> None:
    found = find_purpose(read(text), span_of("boats", text))
    assert (text[found.start : found.end] if found else None) == want


CONDITIONS = [
    ("Bern will sell tanks if parliament approves, the minister said.", ["if parliament approves"]),
    ("Oslo sends boats, pending parliamentary approval.", ["pending parliamentary approval"]),
    ("Oslo sends boats unless the deal changes.", ["unless the deal changes"]),
    ("Oslo sends boats on condition that they stay in port.",
     ["on condition that they stay in port"]),
    ("Subject to a licence, Oslo sends boats.", ["Subject to a licence"]),
    ("Rome sends boats in exchange for curbing migration.",
     ["in exchange for curbing migration"]),
    ("It will come as if from nowhere, even if late.", []),
    ("The offer stands until Friday.", []),
    ("Oslo sends boats.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_conditions_are_found_and_as_if_is_none(text: str, want: list[str]) -> None:
    assert words(find_conditions, text) == want


EXCLUSIONS = [
    ("Rome sends boats, excluding weapons.", ["excluding weapons"]),
    ("Rome sends boats but not missiles, the minister said.", ["but not missiles"]),
    ("The sale does not include ammunition.", ["does not include ammunition"]),
    ("Rome sends boats, except radars, in exchange for calm.", ["except radars"]),
    ("Rome sends boats.", []),
]


@pytest.mark.parametrize(("text", "want"), EXCLUSIONS, ids=[text for text, _ in EXCLUSIONS])
def test_exclusions_are_found(text: str, want: list[str]) -> None:
    assert words(find_exclusions, text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Boats worth $40 million will come.", ["$40 million"]),
        ("Forty boats will come.", []),
    ],
)
def test_value_is_a_sum_of_money(text: str, want: list[str]) -> None:
    assert words(find_values, text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The boats will be stationed in Mombasa.", "Mombasa"),
        ("The guns are to be deployed along the border.", "the border"),
        ("The boats arrived in Mombasa.", None),
    ],
)
def test_deployment_is_where_goods_are_used_and_not_where_they_arrive(
    text: str, want: str | None
) -> None:
    place = find_deployment(read(text))
    assert (text[place.start : place.end] if place else None) == want


@pytest.mark.parametrize(
    ("text", "date", "want"),
    [
        ("Oslo announced on Tuesday that boats will come.", "Tuesday", True),
        ("On Tuesday, Oslo announced that boats will come.", "Tuesday", True),
        ("Boats will come in June, Oslo said on Tuesday.", "Tuesday", True),
        ("Boats will come in June, Oslo said on Tuesday.", "June", False),
        ("Oslo will deliver boats in June 2026.", "June 2026", False),
    ],
)
def test_the_day_of_an_announcement_is_no_delivery(text: str, date: str, want: bool) -> None:
    assert is_time_of_report(span_of(date, text), read(text)) == want


@pytest.mark.parametrize(
    ("text", "verb", "want"),
    [
        ("Oslo has pledged to provide boats.", "provide", "has pledged to provide"),
        ("Oslo is preparing to send boats.", "send", "is preparing to send"),
        ("Boats will not be sent.", "sent", "will not be sent"),
        ("Oslo sent boats.", "sent", "sent"),
        ("Ministers in Oslo sent boats.", "sent", "sent"),
    ],
)
def test_a_status_is_quoted_with_what_governs_it(text: str, verb: str, want: str) -> None:
    span = span_of(verb, text)
    assert text[governed_from(span, read(text)) : span.end] == want
