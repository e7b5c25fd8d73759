"""Who wins where a model's claim and the words disagree: the one table of contradictions.

A claim stands unless a named contradiction speaks against it. A contradiction **vetoes** the value
(it goes to the rejections), **lowers** it (down the ladder of status or realis) or **flags** its
record as partly supported. None raises a value, moves it to another field, swaps sides or puts
other words in its place; that no listed word speaks for a value is no contradiction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any, Literal

from summarizer.annotations import Predicate, Reading
from summarizer.brief import Change, PledgeStatus, Plover, Realis, Rejection, RejectionKind, Role
from summarizer.claims import EventClaim, PledgeClaim
from summarizer.language import listed
from summarizer.resolve.anchors import event_anchors, is_transfer, pledge_anchor
from summarizer.resolve.items import not_goods
from summarizer.resolve.kinds import KINDS, SPEECH, kinds_of
from summarizer.resolve.refusal import refusal
from summarizer.resolve.report import Report
from summarizer.resolve.standing import is_direct, is_near, rung_of, says_more, undoes, undone
from summarizer.resolve.status import DELIVERED, RUNG_OF, is_above
from summarizer.source import Span

Effect = Literal["veto", "lower", "flag"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a value is contradicted, in plain words, and what is left of one that is lowered."""

    reason: str
    keeps: str = ""


Test = Callable[[Any, Any, Report], Finding | None]
"""Claim, value and report -> what speaks against the value."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a value: None when it was vetoed; the change or rejection that says why."""

    value: Any
    change: Change | None = None
    rejection: Rejection | None = None
    flagged: bool = False


def judge(record: RejectionKind, field: str, value: Any, claim: object, report: Report) -> Verdict:
    """Hold *value*, claimed for *field* of a *record*, against every contradiction of the table."""
    flagged = False
    for name, effect, test in _rules(record, field):
        finding = test(claim, value, report)
        if finding is None:
            continue
        if effect == "veto":
            words = report.words(value) if isinstance(value, Span) else str(value)
            return Verdict(None, rejection=refusal(record, field, words, finding.reason))
        if effect == "lower":
            change = Change(
                field=field,
                offered=value,
                kept=finding.keeps,
                by="policy",
                reason=f"{name}: {finding.reason}",
            )
            return Verdict(finding.keeps, change=change, flagged=flagged)
        flagged = True
    return Verdict(value, flagged=flagged)


@cache
def _rules(record: str, field: str) -> tuple[tuple[str, Effect, Test], ...]:
    return tuple(
        (name, effect, test) for fields, name, effect, test in POLICY[record] if field in fields
    )


# The contradictions, each with what it looks at. None of them looks a word up to let a claim pass.


def _realis_said(claim: EventClaim, value: Realis, report: Report) -> Finding | None:
    """All words that tell of the event make it less than the claim says."""
    anchors = event_anchors(claim, report)
    if not anchors or claim.kind in SPEECH:
        return None
    strongest = max(anchors, key=lambda p: _REAL.index(p.realis))
    if _REAL.index(value) <= _REAL.index(strongest.realis) or strongest.realis == "ongoing":
        return None
    return Finding(_by(strongest, report), strongest.realis)


_REAL: tuple[Realis, ...] = ("denied", "hypothetical", "planned", "ongoing", "actual")


def _status_undone(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """The words over the transfer call it off, refuse it or hold it up."""
    found = undone(claim, report)
    if found is None or not is_above(value, "unclear"):
        return None
    return Finding(_by(found.by, report), found.status)


def _status_denied(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    anchor = _telling(claim, report)
    if anchor is None or anchor.realis != "denied" or not is_above(value, "unclear"):
        return None
    if is_transfer(anchor) or is_direct(anchor, claim.items):
        return Finding(_by(anchor, report), "denied")
    # "Nothing has been decided on": what is denied is not the transfer.
    return Finding(_by(anchor, report), "unclear") if is_above(value, "discussed") else None


def _status_near(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """The deal is close, so there is none yet."""
    anchor = pledge_anchor(claim, report)
    if anchor is None or not is_above(value, "reported_planned"):
        return None
    near = is_near(anchor, report.annotations.of(anchor.sentence))
    return (
        Finding(f"the report calls the {anchor.lemma} no more than near", "discussed")
        if near
        else None
    )


def _telling(claim: PledgeClaim, report: Report) -> Predicate | None:
    """Return the anchor, unless its words undo what they are about but do not do so."""
    anchor = pledge_anchor(claim, report)
    if anchor is None or anchor.realis in ("actual", "ongoing"):
        return anchor
    return None if undoes(anchor, report.annotations.of(anchor.sentence)) else anchor


def _status_to_come(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """The goods are only planned or promised: they have not come."""
    anchor = _telling(claim, report)
    if anchor is None or anchor.realis != "planned" or value not in DELIVERED:
        return None
    if value == "partly_delivered" and says_more(claim, value, anchor, report):
        return None
    keeps = "reported_planned" if _is_intention(anchor, report) else "pledged"
    return Finding(_by(anchor, report), keeps)


def _status_open(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """The transfer is a condition, a possibility or a wish."""
    anchor = _telling(claim, report)
    if anchor is None or anchor.realis != "hypothetical" or not is_above(value, "offered"):
        return None
    if value == "approved" and _cause(anchor, report) == "can":
        return None  # who may, can
    asked = _cause(anchor, report) in listed("grammar", "promises", "requests")
    return Finding(_by(anchor, report), "requested" if asked else "discussed")


def _status_other_rung(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """The words tell of another step: an order, a licence, a request, and of nothing further."""
    anchor = pledge_anchor(claim, report)
    if anchor is None:
        return None
    rung = _rung(anchor, report)
    if rung is None or not is_above(value, rung):
        return None
    # "Promised 40 but delivered four": only all of them is contradicted.
    if value != "delivered" and says_more(claim, value, anchor, report):
        return None
    return Finding(_by(anchor, report), rung)


def _rung(anchor: Predicate, report: Report) -> PledgeStatus | None:
    """Return the most that *anchor* says: of what is to come, what the word over it says."""
    own = rung_of(anchor.lemma, nominal=anchor.nominal)
    if own in ("denied", "cancelled"):
        return None  # judged by what it is about
    if anchor.realis in ("actual", "ongoing"):
        return own
    cause = report.annotations.of(anchor.sentence).at(anchor.cause) if anchor.cause else ()
    over = cause[0] if cause else None
    if over is None or over.number == anchor.head:
        return None
    return rung_of(over.lemma, nominal=over.pos == "NOUN")


def _status_unsure(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """What happens to the transfer does not happen, or may not: "is not considering the sale"."""
    anchor = pledge_anchor(claim, report)
    if anchor is None or not is_above(value, "discussed"):
        return None
    reading = report.annotations.of(anchor.sentence)
    if value in DELIVERED and _telling(claim, report) is None:
        return Finding(_by(anchor, report), "unclear")  # "did not rule out the delivery"
    if anchor.nominal and value in DELIVERED:
        over = next(
            (p for p in reading.over(anchor) if p.realis not in ("actual", "ongoing")), None
        )
        if over:
            return Finding(_by(over, report), "unclear")
    if undoes(anchor, reading):
        return None  # "denied reports that it had been cancelled"
    silent = next((p for p in reading.predicates if _is_silent(p, anchor)), None)
    return Finding(_by(silent, report), "unclear") if silent else None


def _is_silent(speech: Predicate, anchor: Predicate) -> bool:
    """Tell whether somebody does not say it: "did not confirm that", "would not comment on"."""
    if speech.realis != "denied" or speech.lemma not in listed("grammar", "speech", "verbs"):
        return False
    about = any(a.head == anchor.head for a in speech.arguments)
    return (about or anchor.reported == speech.head) and speech.lemma != "deny"


def _status_intended(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """Whoever plans or expects has not promised; nor has he signed, if that is all that is said."""
    anchor = pledge_anchor(claim, report)
    if anchor is None or anchor.realis != "planned" or not _is_intention(anchor, report):
        return None
    beyond = value == "pledged" or (
        value in ("approved", "signed") and not _may_say(value, claim.status_words, report)
    )
    return Finding(_by(anchor, report), "reported_planned") if beyond else None


def _may_say(status: PledgeStatus, words: Span | None, report: Report) -> bool:
    """Tell whether the status may be said by *words*, or elsewhere where the model gave none."""
    if words is None:
        return True
    said = (p for p in report.reading(words).predicates if words.start <= p.words.start < words.end)
    return any(RUNG_OF.get(k) == status for p in said for k in kinds_of(p.lemma, p.nominal))


def _status_off_record(claim: PledgeClaim, value: PledgeStatus, report: Report) -> Finding | None:
    """A medium or unnamed people tell of what is to come: that is nobody's promise."""
    anchor = pledge_anchor(claim, report)
    if anchor is None or anchor.realis != "planned" or value != "pledged":
        return None
    said = report.attribution(claim.sentence, claim.said_by)
    if said.kind not in ("media_report", "state_media", "unnamed_official", "analyst"):
        return None
    return Finding(f"only {said.speaker or 'unnamed people'} says so", "reported_planned")


def _same_side(claim: EventClaim, value: Span, report: Report) -> Finding | None:
    """The same words, or the same actor, stand on the other side."""
    others = claim.who if isinstance(claim, EventClaim) else ()
    return _meets(value, others, report)


def _same_party(claim: PledgeClaim, value: Span, report: Report) -> Finding | None:
    return _meets(value, (claim.supplier,) if claim.supplier else (), report)


def _meets(value: Span, others: tuple[Span, ...], report: Report) -> Finding | None:
    actor = report.book.link(value.start, value.end)
    for other in others:
        same = report.words(other).casefold() == report.words(value).casefold()
        overlap = other.start < value.end and value.start < other.end
        linked = actor is not None and actor == report.book.link(other.start, other.end)
        if same or (linked and overlap):
            return Finding(f"“{report.words(value)}” is already the other side")
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """Someone's part in a claimed event."""

    claim: EventClaim
    span: Span


def _only_backs(part: Part, value: Role, report: Report) -> Finding | None:
    """Who helps or judges a deed has not done it: "with support from Oman", "Oman condemned it"."""
    if value != KINDS[part.claim.kind][1] or KINDS[part.claim.kind][0] not in _DEEDS:
        return None
    reading = report.annotations.of(part.claim.sentence)
    deeds = event_anchors(part.claim, report)
    word = next(filter(None, (_backing(part.span, deed, reading) for deed in deeds)), None)
    if word is None:
        return None
    return Finding(f"“{report.words(part.span)}” stands with “{word}”, not with the deed", "other")


def _backing(span: Span, deed: Predicate, reading: Reading) -> str | None:
    """Return the word by which *span* backs or judges *deed*."""
    head = reading.head_of(span)
    if head is None:
        return None
    words = listed("grammar", "stances", "words")
    about = [p for p in reading.over(deed) if p.lemma in words]
    if by := next((p for p in about if any(a.head == head.number for a in p.of("subject"))), None):
        return by.lemma
    # "Conducted strikes": who hangs on the verb hangs on the deed.
    doing = {deed.head, *(p.head for p in reading.over(deed) if p not in about)}
    above = [t for t in reading.above(head.number) if t != head]
    if not any(t.number in doing for t in above):
        return None
    between = takewhile(lambda t: t.number not in doing, above)
    return next((t.text for t in between if t.lemma in words), None)


_DEEDS: frozenset[Plover] = frozenset(("ASSAULT", "COERCE", "SANCTION"))


def _is_date(_: object, value: Span, report: Report) -> Finding | None:
    words = report.words(value)
    dates = report.dates(report.cite.sentence_at(value.start))
    inside = any(d.start <= value.start and value.end <= d.end for d in dates)
    return Finding(f"“{words}” is a date, nobody") if inside else None


def _is_dateline(_: object, value: Span, report: Report) -> Finding | None:
    reading = report.reading(value)
    where = reading.first > 0 and value.end <= reading.tokens[reading.first].start
    return Finding(f"“{report.words(value)}” is where the report was written") if where else None


def _only_relays(claim: EventClaim | PledgeClaim, value: Span, report: Report) -> Finding | None:
    """A medium that tells of it has no part in it."""
    if isinstance(claim, EventClaim) and claim.kind in (*SPEECH, "background"):
        return None
    speaker = report.annotations.of(claim.sentence).speech.speaker
    tells = speaker is not None and speaker.start < value.end and value.start < speaker.end
    actor = report.actor(report.book.link(value.start, value.end))
    if not tells or actor is None or actor.kind != "media":
        return None
    return Finding(f"“{report.words(value)}” only reports it")


def _no_goods(claim: PledgeClaim, value: Span, report: Report) -> Finding | None:
    why = not_goods(value, report.reading(value))
    return Finding(f"“{report.words(value)}” is {why[0]}, not equipment") if why else None


def _no_sum(_: object, value: Span, report: Report) -> Finding | None:
    digits = any(map(str.isdigit, report.words(value)))
    return None if digits else Finding(f"“{report.words(value)}” names no sum")


def _by(anchor: Predicate, report: Report) -> str:
    verb = report.words(anchor.words)
    cause = report.words(anchor.cause) if anchor.cause else verb
    if cause == verb or not anchor.cause:
        return f"the report says “{verb}”"
    return f"“{cause}” stands over “{verb}”"


def _cause(anchor: Predicate, report: Report) -> str:
    """Return the lemma of the word that makes *anchor* less than actual."""
    if anchor.cause is None:
        return ""
    tokens = report.annotations.of(anchor.sentence).at(anchor.cause)
    return tokens[0].lemma if tokens else ""


def _is_intention(anchor: Predicate, report: Report) -> bool:
    return _cause(anchor, report) in listed("grammar", "promises", "intentions")


Rule = tuple[tuple[str, ...], str, Effect, Test]

POLICY: dict[str, tuple[Rule, ...]] = {
    "event": (
        (("realis",), "the words say less", "lower", _realis_said),
        (("role",), "not the doer", "lower", _only_backs),
        (("who", "to_whom"), "date for a party", "veto", _is_date),
        (("who", "to_whom"), "dateline for a party", "veto", _is_dateline),
        (("who", "to_whom"), "medium for a party", "veto", _only_relays),
        (("to_whom",), "both sides", "veto", _same_side),
    ),
    "pledge": (
        (("status",), "undone", "lower", _status_undone),
        (("status",), "denied", "lower", _status_denied),
        (("status",), "no deal yet", "lower", _status_near),
        (("status",), "to come", "lower", _status_to_come),
        (("status",), "condition or wish", "lower", _status_open),
        (("status",), "another step", "lower", _status_other_rung),
        (("status",), "nothing came of it", "lower", _status_unsure),
        (("status",), "intention for a promise", "lower", _status_intended),
        (("status",), "off the record", "lower", _status_off_record),
        (("supplier", "recipient"), "date for a party", "veto", _is_date),
        (("supplier", "recipient"), "dateline for a party", "veto", _is_dateline),
        (("supplier", "recipient"), "medium for a party", "veto", _only_relays),
        (("recipient",), "both sides", "veto", _same_party),
        (("items",), "no equipment", "veto", _no_goods),
        (("value",), "no sum", "veto", _no_sum),
    ),
}
"""Record -> (fields, contradiction, effect, test), in the order in which they are held."""
