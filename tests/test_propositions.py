"""What records come to in plain words: the sentences that a reader is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import pytest
from claiming import Telling
from sample_briefs import hostile_brief, sample_brief

from summarizer.brief import Event, Pledge, PledgeStatus, Realis
from summarizer.draft.builtin import EventKind
from summarizer.language import table
from summarizer.propositions import Proposition, of_event, of_pledge, propositions

DEEDS = [
    # kind, realis, who, to whom, sentence; what it comes to
    ("strike", "actual", "Norland", "Sudoria", "Norland shelled Sudoria.",
     "Norland attacked Sudoria."),
    ("strike", "planned", "Norland", "Sudoria", "Norland will shell Sudoria.",
     "Norland will attack Sudoria."),
    ("strike", "denied", "Norland", "Sudoria", "Norland did not shell Sudoria.",
     "Norland did not attack Sudoria."),
    ("arrest", "hypothetical", "Norland", None, "Norland may arrest smugglers.",
     "Norland may arrest or prosecute somebody."),
    ("strike", "actual", None, "Sudoria", "Sudoria was shelled.", "Sudoria came under attack."),
    ("strike", "actual", None, None, "There was shelling at dawn.", "There was an attack."),
    ("meeting", "actual", "Norland", None, "Norland held a meeting.",
     "Norland took part in a meeting."),
]  # fmt: skip


def _event(kind: Any, realis: str, who: str | None, whom: str | None, text: str) -> Event:
    sides: dict[str, Any] = {"who": (who,) if who else (), "to_whom": (whom,) if whom else ()}
    (event,) = Telling(text).event(kind, realis=realis, **sides).resolved().events
    return event


def _main(told: Iterable[Proposition]) -> Proposition:
    return next(one for one in told if one.field in ("event", "items[0]"))


@pytest.mark.parametrize(("kind", "realis", "who", "whom", "text", "plain"), DEEDS, ids=str)
def test_an_event_in_plain_words(
    kind: str, realis: str, who: str | None, whom: str | None, text: str, plain: str
) -> None:
    assert _main(of_event(_event(kind, realis, who, whom, text))).text == plain


def test_the_rivals_of_a_deed_are_its_sides_swapped_and_its_denial() -> None:
    event = _event("strike", "actual", "Norland", "Sudoria", "Norland shelled Sudoria.")

    assert _main(of_event(event, rivals=True)).rivals == (
        "Sudoria attacked Norland.",
        "Norland did not attack Sudoria.",
    )


def test_sides_that_act_together_have_no_swapped_rival() -> None:
    telling = Telling("Norland and Sudoria signed an accord.")
    (event,) = telling.event("agreement", who=("Norland", "Sudoria")).resolved().events

    told = _main(of_event(event, rivals=True))
    assert told.text == "Norland and Sudoria took part in an agreement."
    assert told.rivals == ("Norland and Sudoria did not take part in an agreement.",)


def _pledge(status: str, text: str) -> Pledge:
    telling = Telling(text).pledge(
        "ten howitzers", status=status, supplier="Norland", recipient="Sudoria"
    )
    (pledge,) = telling.resolved().pledges
    return pledge


def test_a_supply_in_plain_words_and_its_rivals() -> None:
    pledge = _pledge("pledged", "Norland promised Sudoria ten howitzers.")
    told = _main(of_pledge(pledge, rivals=True))

    assert told.text == "Norland has promised or announced ten howitzers for Sudoria."
    assert told.rivals[0] == "Sudoria has promised or announced ten howitzers for Norland."
    assert "Norland has delivered ten howitzers to Sudoria." in told.rivals


def test_when_where_and_whose_word_are_statements_of_their_own() -> None:
    telling = Telling("Rebels stormed the base in Vesby on Friday, the Coast Herald reported.")
    telling.actor("Coast Herald", "media")
    (event,) = telling.event(
        "clash", who=("Rebels",), when="on Friday", where="Vesby", said_by="Coast Herald"
    ).events()

    texts = {one.field: one.text for one in of_event(event)}
    assert texts["date"] == "The time given for this is “on Friday”: Rebels fought or used force."
    assert texts["place"].startswith("The place given for this is “Vesby”: ")
    assert texts["attribution"].startswith("Coast Herald says so: ")


def test_a_pronoun_is_shown_with_whom_it_means() -> None:
    telling = Telling("General Kest met the rebels in Vesby. He shelled the port.")
    (event,) = telling.actor("Kest", "person").event("strike", sentence=2, who=("He",)).events()

    told = _main(of_event(event))
    assert (told.text, told.names) == ("Kest carried out an attack.", (("He", "Kest"),))
    assert told.sentences == (1, 2)


def test_every_kind_of_event_and_every_status_has_its_words() -> None:
    words = table("propositions")
    assert set(words["event"]) == set(get_args(EventKind))
    assert set(words["realis"]) == set(words["nobody"]) == set(get_args(Realis))
    assert set(words["pledge"]) == set(get_args(PledgeStatus))


@pytest.mark.parametrize("brief", [sample_brief(), hostile_brief()], ids=["sample", "hostile"])
def test_any_brief_comes_to_sentences(brief: Any) -> None:
    told = propositions(brief)

    assert {one.record for one in told} >= {event.id for event in brief.events}
    for one in told:
        assert one.text.endswith(".") or one.field == "summary"
        assert one.sentences


def test_braces_in_names_are_no_slots() -> None:
    event = _event("strike", "actual", "Norland", "Sudoria", "Norland shelled Sudoria.")
    sides = [p.model_copy(update={"name": "{do} {0} {who.x}"}) for p in event.participants]

    told = _main(of_event(event.model_copy(update={"participants": tuple(sides)})))

    assert told.text == "{do} {0} {who.x} attacked {do} {0} {who.x}."
