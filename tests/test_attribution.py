from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.annotations import Reading
from summarizer.resolve.attribution import attribution
from summarizer.resolve.citing import Citer
from summarizer.source import Document, Sentence, Span
from summarizer.speakers import kind_of_speaker, known_kind

SENTENCES = """
According to Bloomberg, Türkiye plans to supply drones.
    media_report | Bloomberg | -
The Pentagon announced a $300 million package on Tuesday.
    official_statement | The Pentagon | -
Two Western diplomats told Reuters that the shipment had arrived.
    media_report | Reuters | Two Western diplomats
Officials say preliminary plans call for supplying the army.
    unnamed_official | Officials | -
On Friday, the Ministry of Defense announced on X that a general led a delegation.
    official_statement | the Ministry of Defense | -
The US Department of Defense on Friday announced a sale.
    official_statement | The US Department of Defense | -
Hakan Fidan, the foreign minister, said the deal was near.
    named_person | Hakan Fidan, the foreign minister | -
The acting defence minister, Mullah Rahmatullah Safi, warned of a response.
    named_person | The acting defence minister, Mullah Rahmatullah Safi | -
At a joint press conference, Fidan said the SDF is pursuing an agenda.
    named_person | Fidan | -
Speaking in Ankara, he said the state is being rebuilt.
    named_person | he | -
The group has repeatedly violated the agreement, according to officials.
    unnamed_official | officials | -
Houthi rebels claimed responsibility for the attack.
    party_claim | Houthi rebels | -
Analysts caution that hurdles remain.
    analyst | Analysts | -
The Wall Street Journal reported that Washington approved the sale.
    media_report | The Wall Street Journal | -
A U.S. official, speaking on condition of anonymity, said the jets would leave in May.
    unnamed_official | A U.S. official | -
The spokesman also condemned the recent wave of strikes.
    official_statement | The spokesman | -
In a statement from the Kremlin, the deal was called final.
    official_statement | the Kremlin | -
Kyiv says Russia fired 40 drones.
    official_statement | Kyiv | -
TASS, citing the Defense Ministry, said two ships arrived.
    state_media | TASS | the Defense Ministry
Interfax quoted a source in the navy as saying the ship would arrive on Friday.
    media_report | Interfax | a source in the navy
The jets will be delivered next year, defence minister Boris Pistorius said on Monday.
    named_person | defence minister Boris Pistorius | -
The bridge had been closed, said a captain who asked not to be named.
    unnamed_official | a captain | -
“The pact must show full compliance with the rules it set,” a Defense Ministry source said.
    unnamed_official | a Defense Ministry source | -
Witnesses said gunmen stormed the market.
    party_claim | Witnesses | -
Rebels seized the town, a rebel spokesman and two aid workers said.
    party_claim | a rebel spokesman and two aid workers | -
According to a report by the Institute for the Study of War, Russian forces advanced.
    analyst | a report by the Institute for the Study of War | -
A document seen by Der Spiegel lists 20 howitzers.
    media_report | Der Spiegel | -
The Kyiv Independent reports the plan was scrapped.
    media_report | The Kyiv Independent | -
The foreign ministry in Khartoum accused the UAE of arming the RSF.
    official_statement | The foreign ministry in Khartoum | -
Poland will buy tanks, Bloomberg reported Friday, citing Polish officials familiar with it.
    media_report | Bloomberg | Polish officials
“We will not stop,” said Prof. Ann Lee of the Center for Security in Oslo.
    analyst | Prof. Ann Lee of the Center for Security in Oslo | -
The raid was first reported by the state-run Xinhua news agency and shown on television.
    state_media | the state-run Xinhua news agency | -
The drill had ended, per a Pentagon notice.
    official_statement | a Pentagon notice | -
The panel found that the drones had come from abroad.
    analyst | The panel | -
Survey data show that the toll has doubled.
    document | Survey data | -
The president said, according to Anadolu Agency.
    state_media | Anadolu Agency | The president
As Reuters reported last week, the sale was blocked.
    media_report | Reuters | -
NAIROBI (Test Agency) – Belarus on Wednesday denied supplying drones to Sudan.
    official_statement | Belarus | -
GEN. RYDER: We sent two more batteries.
    named_person | GEN. RYDER | -
Zelenskyy thanked Germany for the system.
    named_person | Zelenskyy | -
On Telegram, the governor of Belgorod, Vyacheslav Gladkov, wrote that two people were hurt.
    named_person | Vyacheslav Gladkov | -
The company promised that it would keep to the calendar.
    official_statement | The company | -
""".strip().splitlines()
UNATTRIBUTED = """
The army shelled the village overnight.
Tanks were reportedly moved to the border.
The ministers met in Lagos and signed a treaty.
Norway has also pledged to provide 20 howitzers.
The militia has not confirmed its losses.
Nobody has claimed the raid.
The ministry will announce the winner on Monday.
The governor gave no answer about the announced sale.
Oslo froze the sale, citing the same worries.
The ministry adds two ships to its fleet.
The toll could not be confirmed by this newspaper.
The work went according to plan.
The tanks, which Warsaw says are obsolete, will be replaced.
UPDATE: Three people were killed.
Q: Will the ships sail?
""".strip().splitlines()


def read(text: str) -> Reading:
    return annotate(Document(text), [Sentence(1, 0, len(text), text)]).readings[0]


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(("text", "want"), tuple(zip(SENTENCES[::2], SENTENCES[1::2], strict=True)))
def test_speaker_and_source_are_kept_apart(text: str, want: str) -> None:
    found = read(text).speech
    words = [text[s.start : s.end] if s else "-" for s in (found.speaker, found.via)]
    assert " | ".join([found.kind, *words]) == want.strip()


@pytest.mark.parametrize("text", UNATTRIBUTED)
def test_a_report_that_attributes_nothing_speaks_itself(text: str) -> None:
    assert (read(text).speech.kind, read(text).speech.speaker) == ("own_voice", None)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Tanks were reportedly moved.", ["reportedly"]),
        ("Russia allegedly fired the missile.", ["allegedly"]),
        ("The jets are expected to arrive soon.", ["expected to"]),
        ("The jets are said to be old.", ["said to"]),
        ("Ankara plans to supply jets.", ["plans to"]),
        ("Seoul may send shells, according to aides.", ["may", "according to"]),
        (
            "The claims could not be independently verified.",
            ["could not be independently verified"],
        ),
        ("A man, on condition of anonymity, spoke.", ["on condition of anonymity"]),
        ("They met in May.", []),
    ],
)
def test_hedges_are_found_as_they_stand(text: str, want: list[str]) -> None:
    assert [text[h.start : h.end] for h in read(text).speech.hedges] == want


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("Reuters", "media_report"),
        ("the Kenya Post", "media_report"),
        ("the Xinhua news agency", "state_media"),
        ("state television", "state_media"),
        ("Tehran's official Tasnim News Agency", "state_media"),
        ("the State Department media office", "official_statement"),
        ("three senior officials", "unnamed_official"),
        ("a local councillor", "unnamed_official"),
        ("a senior officer, Col. Bo Lee", "named_person"),
        ("the Indian Navy", "official_statement"),
        ("Taiwan's MND", "official_statement"),
        ("Army Gen. John Smith", "named_person"),
        ("the General Staff", "official_statement"),
        ("Foreign Minister Penny Wong", "named_person"),
        ("the president's office", "official_statement"),
        ("The IAEA's Rafael Grossi", "named_person"),
        ("Beijing", "official_statement"),
        ("The United States, a treaty ally", "official_statement"),
        ("an expert at RUSI", "analyst"),
        ("the Syrian Observatory for Human Rights", "party_claim"),
        ("a spokesman for Hamas", "party_claim"),
        ("leaked documents", "document"),
        ("she", "named_person"),
        ("Hadjo, a mother of six", "named_person"),
    ],
)
def test_kinds_of_speakers(words: str, want: str) -> None:
    assert kind_of_speaker(words) == want


@pytest.mark.parametrize("words", ["plan", "the same comments", "The deal", "Oduya"])
def test_words_that_show_no_kind_are_not_given_one(words: str) -> None:
    assert known_kind(words) is None


class Book(SimpleNamespace):
    """A book of actors where a description means what was named before."""

    def link(self, start: int, _: int) -> str | None:
        return next((n.actor for n in self.named if n.start == start), None)

    def antecedent(self, *_: int) -> str | None:
        return self.named[0].actor if self.named else None


def attributed(text: str, named: str = "", said_by: str = "") -> Any:
    reading = read(text)
    span = at(text, named)
    names = [SimpleNamespace(actor="a1", start=span.start, end=span.end)] if named else []
    cite = Citer(Document(text), [reading.sentence])
    return attribution(
        reading, at(text, said_by) if said_by else None, cast(Any, Book(named=names)), cite
    )


def test_whom_the_model_named_stands_and_the_parse_fills_the_rest() -> None:
    text = (
        "Kyiv will get tanks, Bloomberg reported, citing two aides, though Oslo warned of delays."
    )
    told = attributed(text)
    assert (told.kind, told.speaker, told.via) == ("media_report", "Bloomberg", "two aides")
    named = attributed(text, said_by="Oslo")
    assert (named.kind, named.speaker, named.via) == ("official_statement", "Oslo", "two aides")
    relayed = attributed(text, said_by="two aides")
    assert (relayed.kind, relayed.speaker, relayed.via) == ("unnamed_official", "two aides", None)


def test_a_part_of_a_name_is_of_the_kind_of_the_whole() -> None:
    text = "Jets are late, said Ann Lee, an analyst in Oslo."
    assert attributed(text, said_by="Ann Lee").kind == "analyst"


def test_a_pronoun_speaks_for_whom_it_means_and_both_are_cited() -> None:
    text = "The ministry met Oduya and it said the talks were over."
    told = attributed(text, named="The ministry", said_by="it")
    assert (told.kind, told.speaker) == ("official_statement", "The ministry")
    assert [c.quote for c in told.citations] == ["it", "The ministry"]


def test_a_sentence_without_a_speaker_is_cited_whole() -> None:
    told = attributed("The army shelled the village.")
    assert (told.kind, told.speaker) == ("own_voice", None)
    assert [c.quote for c in told.citations] == ["The army shelled the village."]


@given(st.text() | st.text(alphabet="said told Reuters, according to A“”():-–\u202e🚀"))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = read(text).speech
    for span in (found.speaker, found.via, *found.hedges):
        if span:
            assert 0 <= span.start < span.end <= len(text)
    assert (found.kind == "own_voice") == (found.speaker is None)


@pytest.mark.parametrize(
    "text", ["said " * 10_000, "x, said " * 5_000, " " * 50_000, "according to " * 5_000]
)
def test_hostile_lengths_do_not_hang(text: str) -> None:
    read(text)
