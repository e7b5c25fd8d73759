"""The kind of an event stands on words of its sentence, and its code on the kind and the realis."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief import Plover, Realis
from summarizer.draft import EventKind
from summarizer.resolve.event_types import SPEECH, borne_out, kinds_in, plover

KINDS: tuple[EventKind, ...] = get_args(EventKind)

STANDS: list[tuple[EventKind, str, str]] = [
    ("meeting", "Ruto met Abiy in Nairobi.", "met"),
    ("visit", "A delegation toured the port.", "delegation"),
    ("talks", "The two sides held talks.", "talks"),
    ("talks", "The two ministers met.", "met"),
    ("phone call", "Macron spoke by phone with Tinubu.", "spoke by phone"),
    ("statement", "Lima said it was ready.", "said"),
    ("warning", "Seoul warned of an answer.", "warned"),
    ("accusation", "Kigali accused Kinshasa.", "accused"),
    ("denial", "Tehran denied it.", "denied"),
    ("request", "Kyiv asked for help.", "asked"),
    ("agreement", "Peru and Chile signed an accord.", "signed"),
    ("pledge", "Oslo vowed to help.", "vowed"),
    ("supply", "Oslo handed over boats.", "handed over"),
    ("approval", "The Senate cleared the sale.", "cleared"),
    ("sanctions", "London blacklisted two banks.", "blacklisted"),
    ("deployment", "Two frigates patrol the strait.", "patrol"),
    ("exercise", "The navies held drills.", "drills"),
    ("strike", "Jets bombed the depot.", "bombed"),
    ("clash", "Gunmen ambushed a convoy.", "ambushed"),
    ("arrest", "Police detained ten men.", "detained"),
    ("protest", "Farmers rallied in Lima.", "rallied"),
    ("withdrawal", "The brigade pulled back.", "pulled back"),
    ("ceasefire", "The truce holds.", "truce"),
    ("release", "Two hostages were freed.", "freed"),
    ("appointment", "He was sworn in.", "sworn in"),
    ("vote", "Senegal held an election.", "election"),
    ("report", "It was published by a think tank.", "published"),
]


@pytest.mark.parametrize(("kind", "text", "cue"), STANDS, ids=[f"{k}: {t}" for k, t, _ in STANDS])
def test_a_kind_stands_on_a_word_for_it_or_for_its_kin(
    kind: EventKind, text: str, cue: str
) -> None:
    found = borne_out(kind, text)
    assert found.cue is not None
    assert (found.kind, text[found.cue.start : found.cue.end]) == (kind, cue)


PUT_RIGHT: list[tuple[EventKind, str, EventKind]] = [
    ("vote", "The army shelled the town.", "strike"),
    ("meeting", "Police arrested ten men.", "arrest"),
    ("protest", "Lima said it was ready.", "statement"),
    ("strike", "Peru and Chile signed an accord.", "agreement"),
]


@pytest.mark.parametrize(("claimed", "text", "want"), PUT_RIGHT)
def test_the_words_decide_where_they_do_not_bear_out_the_model(
    claimed: EventKind, text: str, want: EventKind
) -> None:
    assert borne_out(claimed, text).kind == want


@pytest.mark.parametrize("kind", KINDS)
def test_without_any_word_no_kind_is_borne_out(kind: EventKind) -> None:
    found = borne_out(kind, "The weather was mild; metal shone.")
    assert (found.kind, found.cue) == (kind, None)


def test_background_tells_of_no_event_whatever_the_words() -> None:
    assert borne_out("background", "The army shelled the town.").cue is None


CODES: list[tuple[EventKind, Realis, int, Plover]] = [
    ("agreement", "actual", 2, "SUPPORT"),
    ("agreement", "planned", 2, "AGREE"),
    ("supply", "actual", 2, "AID"),
    ("supply", "planned", 2, "AGREE"),
    ("withdrawal", "actual", 1, "RETREAT"),
    ("withdrawal", "planned", 1, "CONCEDE"),
    ("exercise", "actual", 1, "MOBILIZE"),
    ("exercise", "actual", 2, "COOPERATE"),
    ("exercise", "planned", 2, "AGREE"),
    ("strike", "actual", 1, "ASSAULT"),
    ("strike", "planned", 1, "THREATEN"),
    ("sanctions", "denied", 1, "SANCTION"),
    ("warning", "planned", 1, "THREATEN"),
    ("statement", "planned", 1, "CONSULT"),
]


@pytest.mark.parametrize(("kind", "realis", "parties", "code"), CODES)
def test_plover_codes_follow_the_manual(
    kind: EventKind, realis: Realis, parties: int, code: Plover
) -> None:
    assert plover(kind, realis, parties) == code


def test_every_kind_has_a_code_and_speech_is_some_of_them() -> None:
    assert {plover(kind, "actual", 1) for kind in KINDS} <= set(get_args(Plover))
    assert set(KINDS) > SPEECH


@given(st.text(max_size=60) | st.lists(st.sampled_from(["met", "struck", "İ", "\u0301", "-"])).map(
    " ".join), st.sampled_from(KINDS))  # fmt: skip
def test_cues_are_words_of_any_text(text: str, kind: EventKind) -> None:
    for found in (borne_out(kind, text), *kinds_in(text)):
        if found.cue:
            assert 0 <= found.cue.start < found.cue.end <= len(text)
            assert text[found.cue.start : found.cue.end].strip()


def test_hostile_lengths_do_not_hang() -> None:
    for part in ("releases of the ", "fired ", "launched ", "named as ", "sign"):
        list(kinds_in(part * (80_000 // len(part))))
