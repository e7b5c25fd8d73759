"""Tell by the grammar of a sentence who supplies and who receives: to X, from X, X asked to buy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from summarizer.brief import ActorKind
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.antecedents import Named
from summarizer.source import Sentence, Span

PARTIES: frozenset[ActorKind] = frozenset(
    ("state", "government_body", "military", "armed_group", "igo", "company")
)
_GIVING = (
    r"suppl(?:y|ies|ied|ying)|send(?:s|ing)?|sent|giv(?:e|es|ing|en)|gave|provid(?:e|es|ed|ing)"
    r"|sell(?:s|ing)?|sold|equip(?:s|ped|ping)?|arm(?:s|ed|ing)?|offer(?:s|ed|ing)?|lend(?:s|ing)?"
    r"|grant(?:s|ed|ing)?|donat(?:e|es|ed|ing)|furnish(?:es|ed|ing)?|ship(?:s|ped|ping)?"
)
_TO = re.compile(
    rf"(?:\b(?:to|for|towards?|reach(?:ed|es)?|(?:arrived?|landed) in|delivered in|on behalf of)"
    rf"|\b(?:{_GIVING}))\s+(?:the\s+|its\s+ally\s+|neighbou?ring\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|by|made in|built by|supplier)\s+(?:the\s+)?$", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:according to|cit(?:es|ed|ing)|quot(?:es|ed|ing)|told)\s+(?:the\s+)?$", re.IGNORECASE
)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|urg(?:es?|ed|ing)|press(?:es|ed|ing)?|implor(?:es?|ed|ing)"
    r"|lobb(?:y|ies|ied|ying)|call(?:s|ed|ing)? on|appeal(?:s|ed|ing)? to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|and|,\s*and|&)\s*(?:the\s+)?")
_AND = re.compile(r"\s*(?:,\s*)?(?:and|&)\s+(?:the\s+)?")
_CLAUSE = re.compile(r"(?:\b(?:and|but|while|whereas)|;)\s+(?:the\s+)?$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s+(?:(?:also|meanwhile|later)\s+)?(?:will|would|has|had|have|is|was|are|were|may|could|said"
    r"|says|plans?|sent|gave|\w{2,12}ed)\b"
)
_NOT_A_PARTY = re.compile(
    r"\b(?:in|at|near|against|with|over|between|of|on|under)\s+(?:the\s+|north\w*\s+|south\w*\s+"
    r"|east\w*\s+|west\w*\s+)*$",
    re.IGNORECASE,
)
_ACQUIRING = re.compile(
    r"\b(?:request(?:s|ed|ing)?|ask(?:s|ed|ing)? (?:for|to buy|the)|order(?:s|ed|ing)?"
    r"|buy(?:s|ing)?|bought|purchas(?:e|es|ed|ing)|procur(?:e|es|ed|ing)|acquir(?:e|es|ed|ing)"
    r"|receiv(?:e|es|ed|ing)|t(?:akes?|ook|aking) (?:over|delivery)|obtain(?:s|ed|ing)?"
    r"|(?:seek(?:s|ing)?|sought|want(?:s|ed)?)(?! to avoid| to prevent)|accept(?:s|ed)?"
    r"|import(?:s|ed|ing)?|scrap(?:s|ped)? (?:an? |its |the )?(?:order|contract|purchase)"
    r"|cancel(?:s|led|ed)? (?:an? |its |the )?(?:order|contract|purchase))\b",
    re.IGNORECASE,
)
_FUNDED = re.compile(
    r"(?:million|billion|funds?|funding|money|[$€£][\d.,]+)\s+to\s+$", re.IGNORECASE
)
LONGEST_LIST = 20
"""Parties in a row that one preposition may govern."""
_Side = Literal["supplier", "recipient", "subject", "asked"]
_AID_FOR = re.compile(
    r"\b(?:support|aid|assistance|help|packages?|weapons|arms|equipment|deliver(?:y|ies)|sales?"
    r"|shipments?|supplies|supply)\s+(?:for|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Where suppliers and recipients are named."""

    supplier: tuple[Span, ...] = ()
    recipient: tuple[Span, ...] = ()


def parties_named(sentence: Sentence, cue: Span, book: ActorBook) -> Parties:
    """Return the parties that the grammar of *sentence* shows, *cue* being its verb.

    A recipient that the verb's own clause leaves open may stand in another: "Norway will send jets
    and Denmark will send tanks to Chad".
    """
    text = book.document.text
    mentions = [n for n in book.named if n.sentence == sentence.id and n.kind in PARTIES]
    own = Parties(*_by_grammar(text, sentence.start, cue, _in_clause(text, mentions, cue)))
    if own.recipient or not own.supplier:
        return own
    _, recipient = _by_grammar(text, sentence.start, cue, mentions)
    givers = {book.link(span.start, span.end) for span in own.supplier}
    return Parties(
        own.supplier, tuple(s for s in recipient if book.link(s.start, s.end) not in givers)
    )


def _in_clause(text: str, mentions: Sequence[Named], cue: Span) -> list[Named]:
    """Return the mentions of the clause of *cue*: "X will send jets | and Y will send tanks"."""
    opens = [
        mention.start
        for last, mention in pairwise(mentions)
        if _CLAUSE.search(text[max(0, mention.start - 15) : mention.start])
        and _ACTS.match(text, mention.end)
        and (
            not _AND.fullmatch(text, last.end, mention.start)
            or _side(text[max(0, last.start - 40) : last.start], False)
        )
    ]
    low = max((at for at in opens if at <= cue.start), default=0)
    high = min((at for at in opens if at > cue.start), default=len(text))
    return [n for n in mentions if low <= n.start < high]


def recipient_of_the_aid(before: int, book: ActorBook) -> Span | None:
    """Return the one party that the text up to *before* names as whom aid or arms are for."""
    text = book.document.text
    found = [
        n
        for n in book.named
        if n.kind in PARTIES
        and n.end <= before
        and _AID_FOR.search(text[max(0, n.start - 40) : n.start])
    ]
    return Span(found[-1].start, found[-1].end) if len({n.actor for n in found}) == 1 else None


def _by_grammar(
    text: str, start: int, cue: Span, mentions: Sequence[Named]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    sides = _sides(text, start, cue, mentions)
    supplier, recipient, subjects = sides["supplier"], sides["recipient"], sides["subject"]
    if sides["asked"]:
        supplier = supplier or sides["asked"]
        recipient = recipient or _coordinated(text, subjects)
    elif subjects:
        acquires = _acquires(text, subjects[-1].end, max(cue.end, subjects[-1].end) + 40)
        (recipient if acquires and not recipient else supplier).extend(
            _coordinated(text, subjects) if not supplier or acquires else ()
        )
    taken = {n.actor for n in recipient}
    return _spans(n for n in supplier if n.actor not in taken), _spans(recipient)


def _sides(text: str, start: int, cue: Span, mentions: Sequence[Named]) -> dict[_Side, list[Named]]:
    """Return whom the words before each mention make what; members of a list are the same."""
    sides: dict[_Side, list[Named]] = {
        "supplier": [],
        "recipient": [],
        "subject": [],
        "asked": [],
    }
    side: _Side | None = None
    for at, mention in enumerate(mentions):
        before = text[max(start, mention.start - 40) : mention.start]
        if _SAYS_SO.search(before) or not mention.naming:
            continue
        if not side or not _goes_with(text, sides[side][-1], mentions[at : at + LONGEST_LIST]):
            side = _side(before, mention.end <= cue.end)
        if side:
            sides[side].append(mention)
    return sides


def _side(before: str, is_early: bool) -> _Side | None:
    if _ASKED.search(before):
        return "asked"
    if _TO.search(before):
        return "recipient"
    if _FROM.search(before):
        return "supplier"
    return "subject" if is_early and not _NOT_A_PARTY.search(before) else None


def _goes_with(text: str, last: Named, following: Iterable[Named]) -> bool:
    """Tell whether the first of *following* goes on with a list: "to Chad, Niger and Mali"."""
    for mention in following:
        if _AND.fullmatch(text, last.end, mention.start):
            return not _ACTS.match(text, mention.end)
        if not _JOINED.fullmatch(text, last.end, mention.start):
            return False
        last = mention
    return False


def _acquires(text: str, start: int, end: int) -> bool:
    """Tell whether the verb takes rather than gives; money set aside to buy with is given."""
    return any(
        not _FUNDED.search(text[max(0, match.start() - 30) : match.start()])
        for match in _ACQUIRING.finditer(text, start, end)
    )


def _coordinated(text: str, subjects: list[Named]) -> list[Named]:
    """Return the last subject and those joined to it: "Norway and Denmark will send"."""
    joined = subjects[-1:]
    for earlier in reversed(subjects[:-1]):
        if not _JOINED.fullmatch(text, earlier.end, joined[0].start):
            break
        joined.insert(0, earlier)
    return joined


def _spans(mentions: Iterable[Named]) -> tuple[Span, ...]:
    seen: dict[str, Span] = {}
    for mention in mentions:
        seen.setdefault(mention.actor, Span(mention.start, mention.end))
    return tuple(seen.values())
