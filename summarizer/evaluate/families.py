"""Which PLOVER types (manual 2.0) the natural word for a gold event may be coded as."""

from __future__ import annotations

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
_BY_WORD = {word: family for words, family in _FAMILIES for word in words.split()}


def family_of(natural: str) -> frozenset[Plover] | None:
    """Return the PLOVER types that fit a natural word; None (any fits) for a word of no family.

    A statement or an assessment has no PLOVER type of its own, so any is right.
    """
    return _BY_WORD.get(natural)
