"""Who took part in an event and in which role; what the model named that is nobody."""

from __future__ import annotations

from typing import Any

import pytest
from claims_of import event, place_of, report_of

from summarizer.brief import Role
from summarizer.draft import EventKind
from summarizer.resolve.participants import find_participants, named_in, names_someone

Found = tuple[list[tuple[str, str]], list[tuple[str, str]]]


def participants(text: str, kind: EventKind, *names: Any) -> Found:
    report = report_of(text)
    found, rejections = find_participants(event(report, 1, kind, *names), kind, report)
    for one in found:
        assert [text[c.start : c.end] for c in one.citations] == [one.name]
    return [(p.name, p.role) for p in found], [(r.value, r.detail) for r in rejections]


MET = "Kenyan President William Ruto met Abiy Ahmed in Nairobi."
ROLES: list[tuple[str, EventKind, str, str, str, tuple[Role, Role]]] = [
    ("meeting", "meeting", MET, "William Ruto", "Abiy Ahmed", ("actor", "actor")),
    (
        "visit",
        "visit",
        "President William Ruto visited Dhaka.",
        "William Ruto",
        "Dhaka",
        ("visitor", "host"),
    ),
    (
        "agreement",
        "agreement",
        "Peru and Chile signed an accord.",
        "Peru",
        "Chile",
        ("signatory", "signatory"),
    ),
    (
        "warning",
        "warning",
        "Seoul warned Pyongyang of an answer.",
        "Seoul",
        "Pyongyang",
        ("speaker", "recipient"),
    ),
    (
        "arrest",
        "arrest",
        "Colombian troops arrested gunmen in Cali.",
        "Colombian troops",
        "gunmen",
        ("perpetrator", "victim"),
    ),
    (
        "strike",
        "strike",
        "Israel struck Hezbollah near Tyre.",
        "Israel",
        "Hezbollah",
        ("perpetrator", "victim"),
    ),
    (
        "other kinds",
        "release",
        "Chad released rebels.",
        "Chad",
        "rebels",
        ("actor", "recipient"),
    ),
]


@pytest.mark.parametrize(
    ("kind", "text", "who", "to_whom", "roles"),
    [row[1:] for row in ROLES],
    ids=[row[0] for row in ROLES],
)
def test_the_kind_gives_the_roles(
    kind: EventKind, text: str, who: str, to_whom: str, roles: tuple[Role, Role]
) -> None:
    found, rejections = participants(text, kind, [who], [to_whom])
    assert found == [(who, roles[0]), (to_whom, roles[1])]
    assert rejections == []


@pytest.mark.parametrize(
    ("text", "kind", "want"),
    [
        ("Peru and Chile signed an accord in Lima.", "agreement", ["Peru", "Chile"]),
        (MET, "meeting", ["William Ruto", "Abiy Ahmed"]),
        ("Peru and Chile struck Bolivia.", "strike", []),
    ],
)
def test_who_met_or_signed_is_found_even_if_unnamed(
    text: str, kind: EventKind, want: list[str]
) -> None:
    assert [name for name, _ in participants(text, kind)[0]] == want


def test_whom_they_talk_about_takes_no_part() -> None:
    text = "India and Nepal held talks to discuss the role of China and Russia."
    assert participants(text, "talks", ["India"], ["Nepal"]) == (
        [("India", "actor"), ("Nepal", "actor")],
        [],
    )
    found, rejections = participants(text, "talks", ["India", "Nepal"], ["China"])
    assert [name for name, _ in found] == ["India", "Nepal"]
    assert [value for value, _ in rejections] == ["China"]


@pytest.mark.parametrize("verb", ["brokered", "mediated"])
def test_a_mediator_is_no_signatory(verb: str) -> None:
    text = f"Armenia and Azerbaijan signed a ceasefire {verb} by the United States."
    assert participants(text, "ceasefire", ["Armenia", "Azerbaijan"])[0] == [
        ("Armenia", "signatory"),
        ("Azerbaijan", "signatory"),
        ("United States", "mediator"),
    ]


@pytest.mark.parametrize(
    ("text", "who", "want"),
    [
        (
            "NATO chief Mark Rutte met SDF commander Mazloum Abdi in Brussels.",
            ["NATO chief Mark Rutte", "SDF commander Mazloum Abdi"],
            ["Mark Rutte", "Mazloum Abdi"],
        ),
        (
            "President of Chad Mahamat Deby met Mark Rutte.",
            ["President of Chad Mahamat Deby", "Mark Rutte"],
            ["Mahamat Deby", "Mark Rutte"],
        ),
        ("NATO met Mark Rutte.", ["NATO", "Mark Rutte"], ["NATO", "Mark Rutte"]),
    ],
    ids=["titles in front", "title with of", "the body itself"],
)
def test_a_title_does_not_make_its_body_a_participant(
    text: str, who: list[str], want: list[str]
) -> None:
    assert [name for name, _ in participants(text, "meeting", who)[0]] == want


def test_one_actor_takes_part_once() -> None:
    text = "William Ruto met Ruto in Nairobi."
    assert participants(text, "meeting", ["William Ruto"], ["Ruto"])[0] == [
        ("William Ruto", "actor")
    ]


def test_a_pronoun_takes_part_as_whom_it_means() -> None:
    report = report_of("William Ruto landed in Juba. He warned of war.")
    (found,), _ = find_participants(event(report, 2, "warning", ["He"]), "warning", report)
    assert (found.name, found.actor, found.role) == ("He", "a1", "speaker")


@pytest.mark.parametrize("words", ["the port", "an answer", "war", "2,000 tonnes of wheat"])
def test_who_is_nobody_is_rejected(words: str) -> None:
    text = f"Seoul warned of the port, an answer, war and 2,000 tonnes of wheat; {words}."
    found, rejections = participants(text, "warning", ["Seoul"], [words])
    assert found == [("Seoul", "speaker")]
    assert rejections == [(words, f"“{words}” names no person, state, force or body")]


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("residents", True),
        ("three witnesses", True),
        ("the ministers", True),
        ("he", True),
        ("Mudavadi", True),
        ("the border", False),
        ("trade", False),
        ("", False),
        ("a very long clause that goes on and on about nothing at all of note", False),
    ],
)
def test_words_that_can_stand_for_people(words: str, want: bool) -> None:
    assert names_someone(words) == want


def test_named_in_keeps_to_its_span() -> None:
    report = report_of("Peru and Chile met Bolivia.")
    found = named_in(place_of(report, "Peru and Chile"), "actor", report)
    assert [p.name for p in found] == ["Peru", "Chile"]


def test_a_medium_that_reports_takes_no_part() -> None:
    text = "Peru and Chile signed an accord, Reuters said."
    assert [name for name, _ in participants(text, "agreement")[0]] == ["Peru", "Chile"]
