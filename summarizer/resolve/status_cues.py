"""A text -> every word in it that gives a transfer of arms a status."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from summarizer.brief import PledgeStatus
from summarizer.equipment import find_equipment
from summarizer.resolve import status_words as words

_Form = Literal["base", "past", "ing", "s"]

_REACH = 90  # characters between a verb and what it is about, and back to what governs it
_BESIDE = frozenset({"suspended", "cancelled", "denied"})
# Phrases that are about much else, too.
_LOOSE = frozenset({"requested", "discussed", "suspended"})
_CLAUSE_END = re.compile(r"[;:!?()“”\"—\n]|(?<![A-Z])\.(?!\d)")
# Plurals of nouns more often than verbs.
_NOUNS_IN_S = frozenset(
    "supplies orders exports transfers purchases ships requests offers promises demands reviews"
    " leases gifts airlifts licenses proposes studies debates blocks stops pauses places".split()
)


@dataclass(frozen=True, slots=True)
class StatusCue:
    """A verb or phrase and the status it gives: ``text[start:end]``."""

    status: PledgeStatus
    start: int
    end: int


def find_status_cues(text: str, *, official: bool | None = None) -> tuple[StatusCue, ...]:
    """Find the words of *text* that give a transfer a status, in order.

    A verb counts only where it is about goods or a deal: "delivered a speech" is no delivery.
    """
    told = not (official is False or (official is None and words.HEDGED.search(text)))
    objects = _objects(text)
    cues = [
        StatusCue(status, match.start(), match.end())
        for status, pattern in words.PHRASES
        for match in pattern.finditer(text)
        if status not in _LOOSE or _is_near(match, objects["trade"])
    ]
    for match in _VERB.finditer(text):
        row, form = _FORMS[" ".join(match.group().casefold().split())]
        about = objects[row.about]
        loose = row.status == "denied" and _is_near(match, about)
        if not (loose or _is_about(text, match, about)):
            continue
        if words.FOR_ITSELF.match(text, match.start()):
            continue
        status = _status(row, form, _before(text, match.start()), told=told, official=official)
        if status == "delivered" and words.IN_PART.search(
            text, max(0, match.start() - _REACH), match.end() + _REACH
        ):
            status = "partly_delivered"
        if status:
            cues.append(StatusCue(status, match.start(), match.end()))
    return tuple(sorted(cues, key=lambda cue: cue.start))


def _forms() -> Iterator[tuple[str, tuple[words.Row, _Form]]]:
    """Inflect the verbs of the table; of "hand over" the first word."""
    for row in words.ROWS:
        for entry in row.verbs.split():
            base, *past = (form.replace("_", " ") for form in entry.split("/"))
            verb, space, rest = base.partition(" ")
            stem = verb.removesuffix("e")
            third = f"{verb[:-1]}ies" if verb.endswith(("ply", "tify", "ny", "udy")) else f"{verb}s"
            for form in past:
                yield form, (row, "past")
            if third not in _NOUNS_IN_S:
                yield f"{third}{space}{rest}", (row, "s")
            yield f"{stem}ing{space}{rest}", (row, "ing")
            yield f"{stem}{stem[-1]}ing{space}{rest}", (row, "ing")
            yield base, (row, "base")


_FORMS = dict(reversed(tuple(_forms())))  # a form of two rows belongs to the first
_VERB = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(f).replace(r"\ ", r"\s") for f in sorted(_FORMS, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Objects:
    """Where what verbs can be about begins and ends, both in order."""

    starts: list[int]
    ends: list[int]

    def after(self, at: int) -> int | None:
        """Give where the first of them behind *at* begins, if within reach."""
        index = bisect_left(self.starts, at)
        near = index < len(self.starts) and self.starts[index] - at <= _REACH
        return self.starts[index] if near else None

    def before(self, at: int) -> int | None:
        """Give where the last of them before *at* ends, if within reach."""
        index = bisect_right(self.ends, at)
        near = index > 0 and at - self.ends[index - 1] <= _REACH
        return self.ends[index - 1] if near else None


def _objects(text: str) -> dict[str, _Objects]:
    """Place what verbs can be about: goods, deals, and both with the trade in them."""
    goods = [(span.start, span.end) for span in find_equipment(text)]
    goods += [match.span() for match in words.GOODS.finditer(text)]
    deals = [match.span() for match in words.DEAL.finditer(text)]
    trade = goods + deals + [match.span() for match in words.TRADE.finditer(text)]
    return {
        name: _Objects(sorted(start for start, _ in spans), sorted(end for _, end in spans))
        for name, spans in (("goods", goods), ("deal", deals), ("trade", trade))
    }


def _is_near(cue: re.Match[str], objects: _Objects) -> bool:
    """Say whether one of *objects* stands within reach, whatever is between."""
    return objects.after(cue.end()) is not None or objects.before(cue.start()) is not None


def _is_about(text: str, verb: re.Match[str], objects: _Objects) -> bool:
    """Say whether the verb's object, or the subject of a passive or an arrival, is one of them."""
    after = objects.after(verb.end())
    if after is not None:
        between = text[verb.end() : after]
        if not _CLAUSE_END.search(between) and not words.OTHER_OBJECT.search(between):
            return True
    before = objects.before(verb.start())
    if before is None:
        return False
    between = text[before : verb.start()]
    return bool(words.SUBJECT_LINK.fullmatch(between)) and not _CLAUSE_END.search(between)


def _before(text: str, at: int) -> str:
    """Give the clause before *at*, as far back as a governing verb is looked for."""
    words_before = text[max(0, at - _REACH) : at]
    ends = [match.end() for match in _CLAUSE_END.finditer(words_before)]
    return words_before[ends[-1] :] if ends else words_before


def _status(
    row: words.Row, form: _Form, before: str, *, told: bool, official: bool | None
) -> PledgeStatus | None:
    """Tell the status of a verb in *form* after the words *before*."""
    if form in ("past", "s") and words.CONDITION.search(before):
        return None
    if form == "past":
        governor = _of_participle(before)
        if governor is None:
            return (
                None if row.status == "denied" and words.BACKGROUND.search(before) else row.status
            )
    elif form == "s":
        return "pledged" if row.status == "delivered" else row.status
    elif form == "base":
        if not words.INFINITIVE.search(before):
            return None
        governor = _governor(before) or "reported_planned"
    elif words.IN_PROGRESS.search(before):
        governor = "pledged"
    else:
        governor = _governor(before)
    if governor is None or governor == "skip":
        return None
    if governor == "would":  # "London said it would send ..." is "will", told of later
        promised = official or (told and words.SAID.search(before))
        governor = "pledged" if promised else "reported_planned"
    return _lower(row.status, governor, told=told)


def _of_participle(before: str) -> str | None:
    """Name what governs a past form, None when it is simply done."""
    if undone := words.NOT_DONE.search(before):
        return "reported_planned" if undone["yet"] else "denied"
    if words.PERHAPS.search(before):
        return "unclear"
    if passive := words.PASSIVE.search(before):
        return _governor(before[: passive.start()]) or "reported_planned"
    return None


def _governor(before: str) -> str | None:
    """Name the last governing word of *before*."""
    found = list(words.GOVERNOR.finditer(before))
    if not found:
        return None
    if found[-1].lastgroup == "denied" and words.BACKGROUND.search(before[: found[-1].start()]):
        return "reported_planned"
    return found[-1].lastgroup


def _lower(status: PledgeStatus, governor: str, *, told: bool) -> PledgeStatus | None:
    """Lower *status* to what its governor leaves of it."""
    if governor == "pledged" and not told:
        governor = "reported_planned"
    if status in _BESIDE:
        return None if governor in ("denied", "discussed") else status
    if governor in _BESIDE:
        return cast("PledgeStatus", governor)
    return min(status, cast("PledgeStatus", governor), key=words.LADDER.index)
