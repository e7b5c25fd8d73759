"""From the names that a model gives for an event to its participants and their roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.brief import Participant, Rejection, Role
from summarizer.draft import EventKind
from summarizer.grounded import EventClaim
from summarizer.language.known import with_plurals
from summarizer.language.words import key
from summarizer.resolve.antecedents import Named
from summarizer.resolve.claimed import is_name
from summarizer.resolve.equipment import classify
from summarizer.resolve.refusal import refusal
from summarizer.resolve.said import Report, dateline_end
from summarizer.source import Sentence, Span

_ROLES: dict[EventKind, tuple[Role, Role]] = {
    "meeting": ("actor", "actor"),
    "talks": ("actor", "actor"),
    "phone call": ("actor", "actor"),
    "visit": ("visitor", "host"),
    "agreement": ("signatory", "signatory"),
    "ceasefire": ("signatory", "signatory"),
    "statement": ("speaker", "other"),
    "warning": ("speaker", "recipient"),
    "accusation": ("speaker", "recipient"),
    "denial": ("speaker", "other"),
    "request": ("speaker", "recipient"),
    "report": ("speaker", "other"),
    "strike": ("perpetrator", "victim"),
    "clash": ("perpetrator", "victim"),
    "arrest": ("perpetrator", "victim"),
}
_TOGETHER: frozenset[EventKind] = frozenset(
    ("meeting", "talks", "visit", "agreement", "ceasefire", "phone call")
)
"""Kinds in which whoever the sentence shows to act took part."""

_PEOPLE = frozenset(
    "officials ministers delegation delegations forces troops soldiers militants fighters"
    " rebels analysts observers experts diplomats negotiators lawmakers sources commanders"
    " leaders civilians residents villagers protesters demonstrators sailors crew police guards"
    " officers representatives mediators envoys parties sides authorities army navy government"
    " ministry militia group gunmen insurgents jihadists separatists prisoners hostages"
    " journalists witnesses doctors medics donors allies partners countries states governments"
    " community refugees members donor minister spokesman spokesperson spokeswoman adviser"
    " advisor source official commander president prime".split()
)
_PRONOUNS = frozenset("he she they it him her them his who both".split())
_AGAINST = re.compile(r"\bagainst\b[^,.;:]*$")
_HEAD_END = re.compile(r"\s(?:with|of|on|in|to|for|from|over|at)\s")
_POSSESSIVE = re.compile(r"[’']s?\s(?:new |own )?$")
_TITLE = re.compile(
    r"^\s(?:[A-Z]\w+\s)*$|\b(?:minister|president|secretary|general|spokes\w+)\b", re.I
)
LONGEST_TITLE = 40
"""Characters between a part of a title and the name: "Norwegian Defence | Minister | X"."""
_APART = re.compile(r"[,;:]|\b(?:and|with|to|by|at|from|that|said)\b")
_TOPIC = re.compile(
    r"\b(?:focus(?:ed|ing)? on|to discuss|discuss(?:ed|ing)|address(?:ed|ing)|cover(?:ed|ing)"
    r"|explor(?:ed|ing)|on (?:\w+ing)|aim(?:ed|ing) (?:at|to)|in line with|regarding|concerning"
    r"|about|including discussions|calling for|underscored?|reviewed)\b"
)
_MEDIATED = re.compile(r"\b(?:mediat\w+|broker\w+|facilitat\w+)\s+by\s+(?:the\s+)?$", re.IGNORECASE)


def find_participants(
    claim: EventClaim, kind: EventKind, report: Report
) -> tuple[tuple[Participant, ...], tuple[Rejection, ...]]:
    """Return who took part in the event of *claim*, and what the model named that did not.

    *kind* is what the sentence bears out, which gives the roles.
    """
    first, second = _ROLES.get(kind, ("actor", "recipient"))
    together = kind in _TOGETHER
    told = _before_topic(claim.sentence)
    found: list[Participant] = []
    rejections: list[Rejection] = []
    for spans, role in ((claim.who, first), (claim.to_whom, second)):
        for span in spans:
            if span.end <= dateline_end(claim.sentence):
                rejections.append(_refused(span, "is where the report was written", report))
                continue
            if together and (span.start >= told.end or _is_opposed(span, claim.sentence, report)):
                rejections.append(_refused(span, "is what it was about, not who took part", report))
                continue
            if together and _only_says_so(span, claim.sentence, report):
                rejections.append(_refused(span, "is who says so, not who took part", report))
                continue
            people = tuple(_people(span, role, report))
            found.extend(people)
            if not people:
                why = "names no person, state, force or body"
                rejections.append(_refused(span, why, report))
    if together:
        found.extend(named_in(told, first, report))
    if first == "speaker" and not any(one.role == "speaker" for one in found):
        found[:0] = _speaker(claim.sentence, report)
    return _once(found), tuple(rejections)


def _speaker(sentence: Sentence, report: Report) -> Iterator[Participant]:
    """Yield whom the sentence says to speak, for a model that named nobody."""
    span = report.speaker(sentence)
    if span:
        yield from _people(span, "speaker", report)


def _only_says_so(span: Span, sentence: Sentence, report: Report) -> bool:
    """Tell whether the words at *span* are unnamed people whom the sentence quotes."""
    speaker = report.speaker(sentence)
    says = speaker and speaker.start < span.end and span.start < speaker.end
    return bool(says) and report.book.link(span.start, span.end) is None


def _is_opposed(span: Span, sentence: Sentence, report: Report) -> bool:
    """Tell whether the words at *span* name whom others speak or act against."""
    before = report.document.text[max(sentence.start, span.start - 60) : span.start]
    return bool(_AGAINST.search(before))


def _before_topic(sentence: Sentence) -> Span:
    """Return the part of a sentence that tells who met, without what they talked about."""
    topic = _TOPIC.search(sentence.text)
    return Span(sentence.start, sentence.start + topic.start() if topic else sentence.end)


def named_in(span: Span, role: Role, report: Report) -> tuple[Participant, ...]:
    """Return the actors that the words at *span* name as acting, each in *role*."""
    text = report.document.text
    found = []
    for named in report.book.named:
        if span.start <= named.start and named.end <= span.end and named.naming:
            if named.kind == "media":
                continue
            there = Span(named.start, named.end)
            if _in_someones_title(named, span, report) or _is_opposed(
                there, report.cite.sentence_at(named.start), report
            ):
                continue
            mediates = _MEDIATED.search(text[max(span.start, named.start - 30) : named.start])
            own: Role = "mediator" if mediates else role
            found.append(_participant(Span(named.start, named.end), named.actor, own, report))
    return _once(found)


def _people(span: Span, role: Role, report: Report) -> Iterator[Participant]:
    """Yield whom the words at *span* stand for: the actors in them, or one by description."""
    inside = [
        n
        for n in report.book.named
        if span.start <= n.start and n.end <= span.end and (n.naming or n.end == span.end)
    ]
    if inside:
        people = [n for n in inside if n.kind == "person"]
        for named in inside:
            if named.kind == "media" and role != "speaker":
                continue
            if any(_is_in_title(named, person, report) for person in people):
                continue
            if any(_owns(named, other, report) for other in inside):
                continue
            yield _participant(Span(named.start, named.end), named.actor, role, report)
        return
    words = report.words(span)
    if _titles_a_person(span, report):
        return
    goods = classify(words)
    if goods.known and goods.is_equipment:
        yield from _owner(span, role, report)
        return
    actor = report.book.link(span.start, span.end) or report.book.antecedent(span.start, span.end)
    if actor or names_someone(words):
        yield _participant(span, actor, role, report)


def _in_someones_title(named: Named, span: Span, report: Report) -> bool:
    return any(
        _is_in_title(named, person, report)
        for person in report.book.named
        if person.kind == "person" and named.end <= person.start <= min(span.end, named.end + 60)
    )


def _owns(named: Named, other: Named, report: Report) -> bool:
    """Tell whether *named* only says whose *other* is: "China’s Foreign Ministry"."""
    between = report.document.text[named.end : other.start] if named.end < other.start else ""
    return _POSSESSIVE.fullmatch(between) is not None


def _is_in_title(named: Named, person: Named, report: Report) -> bool:
    """Tell whether a body or state only stands in a person's title: "SDF commander X"."""
    if named.kind == "person" or named.end > person.start:
        return False
    between = report.document.text[named.end : person.start]
    return not _APART.search(between)


def _titles_a_person(span: Span, report: Report) -> bool:
    """Tell whether the words at *span* are part of the title before a person's name."""
    following = (
        report.document.text[span.end : n.start]
        for n in report.book.named
        if n.kind == "person" and span.end < n.start <= span.end + LONGEST_TITLE
    )
    return any(not _APART.search(between) and _TITLE.search(between) for between in following)


def _owner(span: Span, role: Role, report: Report) -> Iterator[Participant]:
    """Yield whose equipment the words at *span* name: "Russian drones" are Russia's."""
    for named in report.book.named:
        if span.start <= named.start and named.end <= span.end:
            yield _participant(Span(named.start, named.end), named.actor, role, report)


def names_someone(words: str) -> bool:
    """Tell whether words that name no known actor can stand for people at all."""
    keys = list(key(_HEAD_END.split(words, maxsplit=1)[0]))
    if not keys or len(keys) > 10:
        return False
    if keys[0] in _PRONOUNS and len(keys) == 1:
        return True
    return (
        bool(_PEOPLE.intersection(keys))
        or keys[-1] in with_plurals("titles", "heads")
        or is_name(words)
    )


def _participant(span: Span, actor: str | None, role: Role, report: Report) -> Participant:
    return Participant(
        name=report.words(span), actor=actor, role=role, citations=(report.cite.span(span),)
    )


def _once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    seen: dict[str, Participant] = {}
    for one in participants:
        seen.setdefault(one.actor or one.name.casefold(), one)
    return tuple(seen.values())


def _refused(span: Span, why: str, report: Report) -> Rejection:
    words = report.words(span)
    return refusal("event", "participants", words, f"“{words}” {why}")
