from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.resolve.attribution import find_attribution, kind_of_speaker

SENTENCES = """
According to Bloomberg, Türkiye plans to supply drones.
    media_report | Bloomberg | -
The Pentagon announced a $300 million package on Tuesday.
    official_statement | The Pentagon | -
Two Western diplomats told Reuters that the shipment had arrived.
    media_report | Reuters | Two Western diplomats
Officials say preliminary plans call for supplying the army.
    unnamed_official | Officials | -
SANA reported that strikes hit the port.
    state_media | SANA | -
On Friday, the Ministry of Defense announced on X that a general led a delegation.
    official_statement | the Ministry of Defense | -
Hakan Fidan, the foreign minister, said the deal was near.
    named_person | Hakan Fidan | -
At a joint press conference, Fidan said the SDF is pursuing an agenda.
    named_person | Fidan | -
The group has repeatedly violated the agreement, according to officials.
    unnamed_official | officials | -
The army shelled the village overnight.
    own_voice | - | -
Tanks were reportedly moved to the border.
    own_voice | - | -
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
He warned that patience had limits.
    named_person | He | -
TASS, citing the Defense Ministry, said two ships arrived.
    state_media | TASS | the Defense Ministry
The jets will be delivered next year, defence minister Boris Pistorius said on Monday.
    named_person | defence minister Boris Pistorius | -
Witnesses said gunmen stormed the market.
    party_claim | Witnesses | -
According to a report by the Institute for the Study of War, Russian forces advanced.
    analyst | a report by the Institute for the Study of War | -
A document seen by Der Spiegel lists 20 howitzers.
    media_report | Der Spiegel | -
Kenya's defence ministry confirmed the purchase of 118 vehicles.
    official_statement | Kenya's defence ministry | -
The Kyiv Independent reports the plan was scrapped.
    media_report | The Kyiv Independent | -
Local media reported that the convoy was ambushed.
    media_report | Local media | -
The foreign ministry in Khartoum accused the UAE of arming the RSF.
    official_statement | The foreign ministry in Khartoum | -
The ministers met in Lagos and signed a treaty.
    own_voice | - | -
Poland will buy tanks, Bloomberg reported Friday, citing Polish officials familiar with it.
    media_report | Bloomberg | Polish officials
“We will not stop,” said Prof. Ann Lee of the Center for Security in Oslo.
    analyst | Prof. Ann Lee of the Center for Security in Oslo | -
The raid was first reported by the state-run Xinhua news agency and shown on television.
    state_media | the state-run Xinhua news agency | -
Navy spokesman Rear Adm. Roy Trinidad told reporters in Manila that ships were near.
    official_statement | Navy spokesman Rear Adm. Roy Trinidad | -
The president said, according to Anadolu Agency.
    state_media | Anadolu Agency | The president
Norway has also pledged to provide 20 howitzers.
    own_voice | - | -
""".strip().splitlines()


@pytest.mark.parametrize(("text", "want"), tuple(zip(SENTENCES[::2], SENTENCES[1::2], strict=True)))
def test_speaker_and_source_are_kept_apart(text: str, want: str) -> None:
    found = find_attribution(text)
    words = [text[s.start : s.end] if s else "-" for s in (found.speaker, found.via)]
    assert " | ".join([found.kind, *words]) == want.strip()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Tanks were reportedly moved.", ["reportedly"]),
        ("Russia allegedly fired the missile.", ["allegedly"]),
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
    assert [text[h.start : h.end] for h in find_attribution(text).hedges] == want


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("Reuters", "media_report"),
        ("the Xinhua news agency", "state_media"),
        ("state television", "state_media"),
        ("three senior officials", "unnamed_official"),
        ("the Indian Navy", "official_statement"),
        ("Foreign Minister Penny Wong", "named_person"),
        ("Beijing", "official_statement"),
        ("an expert at RUSI", "analyst"),
        ("the Syrian Observatory for Human Rights", "party_claim"),
        ("leaked documents", "document"),
        ("she", "named_person"),
    ],
)
def test_kinds_of_speakers(words: str, want: str) -> None:
    assert kind_of_speaker(words) == want


@given(st.text() | st.text(alphabet="said told Reuters, according to A“”\u202e🚀"))
@settings(max_examples=200)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = find_attribution(text)
    for span in (found.speaker, found.via, *found.hedges):
        if span:
            assert 0 <= span.start < span.end <= len(text)
    assert (found.kind == "own_voice") == (found.speaker is None)


def test_hostile_lengths_do_not_hang() -> None:
    for text in ("said " * 10_000, "x, said " * 5_000, " " * 50_000, "according to " * 5_000):
        find_attribution(text)
