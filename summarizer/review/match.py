"""Which record a decision is about: by its words, in whatever run.

A record that was decided on is known by several fingerprints: its own, and those that it has once
its words are corrected. So decisions fit a brief that they were worked into before as they fit a
new run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from summarizer.resolve.kinds import KINDS
from summarizer.review.decisions import Decision, Worth, target
from summarizer.review.fields import OPEN_LABEL, code_named
from summarizer.review.record import TYPES, Kind, Record, Spans, fingerprint, fingerprint_at
from summarizer.review.words import overlap, trimmed

Key = tuple[Kind, str]

_IN_ANCHOR: dict[Kind, frozenset[str]] = {
    "actor": frozenset({"name"}),
    "event": frozenset({"label", "participants"}),
    "pledge": frozenset({"supplier", "recipient", "items"}),
    "summary": frozenset({"text"}),
}
"""Fields whose words go into the fingerprint."""


class Identities:
    """The records that decisions on one text are about, each with all its fingerprints.

    Only of decisions that stand: what a correction would have made of a record that was taken back
    is the name of another record, if of any.
    """

    def __init__(self, decisions: Sequence[Decision], text: str) -> None:
        self._same: dict[Key, Key] = {}
        by_record: dict[Key, list[Decision]] = defaultdict(list)
        for one in sorted(decisions, key=lambda one: one.seq):
            by_record[one.kind, one.record].append(one)
        for key, told in by_record.items():
            self._same.setdefault(key, key)
            for other in _later(key, told, text):
                self.join(*key, other)

    def of(self, kind: Kind, record: str) -> Key:
        """Return what stands for all fingerprints of one record; new ones stand for themselves."""
        return self._root((kind, record))

    def knows(self, kind: Kind, record: str) -> bool:
        """Tell whether anything is decided on the record with this fingerprint."""
        return (kind, record) in self._same

    def join(self, kind: Kind, record: str, other: str) -> None:
        """Take note that both are fingerprints of one record."""
        one, two = self._root((kind, record)), self._root((kind, other))
        self._same[one] = one
        self._same[two] = one

    def _root(self, key: Key) -> Key:
        while (parent := self._same.get(key, key)) != key:
            key = parent
        return key


_MOST_STATES = 128
"""States of a record that are followed; each decision may or may not have been worked in."""


def _later(key: Key, told: Sequence[Decision], text: str) -> Iterable[str]:
    """Yield the fingerprints that a record may have once some decisions on it are worked in."""
    kind = key[0]
    states = {(told[0].anchor, label_of(told[0], text)): None}
    for one in told:
        if one.field is None:
            whole = whole_record(one)
            if whole is not None:
                yield fingerprint(whole)
        elif one.field in _IN_ANCHOR[kind]:
            for state in list(states)[:_MOST_STATES]:
                states.update(dict.fromkeys(_moved(one, *state, text)))
    for spans, name in states:
        if spans and (name is not None or kind in ("actor", "pledge")):
            yield fingerprint_at(kind, spans, name, text)


def _moved(
    one: Decision, spans: Spans, name: str | None, text: str
) -> Iterator[tuple[Spans, str | None]]:
    """Yield what may become of the anchor and name of a record when *one* is worked in."""
    new = one.new or Worth()
    cited = tuple(place for place in (trimmed(each, text) for each in new.cite) if place)
    if one.action not in ("correct", "add", "reject") or one.field != target(one):
        return
    first = cited[:1]
    match one.field:
        case "name" if cited:
            yield (min(cited),), None
        case "text" if cited:
            yield first, " ".join(text[slice(*first[0])].split())
        case "label":
            chosen = OPEN_LABEL if one.action == "reject" else _label(new)
            # What marked words are the label of is not known here, but one of few.
            for label in (chosen,) if chosen else KINDS:
                yield (*first, *spans[len(first) :]), label
        case "name" | "text":
            return
        case _:
            yield from ((moved, name) for moved in _with_other_parts(one, spans, first))


def _with_other_parts(one: Decision, spans: Spans, added: Spans) -> Iterator[Spans]:
    """Yield the anchor with one of the parts that name the record replaced, added or left out."""
    telling, parts = (spans[:1], spans[1:]) if one.kind == "event" else ((), spans)
    where = one.at_item or (one.old.cite if one.old else ())
    left = parts
    if one.action != "add":
        same = tuple(span for span in parts if span in where)
        gone = same or tuple(span for span in parts if overlap((span,), where))
        left = tuple(span for span in parts if span not in gone)
    if one.action != "reject":
        yield (*telling, *sorted((*left, *added)))
    if one.action == "reject" or set(added) & set(left):  # words of one list are not listed twice
        yield (*telling, *sorted(left))


def _label(new: Worth) -> str | None:
    return code_named("event", "label", new.code or new.value)


def label_of(one: Decision, text: str) -> str | None:
    """Return the label of the event that *one* is about: the one that its fingerprint is made of.

    None where it is none of the closed list, or the record is no event. An added event has the one
    that was chosen for it, whatever the page calls the record.
    """
    if one.kind != "event":
        return None
    if one.action == "add" and one.field is None:
        return _label(one.new or Worth())
    labels = (*KINDS, OPEN_LABEL)
    return next(
        (
            label
            for label in labels
            if fingerprint_at("event", one.anchor, label, text) == one.record
        ),
        None,
    )


def whole_record(one: Decision) -> Record | None:
    """Return the record that a decision on a whole one carries as JSON; None if it carries none.

    An accepted one must be the one that the decision names.
    """
    carried = one.new.value if one.new else None
    if carried is None or one.field is not None:
        return None
    try:
        record = TYPES[one.kind].model_validate_json(carried)
    except ValueError:
        return None
    return record if one.action == "add" or fingerprint(record) == one.record else None


def stands_on(one: Spans, other: Spans) -> bool:
    """Tell whether the places of two anchors overlap one to one."""
    paired = len(one) == len(other) > 0
    return paired and all(overlap((a,), (b,)) for a, b in zip(one, other, strict=True))


def nearly_stands_on(one: Spans, other: Spans) -> bool:
    """Tell whether all places of the one anchor are among those of the other, with some more."""
    fewer, more = sorted((one, other), key=len)
    return bool(fewer) and all(overlap((place,), more) for place in fewer)
