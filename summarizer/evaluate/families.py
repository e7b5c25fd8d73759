"""Which events are of one kind: by PLOVER type (manual 2.0), and by the natural words for them."""

from __future__ import annotations

from typing import Literal

from summarizer.brief import Plover

_FAMILIES: tuple[tuple[str, frozenset[Plover]], ...] = (
    ("request demand appeal call_for", frozenset({"REQUEST"})),
    (
        "visit meeting talks consultation press_conference call discussion mediation",
        frozenset({"CONSULT", "AGREE", "COOPERATE"}),
    ),
    (
        """sign_agreement agreement agreement_announced sale_approval approval vote ratification
        notification appointment memorandum contract""",
        frozenset({"SUPPORT", "AGREE", "COOPERATE", "CONSULT", "AID"}),
    ),
    (
        """pledge promise offer planned_delivery planned_training planned_sale announcement
        planned_deployment""",
        frozenset({"AGREE", "AID", "SUPPORT", "COOPERATE", "MOBILIZE"}),
    ),
    (
        "delivery alleged_delivery handover aid training donation",
        frozenset({"AID", "COOPERATE", "SUPPORT", "AGREE", "ACCUSE"}),
    ),
    ("warning threat ultimatum", frozenset({"THREATEN", "ACCUSE", "REQUEST"})),
    (
        "accusation condemnation criticism protest_note investigation",
        frozenset({"ACCUSE", "REJECT", "REQUEST"}),
    ),
    ("denial rejection refusal", frozenset({"REJECT", "ACCUSE"})),
    (
        "strike attack clash conflict battle shelling bombing raid ambush abduction killing",
        frozenset({"ASSAULT", "COERCE", "THREATEN", "ACCUSE"}),
    ),
    (
        "ceasefire truce withdrawal conditional_withdrawal release prisoner_exchange disarmament",
        frozenset({"RETREAT", "CONCEDE", "AGREE", "SUPPORT", "COOPERATE", "CONSULT"}),
    ),
    ("regime_change coup", frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST", "CONCEDE"})),
    ("exercise deployment mobilization", frozenset({"COOPERATE", "MOBILIZE", "AGREE", "CONSULT"})),
    (
        "cancellation suspension delay sanction expulsion embargo",
        frozenset({"SANCTION", "REJECT", "COERCE"}),
    ),
    ("arrest seizure blockade detention", frozenset({"COERCE"})),
    ("protest demonstration riot", frozenset({"PROTEST"})),
)
Kin = Literal["talk", "say", "agree", "violent", "coerce", "force"]

# Wider than PLOVER's types, and of the words themselves: annotators and models name events freely.
_KIN: tuple[tuple[Kin, str], ...] = (
    (
        "talk",
        """call phone_call meeting planned_meeting visit planned_visit talks negotiation
        consultation discussion mediation coordination diplomatic_effort summit hosting
        press_conference planned_decision""",
    ),
    (
        "say",
        """statement announcement report media_report assessment presentation publication
        press_conference background proposal consideration plan selection resolution order
        directive claim claim_of_responsibility request demand appeal call_for warning threat
        ultimatum accusation condemnation criticism protest_note investigation denial rejection
        refusal notification""",
    ),
    (
        "agree",
        """agreement sign_agreement agreement_announced deal memorandum contract approval
        sale_approval authorization ratification non_ratification treaty_withdrawal notification
        commitment pledge promise offer guarantee support cooperation planned_cooperation
        industrial_cooperation licensed_production planned_production programme_launch
        programme_decision founding launch acquisition procurement planned_sale planned_delivery
        planned_training supply delivery alleged_delivery handover aid donation facilitation delay
        suspension cancellation""",
    ),
    (
        "violent",
        """attack strike airstrike clash battle bombing shelling raid ambush assault offensive
        invasion intervention conflict violence killing abduction piracy casualty_report
        alleged_plot regime_change coup""",
    ),
    (
        "coerce",
        """sanction sanctions embargo expulsion ban arrest detention seizure blockade protest
        demonstration riot""",
    ),
    (
        "force",
        """deployment planned_deployment mobilization force_posture exercise training
        planned_training planned_start withdrawal conditional_withdrawal withdrawal_announcement
        ceasefire truce disarmament release prisoner_exchange evacuation displacement escape
        crossing flight accident appointment vote registration referendum""",
    ),
)
_BY_WORD = {word: family for words, family in _FAMILIES for word in words.split()}


def family_of(natural: str) -> frozenset[Plover] | None:
    """Return the PLOVER types that fit a natural word; None (any fits) for a word of no family.

    A statement or an assessment has no PLOVER type of its own, so any is right.
    """
    return _BY_WORD.get(natural)


def kin_of(natural: str) -> frozenset[Kin]:
    """Return the wide families of a natural word for an event; none for a word not listed."""
    word = "_".join(natural.split())
    return frozenset(family for family, words in _KIN if word in words.split())


def is_violent(natural: str) -> bool:
    """Whether a natural word tells of violence done."""
    return "violent" in kin_of(natural)
