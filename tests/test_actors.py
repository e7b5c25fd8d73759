import json
import re
from pathlib import Path

import pytest
from case_tables import cases
from claiming import Telling
from hypothesis import given
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.brief import Actor, ActorKind
from summarizer.claims import ActorClaim
from summarizer.language.countries import country
from summarizer.language.words import fold
from summarizer.resolve import Resolved
from summarizer.resolve.actors import ActorBook, resolve_actors
from summarizer.segment import segment
from summarizer.source import Document, Span

ROOT = Path(__file__).parents[1]
GOLD = sorted(
    [*(ROOT / "corpus").glob("*.gold.json"), *Path(__file__).parent.glob("articles/*.gold.json")]
)
# What the rules alone reach over both sets (0.96 and 0.97); they may only rise.
RECALL_FLOOR, PRECISION_FLOOR = 0.95, 0.95


def book(text: str, *claims: ActorClaim) -> ActorBook:
    document = Document(text)
    return resolve_actors(annotate(document, segment(document)), claims, add_found=True)


def actor(text: str, name: str) -> Actor:
    return next(a for a in book(text).actors if a.name == name)


def forms(names: list[str]) -> set[str]:
    parts = [
        part
        for name in names
        for part in (re.sub(r"\(.*?\)", "", name), *re.findall(r"\((.*?)\)", name))
    ]
    words = (re.sub(r"[^a-z0-9]+", " ", fold(part)).replace(" s ", " ").split() for part in parts)
    return {" ".join(w for w in ws if w not in ("the", "a")) for ws in words} - {""}


def same(left: list[str], right: list[str]) -> bool:
    """Relaxed: a form in common, or one of two words or more inside another."""
    ours, theirs = forms(left), forms(right)
    return bool(ours & theirs) or any(
        len(min(x, y, key=len).split()) > 1
        and f" {min(x, y, key=len)} " in f" {max(x, y, key=len)} "
        for x in ours
        for y in theirs
    )


def test_rules_alone_find_the_actors_of_the_gold_articles() -> None:
    wanted = met = found = right = 0
    for path in GOLD:
        gold = json.loads(path.read_text("utf-8")).get("actors")
        if gold is None or "dossier" in path.name:
            continue
        ours = [
            [a.name, *a.aliases]
            for a in book(
                path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes().decode()
            ).actors
        ]
        theirs = [[a["name"], *a["aliases"]] for a in gold]
        met += sum(any(same(t, o) for o in ours) for t in theirs)
        right += sum(any(same(t, o) for t in theirs) for o in ours)
        wanted, found = wanted + len(theirs), found + len(ours)
    assert wanted > 200
    assert met / wanted >= RECALL_FLOOR
    assert right / found >= PRECISION_FLOOR


def test_a_surname_joins_the_full_name() -> None:
    text = "Foreign Minister Hakan Fidan met Recep Tayyip Erdogan. Fidan said so. Erdogan agreed."
    assert [(a.name, a.aliases) for a in book(text).actors] == [
        ("Hakan Fidan", ("Fidan",)),
        ("Recep Tayyip Erdogan", ("Erdogan",)),
    ]


def test_a_shared_token_joins_nobody() -> None:
    text = (
        "Syrian Foreign Minister Assad al-Shaibani spoke. Bashar al-Assad fled. Assad said no."
        " Al-Shaibani left, al-Shaibani said."
    )
    people = {a.name: a.aliases for a in book(text).actors if a.kind == "person"}
    assert people == {
        "Assad al-Shaibani": ("Al-Shaibani", "al-Shaibani"),
        "Bashar al-Assad": ("Assad",),
    }


def test_a_surname_that_fits_two_persons_joins_neither() -> None:
    text = "President Donald Trump met Eric Trump. Trump said so."
    assert [(a.name, a.aliases) for a in book(text).actors] == [
        ("Donald Trump", ()),
        ("Eric Trump", ()),
    ]
    assert book(text).link(text.index("Trump said"), text.index(" said")) is None


def test_a_family_name_that_stands_first_is_the_short_form() -> None:
    assert actor("Kim Jong Un met them. Kim said so.", "Kim Jong Un").aliases == ("Kim",)


def test_a_nickname_joins_its_bearer() -> None:
    text = "Gen. Mohamed Hamdan Dagalo, widely known as Hemedti, left. Hemedti said so."
    assert actor(text, "Mohamed Hamdan Dagalo").aliases == ("Hemedti",)


def test_an_alias_that_is_an_object_is_not_the_subjects() -> None:
    assert (
        actor("Defense Minister Pedro Sánchez blamed alias Pablito.", "Pedro Sánchez").aliases == ()
    )


def test_a_state_has_its_metonyms_and_government_as_aliases() -> None:
    text = "Türkiye agreed. Ankara reiterated it. The Turkish government met in Ankara."
    state = actor(text, "Türkiye")
    assert (state.kind, state.country) == ("state", "TUR")
    assert state.aliases == ("Ankara", "Turkish government")


def test_a_state_that_is_only_a_place_is_no_actor() -> None:
    assert book("He was born in northern Syria and lives in Jordan.").actors == ()


def test_a_state_that_acts_by_its_forces_is_cited_by_those_words() -> None:
    state = book("Israeli air strikes killed ten people.").actors[0]
    assert (state.name, state.country, state.citations[0].quote) == ("Israel", "ISR", "Israeli")


def test_acronyms_join_their_long_form_and_groups_stay_three() -> None:
    text = (
        "The Kurdish Syrian Democratic Forces (SDF) agreed. The SDF is led by the"
        " People’s Protection Units (YPG). The YPG is close to the PKK."
    )
    assert [(a.name, a.aliases) for a in book(text).actors] == [
        ("Kurdish Syrian Democratic Forces", ("SDF",)),
        ("People’s Protection Units", ("YPG",)),
        ("PKK", ()),
    ]


def test_an_acronym_means_what_the_text_says_it_means() -> None:
    text = "The Sahel Dairy Foundation (SDF) paid. The SDF said so."
    assert actor(text, "Sahel Dairy Foundation").aliases == ("SDF",)


def test_one_ministry_under_several_names() -> None:
    text = (
        "The Turkish National Defense Ministry said so. The Syrian Ministry of Defense agreed."
        " The Turkish Ministry of Defense left."
    )
    names = {a.name: a.aliases for a in book(text).actors}
    assert names["Turkish National Defense Ministry"] == ("Turkish Ministry of Defense",)
    assert names["Syrian Ministry of Defense"] == ()


def test_labels_carry_their_speaker_only_when_quoted() -> None:
    text = "It hit the YPG terrorist group. “We hit the PKK terrorist group,” Fidan said."
    actors = {a.name: a for a in book(text).actors}
    assert [(x.text, x.speaker) for x in actors["YPG"].labels] == [("terrorist group", None)]
    assert [(x.text, x.speaker) for x in actors["PKK"].labels] == [("terrorist group", "Fidan")]


def test_affiliation_is_named_as_the_brief_names_it() -> None:
    text = "The Turkish Ministry of Defense met. Ministry spokesperson Zeki Akturk said so."
    affiliation = actor(text, "Zeki Akturk").affiliation
    assert affiliation is not None
    assert affiliation.value == "Turkish Ministry of Defense"
    assert affiliation.citations[0].quote == "Ministry"


def named(text: str, kind: str) -> list[tuple[str, ...]]:
    return [(a.name, *a.aliases) for a in book(text).actors if a.kind == kind]


def _states(form: str) -> str:
    """Return a state's code for any of its names, other words as they are."""
    state = country(form)
    return state.iso3 if state else fold(form).removeprefix("the ")


@pytest.mark.parametrize("row", [*cases("actors")])
def test_who_acts_and_which_names_are_nobody(row: dict[str, str]) -> None:
    found = {
        form: each.kind
        for each in book(row["sentence"]).actors
        for form in map(_states, (each.name, *each.aliases, each.country or ""))
        if form and (form != each.country or each.kind == "state")
    }
    for wanted in filter(None, row["actors"].split("; ")):
        names, _, kinds = wanted.partition(" = ")
        got = {found.get(_states(name)) for name in names.split("|")}
        assert got & set(kinds.split(" or ")), (wanted, found)
    for nobody in filter(None, row["nobody"].split("; ")):
        assert _states(nobody) not in found


def test_a_name_that_stands_for_nobody_twice_is_still_nobody() -> None:
    text = "Operation Iron Shield began on Monday. Operation Iron Shield ended in May."
    assert book(text).actors == ()


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Ukraine’s Ministry of Internal Affairs said so. Its Interior Ministry said more.",
            "government_body",
            [("Ministry of Internal Affairs", "Interior Ministry")],
        ),
        (
            "Myanmar’s military left. Later the army said that it would return.",
            "military",
            [("Myanmar’s military", "army")],
        ),
        ("Army spokesman Lt.-Col. Sani Umar said so.", "person", [("Sani Umar",)]),
    ],
)
def test_two_names_are_one_only_where_one_bearer_is_possible(
    text: str, kind: str, expected: list[tuple[str, ...]]
) -> None:
    assert named(text, kind) == expected


@pytest.mark.parametrize("row", [*cases("grouping")])
def test_a_report_has_as_many_people_as_it_names(row: dict[str, str]) -> None:
    want = sorted(sorted(person.split(", ")) for person in row["people"].split("; "))
    found = (a for a in book(row["text"]).actors if a.kind == "person")
    assert sorted(sorted([a.name, *a.aliases]) for a in found) == want


MODEL = (
    "Foreign Minister Hakan Fidan met the Syrian Democratic Forces (SDF) in Qamishli. Fidan said"
    " that the SDF and villagers agreed. Israel and Reuters were told."
)


def offered_in(text: str, *names: str) -> tuple[Actor, ...]:
    document = Document(text)
    claims = [ActorClaim(Span(text.index(n), text.index(n) + len(n)), "person") for n in names]
    return resolve_actors(annotate(document, segment(document)), claims, add_found=False).actors


def offered(*names: tuple[str, ActorKind]) -> ActorBook:
    document = Document(MODEL)
    claims = [
        ActorClaim(Span(MODEL.index(name), MODEL.index(name) + len(name)), kind)
        for name, kind in names
    ]
    return resolve_actors(annotate(document, segment(document)), claims, add_found=False)


def test_a_large_models_actors_are_the_only_ones_by_its_names_and_kinds() -> None:
    found = offered(("SDF", "military"), ("villagers", "other"), ("Fidan said"[:5], "person"))
    assert [(a.name, a.kind, a.aliases) for a in found.actors] == [
        ("Fidan", "person", ("Hakan Fidan",)),
        ("SDF", "military", ("Syrian Democratic Forces",)),
        ("villagers", "other", ()),
    ]
    assert found.actors[0].position is not None
    assert found.actors[0].position.value == "Foreign Minister"
    assert {n.actor for n in found.named} == {"a1", "a2", "a3"}


def test_what_a_large_model_leaves_out_is_no_actor() -> None:
    assert offered().actors == ()
    assert offered().named == ()


def met(text: str, party: str) -> Resolved:
    """Return what is resolved where a large model lists Peru alone, and has it meet *party*."""
    return (
        Telling(text)
        .actor("Peru", "state")
        .event("talks", who=("Peru",), to_whom=(party,))
        .resolved()
    )


@pytest.mark.parametrize(
    ("text", "party", "kind"),
    [
        ("Peru met Sudan’s army in Paris.", "Sudan’s army", "military"),
        ("Peru met Norwegian engineers in Paris.", "Norwegian engineers", "person"),
        ("Peru praised the parties to the conflict.", "the parties to the conflict", "other"),
        ("Peru met 13 allies and left.", "13 allies", "other"),
    ],
)
def test_whom_a_model_has_take_part_is_an_actor_though_it_did_not_list_them(
    text: str, party: str, kind: ActorKind
) -> None:
    found = met(text, party)
    name = party.removeprefix("the ")
    assert [(a.name, a.kind) for a in found.actors] == [("Peru", "state"), (name, kind)]
    assert [p.actor for p in found.events[0].participants] == ["a1", "a2"]


@pytest.mark.parametrize("party", ["more than 40 nations", "vigilant locals", "their forces"])
def test_who_is_only_counted_or_meant_takes_part_and_is_no_actor(party: str) -> None:
    found = met(f"Peru met {party} in Paris.", party)
    assert [a.name for a in found.actors] == ["Peru"]
    assert [p.actor for p in found.events[0].participants] == ["a1", None]


def test_a_description_is_one_party_and_not_the_people_in_it() -> None:
    party = "Norwegian engineers and Danish experts"
    names = [p.name for p in met(f"Peru met {party}.", party).events[0].participants]
    assert names == ["Peru", "Norwegian engineers", "Danish experts"]


def test_a_name_inside_a_description_is_an_actor_of_its_own() -> None:
    text = "It was condemned by Oman and a spokesperson for President Anna Kest."
    found = offered_in(text, "a spokesperson for President Anna Kest", "Anna Kest")
    assert [a.name for a in found] == ["a spokesperson for President Anna Kest", "Anna Kest"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "The Trade Council met on Monday. On Friday, Council added 11 firms.",
            "government_body",
            [("Trade Council", "Council")],
        ),
        (
            "The Trade Council and the Peace Council met. On Friday, Council added 11 firms.",
            "government_body",
            [("Trade Council",), ("Peace Council",)],
        ),
        (
            "Zorvai Airlines was banned on Monday. On Friday, Zorvai denied it.",
            "company",
            [("Zorvai Airlines", "Zorvai")],
        ),
        (
            "Zorvai Airlines and Zorvai Motors were sold. On Friday, Zorvai denied it.",
            "company",
            [("Zorvai Airlines",), ("Zorvai Motors",), ("Zorvai",)],
        ),
    ],
)
def test_a_short_name_is_of_the_only_body_that_bears_it(
    text: str, kind: str, expected: list[tuple[str, ...]]
) -> None:
    assert named(text, kind) == expected


TEXT = (
    "SDF commander Mazloum Abdi announced a deal with Damascus. He said the group agreed."
    " The Syrian Defense Ministry met Hakan Fidan and Yasar Guler. He left. The ministry and the"
    " two countries spoke."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("He said", "Mazloum Abdi"),
        ("the group", "SDF"),
        ("He left", None),  # Fidan or Guler
        ("The ministry", "Syrian Defense Ministry"),
        ("the two countries", None),
    ],
)
def test_pronouns_and_descriptions_mean_the_only_one_who_fits(words: str, name: str | None) -> None:
    found = book(TEXT)
    start = TEXT.index(words)
    end = start + len(words.split()[0] if words.startswith("He") else words)
    identifier = found.antecedent(start, end)
    assert next((a.name for a in found.actors if a.id == identifier), None) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SDF commander Mazloum Abdi", "Mazloum Abdi"),
        ("Damascus", "Syria"),
        ("Syrian Defense Ministry", "Syrian Defense Ministry"),
        ("a deal", None),
    ],
)
def test_link_finds_who_is_named_there(words: str, name: str | None) -> None:
    found = book(TEXT)
    start = TEXT.index(words)
    identifier = found.link(start, start + len(words))
    assert next((a.name for a in found.actors if a.id == identifier), None) == name
    assert found.link_text(words, 0) == (
        identifier if words != "SDF commander Mazloum Abdi" else None
    )


def test_a_claim_adds_whom_no_rule_found_and_fills_what_was_open() -> None:
    text = "The convoy of Zorvax was late. Hakan Fidan, foreign policy brain, said so."
    at = text.index("Zorvax")
    brain = text.index("foreign")
    found = book(
        text,
        ActorClaim(Span(at, at + 6), "company"),
        ActorClaim(Span(text.index("Hakan"), text.index(",")), "other", Span(brain, brain + 20)),
    ).actors
    assert [(a.name, a.kind) for a in found] == [("Zorvax", "company"), ("Hakan Fidan", "person")]
    assert found[1].position is not None
    assert found[1].position.value == "foreign policy brain"


@pytest.mark.parametrize(
    "words", ["armored vehicles", "August memorandum", "F-16", "Patriot", "Talks"]
)
def test_a_claim_of_no_name_is_dropped(words: str) -> None:
    text = f"{words} were mentioned."
    assert book(text, ActorClaim(Span(0, len(words)), "other")).actors == ()


@given(st.text(max_size=300))
def test_every_citation_is_the_sources_own_words(text: str) -> None:
    for each in book(text).actors:
        assert each.citations
        for citation in each.citations:
            assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_citation_of_the_articles_is_exact(path: Path) -> None:
    source = path.with_name(path.name.replace(".gold.json", ".txt"))
    if not source.exists():
        return
    text = source.read_bytes().decode()
    for each in book(text).actors:
        cited = [x for x in (each.rank, each.position, each.affiliation) if x] + list(each.labels)
        citations = [c for value in cited for c in value.citations] + list(each.citations)
        assert all(text[c.start : c.end] == c.quote for c in citations)


def test_air_at_the_end_of_a_heading_names_no_airline() -> None:
    assert [a.name for a in book("Norway Is Struck From the Air").actors] == ["Norway"]


SYLLABLES = "Bak Dor Fen Gul Hamst Jiv Kort Lem Mosk Nap Pard Quil Rost Sturn".split()


def test_thousands_of_names_do_not_hang() -> None:
    text = " ".join(
        f"President {SYLLABLES[i % 12]}{SYLLABLES[i % 11]} {SYLLABLES[i % 7]}en met."
        for i in range(1000)
    )
    assert len(book(text).actors) > 100
