"""Who is one and who is not: small casts, written out."""

from __future__ import annotations

import pytest
from case_tables import cases
from generator import make_world

from summarizer.annotate import annotate
from summarizer.brief import Actor, ActorKind, Attribution, Brief, Citation, Cited, Event
from summarizer.dossier import Dossier
from summarizer.fuse import fuse
from summarizer.resolve.actors import resolve_actors
from summarizer.segment import segment
from summarizer.source import Document

CITED = (Citation(sentence=1, start=0, end=4, quote="Some", match="exact"),)
Told = tuple[str, ActorKind, str | None, str | None]


def actor(number: int, told: Told) -> Actor:
    name, kind, country, position = told
    return Actor(
        id=f"a{number}",
        kind=kind,
        name=name,
        aliases=(),
        rank=None,
        position=Cited(value=position, citations=CITED) if position else None,
        affiliation=None,
        country=country,
        labels=(),
        citations=CITED,
    )


def brief(id_: str, *told: Told, events: tuple[Event, ...] = ()) -> Brief:
    blank = make_world(1).briefs[0]
    return blank.model_copy(
        update={
            "document": blank.document.model_copy(update={"id": id_, "publisher": id_}),
            "actors": tuple(actor(number, one) for number, one in enumerate(told, 1)),
            "events": events,
            "pledges": (),
        }
    )


def one_each(*told: Told) -> Dossier:
    return fuse([brief(f"report-{number}", one) for number, one in enumerate(told)])


JOINED: dict[str, tuple[Told, ...]] = {
    "word order of a ministry": (
        ("Turkish Ministry of Defense", "government_body", "TUR", None),
        ("Turkish National Defence Ministry", "government_body", "TUR", None),
    ),
    "an adjective before an armed group": (
        ("Kurdish-led Syrian Democratic Forces (SDF)", "armed_group", None, None),
        ("Syrian Democratic Forces", "armed_group", None, None),
    ),
    "an acronym and its only bearer": (
        ("Syrian Democratic Forces (SDF)", "armed_group", None, None),
        ("SDF", "armed_group", None, None),
    ),
    "initials": (
        ("Islamic Revolutionary Guard Corps", "military", "IRN", None),
        ("IRGC", "military", None, None),
    ),
    "a state by code": (
        ("Ivory Coast", "state", "CIV", None),
        ("Côte d’Ivoire", "state", "CIV", None),
    ),
    "spellings of a state without code": (
        ("Türkiye", "state", None, None),
        ("Turkey", "state", None, None),
    ),
    "a person whose country one report leaves out": (
        ("Volodymyr Zelensky", "person", "UKR", None),
        ("Volodymyr Zelenskyy", "person", None, None),
    ),
    "a family name with country and office": (
        ("Boris Pistorius", "person", "DEU", "Defense Minister"),
        ("Pistorius", "person", "DEU", "German Defence Minister"),
    ),
}

APART: dict[str, tuple[Told, ...]] = {
    "ministries of unknown countries": (
        ("Ministry of Defense", "government_body", None, None),
        ("Defense Ministry", "government_body", None, None),
    ),
    "ministries of two countries": (
        ("Ministry of Defense", "government_body", "TUR", None),
        ("Ministry of Defense", "government_body", "SYR", None),
    ),
    "three groups": (
        ("SDF", "armed_group", None, None),
        ("YPG", "armed_group", None, None),
        ("PKK", "armed_group", None, None),
    ),
    "one acronym, two bodies": (
        ("Syrian Democratic Forces (SDF)", "armed_group", None, None),
        ("Self-Defense Fleet (SDF)", "military", "JPN", None),
    ),
    "branches in two countries": (
        ("Afghan Taliban", "armed_group", None, None),
        ("Pakistani Taliban", "armed_group", None, None),
    ),
    "armies that share their words": (
        ("Syrian Arab Army", "military", "SYR", None),
        ("Free Syrian Army", "armed_group", "SYR", None),
        ("Syrian National Army", "armed_group", "SYR", None),
    ),
    "states that share their skeleton": (
        ("Niger", "state", None, None),
        ("Nigeria", "state", None, None),
        ("Mali", "state", None, None),
        ("Malawi", "state", None, None),
    ),
    "a first name that is a family name": (
        ("Assad al-Shaibani", "person", "SYR", "Foreign Minister"),
        ("Bashar al-Assad", "person", "SYR", "President"),
    ),
    "namesakes of two countries": (
        ("Ali Hassan", "person", "IRQ", None),
        ("Ali Hassan", "person", "LBN", None),
    ),
    "brothers in one office": (
        ("Fidel Castro", "person", "CUB", "President"),
        ("Raúl Castro", "person", "CUB", "President"),
    ),
    "unnamed officials": (
        ("a senior official", "person", "USA", None),
        ("a senior official", "person", "USA", None),
    ),
    "a family name without support": (
        ("Boris Pistorius", "person", "DEU", "Defense Minister"),
        ("Pistorius", "person", None, None),
    ),
}


@pytest.mark.parametrize("told", JOINED.values(), ids=JOINED.keys())
def test_one_actor(told: tuple[Told, ...]) -> None:
    dossier = one_each(*told)
    assert len(dossier.actors) == 1
    assert dossier.actors[0].why_merged


@pytest.mark.parametrize("told", APART.values(), ids=APART.keys())
def test_actors_stay_apart(told: tuple[Told, ...]) -> None:
    assert len(one_each(*told).actors) == len(told)


def read(id_: str, text: str) -> Brief:
    document = Document(text)
    book = resolve_actors(annotate(document, segment(document)), (), add_found=True)
    return brief(id_).model_copy(update={"actors": book.actors})


def record(dossier: Dossier, document: str, name: str) -> str:
    return next(
        actor.id
        for actor in dossier.actors
        for spelling in actor.spellings
        if spelling.text == name and document in spelling.documents
    )


@pytest.mark.parametrize("row", [*cases("people")])
def test_two_reports_name_one_or_two(row: dict[str, str]) -> None:
    dossier = fuse([read("first", row["first report"]), read("second", row["second report"])])
    found = {
        record(dossier, report, row[f"name in the {report}"]) for report in ("first", "second")
    }
    assert len(found) == {"one": 1, "two": 2}[row["records"]]


def test_a_family_name_of_two_bearers_is_nobodys() -> None:
    dossier = one_each(
        ("Bashar al-Assad", "person", "SYR", None),
        ("Maher al-Assad", "person", "SYR", None),
        ("Assad", "person", "SYR", None),
    )
    assert len(dossier.actors) == 3


def test_a_pair_without_enough_support_is_left_to_the_user() -> None:
    dossier = one_each(
        ("Boris Pistorius", "person", "DEU", "Defense Minister"),
        ("Pistorius", "person", None, None),
    )
    assert [pair.verdict for pair in dossier.doubtful] == ["undecided"]


def told_event(realis: str, kind: str = "own_voice", speaker: str | None = None) -> Event:
    event = make_world(1).briefs[0].events[0]
    attribution = Attribution.model_validate(
        {"kind": kind, "speaker": speaker, "via": None, "hedge": [], "citations": CITED}
    )
    return event.model_copy(
        update={"realis": realis, "attribution": attribution, "participants": ()}
    )


@pytest.mark.parametrize(
    ("events", "want"),
    [
        ([told_event("actual")], 6),
        ([told_event("actual", "official_statement", "the ministry")], 2),
        ([told_event("actual", "unnamed_official", "officials")], 3),
        ([told_event("actual"), told_event("denied")], 5),
        ([told_event("actual", "media_report", "Reuters")] * 2, 3),
    ],
    ids=["one report", "official", "unnamed officials", "denied", "one agency twice"],
)
def test_credibility_follows_the_rules(events: list[Event], want: int) -> None:
    dossier = fuse([brief(f"report-{n}", events=(event,)) for n, event in enumerate(events)])
    assert [event.credibility.grade for event in dossier.events] == [want]
